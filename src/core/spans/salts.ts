/**
 * The salts of a message's leaves, derived from the run's secret (`docs/spec/commitment.md`, "Salts").
 *
 *     salt = first 16 bytes of HMAC-SHA256(secret, "colophon/salt/v1\n" ‖ lp(direction) ‖ u64(index))
 *
 * A verifier never derives them: a disclosure shows the salt of each leaf that it opens. Deleting the secret closes
 * every leaf for good.
 *
 * @module
 */
import { ByteWriter, encodeUtf8 } from '../bytes/index.ts'
import { type HmacSha256, hmacSha256 } from '../hash/index.ts'
import type { Direction } from './commitment.ts'
import { SALT_BYTES } from './leaf.ts'

/** Bytes of a run's secret. */
export const SECRET_BYTES = 32

const TAG = 'colophon/salt/v1'

export interface SaltInput {
  /** 32 bytes, random, of one run only. */
  readonly secret: Uint8Array
  readonly direction: Direction
  /** Leaves of the message. */
  readonly count: number
}

/**
 * @param hmac a faster HMAC-SHA-256 where there is one
 * @returns 16 bytes per leaf, one after the other
 * @throws {RangeError} the secret is not 32 bytes
 */
export function deriveSalts({ secret, direction, count }: SaltInput, hmac: HmacSha256 = hmacSha256): Uint8Array {
  if (secret.length !== SECRET_BYTES) throw new RangeError(`secret: got ${secret.length} bytes, want ${SECRET_BYTES}`)
  const salts = new Uint8Array(count * SALT_BYTES)
  const head = new ByteWriter().tag(TAG).prefixed(encodeUtf8(direction)).finish()
  for (let index = 0; index < count; index += 1) {
    const message = new ByteWriter().raw(head).u64(index).finish()
    salts.set(hmac({ key: secret, message }).subarray(0, SALT_BYTES), index * SALT_BYTES)
  }
  return salts
}
