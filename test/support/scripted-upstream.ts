/**
 * An upstream that sends what a test says, byte for byte, and keeps the exact bytes that it received: HTTP/1.1 on a bare
 * socket, so that nothing between test and wire has opinions of its own.
 */

import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'

export interface ReceivedRequest {
  /** Request line and headers as they came, with the empty line. */
  readonly head: string
  readonly body: Buffer
}

export interface Reply {
  /** Written one by one, each in a turn of its own. */
  readonly pieces: readonly (string | Uint8Array)[]
  /** What happens to the connection then; `keep` unless told. */
  readonly afterwards?: 'keep' | 'close' | 'reset' | 'hang'
  /** Waited for before the first piece. */
  readonly after?: Promise<unknown>
}

export interface ScriptedUpstream {
  /** Without a path. */
  readonly url: string
  readonly requests: readonly ReceivedRequest[]
  /** Connections that went away while a reply was due or hung. */
  readonly cuts: () => number
  close(): Promise<void>
}

export async function startUpstream(script: (request: ReceivedRequest) => Reply): Promise<ScriptedUpstream> {
  const requests: ReceivedRequest[] = []
  const sockets = new Set<Socket>()
  let cuts = 0

  const serve = async (socket: Socket): Promise<void> => {
    let input = Buffer.alloc(0)
    let isBusy = false
    socket.on('close', () => {
      if (isBusy) cuts += 1
    })
    for await (const piece of socket) {
      input = Buffer.concat([input, piece as Buffer])
      const request = takeRequest(input)
      if (request === undefined) continue
      input = Buffer.alloc(0)
      requests.push(request)
      isBusy = true
      await send(socket, script(request))
      isBusy = false
    }
  }

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => {})
    serve(socket)
      .catch(() => {})
      .finally(() => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    cuts: () => cuts,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A whole request, or undefined while some of it is missing. Bodies come with a Content-Length, as undici sends them. */
function takeRequest(input: Buffer): ReceivedRequest | undefined {
  const end = input.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const head = input.toString('latin1', 0, end + 4)
  const length = Number(/^content-length: (\d+)\r$/im.exec(head)?.[1] ?? 0)
  const body = input.subarray(end + 4)
  return body.length < length ? undefined : { head, body: Buffer.from(body) }
}

async function send(socket: Socket, { pieces, afterwards = 'keep', after }: Reply): Promise<void> {
  await after
  for (const piece of pieces) {
    if (socket.destroyed) return
    socket.write(piece)
    await setImmediate()
  }
  if (afterwards === 'close') socket.end()
  if (afterwards === 'reset') socket.resetAndDestroy()
  if (afterwards === 'hang') await new Promise((resolve) => socket.once('close', resolve))
}

/** The value of a header that a request came with; undefined where it did not. */
export const headerOf = ({ head }: ReceivedRequest, name: string): string | undefined =>
  new RegExp(`^${name}: (.*)\r$`, 'im').exec(head)?.[1]

export interface ReplyOptions {
  readonly status?: string
  readonly headers?: readonly string[]
}

/** A whole answer with a Content-Length. */
export function wholeReply(body: string | Uint8Array, options: ReplyOptions = {}): Reply {
  const { status = '200 OK', headers = ['Content-Type: application/json'] } = options
  const bytes = Buffer.from(body)
  const head = [`HTTP/1.1 ${status}`, ...headers, `Content-Length: ${bytes.length}`, '', ''].join('\r\n')
  return { pieces: [Buffer.concat([Buffer.from(head, 'latin1'), bytes])] }
}

/** An answer in chunks, one for each part. */
export function chunkedReply(parts: readonly (string | Uint8Array)[], options: ReplyOptions = {}): Reply {
  const { status = '200 OK', headers = ['Content-Type: text/event-stream'] } = options
  const head = [`HTTP/1.1 ${status}`, ...headers, 'Transfer-Encoding: chunked', '', ''].join('\r\n')
  return { pieces: [head, ...parts.filter((part) => part.length > 0).map(chunk), '0\r\n\r\n'] }
}

/** One chunk of chunked transfer coding. */
export function chunk(part: string | Uint8Array): Buffer {
  const bytes = Buffer.from(part)
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])
}
