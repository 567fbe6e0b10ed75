import { describe, expect, test } from 'vitest'
import { encodeUtf8 } from '../bytes/index.ts'
import { componentDigester, resolveDeclaration } from '../declaration/index.ts'
import { dialectFor } from '../dialects/index.ts'
import { type CanonicalInput, canonicalize, parseJson } from '../json/index.ts'
import { compareComposition, sentOf } from './index.ts'

const REQUEST = { method: 'POST', path: '/v1/chat/completions', contentType: undefined, cutList: [] }
const SCHEMA = { type: 'object', properties: { strict: { type: 'boolean' } } }

const tool = (members: object = {}, schema: object = {}, around: object = {}): object => ({
  type: 'function',
  function: { name: 'lookup', parameters: { ...SCHEMA, ...schema }, ...members },
  ...around,
})

function findings(sentTool: object, { declared = tool(), allow }: { declared?: object; allow?: string[] } = {}) {
  const file = {
    name: 'x',
    privacy: 'public',
    model: 'any',
    instructions: 'any',
    tools: { fixed: { lookup: declared }, ...(allow === undefined ? {} : { allow }) },
    context: 'any',
    history: 'any',
    input: 'any',
    parameters: 'any',
    outputFormat: 'any',
    policy: 'strict',
  }
  const { declaration } = resolveDeclaration(parseJson(canonicalize(file as CanonicalInput)), () => new Uint8Array())
  const body = encodeUtf8(JSON.stringify({ messages: [], tools: [sentTool] }))
  const sent = sentOf({ head: { query: [], headers: [] }, body: dialectFor(REQUEST).cutRequest({ ...REQUEST, body }) })
  return compareComposition({ declaration, digest: componentDigester(undefined), sent })
    .filter(({ role }) => role === 'tools')
    .map(({ finding, name }) => `${finding} ${name}`)
}

const ADDED = tool({ strict: true }, { $schema: 'https://json-schema.org/draft/2020-12/schema' })

describe('what frameworks add to a tool', () => {
  test('is undeclared, member by member, and the tool is the declared one', () => {
    expect(findings(tool())).toEqual(['match lookup'])
    expect(findings(ADDED)).toEqual(['match lookup', 'undeclared lookup/strict', 'undeclared lookup/$schema'])
    expect(findings(tool({}, { additionalProperties: false }))).toEqual([
      'match lookup',
      'undeclared lookup/additionalProperties',
    ])
  })

  test('is allowed by name', () => {
    expect(findings(ADDED, { allow: ['lookup/$schema'] })).toEqual(['match lookup', 'undeclared lookup/strict'])
    expect(findings(ADDED, { allow: ['lookup/$schema', 'lookup/strict'] })).toEqual(['match lookup'])
  })

  test('is no addition where it was declared', () => {
    const declared = tool({ strict: true })
    expect(findings(ADDED, { declared })).toEqual(['match lookup', 'undeclared lookup/$schema'])
    expect(findings(tool({ strict: false }), { declared })).toEqual(['mismatch lookup'])
    expect(findings(tool(), { declared })).toEqual(['mismatch lookup'])
  })

  test.each([
    ['a description', tool({ description: 'x', strict: true })],
    ['a member elsewhere', tool({}, { properties: { $schema: {} } })],
    [
      'more additions than any framework makes',
      tool(
        { strict: 1, parameters: ADDED },
        {},
        {
          strict: 1,
          parameters: { $schema: 1, additionalProperties: 1 },
          input_schema: { $schema: 1, additionalProperties: 1 },
        },
      ),
    ],
  ])('%s is another tool', (_, sent) => {
    expect(findings(sent)).toEqual(['mismatch lookup'])
  })
})
