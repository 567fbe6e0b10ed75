/**
 * Content codings: the caller gets the bytes as they came, the record is over what they decode to.
 */
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { completionText, streamText } from '../support/chat-texts.ts'
import { chunk, chunkedReply, wholeReply } from '../support/scripted-upstream.ts'
import { disclosedBody, errorCodeOf, testGateway } from '../support/test-gateway.ts'

const BODY = '{"model":"tiny","messages":[{"role":"user","content":"x"}]}'
const ANSWER = completionText('Grüße')
const headersOf = (coding: string, type = 'application/json') => [
  `Content-Type: ${type}`,
  `Content-Encoding: ${coding}`,
]

test.each([
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['GZIP', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['br', brotliCompressSync],
  ['zstd', zstdCompressSync],
  ['identity', (text: string) => Buffer.from(text)],
])('%s (%o): one body, one digest', async (coding, encode) => {
  const bytes = encode(ANSWER)
  const { gateway, runOf } = await testGateway(({ body }) =>
    body.includes('chunked')
      ? chunkedReply([bytes.subarray(0, 9), bytes.subarray(9)], { headers: headersOf(coding) })
      : wholeReply(bytes, { headers: headersOf(coding) }),
  )
  for (const body of [BODY, '"chunked"']) {
    const answer = await fetch(`${gateway.url}/v1/chat/completions`, { method: 'POST', body })
    expect(answer.headers.get('content-encoding')).toBe(coding)
    expect(await answer.text()).toBe(ANSWER)
    const { disclosure, record } = await runOf(answer)
    expect(disclosedBody(disclosure, 'response').toString()).toBe(ANSWER)
    expect(record.outcome.completion).toBe('complete')
    expect(record.outputs).toHaveLength(1)
  }
})

test('a compressed stream passes, is read, and gets no comment', async () => {
  const sent = streamText(['Grüße'])
  const bytes = gzipSync(sent)
  const { post, runOf } = await testGateway(() =>
    chunkedReply([bytes.subarray(0, 50), bytes.subarray(50)], { headers: headersOf('gzip', 'text/event-stream') }),
  )
  const answer = await post(BODY)
  expect(await answer.text()).toBe(sent)
  expect((await runOf(answer)).record.outcome.completion).toBe('complete')
})

test.each([
  ['of another coding than it says', 'gzip', Buffer.from(ANSWER)],
  ['cut short inside', 'gzip', gzipSync(ANSWER).subarray(0, -9)],
  ['in two layers', 'gzip, gzip', gzipSync(gzipSync(ANSWER))],
  ['in a great many layers', Array(1_500).fill('gzip').join(), gzipSync(ANSWER)],
  ['of a coding that nobody knows', 'rot13', Buffer.from(ANSWER)],
  ['too large when decoded', 'gzip', gzipSync(Buffer.alloc(10 << 20))],
])('an answer %s: 502, and recorded as it came', async (_, coding, bytes) => {
  const { post, runOf } = await testGateway(() => wholeReply(bytes, { headers: headersOf(coding) }), {
    maxAnswerBytes: 1 << 20,
  })
  const answer = await post(BODY)
  expect(answer.status).toBe(502)
  expect(await errorCodeOf(answer)).toBe('UPSTREAM_UNREADABLE')
  const { row, record } = await runOf(answer)
  expect(record.outcome.response.state).toBe('received')
  expect(bytes.indexOf(row.outcome?.responseBody ?? 'none')).toBe(0)
  if (bytes.toString() !== ANSWER) expect(record.outcome.completion).not.toBe('complete')
})

test('where some of it is out already, the connection is cut', async () => {
  const bytes = gzipSync(ANSWER)
  const { post, runOf } = await testGateway(() =>
    chunkedReply([bytes.subarray(0, 20), bytes.subarray(20, -4)], { headers: headersOf('gzip') }),
  )
  const answer = await post(BODY)
  expect(answer.status).toBe(200)
  await expect(answer.arrayBuffer()).rejects.toThrow()
  expect((await runOf(answer)).record.outcome.completion).toBe('anomalous')
})

test('of a compressed answer that is cut, what can be decoded is recorded', async () => {
  const sent = streamText(Array.from({ length: 300 }, (_, index) => `${index}`))
  const bytes = gzipSync(sent)
  const head = ['HTTP/1.1 200 OK', ...headersOf('gzip', 'text/event-stream'), 'Transfer-Encoding: chunked', '', '']
  const { post, runOf } = await testGateway(() => ({
    pieces: [head.join('\r\n'), chunk(bytes.subarray(0, 500)), chunk(bytes.subarray(500, 900))],
    afterwards: 'close',
  }))
  const answer = await post(BODY)
  await expect(answer.arrayBuffer()).rejects.toThrow()
  const { row, record } = await runOf(answer)
  const recorded = Buffer.from(row.outcome?.responseBody ?? []).toString()
  expect(recorded.length).toBeGreaterThan(0)
  expect(sent.startsWith(recorded)).toBe(true)
  expect(record.outcome.completion).toBe('upstreamCut')
})

test('a compressed request is refused', async () => {
  const { post, upstream } = await testGateway(() => wholeReply(ANSWER))
  const answer = await post(Uint8Array.from(gzipSync(BODY)), { 'content-encoding': 'gzip' })
  expect(answer.status).toBe(415)
  expect(await errorCodeOf(answer)).toBe('REQUEST_ENCODED')
  expect((await post(BODY, { 'content-encoding': 'identity' })).status).toBe(200)
  expect(upstream.requests).toHaveLength(1)
})
