/**
 * The gateway: a server that clients of the OpenAI API use in place of their provider, and that gives every run a record.
 *
 * - `POST /v1/chat/completions` and `POST /chat/completions` are captured (`relay-run.ts`).
 * - `GET /v1/models` and `GET /models` pass, uncaptured.
 * - Records, the log and what belongs to them are served beside that (`src/web/gateway/routes.ts`).
 * - Nothing else passes: a path that is not captured would be a way round the record.
 *
 * Who can reach the port can use the upstream with credentials of its own, and read records and the log. Beyond this
 * machine it takes a token: `Colophon-Token`, since `Authorization` belongs to the upstream.
 *
 * @module
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Server as NetServer } from 'node:net'
import { ColophonError } from '../../core/errors.ts'
import { deriveSalts } from '../../core/spans/index.ts'
import { createRoutes, tokenCheck } from '../../web/gateway/index.ts'
import type { Issuer } from '../issuer/index.ts'
import { nodeHmacSha256 } from '../keys/index.ts'
import { isLoopback, listen } from './listen.ts'
import { passOn } from './pass-on.ts'
import { refuse } from './refuse.ts'
import { type RelayedRun, relayRun } from './relay-run.ts'
import { serveRoutes } from './serve-routes.ts'
import { openUpstream, type UpstreamTimeouts } from './upstream.ts'

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

const CAPTURED: ReadonlySet<string> = new Set(['/v1/chat/completions', '/chat/completions'])
const PASSED: ReadonlySet<string> = new Set(['/v1/models', '/models'])

/**
 * Starts to listen.
 *
 * @throws {ColophonError} TOKEN_REQUIRED, PORT_IN_USE, ADDRESS_UNUSABLE, USAGE (the upstream is no plain address)
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { issuer, host = '127.0.0.1', port, defaultDeclarationId, log = () => {} } = options
  const { maxBodyBytes = 32 << 20, maxAnswerBytes = 64 << 20 } = options
  // An empty token is none: an empty header would match it.
  const token = options.token === '' ? undefined : options.token
  if (token === undefined && !isLoopback(host)) {
    throw new ColophonError('TOKEN_REQUIRED', 'the gateway would be reachable from other machines', { at: host })
  }
  const isToken = tokenCheck(token)
  const isAdmitted = (request: IncomingMessage): boolean =>
    isLoopback(host) || isToken(request.headers['colophon-token']?.toString())
  const upstream = openUpstream(options.upstream, options.timeouts)
  const routes = createRoutes({ ...issuer, salts: (input) => deriveSalts(input, nodeHmacSha256), token })
  const relay = { recorder: issuer.recorder, upstream, defaultDeclarationId, maxBodyBytes, maxAnswerBytes }

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { path, search } = splitTarget(request.url ?? '')
    const isCaptured = request.method === 'POST' && CAPTURED.has(path)
    const isPassed = request.method === 'GET' && PASSED.has(path)
    if (!isCaptured && !isPassed) {
      if (isRoute(request.method, path)) return await serveRoutes({ request, response, routes, maxBodyBytes })
      throw new ColophonError('PATH_NOT_CAPTURED', 'the gateway passes nothing on that it does not capture')
    }
    if (!isAdmitted(request)) throw new ColophonError('UNAUTHORIZED', 'the token is missing or wrong')
    if (isPassed) return await passOn({ request, response, upstream, path, search })
    const run = await relayRun({ ...relay, request, response, path, search })
    if (run !== undefined) log(describeRun(run))
  }

  const inFlight = new Set<Promise<void>>()
  let isClosing = false
  const server = createServer((request, response) => {
    if (isClosing) response.shouldKeepAlive = false
    // Writing to a caller that has just gone is no news: its connection's end is seen where it matters.
    response.on('error', () => {})
    const done = handle(request, response)
      .catch((error: unknown) => {
        log(describeError(error))
        if (!response.destroyed) refuse(response, ColophonError.is(error) ? error.code : 'INTERNAL')
      })
      .then(() => handedOver(request, response))
      .finally(() => inFlight.delete(done))
    inFlight.add(done)
  })
  // Pipelined requests wait on their one connection, each with listeners of its own.
  server.on('connection', (socket) => socket.setMaxListeners(0))

  const shutDown = async (): Promise<void> => {
    isClosing = true
    // Not node:http's own close, which also cuts connections whose last answer is not wholly sent yet.
    const closed = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()))
    while (inFlight.size > 0) await Promise.all(inFlight)
    server.close()
    await closed
    await upstream.pool.close()
  }

  const listening = await listen(server, { host, port })
  let whenClosed: Promise<void> | undefined
  return {
    ...listening,
    close: () => {
      whenClosed ??= shutDown()
      return whenClosed
    },
  }
}

function splitTarget(target: string): { readonly path: string; readonly search: string } {
  const question = target.indexOf('?')
  return question < 0
    ? { path: target, search: '' }
    : { path: target.slice(0, question), search: target.slice(question) }
}

/** What the API may have: clients of a model get their errors in the shape that they read. */
const isRoute = (method: string | undefined, path: string): boolean =>
  (method === 'GET' || method === 'HEAD' || method === 'POST') && /^\/(?!\/|v1\/)/.test(path)

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

const describeRun = ({ runId, completion, failure }: RelayedRun): string =>
  `run ${runId} ${completion ?? 'not recorded'}${failure === undefined ? '' : ` ${describeError(failure)}`}`

/** Our errors carry no contents. Of any other only where it happened: its text could quote something. */
function describeError(error: unknown): string {
  if (ColophonError.is(error)) return `${error.code}: ${error.message}`
  const { name = 'an error', stack = '' } = error as Partial<Error>
  return `INTERNAL: ${name}${/\n +at .*/.exec(stack)?.[0].replace(/\s+/g, ' ') ?? ''}`
}
