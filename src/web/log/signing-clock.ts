/**
 * Whether the clock is fit to sign by: not behind the log's last signature, and not standing still.
 *
 * Equal times are fine: many checkpoints may be signed in one millisecond. A clock that jumps ahead cannot be told from a
 * machine that slept, and is believed; once it is back, the log signs nothing until that time has come, or until the
 * operator says which time is right (`resume-log.ts`).
 *
 * @module
 */
import { formatTime } from '../../core/bytes/index.ts'
import { ColophonError } from '../../core/errors.ts'

/** How long the wall clock may show one and the same time, by the monotonic clock. */
export const MAX_STILL_MS = 1_000

interface SigningClockOptions {
  readonly nowMs: () => number
  readonly monotonicMs?: () => number
  /** When the log last signed; undefined where it never did. */
  readonly signedAtMs: number | undefined
}

/** @throws {ColophonError} CLOCK_BEHIND */
export const requireNotBehind = (input: { readonly nowMs: number; readonly signedAtMs: number | undefined }): void => {
  const { nowMs, signedAtMs } = input
  if (signedAtMs === undefined || nowMs >= signedAtMs) return
  const message = `the clock says ${formatTime(nowMs)}, and the log last signed at ${formatTime(signedAtMs)}`
  throw new ColophonError('CLOCK_BEHIND', message, { details: { behindMs: signedAtMs - nowMs } })
}

export class SigningClock {
  readonly #nowMs: () => number
  readonly #monotonicMs: (() => number) | undefined
  #signedAtMs: number | undefined
  /** The time that the wall clock showed last, and since when by the monotonic one. */
  #shown: { readonly wallMs: number; readonly sinceMs: number }

  constructor({ nowMs, monotonicMs, signedAtMs }: SigningClockOptions) {
    this.#nowMs = nowMs
    this.#monotonicMs = monotonicMs
    this.#signedAtMs = signedAtMs
    this.#shown = { wallMs: nowMs(), sinceMs: monotonicMs?.() ?? 0 }
  }

  /**
   * The time to sign at.
   *
   * @throws {ColophonError} CLOCK_BEHIND   it is before the last signature
   * @throws {ColophonError} CLOCK_STOPPED  it has been the same for more than a second
   */
  timeToSign(): number {
    const wallMs = this.#nowMs()
    requireNotBehind({ nowMs: wallMs, signedAtMs: this.#signedAtMs })
    const monotonicMs = this.#monotonicMs?.() ?? 0
    if (wallMs !== this.#shown.wallMs) this.#shown = { wallMs, sinceMs: monotonicMs }
    const stillMs = Math.floor(monotonicMs - this.#shown.sinceMs)
    if (stillMs <= MAX_STILL_MS) return wallMs
    const message = `the clock has said ${formatTime(wallMs)} for ${stillMs} ms, want at most ${MAX_STILL_MS}`
    throw new ColophonError('CLOCK_STOPPED', message, { details: { stillMs } })
  }

  /** A checkpoint of this time is durable. */
  settle(signedAtMs: number): void {
    this.#signedAtMs = signedAtMs
  }
}
