/**
 * Server-sent events as byte ranges (WHATWG HTML §9.2.6, "Interpreting an event stream").
 *
 * Events tile the stream: each goes from the end of the one before to past its blank line, so that comments and
 * unknown fields belong to the event that follows them. Lines end in LF, CR LF or CR. Only `data` is read; the bytes
 * stay as they are.
 *
 * @module
 */
import { joinBytes } from '../bytes/index.ts'

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
const NEWLINE = Uint8Array.of(LF)
const DATA = [0x64, 0x61, 0x74, 0x61]

export function splitEvents(bytes: Uint8Array): StreamEvent[] {
  const events: StreamEvent[] = []
  let start = 0
  let data: Uint8Array[] = []
  let at = hasByteOrderMark(bytes) ? 3 : 0
  while (at < bytes.length) {
    const lineEnd = endOfLine(bytes, at)
    const next = pastTerminator(bytes, lineEnd)
    if (next === undefined) break
    if (lineEnd === at) {
      events.push({ start, end: next, data: joinLines(data), finished: true })
      start = next
      data = []
    } else {
      const value = dataValue(bytes, at, lineEnd)
      if (value !== undefined) data.push(value)
    }
    at = next
  }
  if (start < bytes.length) events.push({ start, end: bytes.length, data: undefined, finished: false })
  return events
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

function joinLines(lines: readonly Uint8Array[]): Uint8Array | undefined {
  if (lines.length <= 1) return lines[0]
  return joinBytes(lines.flatMap((line, index) => (index === 0 ? [line] : [NEWLINE, line])))
}

const hasByteOrderMark = (bytes: Uint8Array): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
