/**
 * Times in documents: RFC 3339 in UTC with exactly three decimals, `2026-01-31T00:00:00.000Z`. One text per moment, so
 * comparing texts compares times. Own calendar arithmetic (proleptic Gregorian, years 0000 to 9999), since the core
 * has no clock and `Date` parses more than this.
 *
 * @module
 */
import { ColophonError } from '../errors.ts'

const FORM = /^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})\.([0-9]{3})Z$/
const DAY_MS = 86_400_000
const MIN_MS = -62_167_219_200_000 // 0000-01-01T00:00:00.000Z
const MAX_MS = 253_402_300_799_999 // 9999-12-31T23:59:59.999Z

/**
 * Milliseconds since 1970-01-01T00:00:00.000Z. The 60th second of a leap second is refused, as no such count has it.
 *
 * @param options.at  where the text stands, for the error
 * @throws {ColophonError} TIME_MALFORMED
 */
export function parseTime(text: string, options: { readonly at?: string | undefined } = {}): number {
  const match = text.length === 24 ? FORM.exec(text) : null
  if (match === null) throw malformed('not of the form 2026-01-31T00:00:00.000Z', options.at)
  const [year, month, day, hour, minute, second, milliseconds] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  if (month < 1 || month > 12) throw malformed(`month is ${month}, want 1 to 12`, options.at)
  const days = daysInMonth(year, month)
  if (day < 1 || day > days) throw malformed(`day is ${day}, want 1 to ${days}`, options.at)
  if (hour > 23) throw malformed(`hour is ${hour}, want 0 to 23`, options.at)
  if (minute > 59) throw malformed(`minute is ${minute}, want 0 to 59`, options.at)
  if (second > 59) throw malformed(`second is ${second}, want 0 to 59`, options.at)
  return daysSinceEpoch(year, month, day) * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds
}

/**
 * The text of a moment.
 *
 * @param epochMs  whole milliseconds since 1970-01-01T00:00:00.000Z, in the years 0000 to 9999
 */
export function formatTime(epochMs: number): string {
  if (!Number.isInteger(epochMs) || epochMs < MIN_MS || epochMs > MAX_MS) {
    throw new RangeError('epochMs: want whole milliseconds in the years 0000 to 9999')
  }
  const days = Math.floor(epochMs / DAY_MS)
  const inDay = epochMs - days * DAY_MS
  const { year, month, day } = dateOf(days)
  const hour = Math.floor(inDay / 3_600_000)
  const minute = Math.floor(inDay / 60_000) % 60
  const second = Math.floor(inDay / 1000) % 60
  const date = `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`
  return `${date}T${padded(hour, 2)}:${padded(minute, 2)}:${padded(second, 2)}.${padded(inDay % 1000, 3)}Z`
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

// Both directions count in years that begin on 1 March and in eras of 400 years = 146,097 days, so that the leap day
// is the last day of its year. 719,468 days lie between 0000-03-01 and 1970-01-01.

function daysSinceEpoch(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

function dateOf(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096)
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365)
  const dayOfYear = dayOfEra - (yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day }
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0')
}

function malformed(message: string, at: string | undefined): ColophonError {
  return new ColophonError('TIME_MALFORMED', `time: ${message}`, at === undefined ? {} : { at })
}
