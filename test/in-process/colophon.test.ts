/**
 * Colophon inside an application: a real client with our `fetch`, and what its runs are recorded as.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import OpenAI from 'openai'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { parseBundle } from '../../src/core/bundle/index.ts'
import { parseBindingStatement, parseRunStatement } from '../../src/core/run/index.ts'
import { type Colophon, openColophon, type SealedRun } from '../../src/node/in-process/index.ts'
import { ANSWER, chatReply, startChatUpstream } from '../support/chat-upstream.ts'
import { colophon as command } from '../support/command-line.ts'
import { chunkedReply, type Reply, type ScriptedUpstream, wholeReply } from '../support/scripted-upstream.ts'

let folder: string
let upstream: ScriptedUpstream
let colophon: Colophon
let script: (body: string) => Reply | undefined = () => undefined

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'colophon-in-process-'))
  upstream = await startChatUpstream((request) => script(request.body.toString()) ?? chatReply(request))
  await command(['init', '--name', 'The shop'], { folder })
  colophon = await openColophon({ dir: join(folder, '.colophon') })
}, 30_000)

afterAll(async () => {
  await colophon.close()
  await upstream.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A client whose last answer's record can be asked for. */
function clientOf() {
  let last: Response | undefined
  const fetch: typeof globalThis.fetch = async (...asked) => {
    last = await colophon.fetch(...asked)
    return last
  }
  const client = new OpenAI({ apiKey: 'k', baseURL: `${upstream.url}/v1`, fetch, maxRetries: 0 })
  return { client, sealed: () => (last === undefined ? undefined : colophon.recordOf(last)) }
}

function readRecord(sealed: SealedRun | undefined) {
  if (sealed === undefined) throw new Error('there is no record')
  const record = parseRunStatement(parseBundle(sealed.bundle).envelope.payload)
  return { record, binding: parseBindingStatement(record.binding.envelope.payload) }
}

const asking = (text: string) => ({ model: 'm', messages: [{ role: 'user' as const, content: text }] })

test('a client’s answer is as without it, and has a record that says who holds the key', async () => {
  const { client, sealed } = clientOf()
  const { data, response } = await client.chat.completions.create(asking('How much?')).withResponse()
  expect(data.choices[0]?.message.content).toBe(ANSWER)
  const { record, binding } = readRecord(await sealed())
  expect(response.headers.get('colophon-run')).toBe(record.runId)
  expect(record.outcome.completion).toBe('complete')
  expect(binding.capture).toMatchObject({ point: 'inProcess', signerControlsApplication: true })
})

test('a stream comes through piece by piece, and is recorded when it has ended', async () => {
  const { client, sealed } = clientOf()
  const stream = await client.chat.completions.create({ ...asking('How much?'), stream: true })
  let text = ''
  for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
  expect(text).toBe(ANSWER)
  expect(readRecord(await sealed()).record.outcome.completion).toBe('complete')
})

test('passages named round a call are found in its request, however deep the call is made', async () => {
  const { client, sealed } = clientOf()
  const passage = 'The "red" lamp costs 12 €.'
  const passages = [
    { label: 'lamps.md', text: passage },
    { label: 'chairs.md', text: 'Nobody asked for chairs.' },
  ]
  await colophon.withContext(passages, async () => {
    await Promise.resolve()
    await client.chat.completions.create(asking(`Context: ${passage} Question?`))
  })
  const { record } = readRecord(await sealed())
  expect(record.composition.roles.context.state).toBe('withheld')
  await client.chat.completions.create(asking(`Context: ${passage} Question?`))
  expect(readRecord(await sealed()).record.composition.roles.context.state).toBe('absent')
})

test('an answer that its reader leaves is recorded as left', async () => {
  const pieces = Array.from(
    { length: 50 },
    (_, index) => `data: {"choices":[{"index":0,"delta":{"content":"${index}"}}]}\n\n`,
  )
  script = () => chunkedReply(pieces)
  onTestFinished(() => {
    script = () => undefined
  })
  const { client, sealed } = clientOf()
  const stream = await client.chat.completions.create({ ...asking('How much?'), stream: true })
  for await (const _ of stream) break
  expect(readRecord(await sealed()).record.outcome.completion).toMatch(/clientAborted|upstreamCut/)
})

test('no upstream is an error to the client as without it, and a record that says so', async () => {
  const unreachable = 'http://127.0.0.1:1/v1/chat/completions'
  await expect(colophon.fetch(unreachable, { method: 'POST', body: '{}' })).rejects.toThrow('fetch failed')
})

test('what no model answers passes uncaptured', async () => {
  script = () => wholeReply('{"data":[]}')
  onTestFinished(() => {
    script = () => undefined
  })
  const answer = await colophon.fetch(`${upstream.url}/v1/models`)
  expect([answer.headers.get('colophon-run'), colophon.recordOf(answer)]).toEqual([null, undefined])
})
