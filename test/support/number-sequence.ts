/**
 * The sequence of doubles whose RFC 8785 texts cyberphone/json-canonicalization publishes as hashes.
 *
 * Its first 168 are fixed and stand in the published list; then come 2,000 in a row from the smallest normal double;
 * then whatever SHA-256, applied to 32 zero bytes again and again, gives as four little-endian doubles each time,
 * without those that are zero or no number.
 *
 * @module
 */
import { createHash } from 'node:crypto'

const ROW = 2_000
const SMALLEST_NORMAL = 0x0010000000000000n

/** @param fixed the bits of those at the beginning */
export function* numberSequence(
  fixed: readonly bigint[],
): Generator<{ readonly bits: bigint; readonly value: number }> {
  const view = new DataView(new ArrayBuffer(8))
  const numberOf = (bits: bigint) => {
    view.setBigUint64(0, bits)
    return { bits, value: view.getFloat64(0) }
  }
  yield* fixed.map(numberOf)
  for (let place = 0; place < ROW; place += 1) yield numberOf(SMALLEST_NORMAL + BigInt(place))
  for (let block = hash(Buffer.alloc(32)); ; block = hash(block)) {
    for (let at = 0; at < block.length; at += 8) {
      const number = numberOf(block.readBigUInt64LE(at))
      if (number.value !== 0 && Number.isFinite(number.value)) yield number
    }
  }
}

const hash = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()
