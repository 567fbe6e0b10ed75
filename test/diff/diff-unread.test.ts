/**
 * Requests that nobody can tell the components of never count as the same for having none.
 */
import { describe, expect, test } from 'vitest'
import { diffRuns, type RunDiff } from '../../src/core/diff/index.ts'
import { REQUEST_BODY } from '../support/issued-run.ts'
import { type VerifiedOptions, verifiedRun } from '../support/verified-run.ts'

async function diff(left: VerifiedOptions, right: VerifiedOptions): Promise<RunDiff> {
  const side = (options: VerifiedOptions) => verifiedRun({ declaration: null, ...options })
  return diffRuns({ left: await side(left), right: await side(right) })
}

const unread = (requestBody: string, headers: readonly (readonly [string, string])[] = []): VerifiedOptions => ({
  requestBody,
  request: { path: '/v1/audio/speech', headers },
})
const WHAT = 'the request, which no dialect reads'
const tools = (...members: readonly string[]): VerifiedOptions => ({
  requestBody: `{"tools":[${members.map((member) => `{"name":"a",${member}}`).join()}]}`,
})

describe('requests that no dialect reads', () => {
  test('differ where their bytes do', async () => {
    const { result, differences, untold } = await diff(unread('{"input":"a"}'), unread('{"input":"b"}'))
    expect({ result, differences, untold }).toMatchObject({
      result: 'different',
      differences: [{ role: undefined, name: WHAT, in: 'request', left: '{"input":"a"}', right: '{"input":"b"}' }],
      untold: [],
    })
  })

  test('are not known to be the same where their bytes are', async () => {
    const { result, differences, untold } = await diff(unread('{"input":"a"}'), unread('{"input":"a"}'))
    expect([result, differences, untold.map(({ role, name }) => [role, name])]).toEqual([
      'unknown',
      [],
      [[undefined, WHAT]],
    ])
  })

  test('without a body are not known to be the same', async () => {
    expect((await diff(unread(''), unread(''))).result).toBe('unknown')
  })

  test('differ in the headers that are parameters', async () => {
    const { differences } = await diff(unread('x', [['OpenAI-Beta', 'a']]), unread('x', [['OpenAI-Beta', 'b']]))
    expect(differences).toMatchObject([
      { role: 'parameters', name: 'header openai-beta', in: 'request', left: 'a', right: 'b' },
    ])
  })

  test('differ from one that a dialect reads, and no part is said to be on one side only', async () => {
    const { result, differences } = await diff({}, unread('{"input":"a"}'))
    expect([result, differences.map(({ name }) => name)]).toEqual(['different', [WHAT]])
    const sameBytes = await diff({}, unread(REQUEST_BODY))
    expect([sameBytes.result, sameBytes.differences]).toEqual(['unknown', []])
  })
})

test('what the server adds to the same request is not known to be the same', async () => {
  const searching = { requestBody: REQUEST_BODY.replace(',"temperature"', ',"web_search_options":{},"temperature"') }
  const { result, untold } = await diff(searching, searching)
  expect([result, untold]).toEqual([
    'unknown',
    [{ role: 'context', name: undefined, reason: 'server-side: web_search_options', needs: [] }],
  ])
})

describe('tools of one name', () => {
  test('are compared in their order', async () => {
    const { differences } = await diff(tools('"v":1', '"v":2'), tools('"v":3', '"v":2'))
    expect(differences).toMatchObject([
      { role: 'tools', name: 'a', left: '{"name":"a","v":1}', right: '{"name":"a","v":3}' },
    ])
  })

  test('none stands for another', async () => {
    const { differences } = await diff(tools('"v":1', '"v":2'), tools('"v":2'))
    expect(differences).toMatchObject([
      { name: 'a', left: '{"name":"a","v":1}', right: '{"name":"a","v":2}' },
      { name: 'a', left: '{"name":"a","v":2}', right: undefined },
    ])
  })
})
