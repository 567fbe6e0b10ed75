/**
 * A stand-in for every provider, on 127.0.0.1: answers validly, and keeps the exact bytes of each exchange.
 *
 * @module
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { ANTHROPIC_MESSAGES } from './anthropic-messages.ts'
import type { Api } from './api.ts'
import { CHAT_COMPLETIONS } from './chat-completions.ts'
import { GEMINI } from './gemini.ts'
import { OLLAMA_CHAT } from './ollama-chat.ts'
import { RESPONSES } from './responses.ts'

const APIS: readonly Api[] = [CHAT_COMPLETIONS, RESPONSES, ANTHROPIC_MESSAGES, GEMINI, OLLAMA_CHAT]

/** One request as it came off the socket, and what it was answered. */
export interface Exchange {
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** Without `?`. */
  readonly query: string
  /** In their order, names as sent. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Buffer
  readonly response: { readonly status: number; readonly contentType: string; readonly body: Buffer }
}

export interface Provider {
  /** Without a slash at its end. */
  readonly address: string
  /** All since the last time, in the order in which they came. */
  readonly takeExchanges: () => Exchange[]
  readonly close: () => Promise<void>
}

export async function startProvider(): Promise<Provider> {
  let exchanges: Exchange[] = []
  const server = createServer((request, response) => {
    void answer(request, response).then((exchange) => exchanges.push(exchange))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    takeExchanges: () => {
      const taken = exchanges
      exchanges = []
      return taken
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<Exchange> {
  const body = await buffer(request)
  const [path = '', ...query] = (request.url ?? '').split('?')
  const api = APIS.find((one) => one.matches(path))
  const status = api === undefined ? 404 : 200
  const { contentType, pieces } = api?.answer({ path, body: JSON.parse(body.toString()) }) ?? {
    contentType: 'text/plain',
    pieces: ['no such API here'],
  }
  response.writeHead(status, { 'content-type': contentType })
  for (const piece of pieces) response.write(piece)
  response.end()
  return {
    method: request.method ?? '',
    path,
    query: query.join('?'),
    headers: pairs(request.rawHeaders),
    body,
    response: { status, contentType, body: Buffer.from(pieces.join('')) },
  }
}

const pairs = (raw: readonly string[]): (readonly [string, string])[] =>
  raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []))
