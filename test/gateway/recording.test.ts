/**
 * Order and durability: nothing goes upstream before its binding is durable, nothing ends before its record is, and runs
 * that cross each other on the way stay apart.
 */
import { createHash } from 'node:crypto'
import { connect } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { ColophonError } from '../../src/core/errors.ts'
import { startGateway } from '../../src/node/gateway/index.ts'
import type { Issuer } from '../../src/node/issuer/index.ts'
import { SqliteHeadStore } from '../../src/node/store/sqlite/index.ts'
import { completionText, DONE, streamEvents, streamText } from '../support/chat-texts.ts'
import { treeOf } from '../support/log-files.ts'
import {
  chunkedReply,
  type ReceivedRequest,
  type Reply,
  startUpstream,
  wholeReply,
} from '../support/scripted-upstream.ts'
import { bindingOf, disclosedBody, errorCodeOf, testGateway } from '../support/test-gateway.ts'
import { makeTestIssuer } from '../support/test-issuer.ts'

const BODY = '{"model":"tiny","messages":[{"role":"user","content":"x"}]}'

/** A point that a run waits at until the test lets it go on. */
function barrier() {
  let open = (): void => {}
  let arrive = (): void => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve
  })
  const pass = (): Promise<void> => {
    arrive()
    return opened
  }
  return { open, arrived, pass }
}

/** A gateway whose recorder, the real one, waits before it binds and before it seals. */
async function heldGateway(script: (request: ReceivedRequest) => Reply) {
  const { issuer, dispose } = await makeTestIssuer()
  const binding = barrier()
  const sealing = barrier()
  const held: Issuer = {
    ...issuer,
    recorder: {
      bind: async (request) => {
        await binding.pass()
        const { seal, ...bound } = await issuer.recorder.bind(request)
        return { ...bound, seal: (input) => sealing.pass().then(() => seal(input)) }
      },
    },
  }
  const upstream = await startUpstream(script)
  const gateway = await startGateway({ issuer: held, upstream: upstream.url, port: 0 })
  onTestFinished(async () => {
    await gateway.close()
    await upstream.close()
    await dispose()
  })
  return { gateway, upstream, binding, sealing, issuer }
}

/** Sends a captured request and collects every byte that comes back. */
function listen(url: string): { received: () => string; leave: () => void } {
  const { port } = new URL(url)
  const socket = connect(Number(port), '127.0.0.1')
  let received = ''
  socket.on('data', (piece) => {
    received += piece.toString()
  })
  socket.write(
    `POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`,
  )
  return { received: () => received, leave: () => socket.destroy() }
}

/** What was on its way when this was called is there when it resolves. */
const roundTrip = async (url: string): Promise<void> => {
  for (let i = 0; i < 3; i += 1) await (await fetch(`${url}/healthz`)).text()
}

test('nothing goes upstream before the binding is durable, and [DONE] not out before the record is', async () => {
  const { gateway, upstream, binding, sealing, issuer } = await heldGateway(() => chunkedReply([streamText(['Hi'])]))
  const { received } = listen(gateway.url)
  await binding.arrived
  await roundTrip(gateway.url)
  expect(upstream.requests).toHaveLength(0)
  expect(received()).toBe('')
  binding.open()
  await sealing.arrived
  await roundTrip(gateway.url)
  const [run] = await issuer.registry.runs({ limit: 1 })
  expect(received()).toContain(`Colophon-Run: ${run?.runId}`)
  expect(received()).toContain(streamEvents(['Hi']).at(-1))
  expect(received()).not.toContain('[DONE]')
  sealing.open()
  await vi.waitUntil(() => received().endsWith('\r\n0\r\n\r\n'))
  expect(received()).toContain(DONE)
  expect(received()).toContain(`: colophon run=${run?.runId}`)
})

test('of a caller that left before the binding was durable, nothing goes upstream', async () => {
  const { gateway, upstream, binding, sealing, issuer } = await heldGateway(() => wholeReply(completionText('Hi')))
  const { leave } = listen(gateway.url)
  await binding.arrived
  leave()
  await roundTrip(gateway.url)
  binding.open()
  sealing.open()
  await gateway.close()
  expect(await issuer.registry.runs({ limit: 10 })).toMatchObject([{ state: 'clientAborted' }])
  expect(upstream.requests).toHaveLength(0)
})

test('of a JSON answer nothing is out before its record is durable', async () => {
  const { gateway, upstream, binding, sealing } = await heldGateway(() => wholeReply(completionText('Hi')))
  const { received } = listen(gateway.url)
  binding.open()
  await sealing.arrived
  await roundTrip(gateway.url)
  expect(upstream.requests).toHaveLength(1)
  expect(received()).toBe('')
  sealing.open()
  await vi.waitUntil(() => received().endsWith(completionText('Hi')))
})

test('white space after a JSON answer is not the end that it waits for', async () => {
  const { gateway, sealing, binding } = await heldGateway(() =>
    chunkedReply([completionText('Hi'), '\n', ' \r\n'], { headers: ['Content-Type: application/json'] }),
  )
  binding.open()
  const { received } = listen(gateway.url)
  await sealing.arrived
  await roundTrip(gateway.url)
  expect(received()).toBe('')
  sealing.open()
  await vi.waitUntil(() => received().endsWith('0\r\n\r\n'))
})

test('closing lets the run in flight come to its end, and takes no new ones', async () => {
  const { gateway, binding, sealing } = await heldGateway(() => chunkedReply([streamText(['Hi'])]))
  const { received } = listen(gateway.url)
  binding.open()
  await sealing.arrived
  let isClosed = false
  const closed = gateway.close().then(() => {
    isClosed = true
  })
  await expect(fetch(`${gateway.url}/healthz`, { headers: { connection: 'close' } })).rejects.toThrow()
  expect(isClosed).toBe(false)
  sealing.open()
  await closed
  await vi.waitUntil(() => received().endsWith('0\r\n\r\n'))
  expect(received()).toContain(': colophon run=')
})

test('closing waits for the record of a run whose caller has gone', async () => {
  const { gateway, issuer, upstream } = await testGateway(() => ({ pieces: [], afterwards: 'hang' }), {
    isAlone: true,
  })
  const controller = new AbortController()
  const { signal } = controller
  const left = fetch(`${gateway.url}/v1/chat/completions`, { method: 'POST', body: BODY, signal })
  await vi.waitUntil(() => upstream.requests.length === 1)
  controller.abort()
  await expect(left).rejects.toThrow()
  await gateway.close()
  expect(await issuer.issuer.registry.runs({ limit: 10 })).toMatchObject([{ state: 'clientAborted' }])
})

test('where binding fails, nothing goes upstream', async () => {
  const { post, upstream, issuer } = await testGateway(() => wholeReply(completionText('Hi')), { isAlone: true })
  await issuer.issuer.log.close()
  const answer = await post(BODY)
  expect(answer.status).toBe(503)
  expect(await errorCodeOf(answer)).toBe('STORE_FAILED')
  expect(answer.headers.get('colophon-run')).toBeNull()
  expect(upstream.requests).toHaveLength(0)
})

test('where sealing fails, the answer does not end well', async () => {
  for (const isStream of [false, true]) {
    const script = (): Reply => {
      void issuer.issuer.log.close()
      return isStream ? chunkedReply([streamText(['Hi'])]) : wholeReply(completionText('Hi'))
    }
    const { post, issuer, lines } = await testGateway(script, { isAlone: true })
    const answer = await post(BODY)
    if (isStream) await expect(answer.text()).rejects.toThrow()
    else {
      expect(answer.status).toBe(503)
      expect(await errorCodeOf(answer)).toBe('RUN_NOT_RECORDED')
    }
    const runId = answer.headers.get('colophon-run')
    expect(runId).toMatch(/^[0-9a-f]{64}$/)
    await vi.waitUntil(() => lines.length > 0)
    expect(lines).toEqual([`run ${runId} not recorded RUN_NOT_RECORDED: sealing failed with STORE_FAILED`])
  }
})

test('HTTP/1.0: an answer that fails does not end like one that succeeds', async () => {
  const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n'
  const { gateway } = await testGateway(() => ({ pieces: [head, '4\r\n: x\n\r\n'], afterwards: 'close' }))
  const socket = connect(gateway.port, '127.0.0.1')
  socket.write(`POST /v1/chat/completions HTTP/1.0\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`)
  const ended = new Promise((resolve, reject) => socket.resume().once('end', resolve).once('error', reject))
  await expect(ended).rejects.toThrow('ECONNRESET')
})

test('fifty runs at once, streams and not, over shared connections: each record holds its own bytes only', async () => {
  const script = ({ body }: ReceivedRequest): Reply => {
    const word = /word-\d+-/.exec(body.toString())?.[0] ?? ''
    const isStream = Number(word.split('-')[1]) % 2 === 0
    return isStream ? chunkedReply([...streamEvents([word, ' ', word]), DONE]) : wholeReply(completionText(word))
  }
  const { post, runOf } = await testGateway(script)
  const runs = await Promise.all(
    Array.from({ length: 50 }, async (_, index) => {
      const nonce = index.toString(16).padStart(64, '0')
      const body = JSON.stringify({ model: 'tiny', messages: [{ role: 'user', content: `word-${index}-` }] })
      const answer = await post(body, { 'colophon-nonce': nonce })
      const text = await answer.text()
      expect(answer.status).toBe(200)
      return { index, nonce, body, text, run: await runOf(answer) }
    }),
  )
  expect(new Set(runs.map(({ run }) => run.row.runId)).size).toBe(50)
  expect(new Set(runs.map(({ run }) => run.row.number)).size).toBe(50)
  for (const { index, nonce, body, text, run } of runs) {
    const response = disclosedBody(run.disclosure, 'response').toString()
    expect(bindingOf(run.record).requesterNonce).toBe(nonce)
    expect(disclosedBody(run.disclosure, 'request').toString()).toBe(body)
    expect(text.startsWith(response)).toBe(true)
    expect(new Set(text.match(/word-\d+-/g))).toEqual(new Set([`word-${index}-`]))
    expect(run.record.outcome.completion).toBe('complete')
  }
})

test('pipelined requests are answered in their order', async () => {
  const { gateway } = await testGateway(({ body }) => wholeReply(completionText(`answer to ${body}`)))
  const socket = connect(gateway.port, '127.0.0.1')
  const bodies = Array.from({ length: 12 }, (_, index) => `"${index}"`)
  const requests = bodies.map(
    (body) => `POST /chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  )
  socket.write(requests.join(''))
  let received = ''
  socket.on('data', (piece) => {
    received += piece.toString()
  })
  await vi.waitUntil(() => received.match(/answer to/g)?.length === bodies.length)
  socket.destroy()
  expect(received.match(/answer to \\"\d+/g)).toEqual(bodies.map((_, index) => `answer to \\"${index}`))
})

test('a record whose checkpoint the head store did not take is not told to anybody', async () => {
  const gateway = await testGateway(() => wholeReply(completionText('Kept to itself.')), { isAlone: true })
  const first = await gateway.post(BODY)
  expect(first.status).toBe(200)
  const { url } = gateway.gateway
  const before = await (await fetch(`${url}/checkpoint`)).text()
  expect((await fetch(`${url}/healthz`)).status).toBe(200)

  // The binding's swap goes well, the record's does not.
  const original = SqliteHeadStore.prototype.swap
  let swaps = 0
  const spy = vi.spyOn(SqliteHeadStore.prototype, 'swap').mockImplementation(function (this: SqliteHeadStore, input) {
    swaps += 1
    if (swaps === 2) return Promise.reject(new ColophonError('STORE_FAILED', 'the disk is gone'))
    return original.call(this, input)
  })
  onTestFinished(() => spy.mockRestore())
  const second = await gateway.post(BODY)
  expect([second.status, await errorCodeOf(second)]).toEqual([503, 'RUN_NOT_RECORDED'])

  const runId = second.headers.get('colophon-run') as string
  const row = await gateway.issuer.issuer.registry.run(runId)
  expect(row?.outcome).toBeDefined()
  const digest = row?.outcome?.recordDigest
  const output = createHash('sha256').update('Kept to itself.').digest('hex')
  const found = await (await fetch(`${url}/records?output=${output}`)).json()
  expect(found).toEqual({ records: [expect.objectContaining({ runId: first.headers.get('colophon-run') })] })
  for (const path of [`/runs/${runId}`, `/records/${digest}`]) {
    expect((await fetch(url + path)).status).toBe(404)
  }
  const newest = await (await fetch(`${url}/checkpoint`)).text()
  expect(treeOf(newest).size).toBe(treeOf(before).size + 1n)
  expect((await fetch(`${url}/healthz`)).status).toBe(503)
})
