/**
 * What is disclosed of a run is what was committed to when it was bound and sealed.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeTestIssuer, type TestIssuer } from '../../../test/support/test-issuer.ts'
import { parseBundle } from '../../core/bundle/index.ts'
import { encodeHex, encodeUtf8 } from '../../core/bytes/index.ts'
import { type Disclosure, formatDisclosure, parseDisclosure } from '../../core/disclosure/index.ts'
import { sha256 } from '../../core/hash/index.ts'
import { parseBindingStatement, parseRunStatement } from '../../core/run/index.ts'
import { commitmentOf, type Direction, deriveSalts, leafHashOf } from '../../core/spans/index.ts'
import { discloseRun } from './disclose-run.ts'
import type { RunRequest, RunResponse } from './recorder.ts'

let issuer: TestIssuer

beforeAll(async () => {
  issuer = await makeTestIssuer()
})

afterAll(() => issuer.dispose())

const REQUEST: RunRequest = {
  method: 'POST',
  path: '/v1/chat/completions',
  query: '',
  headers: [['Content-Type', 'application/json']],
  body: encodeUtf8('{"model":"m","messages":[{"role":"user","content":"Text: ABC. What?"}],"new":[1]}'),
  endpoint: 'http://127.0.0.1:9',
  declarationId: undefined,
  cutList: [],
}
const RESPONSE: RunResponse = {
  status: 200,
  headers: [['Content-Type', 'application/json']],
  body: encodeUtf8('{"model":"m","choices":[{"index":0,"message":{"content":"D"},"finish_reason":"stop"}],"x":0}'),
}
const STREAM: RunResponse = {
  status: 200,
  headers: [['content-type', 'text/event-stream; charset=utf-8']],
  body: encodeUtf8(': hi\n\ndata: {"choices":[{"index":0,"delta":{"content":"D"}}]}\n\ndata: [DONE]\n\nrest'),
}

function commitmentFrom(disclosure: Disclosure, direction: Direction, dialect: string): string {
  let bodyLength = 0
  const leafHashes = (disclosure[direction] ?? []).map((leaf, index) => {
    if (leaf.state !== 'open') throw new Error('want every leaf open')
    if (!['method', 'path', 'query', 'status', 'header', 'unrecorded', 'cutList'].includes(leaf.kind)) {
      bodyLength += leaf.bytes.length
    }
    return leafHashOf({ leaf, index, salt: leaf.salt, hash: sha256 })
  })
  return encodeHex(commitmentOf({ direction, dialect, leafHashes, bodyLength, hash: sha256 }))
}

test.each<[string, Partial<RunRequest>, RunResponse | undefined]>([
  ['a JSON answer', {}, RESPONSE],
  ['a stream with an event that never finished', {}, STREAM],
  ['an error', {}, { status: 401, headers: [], body: encodeUtf8('no') }],
  ['an empty answer', {}, { status: 204, headers: [], body: new Uint8Array(0) }],
  ['no answer at all', {}, undefined],
  [
    'a passage inside a string',
    { cutList: [{ pointer: '/messages/0/content', start: 6, end: 10, label: 'é' }] },
    RESPONSE,
  ],
  [
    'headers and query members that are recorded, and some that are not',
    {
      query: 'api-version=1&key=secret&beta',
      headers: [
        ['OpenAI-Beta', 'b'],
        ['content-type', 'application/json'],
        ['Authorization', 'Bearer secret'],
        ['openai-beta', 'é'],
      ],
    },
    { ...RESPONSE, headers: [...RESPONSE.headers, ['X-Request-Id', 'r'], ['Set-Cookie', 'c']] },
  ],
  ['a body that is not JSON', { body: Uint8Array.of(0xff, 0x00) }, RESPONSE],
  ['an empty body', { body: new Uint8Array(0) }, RESPONSE],
  ['an API that no dialect reads', { path: '/v1/audio/speech' }, RESPONSE],
])('%s', async (_, request, response) => {
  const { recorder, registry } = issuer.issuer
  const bound = await recorder.bind({ ...REQUEST, ...request })
  const open = await registry.run(bound.runId)
  await bound.seal(response === undefined ? { ending: 'unreachable' } : { ending: 'ended', response })
  const run = await registry.run(bound.runId)
  if (open === undefined || run?.outcome === undefined) throw new Error('the run is not in the registry')
  const { binding, outcome } = parseRunStatement(parseBundle(run.outcome.bundle).envelope.payload)
  const { commitment, dialect } = parseBindingStatement(binding.envelope.payload).request

  const salts = deriveSalts
  const disclosure = discloseRun({ run, declaration: undefined, salts: (input) => salts(input) })
  expect(commitmentFrom(disclosure, 'request', dialect)).toBe(commitment)
  if (outcome.response.state === 'none') expect(disclosure.response).toBeUndefined()
  else expect(commitmentFrom(disclosure, 'response', dialect)).toBe(outcome.response.commitment)
  expect(outcome.response.state).toBe(response === undefined ? 'none' : 'received')

  expect(discloseRun({ run: open, declaration: undefined, salts: (input) => salts(input) })).toEqual({
    runId: run.runId,
    request: disclosure.request,
  })
  const { request: parsed } = parseDisclosure(formatDisclosure(disclosure))
  expect(parsed?.length).toBe(disclosure.request?.length)
})

test('a declared run is disclosed with its declaration, blind and contents included', async () => {
  const { recorder, registry } = issuer.issuer
  const declarationId = await issuer.declare({
    name: 'd',
    privacy: 'private',
    blind: '5a'.repeat(32),
    model: { fixed: 'm' },
    instructions: 'any',
    tools: 'any',
    context: 'any',
    history: 'any',
    input: 'any',
    parameters: 'any',
    outputFormat: 'any',
    policy: 'strict',
  })
  const { runId } = await recorder.bind({ ...REQUEST, declarationId })
  const run = await registry.run(runId)
  const declaration = await registry.declaration(declarationId)
  if (run === undefined || declaration === undefined) throw new Error('not in the registry')
  const { declaration: disclosed } = discloseRun({ run, declaration, salts: (input) => deriveSalts(input) })
  expect(disclosed?.document).toMatchObject({ name: 'd', blind: '5a'.repeat(32) })
  expect(disclosed?.contents.map(({ role }) => role)).toEqual(['model', 'policy'])
})
