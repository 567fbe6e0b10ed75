/**
 * Servers that rows of the catalogue name: `$PAGE` in a row's words is the address of the one that answers with a page.
 *
 * @module
 */

import type { AddressInfo } from 'node:net'
import { createServer, type Server, type Socket } from 'node:net'

const SERVERS = {
  PAGE: answer('200 OK', 'text/html', '<html><body>Welcome</body></html>'),
  NOTHING: answer('200 OK', 'application/json', ''),
  HALF_OBJECT: answer('200 OK', 'application/json', '{"object":"chat.completion","choices":[{'),
  SSH: 'SSH-2.0-OpenSSH_9.9\r\n',
  HANGS_UP: '',
  CUT: 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n{"object":',
  UNAUTHORIZED: answer(
    '401 Unauthorized',
    'application/json',
    '{"error":{"code":"invalid_api_key","message":"no canary-password"}}',
  ),
  FAILS: answer('500 Internal Server Error', 'text/plain', 'boom canary-password'),
  REDIRECTS: answer('302 Found', 'text/plain', '', 'location: http://127.0.0.1:1/\r\n'),
  ODD_ENCODING: answer('200 OK', 'application/json', '{}', 'content-encoding: rot13\r\n'),
  FALSE_GZIP: answer('200 OK', 'application/json', '{}', 'content-encoding: gzip\r\n'),
} as const

export type ServerName = keyof typeof SERVERS | 'REFUSED' | 'UNKNOWN_HOST' | 'GATEWAY' | 'TAKEN_PORT' | 'HELD_FOLDER'

function answer(status: string, type: string, body: string, more = ''): string {
  const length = Buffer.byteLength(body)
  return `HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\ncontent-length: ${length}\r\n${more}connection: close\r\n\r\n${body}`
}

/** A name that no resolver is asked for: its first label is longer than any may be. */
export const UNKNOWN_HOST: string = `${'n'.repeat(64)}.invalid`

export interface Servers {
  /** A row's words with the addresses of the servers in them. */
  insert(words: readonly string[]): string[]
  close(): void
}

/**
 * @param input.gateway     the address of a gateway of another issuer
 * @param input.heldFolder  an issuer's folder whose store is open in another process
 */
export async function startServers(input: { readonly gateway: string; readonly heldFolder: string }): Promise<Servers> {
  const servers: Server[] = []
  const sockets = new Set<Socket>()
  const addresses = new Map<string, string>([
    ['GATEWAY', input.gateway],
    ['HELD_FOLDER', input.heldFolder],
    // Nothing listens there, and nobody may without the rights of root.
    ['REFUSED', 'http://127.0.0.1:9'],
    ['UNKNOWN_HOST', `http://${UNKNOWN_HOST}`],
  ])
  for (const [name, bytes] of Object.entries(SERVERS)) {
    const server = createServer((socket) => {
      sockets.add(socket)
      socket.on('error', () => {})
      // After the first bytes of the request, so that there is somebody to hear it.
      socket.once('data', () => socket.end(bytes))
    })
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    addresses.set(name, `http://127.0.0.1:${port}`)
    if (name === 'PAGE') addresses.set('TAKEN_PORT', String(port))
  }
  return {
    insert: (words) =>
      words.map((word) => (word.startsWith('$') ? (addresses.get(word.slice(1)) ?? missing(word)) : word)),
    close: () => {
      for (const socket of sockets) socket.destroy()
      for (const server of servers) server.close()
    },
  }
}

function missing(name: string): never {
  throw new Error(`there is no server ${name}`)
}
