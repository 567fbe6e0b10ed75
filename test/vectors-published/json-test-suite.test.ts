import { expect, test } from 'vitest'
import { ColophonError, type ErrorCode } from '../../src/core/errors.ts'
import { type JsonNumber, type JsonValue, parseJson } from '../../src/core/json/index.ts'
import { plainValue } from '../support/any-json.ts'
import { differencesIn } from '../support/published-vectors.ts'
import { describeVectors, listVectors, readVector } from '../support/shared-vectors.ts'

const FOLDER = 'jsontestsuite/test_parsing'

/** Valid JSON of RFC 8259 that we refuse, since it has two meanings (RFC 7493). */
const REFUSED: Readonly<Record<string, ErrorCode>> = {
  'y_object_duplicated_key.json': 'JSON_DUPLICATE_KEY',
  'y_object_duplicated_key_and_value.json': 'JSON_DUPLICATE_KEY',
}

const outcome = (bytes: Uint8Array): ErrorCode | 'accepted' => {
  try {
    parseJson(bytes)
    return 'accepted'
  } catch (error) {
    if (ColophonError.is(error)) return error.code
    throw error
  }
}

describeVectors('jsontestsuite', () => {
  const names = listVectors(FOLDER)
  const startingWith = (start: string) => names.filter((name) => name.startsWith(start))

  test('y_: accepted, with the values of JSON.parse', () => {
    expect(startingWith('y_').length).toBeGreaterThan(90)
    expect(Object.keys(REFUSED)).toEqual(differencesIn('jsontestsuite'))
    for (const name of startingWith('y_')) {
      const bytes = readVector(`${FOLDER}/${name}`)
      expect([name, outcome(bytes)]).toEqual([name, REFUSED[name] ?? 'accepted'])
      if (REFUSED[name] === undefined)
        expect(plainValue(parseJson(bytes))).toEqual(JSON.parse(Buffer.from(bytes).toString()))
    }
  })

  test('n_: refused', () => {
    expect(startingWith('n_').length).toBeGreaterThan(180)
    expect(startingWith('n_').filter((name) => outcome(readVector(`${FOLDER}/${name}`)) === 'accepted')).toEqual([])
  })

  test('i_: free, but coded where refused; what is not UTF-8 or half a surrogate pair is refused', () => {
    for (const name of startingWith('i_')) {
      const code = outcome(readVector(`${FOLDER}/${name}`))
      if (/surrogate|_utf-?8|overlong|not_in_unicode/i.test(name) && !name.includes('noncharacter')) {
        expect([name, code]).not.toEqual([name, 'accepted'])
      }
    }
  })

  test('test_transform: number tokens are kept, duplicate keys and lone surrogates refused', () => {
    for (const name of listVectors('jsontestsuite/test_transform')) {
      const bytes = readVector(`jsontestsuite/test_transform/${name}`)
      const code = outcome(bytes)
      if (name.startsWith('number_')) {
        const [value] = parseJson(bytes) as JsonValue[]
        expect(`[${(value as JsonNumber).token}]`).toBe(Buffer.from(bytes).toString().trim())
      } else if (name.startsWith('object_same_key')) expect(code).toBe('JSON_DUPLICATE_KEY')
      else if (name.includes('invalid_codepoint')) expect([name, code]).not.toEqual([name, 'accepted'])
      else expect([name, code]).toEqual([name, 'accepted'])
    }
  })
})
