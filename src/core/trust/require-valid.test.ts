import { describe, expect, test } from 'vitest'
import type { ErrorCode } from '../errors.ts'
import { type Bound, describeValidity, narrows, type ProvenPlace, requireValid, type Validity } from './index.ts'

const TIME = '2026-01-31T12:00:00.000Z'
const SECONDS = BigInt(Date.parse(TIME) / 1000)
const LOG: Bound = { kind: 'log', origin: 'log.example', size: 5n }
const AT: Bound = { kind: 'time', time: TIME }

const place = (changes: Partial<ProvenPlace> = {}, ...times: readonly bigint[]): ProvenPlace => ({
  origin: 'log.example',
  index: 5n,
  trustedTimes: times.map((timeSeconds, n) => ({ witness: `w${n}.example`, timeSeconds })),
  ...changes,
})
const until = (bound: Bound, because: 'rotated' | 'revoked' = 'rotated'): Validity => {
  return { from: 'any', until: bound, because }
}
const from = (bound: Bound): Validity => ({ from: bound, until: 'any', because: 'rotated' })
const judge = (valid: Validity, where: ProvenPlace): string =>
  requireValid({
    signer: { name: 'Shop', keyId: 'ab'.repeat(32), publicKey: new Uint8Array(), valid },
    statement: 'record',
    place: where,
  })

describe('a key is believed', () => {
  test.each<[string, Validity, ProvenPlace]>([
    ['always', 'always', place()],
    ['before a size of a log', until(LOG), place({ index: 4n })],
    ['from that size on', from(LOG), place({ index: 5n })],
    ['until a time, to the second, A14', until(AT), place({}, SECONDS)],
    ['from a time on, to the second, A14', from(AT), place({}, SECONDS)],
    ['at each of several times, A15', until(AT), place({}, SECONDS, SECONDS - 1n, 1n)],
    [
      'within two bounds of different kinds',
      { ...(from(AT) as object), until: LOG } as Validity,
      place({ index: 4n }, SECONDS),
    ],
  ])('%s', (_, valid, where) => {
    expect(judge(valid, where)).toContain('valid')
  })
})

describe('a key is not believed', () => {
  test.each<[string, Validity, ProvenPlace, ErrorCode]>([
    ['at the size where it was retired', until(LOG), place({ index: 5n }), 'KEY_OUTSIDE_VALIDITY'],
    ['before the size from which on it is', from(LOG), place({ index: 4n }), 'KEY_OUTSIDE_VALIDITY'],
    ['at the size where it was revoked', until(LOG, 'revoked'), place({ index: 5n }), 'KEY_REVOKED'],
    ['in another log', until(LOG), place({ origin: 'b.example', index: 0n }), 'KEY_OUTSIDE_VALIDITY'],
    ['for nothing at all', until({ ...LOG, size: 0n }, 'revoked'), place({ index: 0n }), 'KEY_REVOKED'],
    ['a second after its end, A14', until(AT), place({}, SECONDS + 1n), 'KEY_OUTSIDE_VALIDITY'],
    ['a second after it was revoked', until(AT, 'revoked'), place({}, SECONDS + 1n), 'KEY_REVOKED'],
    ['a second before its beginning', from(AT), place({}, SECONDS - 1n), 'KEY_OUTSIDE_VALIDITY'],
    ['at one of two times, A15', until(AT), place({}, SECONDS, SECONDS + 1n), 'KEY_OUTSIDE_VALIDITY'],
    ['at the end of time', until(AT), place({}, 2n ** 63n - 1n), 'KEY_OUTSIDE_VALIDITY'],
    ['without a trusted time', until(AT, 'revoked'), place(), 'TRUSTED_TIME_MISSING'],
    ['without one for its beginning', from(AT), place(), 'TRUSTED_TIME_MISSING'],
    [
      'beyond one of two bounds: the end is said first',
      { from: AT, until: LOG, because: 'revoked' },
      place({ index: 5n }),
      'KEY_REVOKED',
    ],
    [
      'before one of two',
      { from: AT, until: LOG, because: 'revoked' },
      place({ index: 4n }, SECONDS - 1n),
      'KEY_OUTSIDE_VALIDITY',
    ],
  ])('%s', (_, valid, where, code) => {
    expect(() => judge(valid, where)).toThrowCode(code)
  })

  test('and the reason says which key, by whose policy, which bound, and what was compared, by whose word', () => {
    expect(() => judge(until(LOG, 'revoked'), place({ index: 7n }))).toThrow(
      `your trust policy has the key ${'ab'.repeat(32)} of Shop valid before entry 5 of log.example (revoked), ` +
        'and the record is entry 7 of log.example, by that log’s word',
    )
    expect(() => judge(until(AT), place({}, SECONDS + 1n))).toThrow(
      `valid until ${TIME} (rotated), and the record is dated 2026-01-31T12:00:01.000Z by the witness w0.example`,
    )
  })
})

test('in words', () => {
  const window: Validity = { from: AT, until: LOG, because: 'rotated' }
  expect(describeValidity('always')).toBe('always')
  expect(describeValidity(window)).toBe(`from ${TIME} on and before entry 5 of log.example (rotated)`)
  expect(describeValidity(until({ ...LOG, size: 0n }, 'revoked'))).toBe('for nothing at all (revoked)')
})

describe('narrows', () => {
  const size = (n: bigint): Bound => ({ ...LOG, size: n })
  const later: Bound = { kind: 'time', time: '2026-01-31T12:00:00.001Z' }

  test.each<[string, Validity, Validity]>([
    ['anything, always', 'always', until(AT)],
    ['anything, to nothing at all', until(AT), until(size(0n))],
    ['itself', { from: LOG, until: AT, because: 'rotated' }, { from: LOG, until: AT, because: 'revoked' }],
    ['an end, to an earlier one', until(size(5n)), until(size(4n))],
    ['an end, with a beginning more', until(AT), { from: LOG, until: AT, because: 'rotated' }],
    ['a beginning, to a later one', from(AT), from(later)],
  ])('%s', (_, wide, narrow) => {
    expect(narrows({ wide, narrow })).toBe(true)
  })

  test.each<[string, Validity, Validity]>([
    ['a window, to always', until(AT), 'always'],
    ['an end, to a later one', until(AT), until(later)],
    ['an end, to a larger size', until(size(4n)), until(size(5n))],
    ['an end, to none', { from: AT, until: LOG, because: 'rotated' }, from(AT)],
    ['a beginning, to an earlier one', from(size(5n)), from(size(4n))],
    ['a size, to a time', until(LOG), until(AT)],
    ['a time, to a size', until(AT), until(LOG)],
    ['a size of one log, to one of another', until(LOG), until({ kind: 'log', origin: 'b.example', size: 1n })],
  ])('not %s', (_, wide, narrow) => {
    expect(narrows({ wide, narrow })).toBe(false)
  })
})
