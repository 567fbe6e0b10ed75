/**
 * Trusted time: the time that a witness of the policy signed with its cosignature of a checkpoint. It says that the
 * checkpoint, and all that it includes, was there by then; not that it was not there before.
 *
 * No other time is trusted: neither those in statements, which their signer writes, nor those of logs.
 *
 * @module
 */
import { formatTime } from '../bytes/index.ts'

export interface TrustedTime {
  /** The witness, as the policy names it. */
  readonly witness: string
  /** POSIX time, 1n .. 2n ** 63n - 1n */
  readonly timeSeconds: bigint
}

/** Of the last second of the year 9999. */
const MAX_SECONDS = 253_402_300_799n

/** As times in documents; beyond the year 9999, where they end, the number of seconds. */
export function formatTrustedTime({ timeSeconds }: TrustedTime): string {
  return timeSeconds <= MAX_SECONDS ? formatTime(Number(timeSeconds) * 1000) : `POSIX time ${timeSeconds}`
}

/** For sentences: who says which time. */
export const describeTrustedTimes = (times: readonly TrustedTime[]): string =>
  times.map((time) => `${formatTrustedTime(time)} by the witness ${time.witness}`).join(' and ')
