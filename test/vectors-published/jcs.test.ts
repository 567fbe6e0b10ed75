import { describe, expect, test } from 'vitest'
import {
  canonicalize,
  canonicalNumber,
  canonicalText,
  parseCanonicalJson,
  parseJson,
} from '../../src/core/json/index.ts'
import { ownNumberHashes, publishedNumberHashes } from '../support/number-hashes.ts'
import { differencesIn } from '../support/published-vectors.ts'
import { describeVectors, listVectors, readVector, readVectorJson, readVectorText } from '../support/shared-vectors.ts'

/**
 * Where a number of the input is not what a double holds, RFC 8785 rounds it, and we keep its exact value: documented in
 * `canonicalNumber`. Given as a double it is written as RFC 8785 says.
 */
const EXACT_NUMBERS = new Map([['values.json', ['333333333.3333333', '33333333333333329e-8']]])

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString()

for (const folder of ['jcs-cyberphone', 'jcs-erdtman'] as const) {
  describeVectors(folder, () => {
    test('what differs is what the table says', () => {
      expect([...EXACT_NUMBERS.keys()]).toEqual(differencesIn(folder))
      for (const name of EXACT_NUMBERS.keys()) {
        const own = text(canonicalize(parseJson(readVector(`${folder}/input/${name}`))))
        expect(own).not.toBe(readVectorText(`${folder}/output/${name}`).trimEnd())
      }
    })

    test.each(listVectors(`${folder}/input`))('%s', (name) => {
      // One of the files ends in a newline, which no canonical text does.
      const output = readVectorText(`${folder}/output/${name}`).trimEnd()
      expect(text(canonicalize(JSON.parse(readVectorText(`${folder}/input/${name}`))))).toBe(output)

      const [rounded = '', exact = ''] = EXACT_NUMBERS.get(name) ?? []
      const own = canonicalize(parseJson(readVector(`${folder}/input/${name}`)))
      expect(text(own)).toBe(output.replace(rounded, exact))
      expect(canonicalize(parseCanonicalJson(own))).toEqual(own)
    })
  })
}

describeVectors('jcs-cyberphone', () => {
  test('outhex says the same as output', () => {
    for (const name of listVectors('jcs-cyberphone/input')) {
      const hex = readVectorText(`jcs-cyberphone/outhex/${name.replace('.json', '.txt')}`)
      expect(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex')).toEqual(
        Buffer.from(readVector(`jcs-cyberphone/output/${name}`)),
      )
    }
  })

  test('10,000 doubles are written as ECMAScript does, and their texts stand for themselves', () => {
    const lines = readVectorText('jcs-cyberphone/es6-numbers-10000.txt').trimEnd().split('\n')
    expect(lines).toHaveLength(10_000)
    const view = new DataView(new ArrayBuffer(8))
    for (const line of lines) {
      const [bits, written = ''] = line.split(',')
      view.setBigUint64(0, BigInt(`0x${bits}`))
      if (canonicalText(view.getFloat64(0)) !== written) expect.fail(line)
      if (canonicalNumber(written) !== written) expect.fail(line)
    }
  })

  test('the first thousand, and so on to a million, have the published hashes', () => {
    const published = publishedNumberHashes({ maxLines: 1_000_000 })
    expect(published.map(({ lines }) => lines)).toEqual([1_000, 10_000, 100_000, 1_000_000])
    expect(ownNumberHashes(published.map(({ lines }) => lines))).toEqual(published)
  })
})

describeVectors('jcs-negative', () => {
  interface Vector {
    readonly id: string
    readonly json_ascii?: string
    readonly hex?: string
    readonly expect: 'accept' | 'reject'
    readonly canonical_hex?: string
  }
  const vectors = readVectorJson<Vector[]>('jcs-negative/vectors.json')
  const bytesOf = ({ json_ascii, hex }: Vector): Uint8Array =>
    Uint8Array.from(json_ascii === undefined ? Buffer.from(hex as string, 'hex') : Buffer.from(json_ascii, 'latin1'))

  describe('refused', () => {
    test.each(vectors.filter((vector) => vector.expect === 'reject'))('$id', (vector) => {
      const code = vector.id.startsWith('invalid-utf8') ? 'UTF8_MALFORMED' : 'JSON_LONE_SURROGATE'
      expect(() => parseJson(bytesOf(vector))).toThrowCode(code)
    })
    // Those that reach a canonicalizer as strings.
    test.each(vectors.filter(({ json_ascii }) => json_ascii?.includes('uD')))('$id, as a value', ({ json_ascii }) => {
      expect(() => canonicalize(JSON.parse(json_ascii as string))).toThrowCode('JSON_LONE_SURROGATE')
    })
  })

  test.each(vectors.filter((vector) => vector.expect === 'accept'))('accepted: $id', (vector) => {
    expect(Buffer.from(canonicalize(parseJson(bytesOf(vector)))).toString('hex')).toBe(vector.canonical_hex)
  })
})
