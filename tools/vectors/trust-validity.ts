/**
 * Cases of the topic `trust-policy`: for which statements a key with bounds is believed. By hand.
 *
 * @module
 */
import type { ErrorCode } from '../../src/core/errors.ts'
import type { Place } from './run/trust-policy.ts'
import type { Value } from './topic.ts'

interface Judged {
  readonly name: string
  readonly valid: Value
  readonly place: Place
  readonly reject?: ErrorCode
}

const [LOG, OTHER_LOG] = ['2026a.log.example', '2026b.log.example']
const size = (number: number): Value => ({ log: LOG, size: number })
/** 2026-01-31T00:00:00Z and the same with half a second more. */
const [SECONDS, TIME, HALF_LATER] = [1_769_817_600, '2026-01-31T00:00:00.000Z', '2026-01-31T00:00:00.500Z']

const at = (index: number, ...times: number[]): Place => ({
  log: LOG,
  index: String(index),
  trustedTimes: times.map(String),
})
const elsewhere: Place = { log: OTHER_LOG, index: '0', trustedTimes: [] }
const until = (bound: Value, because = 'rotated'): Value => ({ from: 'any', until: bound, because })
const from = (bound: Value): Value => ({ from: bound, until: 'any', because: 'rotated' })

const believed = (name: string, valid: Value, place: Place): Judged => ({ name, valid, place })
const not =
  (reject: ErrorCode) =>
  (name: string, valid: Value, place: Place): Judged => ({ name, valid, place, reject })
const outside = not('KEY_OUTSIDE_VALIDITY')
const revoked = not('KEY_REVOKED')
const timeMissing = not('TRUSTED_TIME_MISSING')

export const JUDGED: readonly Judged[] = [
  believed('always', 'always', elsewhere),
  believed('last-below-the-size', until(size(5)), at(4)),
  outside('first-not-below-the-size', until(size(5)), at(5)),
  revoked('first-after-a-revocation', until(size(5), 'revoked'), at(5)),
  believed('last-before-a-revocation', until(size(5), 'revoked'), at(4)),
  outside('nothing-is-below-size-0', until(size(0)), at(0)),
  believed('first-of-a-new-key', from(size(5)), at(5)),
  outside('last-before-a-new-key', from(size(5)), at(4)),
  outside('another-log-until-a-size', until(size(5)), elsewhere),
  outside('another-log-from-a-size', from(size(0)), elsewhere),
  revoked('another-log-after-a-revocation', until(size(5), 'revoked'), elsewhere),
  believed('inside-two-sizes', { from: size(2), until: size(5), because: 'rotated' }, at(2)),
  outside('in-a-window-that-is-turned-round', { from: size(5), until: size(2), because: 'rotated' }, at(3)),
  believed('at-the-very-time', until({ time: TIME }), at(9, SECONDS)),
  outside('a-second-after-the-time', until({ time: TIME }), at(9, SECONDS + 1)),
  revoked('a-second-after-a-revocation', until({ time: TIME }, 'revoked'), at(9, SECONDS + 1)),
  believed('from-the-very-time', from({ time: TIME }), at(9, SECONDS)),
  outside('a-second-before-a-new-key', from({ time: TIME }), at(9, SECONDS - 1)),
  believed('half-a-second-before-the-end', until({ time: HALF_LATER }), at(9, SECONDS)),
  outside('half-a-second-before-the-beginning', from({ time: HALF_LATER }), at(9, SECONDS)),
  believed('two-times-inside', until({ time: TIME }), at(9, SECONDS - 5, SECONDS)),
  outside('one-of-two-times-after-the-end', until({ time: TIME }), at(9, SECONDS - 5, SECONDS + 1)),
  outside('one-of-two-times-before-the-beginning', from({ time: TIME }), at(9, SECONDS - 5, SECONDS + 1)),
  timeMissing('no-time-until-a-time', until({ time: TIME }), at(9)),
  timeMissing('no-time-after-a-revocation', until({ time: TIME }, 'revoked'), at(9)),
  timeMissing('no-time-from-a-time', from({ time: TIME }), at(9)),
  believed('times-do-not-matter-to-a-size', until(size(10)), at(9)),
  believed('a-size-and-a-time', { from: size(5), until: { time: TIME }, because: 'rotated' }, at(5, SECONDS)),
  revoked('end-before-beginning', { from: size(5), until: { time: TIME }, because: 'revoked' }, at(4, SECONDS + 1)),
  outside(
    'revoked-key-before-its-beginning',
    { from: size(5), until: { time: TIME }, because: 'revoked' },
    at(4, SECONDS),
  ),
  timeMissing('end-missing-before-beginning', { from: size(5), until: { time: TIME }, because: 'rotated' }, at(4)),
]
