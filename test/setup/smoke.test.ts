import { expect, test } from 'vitest'
import { ColophonError } from '../../src/core/errors.ts'

test('toThrowCode tells codes apart', () => {
  const fail = () => {
    throw new ColophonError('HEX_MALFORMED', 'x')
  }
  expect(fail).toThrowCode('HEX_MALFORMED')
  expect(fail).not.toThrowCode('UTF8_MALFORMED')
  expect(() => 1).not.toThrowCode('HEX_MALFORMED')
})
