/**
 * One request to the upstream and its answer, passed on as it comes and collected for the record.
 *
 * @module
 */
import type { Dispatcher } from 'undici'
import { ColophonError } from '../../core/errors.ts'
import type { Header } from '../../core/spans/index.ts'
import type { Ending } from '../../web/capture/index.ts'
import { forwardedResponseHeaders, headerValue } from '../../web/gateway/index.ts'
import { BodyCollector, type ContentCoding, contentCodingOf, type Upstream } from '../http/index.ts'
import type { OutgoingAnswer } from './outgoing-answer.ts'

export interface ExchangeInput {
  readonly upstream: Upstream
  readonly method: Dispatcher.HttpMethod
  /** With the query. */
  readonly target: string
  readonly headers: readonly Header[]
  /** The very buffer that the binding is over. */
  readonly body: Buffer
  readonly answer: OutgoingAnswer
  readonly maxAnswerBytes: number
}

/** The exchange when it is over, however it ended. */
export interface Exchanged {
  readonly ending: Ending
  /** Why the caller cannot have the answer. */
  readonly failure?: ColophonError
  /** What came, as far as it did; undefined where nothing did. */
  readonly received?: {
    readonly status: number
    readonly headers: readonly Header[]
    readonly coding: ContentCoding | undefined
    /** As it came, still encoded. */
    readonly body: Buffer
  }
}

/** An exchange under way. */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #input: ExchangeInput
  readonly #body = new BodyCollector()
  #head: { status: number; headers: readonly Header[]; coding: ContentCoding | undefined } | undefined
  #controller: Dispatcher.DispatchController | undefined
  #isCancelled = false
  /** Runs while the caller does not read. */
  #stalled: NodeJS.Timeout | undefined
  #settle: (exchanged: Exchanged) => void = () => {}

  constructor(input: ExchangeInput) {
    this.#input = input
  }

  /** Resolves when it is over; never rejects. */
  run(): Promise<Exchanged> {
    const { upstream, method, target, headers, body } = this.#input
    return new Promise((resolve) => {
      this.#settle = resolve
      upstream.pool.dispatch({ method, path: target, headers: headers.flat(), body }, this)
    })
  }

  /** The caller went away. Where there is no connection yet, nothing is sent at all. */
  cancel(): void {
    this.#isCancelled = true
    this.#controller?.abort(new Error('the caller went away'))
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#isCancelled) this.cancel()
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    if (status < 200) return
    const headers = forwardedResponseHeaders(rawHeadersOf(controller))
    const coding = contentCodingOf(headerValue(headers, 'content-encoding'))
    this.#head = { status, headers, coding }
    if (coding === undefined) controller.abort(new ColophonError('UPSTREAM_UNREADABLE', 'another content coding'))
    else this.#input.answer.begin({ status, headers, coding })
  }

  onResponseData(controller: Dispatcher.DispatchController, piece: Buffer): void {
    const { answer, maxAnswerBytes, upstream } = this.#input
    if (this.#body.sizeBytes + piece.length > maxAnswerBytes) {
      controller.abort(new ColophonError('UPSTREAM_CUT', `the answer has more than ${maxAnswerBytes} bytes`))
      return
    }
    this.#body.add(piece)
    if (answer.take(piece)) return
    controller.pause()
    this.#stalled = setTimeout(() => this.cancel(), upstream.bodyMs)
    answer.onDrain(() => {
      clearTimeout(this.#stalled)
      controller.resume()
    })
  }

  onResponseEnd(): void {
    this.#end({ ending: 'ended' })
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#isCancelled) this.#end({ ending: 'clientAborted' })
    else
      this.#end({ ending: this.#head === undefined ? 'unreachable' : 'upstreamCut', failure: this.#failureOf(error) })
  }

  #end(how: Pick<Exchanged, 'ending' | 'failure'>): void {
    clearTimeout(this.#stalled)
    const head = this.#head
    this.#settle(head === undefined ? how : { ...how, received: { ...head, body: this.#body.bytes() } })
  }

  /** The error's own text is left out: it may quote what was sent. */
  #failureOf(error: Error): ColophonError {
    if (ColophonError.is(error)) return error
    const reason = (error as NodeJS.ErrnoException).code ?? error.name
    if (TIMEOUTS.has(reason))
      return new ColophonError('UPSTREAM_TIMEOUT', `waiting for the upstream ended with ${reason}`)
    if (this.#head !== undefined) return new ColophonError('UPSTREAM_CUT', `the answer ended with ${reason}`)
    return new ColophonError('UPSTREAM_UNREACHABLE', `the upstream gave no answer: ${reason}`)
  }
}

const TIMEOUTS: ReadonlySet<string> = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'])

/** Names and values in turn. Latin-1, as node:http writes them again. */
const rawHeadersOf = ({ rawHeaders }: Dispatcher.DispatchController): string[] =>
  (rawHeaders as readonly Buffer[]).map((part) => part.toString('latin1'))
