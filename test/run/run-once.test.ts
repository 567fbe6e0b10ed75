/**
 * A declared run in this process, against an upstream that does what upstreams do.
 */
import { gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import { decodeUtf8, encodeUtf8 } from '../../src/core/bytes/index.ts'
import { resolveDeclaration } from '../../src/core/declaration/index.ts'
import { canonicalize, parseJson } from '../../src/core/json/index.ts'
import { verifyRecord } from '../../src/core/verify/index.ts'
import { nodeVerifier } from '../../src/node/keys/index.ts'
import { type FinishedRun, planRun, runOnce, type SlotValues } from '../../src/node/run/index.ts'
import { ANSWER, chatReply, completion, MODEL } from '../support/chat-upstream.ts'
import { type ReceivedRequest, type Reply, startUpstream, wholeReply } from '../support/scripted-upstream.ts'
import { makeTestIssuer, type TestIssuer } from '../support/test-issuer.ts'

const DECLARATION = {
  name: 'test',
  privacy: 'public',
  model: { fixed: 'tiny' },
  instructions: { fixed: 'Be brief.' },
  tools: 'absent',
  context: { slot: { maxCount: 1 } },
  history: 'absent',
  input: { slot: { maxBytes: 100 } },
  parameters: { fixed: { temperature: 0 }, allow: ['stream'] },
  outputFormat: 'absent',
  policy: 'strict',
}
const SOURCE = resolveDeclaration(parseJson(canonicalize(DECLARATION)), () => new Uint8Array(0))
const VALUES: SlotValues = { input: 'Why?', passages: [{ label: 'p', text: 'So.' }], model: undefined, stream: false }
const plan = (values: Partial<SlotValues> = {}) => planRun(SOURCE, { ...VALUES, ...values }, { tellsPassages: true })

interface Setting {
  readonly issuer: TestIssuer
  readonly requests: readonly ReceivedRequest[]
  run(values?: Partial<SlotValues>, apiKey?: string): Promise<FinishedRun>
}

async function setUp(script: (request: ReceivedRequest) => Reply, base = ''): Promise<Setting> {
  const issuer = await makeTestIssuer()
  const upstream = await startUpstream(script)
  onTestFinished(async () => {
    await issuer.dispose()
    await upstream.close()
  })
  return {
    issuer,
    requests: upstream.requests,
    run: (values, apiKey) =>
      runOnce({ issuer: issuer.issuer, plan: plan(values), upstream: upstream.url + base, apiKey }),
  }
}

const stateOfLastRun = async ({ issuer }: Setting): Promise<string | undefined> =>
  (await issuer.issuer.registry.runs({ limit: 1 }))[0]?.state

describe('runOnce', () => {
  test('gives an answer whose record verifies and whose disclosure opens all of it', async () => {
    const { run } = await setUp(chatReply)
    const finished = await run()
    expect(finished).toMatchObject({ declaration: { name: 'test', isNew: true }, model: MODEL })
    expect(decodeUtf8(finished.answer as Uint8Array)).toBe(ANSWER)
    const { record, answer, disclosure } = finished
    const report = await verifyRecord({ record, output: answer, disclosure }, { verifier: nodeVerifier })
    expect(report).toMatchObject({ authenticity: 'valid', composition: 'kept' })
    expect((await run()).declaration.isNew).toBe(false)
  })

  test('sends the very bytes that it bound, where the upstream’s path says', async () => {
    const { run, requests, issuer } = await setUp(chatReply, '/api/v1')
    const { runId } = await run({}, 'sk-canary')
    expect(requests[0]?.head).toMatch(/^POST \/api\/v1\/chat\/completions /)
    const row = await issuer.issuer.registry.run(runId)
    expect(Buffer.from(row?.requestBody as Uint8Array)).toEqual(requests[0]?.body)
    expect(issuer.storedBytes()).not.toContain('sk-canary')
  })

  test('puts a stream together', async () => {
    const { run } = await setUp(chatReply)
    const { answer } = await run({ stream: true })
    expect(decodeUtf8(answer as Uint8Array)).toBe(ANSWER)
  })

  test('decodes what the upstream encodes although it was asked not to', async () => {
    const encoded = { headers: ['Content-Type: application/json', 'Content-Encoding: gzip'] }
    const { run } = await setUp(() => wholeReply(gzipSync(completion({ content: ANSWER })), encoded))
    expect(decodeUtf8((await run()).answer as Uint8Array)).toBe(ANSWER)
  })

  test('has no text where the answer has none', async () => {
    const { run } = await setUp(() => wholeReply(completion({ content: null, tool_calls: [] })))
    expect((await run()).answer).toBeUndefined()
  })

  const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n'
  test.each<[string, () => Reply, string, string]>([
    ['goes away', () => ({ pieces: [], afterwards: 'reset' }), 'UPSTREAM_UNREACHABLE', 'error'],
    ['stops early', () => ({ pieces: [`${head}{"id"`], afterwards: 'reset' }), 'UPSTREAM_CUT', 'upstreamCut'],
    ['answers something else', () => wholeReply('<html>'), 'UPSTREAM_REFUSED', 'anomalous'],
    [
      'encodes in a way of its own',
      () => wholeReply('x', { headers: ['Content-Type: application/json', 'Content-Encoding: rot13'] }),
      'UPSTREAM_UNREADABLE',
      'upstreamCut',
    ],
  ])('records the run and gives no answer where the upstream %s', async (_, script, code, state) => {
    const setting = await setUp(script)
    await expect(setting.run()).rejects.toMatchObject({ code })
    expect(await stateOfLastRun(setting)).toBe(state)
  })

  test('repeats the code of a refusal, and nothing that could be a credential or a prompt', async () => {
    const error = {
      message: 'Incorrect key sk-canary: Be brief.',
      type: 'invalid_request_error',
      code: 'invalid_api_key',
    }
    const setting = await setUp(() => wholeReply(JSON.stringify({ error }), { status: '401 Unauthorized' }))
    const refused = await setting.run({}, 'sk-canary').catch((thrown: Error) => thrown)
    expect(refused).toMatchObject({ code: 'UPSTREAM_REFUSED', message: expect.stringContaining('invalid_api_key') })
    expect(JSON.stringify({ ...refused, message: (refused as Error).message })).not.toMatch(/sk-canary|brief/)
    expect(await stateOfLastRun(setting)).toBe('error')
  })

  test('refuses a credential that no header can carry, without repeating it', async () => {
    const { run, requests } = await setUp(chatReply)
    const refused = await run({}, 'sk-canary\r\nX: y').catch((thrown: Error) => thrown)
    expect(refused).toMatchObject({ code: 'USAGE', message: expect.not.stringContaining('canary') })
    expect(requests).toHaveLength(0)
  })
})

describe('planRun', () => {
  test.each<[string, Partial<SlotValues>, string]>([
    ['an input above its bound', { input: 'x'.repeat(101) }, 'input'],
    ['a passage too many', { passages: [1, 2].map((n) => ({ label: `${n}`, text: 'x' })) }, 'context'],
  ])('refuses %s before anything is signed', (_, values, at) => {
    expect(() => plan(values)).toThrowCode('USAGE')
    expect(() => plan(values)).toThrow(expect.objectContaining({ at }))
  })

  test('counts passages as input where nobody is told of them', () => {
    const untold = planRun(SOURCE, VALUES, { tellsPassages: false })
    expect(untold.cutList).toEqual([])
    expect(untold.body).toEqual(plan().body)
    const long = { ...VALUES, passages: [{ label: 'p', text: 'x'.repeat(100) }] }
    expect(() => planRun(SOURCE, long, { tellsPassages: false })).toThrowCode('USAGE')
    expect(planRun(SOURCE, long, { tellsPassages: true }).body).not.toEqual(encodeUtf8(''))
  })
})
