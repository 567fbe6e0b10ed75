/**
 * A server that lets the answers in flight come to their end before it closes.
 *
 * @module
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Server as NetServer } from 'node:net'

export interface DrainingServer {
  readonly server: Server
  /** Stops listening, and resolves when every answer is handed over and every connection closed. */
  drain(): Promise<void>
}

/** @param answer answers one request; it never rejects */
export function createDrainingServer(
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): DrainingServer {
  const inFlight = new Set<Promise<void>>()
  let isDraining = false
  const server = createServer((request, response) => {
    if (isDraining) response.shouldKeepAlive = false
    // Writing to a caller that has just gone is no news: its connection's end is seen where it matters.
    response.on('error', () => {})
    const done = answer(request, response)
      .then(() => handedOver(request, response))
      .finally(() => inFlight.delete(done))
    inFlight.add(done)
  })
  // Pipelined requests wait on their one connection, each with listeners of its own.
  server.on('connection', (socket) => socket.setMaxListeners(0))

  const drain = async (): Promise<void> => {
    isDraining = true
    // Not node:http's own close, which also cuts connections whose last answer is not wholly sent yet.
    const closed = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()))
    while (inFlight.size > 0) await Promise.all(inFlight)
    server.close()
    await closed
  }
  return { server, drain }
}

/** Resolves when the answer is wholly handed over, or its connection is gone. */
function handedOver({ socket }: IncomingMessage, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      socket.off('close', done)
      resolve()
    }
    if (response.writableFinished || socket.destroyed) return done()
    response.once('close', done)
    socket.once('close', done)
  })
}
