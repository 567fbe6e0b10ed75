/**
 * Web-standard routes on node:http: one request in, one whole response out.
 *
 * @module
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
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
  const { method = 'GET', url } = request
  const body = method === 'POST' ? await readBody(request, { maxBytes: maxBodyBytes }) : undefined
  const headers = Object.entries(request.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  )
  return await routes.fetch(
    new Request(`http://localhost${url}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: Uint8Array.from(body) }),
    }),
  )
}
