/**
 * Finds, in a stream that arrives in pieces, the line at which an API says that its answer ends.
 *
 * The relay passes everything before that line on at once and holds back the rest until the run's record is durable.
 *
 * @module
 */

export interface MarkerScanner {
  /**
   * Takes the next piece. @returns how many of its bytes stand before the marker's line; the piece's whole length while
   * the marker has not begun. A line that may still become the marker is not counted as before it. Where it is more than
   * 0, what was held back of earlier pieces stands before the marker too.
   */
  readonly take: (piece: Uint8Array) => number
  /** True once the whole marker was seen. */
  readonly found: () => boolean
}

const LF = 0x0a
const CR = 0x0d

/** @param markers the line's possible starts, ASCII, such as `data: [DONE]` */
export function markerScanner(markers: readonly string[]): MarkerScanner {
  const candidates = markers.map((marker) => Uint8Array.from(marker, (character) => character.charCodeAt(0)))
  let matched = 0
  let alive = candidates
  let atLineStart = true
  let done = false

  const step = (byte: number): void => {
    if (atLineStart) {
      alive = candidates
      matched = 0
      atLineStart = false
    }
    if (byte === LF || byte === CR) {
      atLineStart = true
      return
    }
    alive = alive.filter((candidate) => candidate[matched] === byte)
    matched += 1
    if (alive.some((candidate) => candidate.length === matched)) done = true
  }

  return {
    found: () => done,
    take: (piece) => {
      if (done) return 0
      let lineStart = atLineStart || alive.length > 0 ? 0 : -1
      for (let i = 0; i < piece.length && !done; i += 1) {
        if (atLineStart) lineStart = i
        if (atLineStart || alive.length > 0 || piece[i] === LF || piece[i] === CR) step(piece[i] as number)
      }
      const mayBeMarker = done || (!atLineStart && alive.length > 0)
      return mayBeMarker && lineStart >= 0 ? lineStart : piece.length
    },
  }
}
