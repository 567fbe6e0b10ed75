import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatTime, parseTime } from './index.ts'

const FIRST = Date.parse('0000-01-01T00:00:00.000Z')
const LAST = Date.parse('9999-12-31T23:59:59.999Z')

test('agrees with Date all through the years 0000 to 9999', () => {
  for (let ms = FIRST; ms <= LAST; ms += 29 * 86_400_000 - 86_399) {
    const text = formatTime(ms)
    if (text !== new Date(ms).toISOString() || parseTime(text) !== ms) expect.fail(text)
  }
  expect([formatTime(FIRST), formatTime(LAST)]).toEqual(['0000-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'])
})

test('round trip, and the order of texts is the order of times', () => {
  const time = fc.integer({ min: FIRST, max: LAST })
  fc.assert(
    fc.property(time, time, (a, b) => {
      expect(parseTime(formatTime(a))).toBe(a)
      expect(Math.sign(a - b)).toBe(formatTime(a) < formatTime(b) ? -1 : a === b ? 0 : 1)
    }),
  )
})

test('leap years', () => {
  for (const year of ['2024', '2000', '0000', '0004']) expect(parseTime(`${year}-02-29T00:00:00.000Z`)).not.toBeNaN()
  for (const year of ['2023', '1900', '1800', '2100', '2200']) {
    expect(() => parseTime(`${year}-02-29T00:00:00.000Z`)).toThrowCode('TIME_MALFORMED')
  }
})

test.each([
  '',
  '2026-01-31T00:00:00Z',
  '2026-01-31T00:00:00.00Z',
  '2026-01-31T00:00:00.0000Z',
  '2026-01-31T00:00:00.000',
  '2026-01-31T00:00:00.000z',
  '2026-01-31t00:00:00.000Z',
  '2026-01-31 00:00:00.000Z',
  '2026-01-31T00:00:00.000+00:00',
  '2026-01-31T00:00:00.000Z\n',
  ' 2026-01-31T00:00:00.00Z',
  '2026-13-01T00:00:00.000Z',
  '2026-00-01T00:00:00.000Z',
  '2026-04-31T00:00:00.000Z',
  '2026-01-00T00:00:00.000Z',
  '2026-01-31T24:00:00.000Z',
  '2026-01-31T00:60:00.000Z',
  '2026-12-31T23:59:60.000Z',
  '+002026-01-31T00:00:0Z00',
  '\u0662026-01-31T00:00:00.000Z',
])('refuses %j', (text) => {
  expect(() => parseTime(text, { at: '/boundAt' })).toThrowCode('TIME_MALFORMED')
})

test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, FIRST - 1, LAST + 1])('has no text: %d', (ms) => {
  expect(() => formatTime(ms)).toThrow(RangeError)
})
