/**
 * The gateway's own errors on the captured path.
 *
 * @module
 */
import type { ServerResponse } from 'node:http'
import type { ErrorCode } from '../../core/errors.ts'
import type { Header } from '../../core/spans/index.ts'
import { openAiError } from '../../web/gateway/index.ts'

/**
 * Sends an error in the shape of the OpenAI API. Where an answer has begun already, cuts the connection instead: an
 * answer that stops must not look like one that ended.
 */
export function refuse(response: ServerResponse, code: ErrorCode, headers: readonly Header[] = []): void {
  if (response.headersSent) {
    cutConnection(response)
    return
  }
  const { status, body } = openAiError(code)
  const length = String(Buffer.byteLength(body))
  const own = ['Content-Type', 'application/json', 'Content-Length', length, 'Cache-Control', 'no-store']
  response.writeHead(status, [...own, ...headers.flat()])
  response.end(body)
}

/** HTTP/1.0 marks an answer's end by closing the connection, so there it takes a reset. */
function cutConnection(response: ServerResponse): void {
  const { socket, req } = response
  if (req.httpVersion === '1.0' && socket !== null) socket.resetAndDestroy()
  else response.destroy()
}
