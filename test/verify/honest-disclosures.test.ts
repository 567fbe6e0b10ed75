/**
 * Whatever a recorder takes and discloses, a verifier reads and finds in order: no bound of the one is beyond a bound of
 * the other.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeUtf8 } from '../../src/core/bytes/index.ts'
import { formatDisclosure, parseDisclosure } from '../../src/core/disclosure/index.ts'
import { deriveSalts, type Header, MAX_HEAD_LEAVES, MAX_POINTER, MAX_SPANS } from '../../src/core/spans/index.ts'
import { type CheckId, type Report, verifyRecord } from '../../src/core/verify/index.ts'
import { nodeHmacSha256, nodeSha256, nodeVerifier } from '../../src/node/keys/index.ts'
import { discloseRun, type RunRequest, type RunResponse } from '../../src/web/capture/index.ts'
import { anyChatBody } from '../support/any-chat-body.ts'
import { anyJson } from '../support/any-json.ts'
import { anyText } from '../support/any-text.ts'
import { DECLARATION, REQUEST_BODY, RESPONSE_BODY } from '../support/issued-run.ts'
import { makeTestIssuer, type TestIssuer } from '../support/test-issuer.ts'

let issuer: TestIssuer
let declarationId: string
beforeAll(async () => {
  issuer = await makeTestIssuer()
  declarationId = await issuer.declare({ ...DECLARATION, parameters: 'any', context: 'any' })
})
afterAll(() => issuer.dispose())

const JSON_TYPE: Header = ['Content-Type', 'application/json']
const CHAT: RunRequest = {
  method: 'POST',
  path: '/v1/chat/completions',
  query: '',
  headers: [JSON_TYPE],
  body: encodeUtf8(REQUEST_BODY),
  endpoint: 'http://127.0.0.1:9',
  declarationId: undefined,
  cutList: [],
}
const ANSWER: RunResponse = { status: 200, headers: [JSON_TYPE], body: encodeUtf8(RESPONSE_BODY) }

/** The report on a run's record with the whole disclosure, written and read. */
async function reportOn(request: Partial<RunRequest>, response: RunResponse | undefined): Promise<Report> {
  const { recorder, registry } = issuer.issuer
  const bound = await recorder.bind({ ...CHAT, ...request })
  const ending = response === undefined ? 'unreachable' : 'ended'
  const { bundle } = await bound.seal(response === undefined ? { ending } : { ending, response })
  const run = await registry.run(bound.runId)
  if (run === undefined) throw new Error('the run is not in the registry')
  const id = run.declarationId
  const declaration = id === undefined ? undefined : await registry.declaration(id)
  const whole = discloseRun({ run, declaration, salts: (input) => deriveSalts(input, nodeHmacSha256) })
  const disclosure = formatDisclosure(whole)
  expect(Buffer.compare(formatDisclosure(parseDisclosure(disclosure)), disclosure)).toBe(0)
  return verifyRecord({ record: bundle, disclosure }, { verifier: nodeVerifier, hash: nodeSha256 })
}

function expectInOrder({ authenticity, checks }: Report, without: readonly CheckId[] = []): void {
  const failed = checks.filter(({ id, status }) => status === 'fail' && id !== 'completion')
  expect(failed).toEqual([])
  expect(authenticity).toBe('valid')
  const disclosed = ['requestBytes', 'requestClosure', 'responseBytes', 'responseClosure', 'composition', 'models']
  const wanted = disclosed.filter((id) => !without.includes(id as CheckId))
  expect(checks.filter(({ id, status }) => wanted.includes(id) && status !== 'pass')).toEqual([])
}

const bytes = fc.uint8Array({ maxLength: 40 })
const utf8 = (text: fc.Arbitrary<string>): fc.Arbitrary<Uint8Array> => text.map(encodeUtf8)
const value = fc.oneof(anyText(8), anyText(8), fc.constantFrom('text/plain', '"'.repeat(16_000), 'é'.repeat(16_000)))
const header = fc.tuple(
  fc.constantFrom('Content-Type', 'OpenAI-Beta', 'anthropic-version', 'User-Agent', 'X-Request-Id', 'Authorization'),
  value,
)
const headers = fc.oneof(fc.constant<Header[]>([JSON_TYPE]), fc.array(header, { maxLength: 5 }))
const query = fc
  .array(fc.constantFrom('alt', 'alt=', 'alt=a=b', 'beta=%20', 'key=secret', '', '=', 'api-version=1'), {
    maxLength: 4,
  })
  .map((members) => members.join('&'))
const request = fc.record({
  path: fc.constantFrom('/v1/chat/completions', '/v1/chat/completions', '/v1/embeddings', '/\u{1f600}'),
  query,
  headers,
  body: fc.oneof(utf8(anyChatBody), utf8(anyChatBody), bytes, utf8(anyJson.map(({ text }) => text)), utf8(anyText(12))),
})
const event = fc.oneof(
  fc.constantFrom('data: [DONE]', ': hi', 'data', ''),
  anyJson.map(({ text }) => `data: ${text.replaceAll(/[\r\n]/g, ' ')}`),
)
const answer = fc.record({
  status: fc.constantFrom(200, 204, 404, 599),
  headers: fc.oneof(headers, fc.constant<Header[]>([['content-type', 'text/event-stream']])),
  body: fc.oneof(
    fc.constant(ANSWER.body),
    bytes,
    utf8(anyJson.map(({ text }) => text)),
    utf8(fc.array(event, { maxLength: 5 }).map((events) => events.join('\n\n'))),
  ),
})

test('any request and response', async () => {
  const run = fc.tuple(request, fc.option(answer, { nil: undefined, freq: 8 }), fc.boolean())
  await fc.assert(
    fc.asyncProperty(run, async ([asked, answered, isDeclared]) => {
      const report = await reportOn({ ...asked, declarationId: isDeclared ? declarationId : undefined }, answered)
      expectInOrder(report, answered === undefined ? ['responseBytes', 'responseClosure'] : [])
    }),
    { numRuns: 60 },
  )
})

describe('at the bounds', () => {
  const named = (length: number): Uint8Array => encodeUtf8(JSON.stringify({ ['x'.repeat(length)]: 1 }))
  const members = (count: number): Uint8Array =>
    encodeUtf8(JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, place) => [`x${place}`, place]))))
  const query = (count: number): string => Array(count).fill('alt').join('&')
  /** Leaves of a head without query and headers. */
  const fixed = 5

  test.each<[string, Partial<RunRequest>, RunResponse]>([
    ['the longest pointer', { body: named(MAX_POINTER - 1) }, { ...ANSWER, body: named(MAX_POINTER - 1) }],
    ['a longer pointer', { body: named(MAX_POINTER) }, { ...ANSWER, body: named(70_000) }],
    ['more leaves than are cut', { body: members(MAX_SPANS / 2) }, ANSWER],
    ['the most query members', { headers: [], query: query(MAX_HEAD_LEAVES - fixed) }, ANSWER],
    ['bytes that JSON would write at six times their length', { body: new Uint8Array(1_000_000).fill(1) }, ANSWER],
  ])('%s', async (_, asked, answered) => {
    expectInOrder(await reportOn(asked, answered))
  })

  test.each([
    ['more query members', query(MAX_HEAD_LEAVES - fixed + 1)],
    ['more members that are not recorded than are counted', '&'.repeat(1_000_000)],
  ])('%s are refused', async (_, query) => {
    await expect(issuer.issuer.recorder.bind({ ...CHAT, headers: [], query })).rejects.toThrowCode('REQUEST_TOO_LARGE')
  })

  test('what would be longer than a disclosure may be is not written', () => {
    const label = { state: 'open', kind: 'opaque', role: '', pointer: '', offset: 0 } as const
    const leaf = { ...label, salt: new Uint8Array(16), bytes: new Uint8Array(65 << 20) }
    const disclosure = { runId: '00'.repeat(32), request: [leaf], response: [leaf] }
    expect(() => formatDisclosure(disclosure)).toThrowCode('JSON_TOO_LARGE')
  })
})
