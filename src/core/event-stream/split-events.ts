/**
 * Server-sent events as byte ranges (WHATWG HTML §9.2.6, "Interpreting an event stream").
 *
 * Events tile the stream: each goes from the end of the one before to past its blank line, so that comments and
 * unknown fields belong to the event that follows them. Lines end in LF, CR LF or CR. Only `data` is read; the bytes
 * stay as they are.
 *
 * @module
 */
export interface StreamEvent {
  /** First byte and past the last, framing included. */
  readonly start: number
  readonly end: number
  /** The data lines joined with LF; undefined where the event has none. */
  readonly data: Uint8Array | undefined
  /** False for what stands after the last blank line: an event that was never finished. */
  readonly finished: boolean
}

const LF = 0x0a
const CR = 0x0d
const COLON = 0x3a
const SPACE = 0x20
const DATA = [0x64, 0x61, 0x74, 0x61]

/** All at once. For a stream of any length use `eachEvent`. */
export const splitEvents = (bytes: Uint8Array): StreamEvent[] => [...eachEvent(bytes)]

/** One after another, so that a stream of a million events takes no more memory than its longest. */
export function* eachEvent(bytes: Uint8Array): Generator<StreamEvent> {
  let start = 0
  let firstLine = hasByteOrderMark(bytes) ? 3 : 0
  let at = firstLine
  while (at < bytes.length) {
    const lineEnd = endOfLine(bytes, at)
    const next = pastTerminator(bytes, lineEnd)
    if (next === undefined) break
    if (lineEnd === at) {
      yield { start, end: next, data: dataOf(bytes, firstLine, at), finished: true }
      start = next
      firstLine = next
    }
    at = next
  }
  if (start < bytes.length) yield { start, end: bytes.length, data: undefined, finished: false }
}

function endOfLine(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length && bytes[at] !== LF && bytes[at] !== CR) at += 1
  return at
}

/** Undefined where the line has no terminator yet. */
function pastTerminator(bytes: Uint8Array, lineEnd: number): number | undefined {
  if (lineEnd >= bytes.length) return undefined
  return bytes[lineEnd] === CR && bytes[lineEnd + 1] === LF ? lineEnd + 2 : lineEnd + 1
}

/** The value of a `data` line, or undefined for any other line. */
function dataValue(bytes: Uint8Array, start: number, end: number): Uint8Array | undefined {
  if (DATA.some((byte, index) => bytes[start + index] !== byte)) return undefined
  const colon = start + DATA.length
  if (colon === end) return new Uint8Array(0)
  if (bytes[colon] !== COLON) return undefined
  const value = colon + 1
  return bytes.subarray(value < end && bytes[value] === SPACE ? value + 1 : value, end)
}

/** Of lines that all have their terminators. */
function dataOf(bytes: Uint8Array, from: number, to: number): Uint8Array | undefined {
  let first: Uint8Array | undefined
  let joined: Uint8Array | undefined
  let size = 0
  for (let at = from; at < to; ) {
    const lineEnd = endOfLine(bytes, at)
    const value = dataValue(bytes, at, lineEnd)
    at = pastTerminator(bytes, lineEnd) ?? to
    if (value === undefined) continue
    if (first === undefined) {
      first = value
      continue
    }
    if (joined === undefined) {
      joined = new Uint8Array(to - from)
      joined.set(first)
      size = first.length
    }
    joined[size] = LF
    joined.set(value, size + 1)
    size += 1 + value.length
  }
  return joined?.subarray(0, size) ?? first
}

const hasByteOrderMark = (bytes: Uint8Array): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
