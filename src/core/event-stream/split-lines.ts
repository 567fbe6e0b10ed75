/**
 * Lines of JSON (NDJSON) as byte ranges: each line with its line feed, and what stands after the last one.
 *
 * @module
 */
import type { StreamEvent } from './split-events.ts'

const LF = 0x0a
const SPACES: ReadonlySet<number> = new Set([0x20, 0x09, 0x0d])

/** `data` is the line without its line feed; undefined for an empty one, and for one that was never finished. */
export function* eachLine(bytes: Uint8Array): Generator<StreamEvent> {
  for (let start = 0; start < bytes.length; ) {
    const lineFeed = bytes.indexOf(LF, start)
    const end = lineFeed < 0 ? bytes.length : lineFeed + 1
    const line = lineFeed < 0 ? undefined : bytes.subarray(start, lineFeed)
    const isEmpty = line === undefined || line.every((byte) => SPACES.has(byte))
    yield { start, end, data: isEmpty ? undefined : line, finished: lineFeed >= 0 }
    start = end
  }
}
