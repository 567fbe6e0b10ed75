/**
 * The gateway's own errors on the captured path.
 *
 * @module
 */
import type { ServerResponse } from 'node:http'
import type { ErrorCode } from '../../core/errors.ts'
import type { Header } from '../../core/spans/index.ts'
import { apiError } from '../../web/gateway/index.ts'

export interface GatewayRefusal {
  readonly code: ErrorCode
  /** Id of the dialect whose clients read it. */
  readonly dialect: string
  readonly detail?: string | undefined
  readonly headers?: readonly Header[]
}

/**
 * Sends an error in the shape of the API. Where an answer has begun already, cuts the connection instead: an answer that
 * stops must not look like one that ended.
 */
export function refuse(response: ServerResponse, refusal: GatewayRefusal): void {
  if (response.headersSent) {
    cutConnection(response)
    return
  }
  const { headers = [] } = refusal
  const { status, body } = apiError(refusal)
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
