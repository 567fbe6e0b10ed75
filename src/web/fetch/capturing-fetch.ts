/**
 * A `fetch` that gives every run a record, for clients that take one (`new OpenAI({ fetch })` and their like).
 *
 * What is posted to an API of models is bound before its first byte leaves; the answer goes on as it comes, but for its
 * last piece, which waits until the record is durable. Everything else passes as it is.
 *
 * The bytes recorded are those that the platform's own `fetch` was given and gave: what it adds on the wire (`host`,
 * `content-length`, a content coding that it undoes) is not seen here.
 *
 * @module
 */
import { joinBytes } from '../../core/bytes/index.ts'
import { dialectFor } from '../../core/dialects/index.ts'
import { ColophonError } from '../../core/errors.ts'
import type { NamedPassage } from '../../core/passages/index.ts'
import type { Header } from '../../core/spans/index.ts'
import type { BoundRun, Ending, Recorder, SealedRun } from '../capture/index.ts'
import { apiError, describeRefusal, isCaptured, runHeaders } from '../gateway/index.ts'

export type Fetch = typeof globalThis.fetch

export interface CapturingFetchOptions {
  readonly recorder: Recorder
  /** The platform's own. */
  readonly fetch: Fetch
  /** What runs are bound to; undefined for none. */
  readonly declarationId: string | undefined
  /** The passages of the request that is being made. */
  readonly passages: () => readonly NamedPassage[]
}

export interface CapturingFetch {
  readonly fetch: Fetch
  /** The record of an answer, once it was read to its end; undefined for one that is of no run. */
  readonly recordOf: (response: Response) => Promise<SealedRun> | undefined
}

export function capturingFetch(options: CapturingFetchOptions): CapturingFetch {
  const records = new WeakMap<Response, Promise<SealedRun>>()
  const capture: Fetch = async (input, init) => {
    const request = new Request(input, init)
    const url = new URL(request.url)
    if (!isCaptured(request.method, url.pathname)) return options.fetch(request)
    const { response, sealed } = await captureRun(options, request, url)
    records.set(response, sealed)
    // Whoever asks for the record sees why there is none; nobody has to ask.
    sealed.catch(() => {})
    return response
  }
  return { fetch: capture, recordOf: (response) => records.get(response) }
}

interface CapturedRun {
  readonly response: Response
  readonly sealed: Promise<SealedRun>
}

async function captureRun(options: CapturingFetchOptions, request: Request, url: URL): Promise<CapturedRun> {
  const { recorder, declarationId, passages } = options
  const body = new Uint8Array(await request.arrayBuffer())
  const headers = [...request.headers]
  if (request.headers.has('content-encoding')) {
    throw new ColophonError('REQUEST_ENCODED', 'the request body has a content encoding')
  }
  const run = await recorder.bind({
    method: request.method,
    path: url.pathname,
    query: url.search.slice(1),
    headers,
    body,
    endpoint: url.origin,
    declarationId,
    cutList: [],
    passages: passages(),
  })
  if (run.refusal !== undefined) return refuse(run, url.pathname)
  const { method, signal } = request
  try {
    return passOn(run, await options.fetch(url, { method, headers, body, signal, redirect: 'manual' }), signal)
  } catch (error) {
    await run.seal({ ending: signal.aborted ? 'clientAborted' : 'unreachable' })
    throw error
  }
}

/** As the API itself would refuse it, so that its client says so. Nothing was sent. */
async function refuse(run: BoundRun, path: string): Promise<CapturedRun> {
  const sealed = run.seal({ ending: 'refused' })
  await sealed
  const dialect = dialectFor({ method: 'POST', path }).id
  const detail = run.refusal === undefined ? undefined : describeRefusal(run.refusal)
  const { status, body } = apiError({ dialect, code: 'POLICY_REFUSED', detail })
  const headers = [['content-type', 'application/json'] as const, ...runHeaders(run.runId)].map(pairOf)
  return { response: new Response(body, { status, headers }), sealed }
}

function passOn(run: BoundRun, answer: Response, signal: AbortSignal): CapturedRun {
  const { status, statusText, url, body } = answer
  const recorded = { status, headers: [...answer.headers] }
  let settle: (sealing: Promise<SealedRun>) => void = () => {}
  const sealed = new Promise<SealedRun>((resolve) => {
    settle = resolve
  })
  const seal = async (ending: Ending, pieces: readonly Uint8Array[]): Promise<void> => {
    const sealing = run.seal({ ending, response: { ...recorded, body: joinBytes(pieces) } })
    settle(sealing)
    await sealing
  }
  const headers = [...withoutLinks(answer.headers), ...runHeaders(run.runId)].map(pairOf)
  // An answer that has no body by its status may have none.
  if (body === null) void seal('ended', [])
  const response = new Response(body === null ? null : heldBack({ body, seal, signal }), {
    status,
    statusText,
    headers,
  })
  Object.defineProperty(response, 'url', { value: url })
  return { response, sealed }
}

/** An upstream cannot speak for the capture point. */
const withoutLinks = (headers: Headers): Header[] =>
  [...headers].filter(([name, value]) => name !== 'link' || !/describedby/i.test(value))

const pairOf = ([name, value]: Header): [string, string] => [name, value]

interface HeldBackInput {
  readonly body: ReadableStream<Uint8Array>
  readonly seal: (ending: Ending, pieces: readonly Uint8Array[]) => Promise<void>
  readonly signal: AbortSignal
}

/** The same pieces, the last of them once the run is sealed. */
function heldBack({ body, seal, signal }: HeldBackInput): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader()
  const pieces: Uint8Array<ArrayBuffer>[] = []
  let sizeBytes = 0
  let isSealed = false
  const end = async (ending: Ending): Promise<void> => {
    if (isSealed) return
    isSealed = true
    await seal(ending, pieces)
  }
  const take = (piece: Uint8Array): void => {
    sizeBytes += piece.length
    if (sizeBytes > MAX_ANSWER_BYTES) {
      throw new ColophonError('UPSTREAM_CUT', `the answer has more than ${MAX_ANSWER_BYTES} bytes`)
    }
    pieces.push(Uint8Array.from(piece))
  }
  /** Lets out the piece before the one that it reads: that one may be the last. */
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>): Promise<void> => {
    for (;;) {
      const held = pieces.at(-1)
      const { done, value } = await reader.read()
      if (done) await end('ended')
      else take(value)
      if (held !== undefined) controller.enqueue(held)
      if (done) controller.close()
      if (done || held !== undefined) return
    }
  }
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: async (controller) => {
      try {
        await pull(controller)
      } catch (error) {
        controller.error(error)
        await reader.cancel(error).catch(() => {})
        await end(signal.aborted ? 'clientAborted' : 'upstreamCut')
      }
    },
    cancel: async (reason) => {
      await reader.cancel(reason)
      await end('clientAborted')
    },
  })
}

/** Of one answer; more is cut off. */
const MAX_ANSWER_BYTES = 64 << 20
