/**
 * Requests that pass without being captured: the list of models, which clients read before they ask anything.
 *
 * No model runs, so there is no run to record. Headers are treated as on the captured path; nothing is kept.
 *
 * @module
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { ColophonError } from '../../core/errors.ts'
import { forwardedRequestHeaders, forwardedResponseHeaders } from '../../web/gateway/index.ts'
import type { Upstream } from '../http/index.ts'

export interface PassOnInput {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly upstream: Upstream
  /** With the query, as requested here. */
  readonly path: string
  readonly search: string
}

/** @throws {ColophonError} UPSTREAM_UNREACHABLE, where nothing came back */
export async function passOn({ request, response, upstream, path, search }: PassOnInput): Promise<void> {
  const left = new AbortController()
  response.once('close', () => left.abort())
  const answer = await upstream.pool
    .request({
      method: 'GET',
      path: upstream.pathOf(path) + search,
      headers: forwardedRequestHeaders(request.rawHeaders).flat(),
      responseHeaders: 'raw',
      signal: left.signal,
    })
    .catch((cause: unknown) => {
      throw new ColophonError('UPSTREAM_UNREACHABLE', 'the upstream gave no answer', { cause })
    })
  // With `responseHeaders: 'raw'` these are names and values in turn, which undici's types do not say.
  const headers = forwardedResponseHeaders(answer.headers as unknown as readonly string[])
  response.writeHead(answer.statusCode, headers.flat())
  // Where one side breaks off, the pipeline cuts the other one too; there is nothing more to say to anybody.
  await pipeline(answer.body, response).catch(() => {})
}
