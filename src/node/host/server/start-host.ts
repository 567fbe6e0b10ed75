/**
 * A model host: OpenAI's Chat Completions over HTTP, answered by the engine in `../model`.
 *
 * Follows the API reference of November 2026 as far as a text model goes; `routes.ts` lists the paths, `chat-request.ts`
 * what a request may say. Responses have `id`, `object`, `created`, `model` (`NAME@sha256:` and 12 digits of the file's
 * digest), `system_fingerprint` (`gguf-sha256:` and 16 digits), `choices` (one) and `usage`; streams end in `[DONE]`.
 *
 * Who can reach the port can use the model; there is nothing else to be had. Beyond this machine it takes a token.
 *
 * @module
 */
import { timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { ColophonError } from '../../../core/errors.ts'
import { isLoopback, listen } from '../../http/index.ts'
import { nodeSha256 } from '../../keys/index.ts'
import type { Model } from '../model/index.ts'
import { createRoutes } from './routes.ts'
import { serveModel } from './served-model.ts'

export interface HostOptions {
  readonly model: Model
  /** SHA-256 of the model's file, 64 hexadecimal digits. */
  readonly sha256Hex: string
  /** What requests call the model; the name in its file unless told. */
  readonly modelName?: string
  /** Address to listen on; 127.0.0.1 unless told. */
  readonly host?: string
  /** 0 for any free port. */
  readonly port: number
  /** Needed beyond this machine. Where there is one, requests carry it: `Authorization: Bearer TOKEN`. */
  readonly token?: string
  /** Told of failures of the host itself, each of which the client sees as a bare 500. */
  readonly onError?: (error: unknown) => void
}

/** A host that listens. */
export interface Host {
  /** Without a path, such as `http://127.0.0.1:8471`. */
  readonly url: string
  readonly port: number
  /** Stops listening and cuts what is open; a client in the middle of an answer sees it end early. */
  close(): Promise<void>
}

/**
 * Starts to listen.
 *
 * @throws {ColophonError} PORT_IN_USE, ADDRESS_UNUSABLE, TOKEN_REQUIRED
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const { model, sha256Hex, modelName = model.name, host = '127.0.0.1', port, token, onError = () => {} } = options
  if (token === undefined && !isLoopback(host)) {
    throw new ColophonError('TOKEN_REQUIRED', 'the host would be reachable from other machines', { at: host })
  }
  const served = serveModel({ model, sha256Hex, name: modelName })
  const server = createServer(createRoutes({ served, isAuthorized: authorizerOf(token), onError }))
  const listening = await listen(server, { host, port })
  return {
    ...listening,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

function authorizerOf(token: string | undefined): (request: IncomingMessage) => boolean {
  if (token === undefined) return () => true
  const digestOf = (text: string): Uint8Array => nodeSha256(new TextEncoder().encode(text))
  const expected = digestOf(`Bearer ${token}`)
  // Digests, since only inputs of equal length can be compared in constant time.
  return (request) => timingSafeEqual(digestOf(request.headers.authorization ?? ''), expected)
}
