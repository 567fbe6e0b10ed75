/**
 * Is a statement one that its signer's key is believed for (`docs/spec/trust-policy.md`, "Validity")?
 *
 * Judged by where the statement stands in a log, or by trusted time. What cannot be judged is not believed.
 *
 * @module
 */
import { parseTime } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import { describeValidity } from './describe-validity.ts'
import type { TrustedSigner } from './trusted-signer.ts'
import { describeTrustedTimes, type TrustedTime } from './trusted-time.ts'
import type { Bound } from './validity.ts'

/** Where a log of the policy has a statement, proven under its checkpoint. */
export interface ProvenPlace {
  readonly origin: string
  readonly index: bigint
  /** Of the witnesses that the policy names, on the very checkpoint that proves the place. */
  readonly trustedTimes: readonly TrustedTime[]
}

/**
 * @param input.statement  `record`, `binding` or `declaration`
 * @returns what it rests on, one sentence
 * @throws {ColophonError} KEY_REVOKED           beyond the end of a revoked key
 * @throws {ColophonError} KEY_OUTSIDE_VALIDITY  outside the window in another way, or in another log than a bound names
 * @throws {ColophonError} TRUSTED_TIME_MISSING  a bound is a time, and no witness of the policy says when
 */
export function requireValid(input: {
  readonly signer: TrustedSigner
  readonly statement: string
  readonly place: ProvenPlace
}): string {
  const { signer, statement, place } = input
  const { valid } = signer
  if (valid === 'always') return 'It is valid always.'
  const believed = `your trust policy has the key ${signer.keyId} of ${signer.name} valid ${describeValidity(valid)}`
  // The end first: that a key was revoked tells more than that it had not begun.
  for (const side of ['until', 'from'] as const) {
    const bound = valid[side]
    switch (standing(bound, side, place)) {
      case 'inside':
        continue
      case 'unknown':
        throw new ColophonError(
          'TRUSTED_TIME_MISSING',
          `${believed}, and no witness that it names cosigned the checkpoint that has the ${statement}: no trusted time of it is known`,
        )
      case 'outside':
        throw new ColophonError(
          side === 'until' && valid.because === 'revoked' ? 'KEY_REVOKED' : 'KEY_OUTSIDE_VALIDITY',
          `${believed}, and the ${statement} is ${positionOn(bound, place)}`,
        )
    }
  }
  const bounds = [valid.until, valid.from].filter((bound) => bound !== 'any')
  const grounds = new Set(bounds.map((bound) => positionOn(bound, place)))
  return `It is valid ${describeValidity(valid)}, and the ${statement} is ${[...grounds].join(', and ')}.`
}

type Standing = 'inside' | 'outside' | 'unknown'

function standing(bound: Bound, side: 'from' | 'until', place: ProvenPlace): Standing {
  if (bound === 'any') return 'inside'
  if (bound.kind === 'log') {
    if (bound.origin !== place.origin) return 'outside'
    return (side === 'until') === place.index < bound.size ? 'inside' : 'outside'
  }
  if (place.trustedTimes.length === 0) return 'unknown'
  // With several times, each has to lie inside: nobody chooses the one that fits.
  const boundMs = BigInt(parseTime(bound.time))
  const isInside = ({ timeSeconds }: TrustedTime): boolean =>
    side === 'until' ? timeSeconds * 1000n <= boundMs : timeSeconds * 1000n >= boundMs
  return place.trustedTimes.every(isInside) ? 'inside' : 'outside'
}

/** What the bound is compared with, and whose word that is. */
const positionOn = (bound: Bound, { origin, index, trustedTimes }: ProvenPlace): string =>
  bound !== 'any' && bound.kind === 'time'
    ? `dated ${describeTrustedTimes(trustedTimes)}`
    : `entry ${index} of ${origin}, by that log’s word`
