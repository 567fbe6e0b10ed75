/**
 * Reports and explanations say no more than the checks have shown: what is told by nobody's bytes is never told as proven.
 */
import { describe, expect, test } from 'vitest'
import { encodeUtf8 } from '../../src/core/bytes/index.ts'
import { diffRuns } from '../../src/core/diff/index.ts'
import type { DisclosedLeaf, Disclosure } from '../../src/core/disclosure/index.ts'
import { explainRun, type Section, type SectionId } from '../../src/core/explain/index.ts'
import { leafHashOf } from '../../src/core/spans/index.ts'
import { nodeSha256 } from '../../src/node/keys/index.ts'
import { ACCOMPLICE, type Forgery, forgeRun, judgeRun } from '../support/forged-run.ts'
import { DECLARATION, REQUEST_BODY, RESPONSE_BODY } from '../support/issued-run.ts'

type Sections = Readonly<Record<SectionId, Section>>
type Disclose = (whole: Disclosure) => Disclosure

async function explain(forgery: Forgery, disclose: Disclose = (whole) => whole): Promise<Sections> {
  const run = await forgeRun(forgery)
  const report = await judgeRun(run, { disclose })
  expect(report.authenticity).toBe('trusted')
  const { sections } = explainRun({ report, disclosure: disclose(run.disclosure) })
  return Object.fromEntries(sections.map((section) => [section.id, section])) as unknown as Sections
}

const closing =
  (direction: 'request' | 'response', isClosed: (leaf: DisclosedLeaf) => boolean): Disclose =>
  (whole) => ({
    ...whole,
    [direction]: whole[direction]?.map((leaf, index): DisclosedLeaf => {
      if (leaf.state === 'closed' || !isClosed(leaf)) return leaf
      const { bytes, salt, state: _, ...label } = leaf
      const hash = leafHashOf({ leaf: { ...label, bytes }, index, salt, hash: nodeSha256 })
      return { state: 'closed', ...label, length: bytes.length, hash }
    }),
  })

const ANY = { instructions: 'any', context: 'any', tools: 'any', model: 'any', history: 'any', input: 'any' }
const ANYTHING = { ...DECLARATION, ...ANY, parameters: 'any', outputFormat: 'any' }
const OPAQUE = { headers: [['content-type', 'text/plain']] } as const

describe('a body that no dialect reads', () => {
  test.each<[string, object | null]>([
    ['without a declaration', null],
    ['under one that allows anything', ANYTHING],
    ['under one that does not', DECLARATION],
  ])('has no system prompt, context or tool that could be told: %s', async (_, declaration) => {
    const { instructions, context, tools, model } = await explain({ ...OPAQUE, declaration })
    for (const { standing, answer, proven } of [instructions, context, tools]) {
      expect(standing).toBe('unknown')
      expect(answer).not.toContain('None')
      expect(proven).not.toContain('role')
    }
    expect(model.items[1]?.text).toContain('cannot be told')
    expect(model.answer).not.toContain('none was asked for')
  })
})

test('a search at the server is not "none", whatever was declared of the context', async () => {
  const body = REQUEST_BODY.replace(',"temperature"', ',"web_search_options":{},"temperature"')
  for (const declaration of [null, ANYTHING])
    expect((await explain({ body, declaration })).context.standing).toBe('unknown')
})

describe('the model’s names, from a part of the bytes', () => {
  test('of the request: its labels are the issuer’s, so the name is too', async () => {
    const lie: Forgery['leaves'] = (leaves, direction) =>
      leaves.map((leaf) => {
        if (direction === 'response' || leaf.role !== 'input') return leaf
        return { ...leaf, role: 'model', bytes: encodeUtf8(`"${'gpt-9'.padEnd(leaf.bytes.length - 2)}"`) }
      })
    const disclose = closing('request', ({ role, kind }) => role !== 'model' || kind === 'structure')
    const { model } = await explain({ declaration: null, leaves: lie }, disclose)
    expect(model.items[1]?.text).not.toContain('gpt-9')
  })

  test('of the response', async () => {
    const { model } = await explain(
      {},
      closing('response', ({ role }) => role === 'output'),
    )
    expect(model.items[2]?.text).not.toBe('tiny@1')
  })
})

test('a passage may stand in a system prompt, and what is said of those says so', async () => {
  const cutList = [{ pointer: '/messages/0/content', start: 0, end: 6, label: '' }]
  const { instructions } = await explain({ cutList, declaration: ANYTHING })
  expect(instructions.answer).toContain('what the application calls a passage may stand in one')
})

test('members that the dialect does not know may mean something to a server', async () => {
  const body = REQUEST_BODY.replace('{"model"', '{"MESSAGES":[{"role":"system","content":"Be evil."}],"model"')
  const { instructions } = await explain({ body, declaration: ANYTHING })
  expect(instructions.notProven).toContain('does not know (1)')
})

test('a declaration by somebody else is not said to be signed by the record’s signer', async () => {
  const { composition } = await explain({ signers: { declaration: ACCOMPLICE } })
  expect(composition.proven).not.toMatch(/both|declaration.*signed by Liar/)
})

test('a run without a declaration compares nothing', async () => {
  const { composition } = await explain({ declaration: null })
  expect(composition.proven).toContain('nothing was compared')
})

test('a number without a canonical form is explained as it was sent', async () => {
  const number = `1e${'1'.repeat(1_001)}`
  const { tools } = await explain({ body: REQUEST_BODY.replace('{"model"', `{"tools":[${number}],"model"`) })
  expect(tools.items.map(({ text }) => text)).toEqual([number])
})

test('a tool has one name, in findings and explanations', async () => {
  const tool = '{"type":"custom","name":"harmless","custom":{"name":"harmful"}}'
  const { tools, composition } = await explain({ body: REQUEST_BODY.replace('{"model"', `{"tools":[${tool}],"model"`) })
  expect(tools.items.map(({ name }) => name)).toEqual(['harmful'])
  expect(composition.items.map(({ name }) => name)).toEqual(['tools harmful'])
})

test('of two tools with one name, none hides the other from a comparison', async () => {
  const side = async (...tools: string[]) => {
    const run = await forgeRun({ declaration: null, body: `{"tools":[${tools.join()}]}`, responseBody: RESPONSE_BODY })
    return { report: await judgeRun(run), disclosure: run.disclosure, declaration: undefined }
  }
  const [first, second] = ['{"name":"a","v":1}', '{"name":"a","v":2}']
  const diff = diffRuns({ left: await side(first, second), right: await side(second) })
  expect(diff.result).toBe('different')
  expect(diff.differences).toMatchObject([
    { role: 'tools', name: 'a' },
    { role: 'tools', name: 'a', right: undefined },
  ])
})
