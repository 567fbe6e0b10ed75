/**
 * The model host answers OpenAI's own client, and refuses what it cannot do.
 *
 * @module
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import OpenAI from 'openai'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dialectFor } from '../../src/core/dialects/index.ts'
import { type Host, startHost } from '../../src/node/host/index.ts'
import { type ChatMessage, type GenerationOptions, generate } from '../../src/node/host/model/index.ts'
import { untrainedModel } from '../support/untrained-model.ts'

const SHA256_HEX = '0123456789abcdef'.repeat(4)
const MODEL_ID = 'colophon-tiny@sha256:0123456789ab'
const MESSAGES = [
  { role: 'system', content: 'Answer plainly.' },
  { role: 'user', content: 'Context: The desk of Anna is in room 7.\nQuestion: Where is the desk of Anna?' },
] as const

const model = untrainedModel()
let host: Host
let client: OpenAI

const clientOf = ({ url }: Host, apiKey = 'any'): OpenAI => new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0 })

const post = (body: string | Uint8Array<ArrayBuffer>, contentType = 'application/json'): Promise<Response> =>
  fetch(`${host.url}/v1/chat/completions`, { method: 'POST', headers: { 'content-type': contentType }, body })

/** What the engine says when it is asked directly. */
function engineAnswer(messages: readonly ChatMessage[], options: GenerationOptions) {
  let text = ''
  let completionTokens = 0
  let promptTokens = 0
  for (const step of generate(model, messages, options)) {
    text += step.text
    completionTokens = step.completionTokens
    promptTokens = step.promptTokens
  }
  return { text, usage: { promptTokens, completionTokens } }
}

beforeAll(async () => {
  host = await startHost({ model, sha256Hex: SHA256_HEX, port: 0 })
  client = clientOf(host)
})

afterAll(() => host.close())

test('a completion is what the engine says, with names, digest and usage', async () => {
  const completion = await client.chat.completions.create({
    model: 'colophon-tiny',
    messages: [...MESSAGES],
    max_completion_tokens: 12,
  })
  const { text, usage } = engineAnswer(MESSAGES, { maxTokens: 12 })
  expect(text).not.toBe('')
  expect(completion).toMatchObject({
    object: 'chat.completion',
    model: MODEL_ID,
    system_fingerprint: 'gguf-sha256:0123456789abcdef',
    choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'length' }],
    usage: {
      prompt_tokens: usage.promptTokens,
      completion_tokens: 12,
      total_tokens: usage.promptTokens + 12,
    },
  })
  expect(completion.id).toMatch(/^chatcmpl-[0-9a-f]{24}$/)
  expect(completion.created).toBeGreaterThan(1_700_000_000)
})

test('a stream is the same answer in pieces, with usage where it is asked for', async () => {
  const request = { model: MODEL_ID, messages: [...MESSAGES], max_tokens: 12, stream: true as const }
  const stream = await client.chat.completions.create({ ...request, stream_options: { include_usage: true } })
  let text = ''
  const reasons: string[] = []
  const usages: unknown[] = []
  for await (const chunk of stream) {
    expect(chunk).toMatchObject({ object: 'chat.completion.chunk', model: MODEL_ID })
    text += chunk.choices[0]?.delta.content ?? ''
    if (chunk.choices[0]?.finish_reason) reasons.push(chunk.choices[0].finish_reason)
    usages.push(chunk.usage)
  }
  expect(text).toBe(engineAnswer(MESSAGES, { maxTokens: 12 }).text)
  expect(reasons).toEqual(['length'])
  expect(usages.at(-1)).toMatchObject({ completion_tokens: 12 })
  expect(usages.slice(0, -1).every((usage) => usage === null)).toBe(true)

  for await (const chunk of await client.chat.completions.create(request)) expect(chunk).not.toHaveProperty('usage')
})

test('the dialect reads both kinds of answer as complete', async () => {
  for (const stream of [false, true]) {
    const response = await post(JSON.stringify({ model: 'colophon-tiny', messages: MESSAGES, max_tokens: 3, stream }))
    const body = new Uint8Array(await response.arrayBuffer())
    const contentType = response.headers.get('content-type') ?? undefined
    const cut = dialectFor({ method: 'POST', path: '/v1/chat/completions' }).cutResponse({
      status: response.status,
      contentType,
      body,
    })
    expect(cut).toMatchObject({
      shape: 'complete',
      model: { state: 'named', name: MODEL_ID },
      finishReasons: ['length'],
    })
    if (stream) expect(new TextDecoder().decode(body)).toMatch(/\n\ndata: \[DONE\]\n\n$/)
  }
})

test('sampling, stop texts, developer messages and text parts reach the engine', async () => {
  const sampled = { temperature: 1.5, top_p: 0.9, seed: 42, max_tokens: 16 }
  const ask = async (more: object, messages: OpenAI.ChatCompletionMessageParam[] = [...MESSAGES]) => {
    const completion = await client.chat.completions.create({ model: 'colophon-tiny', messages, ...more })
    return completion.choices[0]
  }
  const expected = engineAnswer(MESSAGES, { temperature: 1.5, topP: 0.9, seed: 42, maxTokens: 16 }).text
  expect((await ask(sampled))?.message.content).toBe(expected)
  expect((await ask({ ...sampled, seed: 43 }))?.message.content).not.toBe(expected)

  const stop = expected.slice(5, 9)
  const stopped = await ask({ ...sampled, stop })
  expect(stopped?.message.content).toBe(expected.slice(0, expected.indexOf(stop)))
  expect(stopped?.finish_reason).toBe('stop')

  const [system, user] = MESSAGES
  const parts = [
    { type: 'text', text: user.content.slice(0, 9) },
    { type: 'text', text: user.content.slice(9) },
  ] as const
  const same = await ask(sampled, [
    { role: 'developer', content: system.content },
    { role: 'user', content: [...parts] },
  ])
  expect(same?.message.content).toBe(expected)
})

test('an answer may be sent back as a message; members that change nothing are ignored', async () => {
  const [question] = MESSAGES.slice(1)
  if (question === undefined) throw new Error('a message is missing')
  const first = await client.chat.completions.create({ model: 'colophon-tiny', messages: [question], max_tokens: 4 })
  const message = first.choices[0]?.message
  if (message === undefined) throw new Error('a choice is missing')
  const second = await client.chat.completions.create({
    model: 'colophon-tiny',
    messages: [question, message, question],
    max_tokens: 4,
    n: 1,
    store: false,
    logprobs: false,
    presence_penalty: 0,
    response_format: { type: 'text' },
    user: 'somebody',
    metadata: { a: 'b' },
    stop: null,
  })
  expect(second.usage?.prompt_tokens).toBeGreaterThan(first.usage?.prompt_tokens ?? Infinity)
})

const REFUSED: readonly (readonly [param: string, code: string, members: object])[] = [
  ['tools', 'unsupported_parameter', { tools: [{ type: 'function', function: { name: 'f' } }] }],
  ['tool_choice', 'unsupported_parameter', { tool_choice: 'none' }],
  ['response_format', 'unsupported_parameter', { response_format: { type: 'json_object' } }],
  ['n', 'unsupported_parameter', { n: 2 }],
  ['logprobs', 'unsupported_parameter', { logprobs: true }],
  ['store', 'unsupported_parameter', { store: true }],
  ['frequency_penalty', 'unsupported_parameter', { frequency_penalty: 0.5 }],
  ['anything_new', 'unsupported_parameter', { anything_new: 1 }],
  ['temperature', 'invalid_value', { temperature: 2.1 }],
  ['temperature', 'invalid_value', { temperature: '1' }],
  ['top_p', 'invalid_value', { top_p: 0 }],
  ['seed', 'invalid_value', { seed: 2 ** 32 }],
  ['seed', 'invalid_value', { seed: 1.5 }],
  ['max_tokens', 'invalid_value', { max_tokens: 0 }],
  ['max_tokens', 'invalid_value', { max_tokens: 5, max_completion_tokens: 6 }],
  ['stop', 'invalid_value', { stop: ['a', ''] }],
  ['stop', 'invalid_value', { stop: [] }],
  ['stop', 'invalid_value', { stop: ['a', 'b', 'c', 'd', 'e'] }],
  ['stream', 'invalid_value', { stream: 'yes' }],
  ['stream_options', 'invalid_value', { stream_options: { include_usage: true } }],
  ['stream_options.other', 'unsupported_parameter', { stream: true, stream_options: { other: 1 } }],
  ['model', 'missing_required_parameter', { model: undefined }],
  ['model', 'invalid_value', { model: 1 }],
  ['messages', 'missing_required_parameter', { messages: undefined }],
  ['messages', 'invalid_value', { messages: [] }],
  ['messages[0].role', 'invalid_value', { messages: [{ role: 'tool', content: 'x' }] }],
  ['messages[0].name', 'unsupported_parameter', { messages: [{ role: 'user', content: 'x', name: 'y' }] }],
  ['messages[0].content', 'invalid_value', { messages: [{ role: 'assistant', content: null }] }],
  ['messages[0].content[0]', 'invalid_value', { messages: [{ role: 'user', content: [{ type: 'image_url' }] }] }],
]

test.each(REFUSED)('%s is refused by name: %s %j', async (param, code, members) => {
  const body = JSON.stringify({ model: 'colophon-tiny', messages: [{ role: 'user', content: 'secret' }], ...members })
  const response = await post(body)
  expect(response.status).toBe(400)
  const answer = await response.text()
  expect(JSON.parse(answer)).toEqual({
    error: { message: expect.any(String), type: 'invalid_request_error', param, code },
  })
  expect(answer).not.toContain('secret')
})

test.each(['', '[]', '{"model":"a","model":"b"}', '{"model":"\\ud800"}'])('%j is refused as JSON', async (body) => {
  const response = await post(body)
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ error: { code: 'invalid_json' } })
})

test('another model is not found', async () => {
  const request = client.chat.completions.create({ model: 'gpt-5', messages: [...MESSAGES] })
  await expect(request).rejects.toMatchObject({ status: 404, code: 'model_not_found', param: 'model' })
})

test.each([
  ['a few words too many', 'the library '.repeat(150)],
  ['far too many', 'x'.repeat(900_000)],
])('%s overflow the context', async (_, content) => {
  const request = client.chat.completions.create({
    model: 'colophon-tiny',
    messages: [{ role: 'user', content }],
    stream: true,
  })
  await expect(request).rejects.toMatchObject({ status: 400, code: 'context_length_exceeded', param: 'messages' })
})

test('a body above 1 MiB, another media type, path or method are refused', async () => {
  const content = 'x'.repeat(1_048_576)
  const large = client.chat.completions.create({ model: 'colophon-tiny', messages: [{ role: 'user', content }] })
  await expect(large).rejects.toMatchObject({ status: 413, code: 'request_too_large' })
  expect((await post('{}', 'text/plain')).status).toBe(415)
  await expect(client.embeddings.create({ model: 'colophon-tiny', input: 'x' })).rejects.toMatchObject({
    status: 404,
    code: 'unknown_url',
  })
  const got = await fetch(`${host.url}/v1/chat/completions`)
  expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST'])
})

test('models and health are listed', async () => {
  expect((await client.models.list()).data).toMatchObject([{ id: MODEL_ID, object: 'model', owned_by: 'colophon' }])
  expect(await (await fetch(`${host.url}/healthz`)).json()).toEqual({ status: 'ok', model: MODEL_ID, running: 0 })
})

test('a taken port, an address of another machine and an open one without a token are refused', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  const { port } = other.address() as AddressInfo
  const start = (options: object) => startHost({ model, sha256Hex: SHA256_HEX, port: 0, ...options })
  await expect(start({ port })).rejects.toThrowCode('PORT_IN_USE')
  await expect(start({ host: '192.0.2.1', token: 'x' })).rejects.toThrowCode('ADDRESS_UNUSABLE')
  await expect(start({ host: '0.0.0.0' })).rejects.toThrowCode('TOKEN_REQUIRED')
  await new Promise((resolve) => other.close(resolve))
})

test('where there is a token, requests carry it', async () => {
  const guarded = await startHost({ model, sha256Hex: SHA256_HEX, port: 0, token: 'right' })
  const ask = (apiKey: string) => clientOf(guarded, apiKey).models.list()
  await expect(ask('wrong')).rejects.toMatchObject({ status: 401, code: 'invalid_api_key' })
  expect((await ask('right')).data).toHaveLength(1)
  expect((await fetch(`${guarded.url}/healthz`)).status).toBe(200)
  await guarded.close()
})

test('a failure of the host is a bare 500, and is reported', async () => {
  const failures: unknown[] = []
  const broken = { ...model, layers: [{ ...model.layers[0], query: undefined }] } as unknown as typeof model
  const failing = await startHost({ model: broken, sha256Hex: SHA256_HEX, port: 0, onError: (e) => failures.push(e) })
  const request = clientOf(failing).chat.completions.create({ model: 'colophon-tiny', messages: [...MESSAGES] })
  await expect(request).rejects.toMatchObject({ status: 500, type: 'server_error' })
  expect(failures).toHaveLength(1)
  await failing.close()
})
