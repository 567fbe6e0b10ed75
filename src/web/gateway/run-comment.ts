/**
 * The last bytes of a captured stream: one server-sent comment that says which run this was.
 *
 *     : colophon run=RUN_ID record=RECORD_DIGEST path=/runs/RUN_ID [bundle=BASE64URL]⏎⏎
 *
 * Every client path that was tried tolerates a comment; an event more breaks several. The provider's bytes before it
 * stay an untouched prefix, whose length the record states.
 *
 * @module
 */
import { encodeBase64Url } from '../../core/bytes/index.ts'

export interface RunCommentInput {
  /** Hex. */
  readonly runId: string
  /** Hex. */
  readonly recordDigest: string
  /** The record itself, where the caller wants it inline. */
  readonly bundle?: Uint8Array
}

/** One line: hexadecimal digits and base64url only, so that no second event can begin in it. */
export function formatRunComment({ runId, recordDigest, bundle }: RunCommentInput): string {
  const inline = bundle === undefined ? '' : ` bundle=${encodeBase64Url(bundle)}`
  return `: colophon run=${runId} record=${recordDigest} path=/runs/${runId}${inline}\n\n`
}

const LF = 0x0a
const CR = 0x0d

/** Whether the last event of a stream is finished: its last line is empty. Lines end in LF, CR LF or CR. */
export function endsInBlankLine(stream: Uint8Array): boolean {
  const lastLine = beforeLineEnd(stream, stream.length)
  return lastLine !== undefined && beforeLineEnd(stream, lastLine) !== undefined
}

/** Where the line end that stands before `end` begins; undefined where there is none. */
function beforeLineEnd(bytes: Uint8Array, end: number): number | undefined {
  const last = bytes[end - 1]
  if (last === LF) return bytes[end - 2] === CR ? end - 2 : end - 1
  return last === CR ? end - 1 : undefined
}
