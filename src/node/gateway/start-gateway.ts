/**
 * The gateway: a server that clients of a model's API use in place of their provider, and that gives every run a record.
 *
 * - What is posted to an API of models is captured (`relay-run.ts`): read by its dialect, or as one opaque body.
 * - Lists of models pass, uncaptured.
 * - Records, the log and what belongs to them are served beside that (`src/web/gateway/routes.ts`).
 * - Nothing else passes: a path that is not captured would be a way round the record.
 *
 * Who can reach the port can use the upstream with credentials of its own, and read records and the log. Beyond this
 * machine it takes a token: `Colophon-Token`, since `Authorization` belongs to the upstream.
 *
 * @module
 */
import type { IncomingMessage } from 'node:http'
import { ColophonError } from '../../core/errors.ts'
import { deriveSalts } from '../../core/spans/index.ts'
import { createRoutes, passageShelf, tokenCheck } from '../../web/gateway/index.ts'
import { isLoopback, listen, openUpstream, type UpstreamTimeouts } from '../http/index.ts'
import type { Issuer } from '../issuer/index.ts'
import { nodeHmacSha256, nodeSha256 } from '../keys/index.ts'
import { type AnswerOptions, answerRequest } from './answer-request.ts'
import { createDrainingServer } from './draining-server.ts'

export interface GatewayOptions {
  /** Signs and keeps the records. Stays open when the gateway closes. */
  readonly issuer: Issuer
  /** Where requests go: an http or https address, which may have a path. */
  readonly upstream: string
  /** Address to listen on; 127.0.0.1 unless told. */
  readonly host?: string
  /** 0 for any free port. */
  readonly port: number
  /** Opens disclosures and lists. Needed beyond this machine. */
  readonly token?: string
  /** What runs are bound to whose callers name no declaration. */
  readonly defaultDeclarationId?: string
  /** Of a request; 32 MiB unless told. */
  readonly maxBodyBytes?: number
  /** Of an answer; 64 MiB unless told. */
  readonly maxAnswerBytes?: number
  readonly timeouts?: UpstreamTimeouts
  /** Told what happened, a line at a time, without contents and credentials. */
  readonly log?: (line: string) => void
}

/** A gateway that listens. */
export interface Gateway {
  /** Without a path, such as `http://127.0.0.1:8471`. */
  readonly url: string
  readonly port: number
  /** Stops listening, lets the runs in flight come to their end, and resolves when they have. Safe to call twice. */
  close(): Promise<void>
}

/**
 * Starts to listen.
 *
 * @throws {ColophonError} TOKEN_REQUIRED, PORT_IN_USE, ADDRESS_UNUSABLE, USAGE (the upstream is no plain address)
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { host = '127.0.0.1', port } = options
  const token = requireToken(options.token, host)
  const answering = answerOptionsOf(options, { host, token })
  const { server, drain } = createDrainingServer((request, response) => answerRequest(answering, request, response))
  const listening = await listen(server, { host, port })

  const shutDown = async (): Promise<void> => {
    await drain()
    await answering.upstream.pool.close()
  }
  let whenClosed: Promise<void> | undefined
  return {
    ...listening,
    close: () => {
      whenClosed ??= shutDown()
      return whenClosed
    },
  }
}

/** The token, without which only this machine may reach the gateway. */
function requireToken(given: string | undefined, host: string): string | undefined {
  // An empty token is none: an empty header would match it.
  const token = given === '' ? undefined : given
  if (token !== undefined || isLoopback(host)) return token
  throw new ColophonError('TOKEN_REQUIRED', 'the gateway would be reachable from other machines', { at: host })
}

function answerOptionsOf(
  options: GatewayOptions,
  { host, token }: { readonly host: string; readonly token: string | undefined },
): AnswerOptions {
  const { issuer, defaultDeclarationId, maxBodyBytes = 32 << 20, maxAnswerBytes = 64 << 20, log = () => {} } = options
  const isToken = tokenCheck(token)
  const passages = passageShelf({ hash: nodeSha256 })
  return {
    recorder: issuer.recorder,
    upstream: openUpstream(options.upstream, options.timeouts),
    routes: createRoutes({ ...issuer, salts: (input) => deriveSalts(input, nodeHmacSha256), passages, token }),
    passages,
    isAdmitted: (request: IncomingMessage) =>
      isLoopback(host) || isToken(request.headers['colophon-token']?.toString()),
    defaultDeclarationId,
    maxBodyBytes,
    maxAnswerBytes,
    log,
  }
}
