/**
 * Witness cosignatures, version 1: C2SP tlog-cosignature, https://c2sp.org/tlog-cosignature, "Ed25519 signed message".
 *
 *     signature bytes   8-byte big-endian POSIX time || 64-byte Ed25519 signature
 *     signed message    "cosignature/v1\ntime N\n" || the checkpoint's whole note text
 *
 * @module
 */
import { concatBytes, encodeUtf8 } from '../bytes/index.ts'

const TIME_SIZE = 8
const SIGNATURE_SIZE = 64
const MAX_TIME = (1n << 63n) - 1n

export interface Cosignature {
  readonly timeSeconds: bigint // POSIX time, 0n .. 2n ** 63n - 1n
  readonly signature: Uint8Array // 64 bytes
}

/**
 * Splits the bytes of a cosignature.
 *
 * @returns undefined for bytes of another form
 */
export function parseCosignature(bytes: Uint8Array): Cosignature | undefined {
  if (bytes.length !== TIME_SIZE + SIGNATURE_SIZE) return undefined
  const timeSeconds = [...bytes.subarray(0, TIME_SIZE)].reduce((time, byte) => (time << 8n) | BigInt(byte), 0n)
  if (timeSeconds > MAX_TIME) return undefined
  return { timeSeconds, signature: bytes.slice(TIME_SIZE) }
}

/** What a witness signs for a checkpoint. */
export function cosignedMessage({
  text,
  timeSeconds,
}: {
  readonly text: string
  readonly timeSeconds: bigint
}): Uint8Array {
  return concatBytes(encodeUtf8(`cosignature/v1\ntime ${timeSeconds}\n`), encodeUtf8(text))
}
