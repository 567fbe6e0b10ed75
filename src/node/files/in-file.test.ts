import { describe, expect, test } from 'vitest'
import { ColophonError } from '../../core/errors.ts'
import { inFile, placeInFile } from './index.ts'

describe('inFile', () => {
  test('gives what the parser gives', () => {
    expect(inFile('a.json', () => 7)).toBe(7)
  })

  test('puts the file before the place of an error, and keeps the rest of it', () => {
    const fail = (): never => {
      throw new ColophonError('TRUST_POLICY_MALFORMED', 'no', { at: '/logs/0', hint: 'Look.', details: { got: 1 } })
    }
    const want = { code: 'TRUST_POLICY_MALFORMED', at: 'a.json: /logs/0', hint: 'Look.', details: { got: 1 } }
    expect(() => inFile('a.json', fail)).toThrow(expect.objectContaining(want))
  })

  test('leaves the errors of others alone', () => {
    const fail = (): never => {
      throw new TypeError('a mistake of ours')
    }
    expect(() => inFile('a.json', fail)).toThrow(TypeError)
  })
})

test.each([
  [undefined, 'f.yaml'],
  ['', 'f.yaml'],
  ['3:7', 'f.yaml:3:7'],
  ['byte 3', 'f.yaml: byte 3'],
  ['/logs/0', 'f.yaml: /logs/0'],
])('the place %j in a file is %s', (place, full) => {
  expect(placeInFile('f.yaml', place)).toBe(full)
})
