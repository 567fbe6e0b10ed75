import { describe, expect, test } from 'vitest'
import { asFormat } from './as-format.ts'
import { ColophonError, ERROR_CODES, type ErrorCode } from './errors.ts'

describe('ColophonError', () => {
  test('says what, where and what to do; the hint is that of the registry where none is given', () => {
    const cause = new Error('underneath')
    const error = new ColophonError('HEX_MALFORMED', 'got x', { at: '/a', details: { byte: 3 }, cause })
    expect(error).toMatchObject({
      name: 'ColophonError',
      code: 'HEX_MALFORMED',
      message: 'got x',
      at: '/a',
      fatal: false,
      cause,
    })
    expect(error.hint).toBe(ERROR_CODES.HEX_MALFORMED.hint)
    expect(new ColophonError('USAGE', 'x', { hint: 'do this', fatal: true })).toMatchObject({
      hint: 'do this',
      fatal: true,
    })
    expect('cause' in new ColophonError('USAGE', 'x')).toBe(false)
  })

  test('is known across copies of the library, and nothing else is', () => {
    const error = new ColophonError('USAGE', 'x')
    const ofAnotherCopy = { [Symbol.for('colophon.error')]: true, code: 'USAGE' }
    expect([error, ofAnotherCopy].map((each) => ColophonError.is(each, 'USAGE'))).toEqual([true, true])
    expect(ColophonError.is(error, 'INTERNAL')).toBe(false)
    for (const other of [null, undefined, 'USAGE', new Error('USAGE'), { code: 'USAGE' }]) {
      expect(ColophonError.is(other)).toBe(false)
    }
  })

  test('every code has a meaning and a hint, each one sentence or more', () => {
    for (const [code, { meaning, hint }] of Object.entries(ERROR_CODES)) {
      expect([code, meaning]).toEqual([code, expect.stringMatching(/^[A-Z].*\.$/)])
      expect([code, hint]).toEqual([code, expect.stringMatching(/^[A-Z].*\.$/)])
    }
  })
})

describe('asFormat', () => {
  const fail = (code: ErrorCode, keep: readonly ErrorCode[] = []) =>
    asFormat({ code: 'DSSE_MALFORMED', keep }, () => {
      throw new ColophonError(code, 'the part', { at: '/a', details: { byte: 1 } })
    })

  test('an error of a part becomes one of the whole, with its message, place, details and cause', () => {
    expect(() => fail('HEX_MALFORMED')).toThrow(
      expect.objectContaining({
        code: 'DSSE_MALFORMED',
        message: 'the part',
        at: '/a',
        details: { byte: 1 },
        cause: expect.objectContaining({ code: 'HEX_MALFORMED' }),
      }),
    )
  })

  test('its own code, codes to keep and mistakes of ours pass as they are', () => {
    expect(() => fail('DSSE_MALFORMED')).toThrow(expect.objectContaining({ code: 'DSSE_MALFORMED', at: '/a' }))
    expect(() => fail('SIGNATURE_MALFORMED', ['SIGNATURE_MALFORMED'])).toThrowCode('SIGNATURE_MALFORMED')
    expect(() =>
      asFormat({ code: 'DSSE_MALFORMED' }, () => {
        throw new TypeError('ours')
      }),
    ).toThrow(TypeError)
    expect(asFormat({ code: 'DSSE_MALFORMED' }, () => 7)).toBe(7)
  })
})
