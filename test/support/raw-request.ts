/**
 * A request as somebody writes it who does not use a client: the target goes out as it is, and the answer comes back as
 * it is.
 */
import { connect } from 'node:net'

export interface RawAnswer {
  readonly status: number
  /** Header lines as they came, names in lower case. */
  readonly headers: ReadonlyMap<string, string>
  /** As it came, transfer coding included. */
  readonly body: Buffer
}

export async function rawRequest(
  port: number,
  { method = 'GET', target }: { method?: string; target: string },
): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1')
  socket.end(`${method} ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`, 'latin1')
  const pieces: Buffer[] = []
  for await (const piece of socket) pieces.push(piece as Buffer)
  const answer = Buffer.concat(pieces)
  const end = answer.indexOf('\r\n\r\n')
  const [first = '', ...lines] = answer.subarray(0, end).toString('latin1').split('\r\n')
  return {
    status: Number(first.split(' ')[1]),
    headers: new Map(
      lines.map((line) => [line.split(':')[0]?.toLowerCase() ?? '', line.slice(line.indexOf(':') + 1).trim()]),
    ),
    body: answer.subarray(end + 4),
  }
}
