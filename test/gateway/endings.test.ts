/**
 * Every way in which an answer ends or fails to: the record says what happened, and no caller takes a part for the whole.
 */
import { type AddressInfo, connect, createServer } from 'node:net'
import { text as textOf } from 'node:stream/consumers'
import OpenAI from 'openai'
import { expect, test, vi } from 'vitest'
import { completionText, DONE, streamEvents, streamText } from '../support/chat-texts.ts'
import { chunk, chunkedReply, type Reply, wholeReply } from '../support/scripted-upstream.ts'
import { disclosedBody, errorCodeOf, type RecordedRun, testGateway } from '../support/test-gateway.ts'

const BODY = '{"model":"tiny","messages":[{"role":"user","content":"x"}]}'
const STREAM_HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n'

const completionOf = ({ record }: RecordedRun) => record.outcome.completion
const receivedText = ({ disclosure }: RecordedRun) => disclosedBody(disclosure, 'response').toString()

/** What can be read of an answer's body before its connection breaks; the flag is true where it does not break. */
async function readAll(answer: Response): Promise<{ text: string; isWhole: boolean }> {
  const decoder = new TextDecoder()
  let text = ''
  try {
    for await (const piece of answer.body ?? []) text += decoder.decode(piece, { stream: true })
    return { text, isWhole: true }
  } catch {
    return { text, isWhole: false }
  }
}

test('an upstream that is not there: 502, and the run says that nothing answered', async () => {
  const free = createServer()
  await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve))
  const { port } = free.address() as AddressInfo
  await new Promise((resolve) => free.close(resolve))
  const { post, runOf, client, lines } = await testGateway(() => wholeReply(''), {
    upstream: `http://127.0.0.1:${port}`,
  })
  const answer = await post(BODY)
  expect(answer.status).toBe(502)
  const run = await runOf(answer)
  expect(await errorCodeOf(answer)).toBe('UPSTREAM_UNREACHABLE')
  expect(run.record.outcome).toMatchObject({ completion: 'error', response: { state: 'none' } })
  expect(run.disclosure.response).toBeUndefined()
  expect(lines).toEqual([`run ${run.row.runId} error UPSTREAM_UNREACHABLE: the upstream gave no answer: ECONNREFUSED`])
  const messages = [{ role: 'user' as const, content: 'x' }]
  const refused = client.chat.completions.create({ model: 'tiny', messages })
  await expect(refused).rejects.toMatchObject({ status: 502, code: 'UPSTREAM_UNREACHABLE' })
  await expect(refused).rejects.toBeInstanceOf(OpenAI.APIError)
})

test('an upstream that hangs up before it answers', async () => {
  const { post, runOf } = await testGateway(() => ({ pieces: [], afterwards: 'close' }))
  const answer = await post(BODY)
  expect(await errorCodeOf(answer)).toBe('UPSTREAM_UNREACHABLE')
  expect((await runOf(answer)).record.outcome).toMatchObject({ completion: 'error', response: { state: 'none' } })
})

test('an upstream that keeps its caller waiting', async () => {
  const { post, runOf } = await testGateway(() => ({ pieces: [], afterwards: 'hang' }), { timeouts: { headersMs: 1 } })
  const answer = await post(BODY)
  expect(answer.status).toBe(504)
  expect(await errorCodeOf(answer)).toBe('UPSTREAM_TIMEOUT')
  expect(completionOf(await runOf(answer))).toBe('error')
})

test('an upstream that stops in the middle and stays', async () => {
  const script = (): Reply => ({ pieces: [STREAM_HEAD, chunk('data: {}\n\n')], afterwards: 'hang' })
  const { post, runOf } = await testGateway(script, { timeouts: { bodyMs: 1 } })
  const answer = await post(BODY)
  expect(await readAll(answer)).toEqual({ text: 'data: {}\n\n', isWhole: false })
  expect(completionOf(await runOf(answer))).toBe('upstreamCut')
})

test('a stream that is cut after any byte never looks finished', async () => {
  const stream = Buffer.from(
    `data: {"choices":[{"index":0,"delta":{"content":"é"},"finish_reason":"stop"}]}\n\n${DONE}`,
  )
  const { post, issuer } = await testGateway(({ body }) => {
    const part = stream.subarray(0, Number(body))
    return { pieces: part.length === 0 ? [STREAM_HEAD] : [STREAM_HEAD, chunk(part)], afterwards: 'close' }
  })
  const checkCut = async (place: number): Promise<void> => {
    const answer = await post(String(place))
    const { text, isWhole } = await readAll(answer)
    const outcome = (await issuer.issuer.registry.run(answer.headers.get('colophon-run') ?? ''))?.outcome
    expect(isWhole).toBe(false)
    expect(stream.toString().startsWith(text)).toBe(true)
    expect(text).not.toContain('[DONE]')
    expect(Buffer.from(outcome?.responseBody ?? [])).toEqual(stream.subarray(0, place))
    expect(outcome?.state).toBe(place < stream.length ? 'upstreamCut' : 'complete')
  }
  await Promise.all(Array.from({ length: stream.length + 1 }, (_, place) => checkCut(place)))
})

test.each(['close', 'reset'] as const)(
  'a JSON answer that is cut by a %s: 502, since nothing is out yet',
  async (afterwards) => {
    const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n'
    const { post, runOf } = await testGateway(() => ({ pieces: [`${head}{"choices"`], afterwards }))
    const answer = await post(BODY)
    expect(answer.status).toBe(502)
    expect(['UPSTREAM_CUT', 'UPSTREAM_UNREACHABLE']).toContain(await errorCodeOf(answer))
    const run = await runOf(answer)
    expect(run.record.outputs).toEqual([])
    expect(['upstreamCut', 'error']).toContain(completionOf(run))
  },
)

test('a stream without its end marker passes, is not complete, and gets no comment', async () => {
  const sent = streamEvents(['Hi']).join('')
  const { post, runOf } = await testGateway(() => chunkedReply([sent]))
  const answer = await post(BODY)
  expect(await readAll(answer)).toEqual({ text: sent, isWhole: true })
  expect(completionOf(await runOf(answer))).toBe('upstreamCut')
})

test.each([
  ['its last line is not empty', streamText(['Hi']).slice(0, -1)],
  ['bytes follow the end', `${streamText(['Hi'])}: x`],
])('a stream gets no comment where %s', async (_, sent) => {
  const { post, runOf } = await testGateway(() => chunkedReply([sent]))
  const answer = await post(BODY)
  expect(await readAll(answer)).toEqual({ text: sent, isWhole: true })
  expect(receivedText(await runOf(answer))).toBe(sent)
})

test('a stream with a Content-Length keeps it, and gets no comment', async () => {
  const sent = streamText(['Hi'])
  const { gateway, lastRun } = await testGateway(() =>
    wholeReply(sent, { headers: ['Content-Type: text/event-stream'] }),
  )
  const socket = connect(gateway.port, '127.0.0.1')
  const head = `POST /chat/completions HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${BODY.length}`
  socket.write(`${head}\r\n\r\n${BODY}`)
  const received = await textOf(socket)
  expect(received).toContain(`Content-Length: ${sent.length}\r\n`)
  expect(received.slice(received.indexOf('\r\n\r\n') + 4)).toBe(sent)
  expect(completionOf(await lastRun())).toBe('complete')
})

test('an answer that ends with its connection passes', async () => {
  const sent = streamText(['Hi'])
  const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n'
  const { post, runOf } = await testGateway(() => ({ pieces: [head, sent], afterwards: 'close' }))
  const answer = await post(BODY)
  const { text, isWhole } = await readAll(answer)
  expect(isWhole).toBe(true)
  expect(text.startsWith(`${sent}: colophon run=`)).toBe(true)
  expect(completionOf(await runOf(answer))).toBe('complete')
})

test.each([
  ['401 Unauthorized', '{"error":{"message":"no","type":"invalid_request_error"}}', 'error'],
  ['429 Too Many Requests', '{"error":{"message":"later"}}', 'error'],
  ['500 Internal Server Error', '', 'error'],
  ['200 OK', '', 'anomalous'],
  ['200 OK', 'not JSON', 'anomalous'],
])('%s with %j passes as it is: %s', async (status, body, completion) => {
  const { post, runOf } = await testGateway(() => wholeReply(body, { status }))
  const answer = await post(BODY)
  expect(`${answer.status} ${answer.statusText}`).toBe(status)
  expect(await answer.text()).toBe(body)
  const run = await runOf(answer)
  expect(completionOf(run)).toBe(completion)
  expect(receivedText(run)).toBe(body)
})

test.each(['204 No Content', '304 Not Modified'])('%s has no body, and does not hang', async (status) => {
  const { post, runOf } = await testGateway(() => ({ pieces: [`HTTP/1.1 ${status}\r\nX-Test: 1\r\n\r\n`] }))
  const answer = await post(BODY)
  expect(`${answer.status}`).toBe(status.slice(0, 3))
  expect(answer.headers.get('x-test')).toBe('1')
  expect(await answer.text()).toBe('')
  expect(receivedText(await runOf(answer))).toBe('')
})

test('a redirect is passed on, not followed', async () => {
  const elsewhere = await testGateway(() => wholeReply('elsewhere'))
  const headers = [`Location: ${elsewhere.upstream.url}/v1/chat/completions`]
  const { post, runOf } = await testGateway(() => wholeReply('', { status: '307 Temporary Redirect', headers }))
  const answer = await post(BODY, { authorization: 'Bearer sk-secret' })
  expect(answer.status).toBe(307)
  expect(answer.headers.get('location')).toBe(`${elsewhere.upstream.url}/v1/chat/completions`)
  await runOf(answer)
  expect(elsewhere.upstream.requests).toHaveLength(0)
})

test('an early hint is no answer', async () => {
  const { pieces } = wholeReply(completionText('Hi'))
  const { post } = await testGateway(() => ({
    pieces: ['HTTP/1.1 103 Early Hints\r\nContent-Encoding: x\r\n\r\n', ...pieces],
  }))
  const answer = await post(BODY)
  expect(answer.status).toBe(200)
  expect(await answer.text()).toBe(completionText('Hi'))
})

test.each([
  ['garbage', 'garbage\r\n\r\n'],
  ['a NUL in a header', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Bad: a\0b\r\n\r\n{}'],
  ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}x'],
  ['length and chunks', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'],
])('an upstream that answers with %s: 502', async (_, head) => {
  const { post, runOf } = await testGateway(() => ({ pieces: [head] }))
  const answer = await post(BODY)
  expect(answer.status).toBe(502)
  expect(await errorCodeOf(answer)).toBe('UPSTREAM_UNREACHABLE')
  expect(completionOf(await runOf(answer))).toBe('error')
})

test('what an upstream sends after its answer is not the answer to the next request', async () => {
  const second = 'HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged'
  const { post, upstream } = await testGateway(() => ({
    pieces: [`HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}${second}`],
  }))
  for (let i = 0; i < 3; i += 1) expect(await (await post(BODY)).text()).toBe('{}')
  expect(upstream.requests).toHaveLength(3)
})

test('an answer that is larger than the bound', async () => {
  const events = streamEvents(Array.from({ length: 50 }, () => 'word '))
  const { post, runOf } = await testGateway(
    ({ body }) => (body.includes('whole') ? wholeReply('x'.repeat(2001)) : chunkedReply([...events, DONE])),
    { maxAnswerBytes: 2000 },
  )
  const stream = await post(BODY)
  const { text, isWhole } = await readAll(stream)
  expect(isWhole).toBe(false)
  expect(events.join('').startsWith(text)).toBe(true)
  const run = await runOf(stream)
  expect(completionOf(run)).toBe('upstreamCut')
  expect(run.row.outcome?.responseBody.length).toBeLessThanOrEqual(2000)
  const whole = await post('whole')
  expect(whole.status).toBe(502)
  expect(await errorCodeOf(whole)).toBe('UPSTREAM_CUT')
})

test('a caller that goes away in the middle: the upstream is told, and the record has what it sent', async () => {
  const events = streamEvents(['one', 'two'])
  const { client, lastRun, upstream } = await testGateway(() => ({
    pieces: [STREAM_HEAD, ...events.slice(0, 3).map(chunk)],
    afterwards: 'hang',
  }))
  const messages = [{ role: 'user' as const, content: 'x' }]
  const stream = await client.chat.completions.create({ model: 'tiny', messages, stream: true })
  for await (const { choices } of stream) if (choices[0]?.delta.content === 'two') break
  const run = await lastRun()
  expect(completionOf(run)).toBe('clientAborted')
  expect(receivedText(run)).toBe(events.slice(0, 3).join(''))
  await vi.waitUntil(() => upstream.cuts() === 1)
})

test('a caller that goes away before the answer begins', async () => {
  const { gateway, lastRun, upstream } = await testGateway(() => ({ pieces: [], afterwards: 'hang' }))
  const controller = new AbortController()
  const { signal } = controller
  const answer = fetch(`${gateway.url}/v1/chat/completions`, { method: 'POST', body: BODY, signal })
  const refused = expect(answer).rejects.toThrow()
  await vi.waitUntil(() => upstream.requests.length === 1)
  controller.abort()
  await refused
  expect((await lastRun()).record.outcome).toMatchObject({ completion: 'clientAborted', response: { state: 'none' } })
  await vi.waitUntil(() => upstream.cuts() === 1)
})

test('a caller that goes away when the whole answer is there: complete', async () => {
  const sent = streamText(['Hi'])
  const { gateway, lastRun, upstream } = await testGateway(() => ({
    pieces: [STREAM_HEAD, chunk(sent)],
    afterwards: 'hang',
  }))
  const controller = new AbortController()
  const answer = await fetch(`${gateway.url}/v1/chat/completions`, {
    method: 'POST',
    body: BODY,
    signal: controller.signal,
  })
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
  let seen = 0
  while (seen < sent.length - DONE.length) seen += (await reader.read()).value?.length ?? 0
  expect(seen).toBe(sent.length - DONE.length)
  controller.abort()
  await vi.waitUntil(() => upstream.cuts() === 1)
  const run = await lastRun()
  expect(completionOf(run)).toBe('complete')
  expect(receivedText(run)).toBe(sent)
})

test('a caller that reads late gets everything', async () => {
  const words = Array.from({ length: 2000 }, (_, index) => `${index} ${'x'.repeat(1000)}`)
  const sent = streamText(words)
  const { post, runOf } = await testGateway(() => chunkedReply([sent]))
  const answer = await post(BODY)
  await new Promise((resolve) => setTimeout(resolve, 50))
  const { text, isWhole } = await readAll(answer)
  expect(isWhole).toBe(true)
  expect(text.startsWith(`${sent}: colophon run=`)).toBe(true)
  expect(completionOf(await runOf(answer))).toBe('complete')
})

test('a caller that has stopped reading is let go', async () => {
  const { gateway, lastRun, upstream } = await testGateway(
    () => ({
      pieces: [STREAM_HEAD, ...Array.from({ length: 400 }, () => chunk(`: ${'x'.repeat(65_000)}\n`))],
      afterwards: 'hang',
    }),
    { timeouts: { bodyMs: 300 } },
  )
  const answer = await fetch(`${gateway.url}/v1/chat/completions`, { method: 'POST', body: BODY })
  await vi.waitUntil(() => upstream.cuts() === 1, { timeout: 10_000 })
  expect((await readAll(answer)).isWhole).toBe(false)
  expect(completionOf(await lastRun())).toBe('clientAborted')
})
