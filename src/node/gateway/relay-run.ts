/**
 * The life of one captured run, from the caller's first byte to the last (`docs/spec/life-of-a-run.md`).
 *
 * Reads straight down. What a crash leaves behind: before `bind` resolves, nothing anywhere; after it, a bound run
 * without an outcome, which the log has; after `seal`, everything.
 *
 * @module
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { dialectFor } from '../../core/dialects/index.ts'
import { ColophonError } from '../../core/errors.ts'
import type { Refusal } from '../../core/policy/index.ts'
import type { BoundRun, Recorder, SealedRun } from '../../web/capture/index.ts'
import {
  describeRefusal,
  endsInBlankLine,
  formatRunComment,
  forwardedRequestHeaders,
  headerValue,
  type PassageShelf,
  readCaptureHeaders,
} from '../../web/gateway/index.ts'
import { contentCodingOf, decodeBody, readBody, type Upstream } from '../http/index.ts'
import { Exchange, type Exchanged } from './exchange.ts'
import { OutgoingAnswer } from './outgoing-answer.ts'

export interface RelayOptions {
  readonly recorder: Recorder
  readonly upstream: Upstream
  readonly passages: PassageShelf
  /** For callers that name none. */
  readonly defaultDeclarationId: string | undefined
  readonly maxBodyBytes: number
  /** Of an answer, both as it comes and decoded. */
  readonly maxAnswerBytes: number
}

export interface RelayInput extends RelayOptions {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** As requested, without the query. */
  readonly path: string
  /** The query with its `?`, or nothing. */
  readonly search: string
}

/** How a run went. */
export interface RelayedRun {
  readonly runId: string
  /** Undefined where the run could not be recorded. */
  readonly completion: SealedRun['completion'] | undefined
  /** Why the caller could not have the answer. */
  readonly failure: ColophonError | undefined
}

/**
 * @returns undefined where the caller went away before there was a run
 * @throws {ColophonError} before anything has gone upstream: HEADER_MALFORMED, CONTEXT_UNKNOWN, REQUEST_ENCODED, REQUEST_TOO_LARGE, and as
 *   `Recorder.bind`
 */
export async function relayRun(input: RelayInput): Promise<RelayedRun | undefined> {
  const { request, response, upstream, recorder, search, passages, maxBodyBytes, maxAnswerBytes } = input
  const asked = readCaptureHeaders((name) => request.headers[name]?.toString())
  const headers = forwardedRequestHeaders(request.rawHeaders)
  requireIdentity(headerValue(headers, 'content-encoding'))
  const body = await readBody(request, { maxBytes: maxBodyBytes })
  if (body === undefined) return undefined

  const method = 'POST'
  const path = upstream.pathOf(input.path)
  const run = await recorder.bind({
    method,
    path,
    query: search.slice(1),
    headers,
    body,
    endpoint: upstream.endpoint,
    declarationId: asked.declarationId ?? input.defaultDeclarationId,
    cutList: [],
    passages: passages.take(asked.context),
    ...(asked.requesterNonce === undefined ? {} : { requesterNonce: asked.requesterNonce }),
  })

  // The binding is durable. From here on the run id may leave, and the request with it.
  const answer = new OutgoingAnswer({ response, runId: run.runId, dialect: dialectFor({ method, path }) })
  if (run.refusal !== undefined) return await refuseRun(run, run.refusal, answer)
  const target = path + search
  const exchange = new Exchange({ upstream, method, target, headers, body, answer, maxAnswerBytes })
  const answered = await decodeAnswer(await whileConnected(request, exchange), maxAnswerBytes)
  const { sealed, failure } = await seal(run, answered)

  // The record is durable. From here on the answer may end.
  if (answered.ending === 'clientAborted') response.destroy()
  else if (failure !== undefined) answer.fail(failure.code)
  else {
    const hasRoom = answer.takesComment && endsInBlankLine(answered.body)
    answer.finish(hasRoom ? commentOf(sealed, { isInline: asked.isInline }) : '')
  }
  return { runId: run.runId, completion: sealed?.completion, failure }
}

/** Nothing goes upstream. What the caller is told, a record says too. */
async function refuseRun(run: BoundRun, refusal: Refusal, answer: OutgoingAnswer): Promise<RelayedRun> {
  const refused = new ColophonError('POLICY_REFUSED', `${refusal.rules.map(({ name }) => name).join(', ')}`)
  const { sealed, failure } = await seal(run, { ending: 'refused', failure: refused, body: new Uint8Array(0) })
  answer.fail((failure ?? refused).code, failure === refused ? describeRefusal(refusal) : undefined)
  return { runId: run.runId, completion: sealed?.completion, failure }
}

/** What is bound has to be what the dialect reads. No client compresses requests unless it is told to. */
function requireIdentity(contentEncoding: string | undefined): void {
  if (contentCodingOf(contentEncoding) === 'identity') return
  throw new ColophonError('REQUEST_ENCODED', 'the request body has a content encoding')
}

/** Runs an exchange for as long as the caller's connection is there. */
async function whileConnected({ socket }: IncomingMessage, exchange: Exchange): Promise<Exchanged> {
  const cancel = (): void => exchange.cancel()
  if (socket.destroyed) cancel()
  socket.once('close', cancel)
  try {
    return await exchange.run()
  } finally {
    socket.off('close', cancel)
  }
}

interface Answered extends Exchanged {
  /** Decoded, or as it came where it cannot be decoded; empty where nothing came. */
  readonly body: Uint8Array
}

async function decodeAnswer(exchanged: Exchanged, maxBytes: number): Promise<Answered> {
  const { ending, received } = exchanged
  if (received === undefined) return { ...exchanged, body: new Uint8Array(0) }
  const { coding, body } = received
  const isWhole = ending === 'ended'
  const decoded = coding === undefined ? undefined : await decodeBody({ coding, body, isWhole, maxBytes })
  if (decoded !== undefined) return { ...exchanged, body: decoded }
  const failure = new ColophonError('UPSTREAM_UNREADABLE', `the answer cannot be decoded within ${maxBytes} bytes`)
  return { failure, ...exchanged, body }
}

type Sealing =
  | { readonly sealed: SealedRun; readonly failure: undefined }
  | { readonly sealed: SealedRun | undefined; readonly failure: ColophonError }

/** Records what came, whatever it was. */
async function seal(run: BoundRun, { ending, failure, received, body }: Answered): Promise<Sealing> {
  try {
    const response = received === undefined ? {} : { response: { ...received, body } }
    return { sealed: await run.seal({ ending, ...response }), failure }
  } catch (cause) {
    const code = ColophonError.is(cause) ? cause.code : 'INTERNAL'
    const notRecorded = new ColophonError('RUN_NOT_RECORDED', `sealing failed with ${code}`, { cause })
    return { sealed: undefined, failure: notRecorded }
  }
}

const commentOf = ({ bundle, ...names }: SealedRun, { isInline }: { readonly isInline: boolean }): string =>
  formatRunComment(isInline ? { ...names, bundle } : names)
