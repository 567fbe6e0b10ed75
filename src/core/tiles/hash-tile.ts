/**
 * A hash tile with the inner nodes over its hashes.
 *
 * @module
 */
import type { Sha256 } from '../hash/index.ts'
import { HASH_SIZE, nodeHash } from '../merkle/index.ts'

export class HashTile {
  /** `rows[h][k]` is the root over hashes [k 2^h, (k + 1) 2^h). */
  readonly #rows: readonly (readonly Uint8Array[])[]

  /** @param hashes  1 to 256 hashes of 32 bytes, one after another; copied */
  constructor(hashes: Uint8Array, sha256?: Sha256) {
    const own = Uint8Array.from(hashes)
    let row: readonly Uint8Array[] = Array.from({ length: own.length / HASH_SIZE }, (_, i) =>
      own.subarray(i * HASH_SIZE, (i + 1) * HASH_SIZE),
    )
    const rows = [row]
    while (row.length > 1) {
      const below = row
      row = Array.from({ length: below.length >> 1 }, (_, i) =>
        nodeHash({ left: below[2 * i] as Uint8Array, right: below[2 * i + 1] as Uint8Array }, sha256),
      )
      rows.push(row)
    }
    this.#rows = rows
  }

  /** Root over the 2^height hashes with number `position`, counted in such groups; undefined where they are not all there. */
  node({ height, position }: { readonly height: number; readonly position: number }): Uint8Array | undefined {
    return this.#rows[height]?.[position]
  }
}
