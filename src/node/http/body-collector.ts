/**
 * A body that arrives in pieces, as one buffer.
 *
 * @module
 */

/** A body of one piece is that very piece; one of a million pieces does not become a million objects. */
export class BodyCollector {
  #buffer: Buffer = Buffer.alloc(0)
  #sizeBytes = 0
  /** False while the buffer is a piece that somebody else made. */
  #isOwn = false

  get sizeBytes(): number {
    return this.#sizeBytes
  }

  add(piece: Buffer): void {
    const needed = this.#sizeBytes + piece.length
    if (this.#sizeBytes === 0) this.#buffer = piece
    else {
      if (!this.#isOwn || needed > this.#buffer.length) this.#grow(needed)
      piece.copy(this.#buffer, this.#sizeBytes)
    }
    this.#sizeBytes = needed
  }

  /** What was added so far; not a copy. */
  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#sizeBytes)
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#buffer.length))
    this.#buffer.copy(larger, 0, 0, this.#sizeBytes)
    this.#buffer = larger
    this.#isOwn = true
  }
}
