/**
 * A long answer lets others through, and ends when its reader goes away.
 *
 * The answer here would take half a minute. So whatever passes meanwhile passes because the answer made room for it, and it
 * can end within the test for one reason only.
 *
 * @module
 */
import OpenAI from 'openai'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Host, startHost } from '../../src/node/host/index.ts'
import { untrainedModel } from '../support/untrained-model.ts'

const MESSAGES = [{ role: 'user', content: 'When does the library in Marlow open?' }] as const
const LONG = { model: 'colophon-tiny', messages: [...MESSAGES], max_tokens: 40_000 }

let host: Host
let client: OpenAI

const running = async (): Promise<unknown> => {
  const health = (await (await fetch(`${host.url}/healthz`)).json()) as { running: unknown }
  return health.running
}

const settled = (expected: number): Promise<void> =>
  vi.waitFor(async () => expect(await running()).toBe(expected), { timeout: 5_000 })

beforeAll(async () => {
  host = await startHost({
    model: untrainedModel({ contextLength: 50_000 }),
    sha256Hex: '0'.repeat(64),
    port: 0,
  })
  client = new OpenAI({ baseURL: `${host.url}/v1`, apiKey: 'any', maxRetries: 0 })
})

afterAll(() => host.close())

test('a short answer overtakes a long one; leaving the long stream ends it', async () => {
  const stream = await client.chat.completions.create({ ...LONG, stream: true })
  const chunks = stream[Symbol.asyncIterator]()
  await chunks.next()
  const short = await client.chat.completions.create({ ...LONG, max_tokens: 3 })
  expect(short.usage?.completion_tokens).toBe(3)
  expect(await running()).toBe(1)
  expect((await chunks.next()).done).toBe(false)
  stream.controller.abort()
  await settled(0)
})

test('leaving before an answer in one piece ends it too', async () => {
  const controller = new AbortController()
  const answer = client.chat.completions.create(LONG, { signal: controller.signal })
  const refused = expect(answer).rejects.toThrow(OpenAI.APIUserAbortError)
  await settled(1)
  controller.abort()
  await refused
  await settled(0)
})

test('closing the host cuts an answer short', async () => {
  const other = await startHost({
    model: untrainedModel({ contextLength: 50_000 }),
    sha256Hex: '0'.repeat(64),
    port: 0,
  })
  const otherClient = new OpenAI({ baseURL: `${other.url}/v1`, apiKey: 'any', maxRetries: 0 })
  const stream = await otherClient.chat.completions.create({ ...LONG, stream: true })
  const reading = (async () => {
    for await (const _ of stream);
  })()
  const cut = expect(reading).rejects.toThrow()
  await other.close()
  await cut
})
