/**
 * Web-standard routes on node:http: one request in, one whole response out.
 *
 * @module
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { ColophonError } from '../../core/errors.ts'
import { problemResponse, type Routes } from '../../web/gateway/index.ts'
import { readBody } from '../http/index.ts'

export interface ServeRoutesInput {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly routes: Routes
  readonly maxBodyBytes: number
}

/** Never throws what a caller can bring about: its errors are answers. */
export async function serveRoutes(input: ServeRoutesInput): Promise<void> {
  const { response } = input
  const answer = await answerOf(input).catch(problemResponse)
  response.writeHead(answer.status, [...answer.headers].flat())
  response.end(new Uint8Array(await answer.arrayBuffer()))
}

async function answerOf({ request, routes, maxBodyBytes }: ServeRoutesInput): Promise<Response> {
  const { method = 'GET', url = '' } = request
  const body = method === 'POST' || method === 'PUT' ? await readBody(request, { maxBytes: maxBodyBytes }) : undefined
  const headers = Object.entries(request.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  )
  return await routes.fetch(
    new Request(addressOf(url), {
      method,
      headers,
      ...(body === undefined ? {} : { body: Uint8Array.from(body) }),
    }),
  )
}

/**
 * A path that says what it means. The URL standard rewrites others (`/a/../b` and `/a/%2e%2e/b` are `/b`), and what is
 * asked for by a name that is not its own is not answered.
 */
function addressOf(target: string): string {
  const address = `http://localhost${target}`
  const [path] = target.split('?', 1)
  if (new URL(address).pathname === path) return address
  throw new ColophonError('PATH_NOT_CAPTURED', 'the path is not written as it is meant')
}
