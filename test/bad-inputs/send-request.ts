/**
 * A request as it is written, on a bare socket, and its whole answer.
 *
 * @module
 */
import { connect } from 'node:net'
import type { BadRequest } from './requests.ts'

export interface SentAnswer {
  readonly status: number
  /** Head and body as they came. */
  readonly text: string
  /** The one object in it, whatever the transfer coding. */
  readonly json: string
}

export async function sendRequest(
  row: BadRequest,
  { port, token }: { readonly port: number; readonly token: string },
): Promise<SentAnswer> {
  const { method, target, headers, body } = row
  const length = row.contentLength ?? (body === undefined ? undefined : Buffer.byteLength(body))
  const socket = connect(port, '127.0.0.1')
  const lines = [
    `${method} ${target} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    ...headers.map((line) => line.replace('TOKEN', token)),
    ...(length === undefined ? [] : [`Content-Length: ${length}`]),
    'Connection: close',
  ]
  socket.write(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
  if (body !== undefined) socket.write(body)
  const pieces: Buffer[] = []
  try {
    for await (const piece of socket) pieces.push(piece as Buffer)
  } catch (error) {
    // A server that has said no may cut the rest of a body off.
    if (pieces.length === 0) throw error
  }
  const text = Buffer.concat(pieces).toString('latin1')
  return { status: Number(text.split(' ')[1]), text, json: text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1) }
}
