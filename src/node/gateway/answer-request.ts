/**
 * Which way a request goes: captured, passed on, served here, or refused.
 *
 * @module
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { dialectFor } from '../../core/dialects/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { isCaptured, PASSED_PATHS, type Routes } from '../../web/gateway/index.ts'
import { passOn } from './pass-on.ts'
import { refuse } from './refuse.ts'
import { type RelayedRun, type RelayOptions, relayRun } from './relay-run.ts'
import { serveRoutes } from './serve-routes.ts'

export interface AnswerOptions extends RelayOptions {
  readonly routes: Routes
  /** Whether a request may use the upstream. */
  readonly isAdmitted: (request: IncomingMessage) => boolean
  /** Told what happened, a line at a time, without contents and credentials. */
  readonly log: (line: string) => void
}

/** Never rejects: an error is an answer, and a line of the log. */
export async function answerRequest(
  options: AnswerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    await dispatch(options, request, response)
  } catch (error) {
    options.log(describeError(error))
    if (response.destroyed) return
    const { path } = splitTarget(request.url ?? '')
    const dialect = dialectFor({ method: request.method ?? '', path }).id
    refuse(response, { code: ColophonError.is(error) ? error.code : 'INTERNAL', dialect })
  }
}

async function dispatch(options: AnswerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { routes, isAdmitted, log, upstream, maxBodyBytes } = options
  const { path, search } = splitTarget(request.url ?? '')
  const isRun = isCaptured(request.method, path)
  const isPassed = request.method === 'GET' && PASSED_PATHS.includes(path)
  if (!isRun && !isPassed) {
    if (isRoute(request.method, path)) return await serveRoutes({ request, response, routes, maxBodyBytes })
    throw new ColophonError('PATH_NOT_CAPTURED', 'the gateway passes nothing on that it does not capture')
  }
  if (!isAdmitted(request)) throw new ColophonError('UNAUTHORIZED', 'the token is missing or wrong')
  if (isPassed) return await passOn({ request, response, upstream, path, search })
  const run = await relayRun({ ...options, request, response, path, search })
  if (run !== undefined) log(describeRun(run))
}

function splitTarget(target: string): { readonly path: string; readonly search: string } {
  const question = target.indexOf('?')
  return question < 0
    ? { path: target, search: '' }
    : { path: target.slice(0, question), search: target.slice(question) }
}

/**
 * What the API may have: clients of a model get their errors in the shape that they read. Of methods, those that a
 * request of the web standards can have.
 */
const isRoute = (method: string | undefined, path: string): boolean =>
  method !== 'TRACE' && method !== 'CONNECT' && /^\/(?!\/|v1\/|v1beta\/|openai\/|api\/)/.test(path)

const describeRun = ({ runId, completion, failure }: RelayedRun): string =>
  `run ${runId} ${completion ?? 'not recorded'}${failure === undefined ? '' : ` ${describeError(failure)}`}`

/** Our errors carry no contents. Of any other only where it happened: its text could quote something. */
function describeError(error: unknown): string {
  if (ColophonError.is(error)) return `${error.code}: ${error.message}`
  const { name = 'an error', stack = '' } = error as Partial<Error>
  return `INTERNAL: ${name}${/\n +at .*/.exec(stack)?.[0].replace(/\s+/g, ' ') ?? ''}`
}
