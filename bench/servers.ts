/**
 * The servers of the benchmark, each in a process of its own. Run as `node servers.ts NAME [UPSTREAM]`; says its port
 * over IPC, and answers `usage` with the CPU time that it has used.
 *
 * - `upstream`: a stand-in that answers every request with one body of about 1 KB, JSON or a stream of 200 chunks
 * - `pass-through`: the baseline, a bare node:http proxy
 * - `colophon`: the gateway, with identity and full durability
 *
 * @module
 */
import { mkdtempSync } from 'node:fs'
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startGateway } from '../src/node/gateway/index.ts'
import { openIssuer } from '../src/node/issuer/index.ts'
import { generateIssuerKey, generateLogKey } from '../src/node/keys/index.ts'

type Handler = (incoming: IncomingMessage, outgoing: ServerResponse) => void

const STREAM_CHUNKS = 200

const [name = '', upstream = ''] = process.argv.slice(2)
const port = await startServer(name, upstream)
process.on('message', (message) => {
  if (message !== 'usage') return
  const { user, system } = process.cpuUsage()
  process.send?.({ cpuMicroseconds: user + system, peakBytes: process.resourceUsage().maxRSS * 1024 })
})
process.send?.({ port })

function startServer(server: string, target: string): Promise<number> {
  switch (server) {
    case 'upstream':
      return listen(answerAll())
    case 'pass-through':
      return listen(passThrough(target))
    case 'colophon':
      return startColophon(target)
  }
  throw new Error(`no server ${server}`)
}

function listen(handler: Handler): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer(handler)
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

function answerAll(): Handler {
  const head = { id: 'chatcmpl-1', created: 1, model: 'bench' }
  const message = { role: 'assistant', content: 'word '.repeat(180) }
  const choices = [{ index: 0, message, finish_reason: 'stop' }]
  const json = JSON.stringify({ ...head, object: 'chat.completion', choices })
  const chunk = (delta: object, reason: string | null): string =>
    `data: ${JSON.stringify({ ...head, choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`
  const chunks = Array.from({ length: STREAM_CHUNKS }, () => chunk({ content: 'word ' }, null))
  chunks.push(chunk({}, 'stop'), 'data: [DONE]\n\n')
  return (incoming, outgoing) => {
    incoming.resume()
    incoming.on('end', () => {
      if (incoming.headers.accept !== 'text/event-stream') {
        outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) })
        outgoing.end(json)
        return
      }
      outgoing.writeHead(200, { 'content-type': 'text/event-stream' })
      for (const one of chunks) outgoing.write(one)
      outgoing.end()
    })
  }
}

function passThrough(target: string): Handler {
  const { hostname, port: targetPort } = new URL(target)
  const agent = new Agent({ keepAlive: true, maxSockets: 256 })
  return (incoming, outgoing) => {
    const { method, url: path, headers } = incoming
    const passed = request({ agent, hostname, port: targetPort, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    incoming.pipe(passed)
  }
}

async function startColophon(target: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-bench-'))
  const origin = 'bench.example'
  const files = {
    issuerKey: join(folder, 'i.pem'),
    logKey: join(folder, 'l.pem'),
    store: join(folder, 's.sqlite'),
    head: join(folder, 'h.sqlite'),
  }
  generateIssuerKey({ path: files.issuerKey })
  generateLogKey({ path: files.logKey, origin })
  const capture = { point: 'gateway', received: 'same', software: 'bench' } as const
  const issuer = await openIssuer({ files, origin, capture, create: true })
  return (await startGateway({ issuer, upstream: target, port: 0 })).port
}
