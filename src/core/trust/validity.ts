/**
 * For which statements a key is believed (`docs/spec/trust-policy.md`, "Validity"): always, or from one bound until
 * another.
 *
 *     "always"
 *     {"from": BOUND, "until": BOUND, "because": "rotated" | "revoked"}
 *
 *     BOUND   "any"   {"time": "2026-01-31T00:00:00.000Z"}   {"log": ORIGIN, "size": N}
 *
 * @module
 */
import { type JsonValue, type Located, mismatch, type ObjectReader, readObject } from '../json/index.ts'
import { malformed, requireKnown } from './policy-member.ts'

/** A moment, which only trusted time is compared with. */
export interface TimeBound {
  readonly kind: 'time'
  /** 2026-01-31T00:00:00.000Z; belongs to the window, as its beginning and as its end. */
  readonly time: string
}

/** A size of a log: entries below it came before it. The order is the log's word. */
export interface LogBound {
  readonly kind: 'log'
  /** One of the policy's logs. */
  readonly origin: string
  /** 0n .. 2n ** 53n - 1n */
  readonly size: bigint
}

export type Bound = 'any' | TimeBound | LogBound

export const VALIDITY_REASONS = ['rotated', 'revoked'] as const

export interface ValidityWindow {
  readonly from: Bound
  /** Never `any` where `from` is, nor where the key is revoked. */
  readonly until: Bound
  readonly because: (typeof VALIDITY_REASONS)[number]
}

export type Validity = 'always' | ValidityWindow

const WINDOW_MEMBERS = ['from', 'until', 'because']

/** @throws {ColophonError} TRUST_POLICY_MALFORMED, SCHEMA_MISMATCH, TIME_MALFORMED */
export function readValidity({ value, at }: Located): Validity {
  if (value === 'always') return 'always'
  if (!(value instanceof Map)) throw mismatch({ value, at }, '"always" or an object')
  const reader = readObject(value, at)
  requireKnown(reader, WINDOW_MEMBERS)
  const window: ValidityWindow = {
    from: readBound(reader, 'from'),
    until: readBound(reader, 'until'),
    because: reader.oneOf('because', VALIDITY_REASONS),
  }
  if (window.until !== 'any') return window
  if (window.from === 'any') throw malformed('a window without bounds, want "always"', at)
  if (window.because === 'revoked') throw malformed('a revoked key needs an end', `${at}/until`)
  return window
}

/** As it stands in the file. */
export function validityValue(valid: Validity): object | string {
  if (valid === 'always') return valid
  const { from, until, because } = valid
  return { from: boundValue(from), until: boundValue(until), because }
}

/** The origins that a validity names. */
export const logsOf = (valid: Validity): readonly string[] =>
  valid === 'always'
    ? []
    : [valid.from, valid.until].flatMap((bound) => (bound !== 'any' && bound.kind === 'log' ? [bound.origin] : []))

function readBound(reader: ObjectReader, name: string): Bound {
  const value: JsonValue = reader.value(name)
  const at = `${reader.at}/${name}`
  if (value === 'any') return 'any'
  if (!(value instanceof Map)) throw mismatch({ value, at }, '"any" or an object')
  const bound = readObject(value, at)
  requireKnown(bound, ['time', 'log', 'size'])
  if (!bound.has('time')) {
    return { kind: 'log', origin: bound.string('log'), size: BigInt(bound.integer('size')) }
  }
  if (value.size !== 1) throw malformed('got a time and a log, want one of them', at)
  return { kind: 'time', time: bound.time('time') }
}

function boundValue(bound: Bound): object | string {
  if (bound === 'any') return bound
  return bound.kind === 'time' ? { time: bound.time } : { log: bound.origin, size: Number(bound.size) }
}
