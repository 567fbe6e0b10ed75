/**
 * The answer on its way to the caller: what the upstream sends goes on byte for byte, and the piece that would let the
 * caller take the answer for finished is held back until the run is recorded.
 *
 * - A stream (status 200, identity-coded, of unknown length) whose API has a line that says that it ends goes on at once, up
 *   to that line.
 * - Everything else stays one piece behind, its head included: the last piece is never known as such before the end. White
 *   space after a piece does not count as another.
 *
 * @module
 */
import type { ServerResponse } from 'node:http'
import { type Dialect, isEventStream } from '../../core/dialects/index.ts'
import type { ErrorCode } from '../../core/errors.ts'
import { type MarkerScanner, markerScanner } from '../../core/event-stream/index.ts'
import type { Header } from '../../core/spans/index.ts'
import { headerValue, runHeaders } from '../../web/gateway/index.ts'
import type { ContentCoding } from '../http/index.ts'
import { refuse } from './refuse.ts'

export interface AnswerHead {
  readonly status: number
  /** Those that go on. */
  readonly headers: readonly Header[]
  readonly coding: ContentCoding
}

/** Pieces of white space that are held back with the one before them; a server that sends more of them means something. */
const MAX_BLANKS = 16

export class OutgoingAnswer {
  readonly #response: ServerResponse
  readonly #own: readonly Header[]
  readonly #dialect: Dialect
  #head: AnswerHead | undefined
  /** Of streams whose bytes can be read as they pass. */
  #scanner: MarkerScanner | undefined
  /** A stream that goes on at once. */
  #isLive = false
  /** The piece that came last, where the answer stays one behind, with the white space that follows it. */
  #latest: Buffer[] = []
  /** From the line on that ends the stream, or may yet turn out to. */
  #held: Buffer[] = []

  constructor(options: { readonly response: ServerResponse; readonly runId: string; readonly dialect: Dialect }) {
    const { response, runId, dialect } = options
    this.#response = response
    this.#dialect = dialect
    this.#own = runHeaders(runId)
  }

  begin(head: AnswerHead): void {
    this.#head = head
    const { status, headers, coding } = head
    const { endMarkers } = this.#dialect
    const isStream = coding === 'identity' && isEventStream(headerValue(headers, 'content-type'))
    const isReadable = isStream && endMarkers.length > 0
    if (isReadable) this.#scanner = markerScanner(endMarkers)
    this.#isLive = isReadable && status === 200 && headerValue(headers, 'content-length') === undefined
    if (!this.#isLive) return
    this.#sendHead(head)
    this.#response.flushHeaders()
  }

  /** @returns false where the caller reads more slowly than the upstream sends: wait for `onDrain` */
  take(piece: Buffer): boolean {
    if (this.#isLive) return this.#pass(piece)
    const [previous, ...blanks] = this.#latest
    if (previous !== undefined && !isBlank(previous) && blanks.length < MAX_BLANKS && isBlank(piece)) {
      this.#latest.push(piece)
      return true
    }
    this.#latest = [piece]
    return previous === undefined || this.#pass(blanks.length === 0 ? previous : Buffer.concat([previous, ...blanks]))
  }

  onDrain(resume: () => void): void {
    this.#response.once('drain', resume)
  }

  /** A comment of ours can stand at the end: the stream showed its end marker, and nothing says where it has to end. */
  get takesComment(): boolean {
    return this.#isLive && this.#scanner?.found() === true
  }

  /** Sends what was held back, then the comment, and ends the answer. */
  finish(comment = ''): void {
    if (this.#head !== undefined) this.#sendHead(this.#head)
    const rest = [...this.#held, ...this.#latest]
    if (comment !== '') rest.push(Buffer.from(comment))
    this.#response.end(rest.length === 1 ? rest[0] : Buffer.concat(rest))
  }

  /** Says so where nothing has gone out yet; else cuts the connection, so that nobody takes the answer for whole. */
  fail(code: ErrorCode, detail?: string): void {
    refuse(this.#response, { code, detail, dialect: this.#dialect.id, headers: this.#own })
  }

  #pass(piece: Buffer): boolean {
    const free = this.#scanner === undefined ? piece.length : this.#scanner.take(piece)
    if (free === 0) {
      this.#held.push(piece)
      return true
    }
    for (const held of this.#held) this.#write(held)
    this.#held = free === piece.length ? [] : [piece.subarray(free)]
    return this.#write(free === piece.length ? piece : piece.subarray(0, free))
  }

  #write(piece: Buffer): boolean {
    if (this.#head !== undefined) this.#sendHead(this.#head)
    return this.#response.write(piece)
  }

  /** Once. */
  #sendHead({ status, headers }: AnswerHead): void {
    if (!this.#response.headersSent) this.#response.writeHead(status, [...headers, ...this.#own].flat())
  }
}

/** Nothing but white space of JSON: whoever waits for the end of a text does not wait for that. */
const isBlank = (piece: Buffer): boolean =>
  piece.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d)
