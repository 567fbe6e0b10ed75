/**
 * What a gateway captures beside Chat Completions: other APIs by their dialects, and everything else as one opaque body.
 */
import { expect, test } from 'vitest'
import { parseBindingStatement } from '../../src/core/run/index.ts'
import { chunkedReply, wholeReply } from '../support/scripted-upstream.ts'
import { testGateway } from '../support/test-gateway.ts'

const send = (url: string, body: string | Uint8Array<ArrayBuffer>, type = 'application/json'): Promise<Response> =>
  fetch(url, { method: 'POST', headers: { 'content-type': type }, body })

const GEMINI_ANSWER = JSON.stringify({
  candidates: [{ content: { role: 'model', parts: [{ text: 'Yes.' }] }, finishReason: 'STOP' }],
  modelVersion: 'gemini-x-001',
})

test('a request of another API is read by its dialect', async () => {
  const { gateway, runOf } = await testGateway(() => wholeReply(GEMINI_ANSWER))
  const body = '{"contents":[{"parts":[{"text":"Is it?"}]}]}'
  const { record } = await runOf(await send(`${gateway.url}/v1beta/models/gemini-x:generateContent?key=k`, body))
  const binding = parseBindingStatement(record.binding.envelope.payload)
  expect([binding.request.dialect, record.outcome.completion, record.outputs.length]).toEqual([
    'google-gemini/1',
    'complete',
    1,
  ])
})

test('a stream of another API comes through whole, and is recorded before it ends', async () => {
  const lines = ['{"model":"m","message":{"role":"assistant","content":"Ye"},"done":false}\n']
  lines.push('{"model":"m","message":{"role":"assistant","content":"s."},"done":false}\n')
  lines.push('{"model":"m","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop"}\n')
  const reply = chunkedReply(lines, { headers: ['Content-Type: application/x-ndjson'] })
  const { gateway, runOf } = await testGateway(() => reply)
  const answer = await send(`${gateway.url}/api/chat`, '{"model":"m","messages":[{"role":"user","content":"?"}]}')
  const { record } = await runOf(answer.clone())
  expect(await answer.text()).toBe(lines.join(''))
  expect([record.outcome.completion, record.outputs.length]).toEqual(['complete', 1])
})

test('anything else that is posted is one opaque body, and says so', async () => {
  const { gateway, runOf } = await testGateway(() => wholeReply('{"text":"Yes."}'))
  const body = Uint8Array.from([0x2d, 0x2d, 0x78, 0xff, 0x00])
  const run = await runOf(await send(`${gateway.url}/v1/audio/transcriptions`, body, 'multipart/form-data; boundary=x'))
  const states = Object.values(run.record.composition.roles).map(({ state }) => state)
  expect(new Set(states.slice(0, -1))).toEqual(new Set(['unobservable']))
  expect(run.disclosure.request?.at(-1)).toMatchObject({ kind: 'opaque', bytes: body })
})

const ANTHROPIC_EVENTS = [
  { type: 'message_start', message: { id: 'm', type: 'message', role: 'assistant', model: 'claude-x', content: [] } },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Yes.' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 1 } },
  { type: 'message_stop' },
].map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)

test('the event that ends a stream waits for the record, and the comment comes after it', async () => {
  const { gateway, runOf } = await testGateway(() => chunkedReply(ANTHROPIC_EVENTS))
  const body = '{"model":"claude-x","max_tokens":9,"stream":true,"messages":[{"role":"user","content":"Is it?"}]}'
  const answer = await send(`${gateway.url}/v1/messages`, body)
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
  const runId = answer.headers.get('colophon-run')
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    text += Buffer.from(value).toString()
    // Whoever sees the end can have the record.
    if (text.includes('message_stop')) expect((await fetch(`${gateway.url}/runs/${runId}`)).status).toBe(200)
  }
  const whole = ANTHROPIC_EVENTS.join('')
  expect(text.slice(0, whole.length)).toBe(whole)
  expect(text.slice(whole.length)).toMatch(
    /^: colophon run=[0-9a-f]{64} record=[0-9a-f]{64} path=\/runs\/[0-9a-f]{64}\n\n$/,
  )
  const { record } = await runOf(answer)
  expect([record.outcome.completion, record.outputs.length]).toEqual(['complete', 1])
})
