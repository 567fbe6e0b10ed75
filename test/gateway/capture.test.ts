/**
 * What is sent is what is bound, what comes back goes on untouched, and both can be opened afterwards.
 */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { encodeHex } from '../../src/core/bytes/index.ts'
import { sha256 } from '../../src/core/hash/index.ts'
import { commitmentOf, type Direction, leafHashOf } from '../../src/core/spans/index.ts'
import { completionText, DONE, streamEvents, streamText } from '../support/chat-texts.ts'
import { chunkedReply, wholeReply } from '../support/scripted-upstream.ts'
import { bindingOf, disclosedBody, errorCodeOf, type RecordedRun, testGateway } from '../support/test-gateway.ts'

const BODY = '{"model": "tiny",\n "messages":[{"role":"user","content":"Wie spät? \\u00e9"}], "temperature":0.70}'
const DECLARATION = {
  name: 'clock',
  privacy: 'public',
  model: { fixed: 'tiny' },
  instructions: 'absent',
  tools: 'absent',
  context: 'absent',
  history: 'absent',
  input: { slot: { maxBytes: 100 } },
  parameters: { fixed: { temperature: 0.7 } },
  outputFormat: 'absent',
  policy: 'strict',
}

const sha256Hex = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

/** The commitment, from the disclosure alone. */
function commitmentFrom({ disclosure, record }: RecordedRun, direction: Direction): string {
  const leaves = disclosure[direction] ?? []
  const leafHashes = leaves.map((leaf, index) => {
    if (leaf.state !== 'open') throw new Error('want every leaf open')
    return leafHashOf({ leaf, index, salt: leaf.salt, hash: sha256 })
  })
  const { dialect } = bindingOf(record).request
  const bodyLength = disclosedBody(disclosure, direction).length
  return encodeHex(commitmentOf({ direction, dialect, leafHashes, bodyLength, hash: sha256 }))
}

/** Everything that ties a record to the bytes on both wires. */
function expectSameBytes(run: RecordedRun, wire: { received: Uint8Array; sent: string }): void {
  expect(disclosedBody(run.disclosure, 'request')).toEqual(wire.received)
  expect(disclosedBody(run.disclosure, 'response').toString()).toBe(wire.sent)
  expect(commitmentFrom(run, 'request')).toBe(bindingOf(run.record).request.commitment)
  const { response } = run.record.outcome
  expect(response).toMatchObject({
    state: 'received',
    digest: sha256Hex(wire.sent),
    length: Buffer.byteLength(wire.sent),
    commitment: commitmentFrom(run, 'response'),
  })
}

test('a JSON answer passes byte for byte, and its record opens to the bytes of both wires', async () => {
  const sent = completionText('Zwölf Uhr')
  const { post, runOf, upstream, issuer } = await testGateway(() => wholeReply(sent))
  const declarationId = await issuer.declare(DECLARATION)
  const nonce = '5a'.repeat(32)
  const answer = await post(BODY, { 'Colophon-Declaration': declarationId, 'Colophon-Nonce': nonce })
  expect(answer.status).toBe(200)
  expect(await answer.text()).toBe(sent)
  expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(sent)))

  const run = await runOf(answer)
  const received = upstream.requests[0]?.body as Buffer
  expect(received.toString()).toBe(BODY)
  expectSameBytes(run, { received, sent })
  expect(answer.headers.get('link')).toBe(`</runs/${run.row.runId}>; rel="describedby"`)
  expect(bindingOf(run.record)).toMatchObject({
    endpoint: upstream.url,
    requesterNonce: nonce,
    declaration: { state: 'declared', id: declarationId },
  })
  expect(run.record.outcome.completion).toBe('complete')
  expect(run.record.model.responded).toEqual({ state: 'present', value: 'tiny-1' })
  expect(run.record.outputs).toEqual([{ choice: 0, sha256: sha256Hex('Zwölf Uhr') }])
  expect(run.disclosure.declaration?.contents).toHaveLength(3)
})

test('a stream passes byte for byte, and one comment follows', async () => {
  const sent = streamText(['Zwölf', ' Uhr'])
  const { post, runOf, upstream } = await testGateway(() => chunkedReply([sent]))
  const answer = await post(BODY)
  const text = await answer.text()
  const run = await runOf(answer)
  const { runId, outcome } = run.row
  expect(text).toBe(`${sent}: colophon run=${runId} record=${outcome?.recordDigest} path=/runs/${runId}\n\n`)
  expectSameBytes(run, { received: upstream.requests[0]?.body as Buffer, sent })
  expect(run.record.outputs).toEqual([{ choice: 0, sha256: sha256Hex('Zwölf Uhr') }])
})

test('on request the comment holds the record itself', async () => {
  const { post, runOf } = await testGateway(() => chunkedReply([streamText(['Zwölf'])]))
  const answer = await post(BODY, { 'Colophon-Inline': '1' })
  const bundle = / bundle=([\w-]+)\n\n$/.exec(await answer.text())?.[1] ?? ''
  expect(Buffer.from(bundle, 'base64url')).toEqual(Buffer.from((await runOf(answer)).row.outcome?.bundle ?? []))
})

test("OpenAI's own client gets its answers, and their runs", async () => {
  const { client, runOf, upstream } = await testGateway((request) =>
    request.body.includes('"stream":true')
      ? chunkedReply([...streamEvents(['Hel', 'lo']), DONE])
      : wholeReply(completionText('Hi')),
  )
  const messages = [{ role: 'user' as const, content: 'Hello?' }]
  const whole = await client.chat.completions.create({ model: 'tiny', messages }).withResponse()
  expect(whole.data.choices[0]?.message.content).toBe('Hi')
  expect((await runOf(whole.response)).record.outcome.completion).toBe('complete')

  const streamed = await client.chat.completions.create({ model: 'tiny', messages, stream: true }).withResponse()
  let text = ''
  for await (const { choices } of streamed.data) text += choices[0]?.delta.content ?? ''
  expect(text).toBe('Hello')
  const run = await runOf(streamed.response)
  expect(disclosedBody(run.disclosure, 'request')).toEqual(upstream.requests[1]?.body)

  const helper = client.chat.completions.stream({ model: 'tiny', messages })
  expect((await helper.finalChatCompletion()).choices[0]?.message.content).toBe('Hello')
})

test.each(['\n', '\r\n', '\r'])('a stream with lines that end in %j may be divided anywhere', async (lineEnd) => {
  const events = [
    'data: {"choices":[{"index":0,"delta":{"content":"é😀"},"finish_reason":"stop"}]}\n\n',
    'data: [DON]\n\ndata: [DONE]\n\n',
  ]
  const sent = Buffer.from(events.join('').replaceAll('\n', lineEnd))
  const { post, issuer } = await testGateway(({ body }) => {
    const place = Number(body)
    return chunkedReply([sent.subarray(0, place), sent.subarray(place)])
  })
  const checkDivided = async (place: number): Promise<void> => {
    const answer = await post(String(place))
    const text = await answer.text()
    const runId = answer.headers.get('colophon-run') ?? ''
    const outcome = (await issuer.issuer.registry.run(runId))?.outcome
    const comment = `: colophon run=${runId} record=${outcome?.recordDigest} path=/runs/${runId}\n\n`
    expect(text).toBe(sent.toString() + comment)
    expect(Buffer.from(outcome?.responseBody ?? [])).toEqual(sent)
  }
  const places = Array.from({ length: sent.length + 1 }, (_, place) => place)
  // The other line ends differ only where lines end, and at the end marker.
  await Promise.all(places.slice(lineEnd === '\n' ? 0 : -40).map(checkDivided))
})

test('a stream in pieces of one byte', async () => {
  const sent = Buffer.from(streamText(['é']))
  const { post, runOf } = await testGateway(() => chunkedReply(Array.from(sent, (byte) => Uint8Array.of(byte))))
  const answer = await post(BODY)
  expect((await answer.text()).startsWith(sent.toString())).toBe(true)
  expect((await runOf(answer)).record.outcome).toMatchObject({
    completion: 'complete',
    response: { digest: sha256Hex(sent) },
  })
})

test('an unknown declaration is refused before anything goes upstream', async () => {
  const { post, upstream } = await testGateway(() => wholeReply(completionText('Hi')))
  const answer = await post(BODY, { 'Colophon-Declaration': 'ab'.repeat(32) })
  expect(answer.status).toBe(404)
  expect(await errorCodeOf(answer)).toBe('DECLARATION_UNKNOWN')
  expect(answer.headers.get('colophon-run')).toBeNull()
  expect(upstream.requests).toHaveLength(0)
})

test('the default declaration is that of callers who name none', async () => {
  const first = await testGateway(() => wholeReply(completionText('Hi')))
  const declarationId = await first.issuer.declare(DECLARATION)
  const second = await testGateway(() => wholeReply(completionText('Hi')), { defaultDeclarationId: declarationId })
  expect((await second.runOf(await second.post(BODY))).row.declarationId).toBe(declarationId)
  expect((await first.runOf(await first.post(BODY))).row.declarationId).toBeUndefined()
})

test.each([
  ['Colophon-Nonce', 'AB'.repeat(32)],
  ['Colophon-Nonce', 'ab'],
  ['Colophon-Inline', 'yes'],
])('%s: %s is refused', async (name, value) => {
  const { post, upstream } = await testGateway(() => wholeReply(completionText('Hi')))
  const answer = await post(BODY, { [name]: value })
  expect(answer.status).toBe(400)
  expect(await errorCodeOf(answer)).toBe('HEADER_MALFORMED')
  expect(upstream.requests).toHaveLength(0)
})

test('a body that is too large is refused, whether it says its length or not', async () => {
  const { post, upstream } = await testGateway(() => wholeReply(completionText('Hi')), { maxBodyBytes: 1000 })
  const tooLarge = await post('x'.repeat(1001))
  expect(tooLarge.status).toBe(413)
  expect(await errorCodeOf(tooLarge)).toBe('REQUEST_TOO_LARGE')
  const chunked = await fetch(`${tooLarge.url}`, {
    method: 'POST',
    body: new ReadableStream({
      start: (controller) => {
        for (let i = 0; i < 3; i += 1) controller.enqueue(Buffer.alloc(500))
        controller.close()
      },
    }),
    // What fetch asks for where a body is a stream; its types do not know it.
    ...{ duplex: 'half' },
  })
  expect(chunked.status).toBe(413)
  expect(upstream.requests).toHaveLength(0)
  expect((await post('x'.repeat(1000))).status).toBe(200)
})

test('an empty body, and one that is not JSON, are recorded as they are', async () => {
  const { post, runOf, upstream } = await testGateway(() => wholeReply(completionText('Hi')))
  const empty = await runOf(await post(''))
  expect(disclosedBody(empty.disclosure, 'request')).toEqual(upstream.requests[0]?.body)
  const bytes = Uint8Array.of(0xff, 0, 0x7b)
  const binary = await runOf(await post(bytes))
  expect(upstream.requests[1]?.body).toEqual(Buffer.from(bytes))
  expect(disclosedBody(binary.disclosure, 'request')).toEqual(Buffer.from(bytes))
})
