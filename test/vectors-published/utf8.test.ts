import { describe, expect, test } from 'vitest'
import { decodeUtf8, encodeUtf8, isUtf8 } from '../../src/core/bytes/index.ts'
import { parseJson } from '../../src/core/json/index.ts'
import { describeVectors, readVectorText } from '../support/shared-vectors.ts'

interface Case {
  readonly number: string
  readonly valid: boolean
  readonly bytes: Uint8Array
}

/** `number:valid:text`, `number:valid hex:hex` or `number:invalid hex:hex:...` */
function readCases(text: string): Case[] {
  return text.split('\n').flatMap((line) => {
    const match = /^([0-9.]+):(valid|invalid)( hex)?:([^:]*)/.exec(line)
    if (match === null) return []
    const [, number = '', kind, hex, value = ''] = match
    const bytes = hex === undefined ? Buffer.from(value, 'latin1') : Buffer.from(value.replaceAll(' ', ''), 'hex')
    return [{ number, valid: kind === 'valid', bytes: Uint8Array.from(bytes) }]
  })
}

describeVectors('utf8tests', () => {
  const cases = readCases(readVectorText('utf8tests/utf8tests.txt'))
  const quoted = (bytes: Uint8Array): Uint8Array => Uint8Array.of(0x22, ...bytes, 0x22)

  describe('valid', () => {
    const valid = cases.filter((each) => each.valid)
    test('76 sequences are kept byte for byte', () => {
      expect(valid).toHaveLength(76)
      for (const { number, bytes } of valid) {
        expect([number, isUtf8(bytes), encodeUtf8(decodeUtf8(bytes))]).toEqual([number, true, bytes])
        // A control character may not stand in JSON as it is.
        if (bytes.every((byte) => byte >= 0x20)) expect(parseJson(quoted(bytes))).toBe(decodeUtf8(bytes))
      }
    })
  })

  describe('invalid', () => {
    const invalid = cases.filter((each) => !each.valid)
    test('140 sequences are refused, also inside JSON', () => {
      expect(invalid).toHaveLength(140)
      for (const { number, bytes } of invalid) {
        expect([number, isUtf8(bytes)]).toEqual([number, false])
        expect(() => decodeUtf8(bytes), number).toThrowCode('UTF8_MALFORMED')
        // Control characters are replaced, since they would be refused for what they are.
        const shown = quoted(bytes.map((byte) => Math.max(byte, 0x20)))
        expect(() => parseJson(shown), number).toThrowCode('UTF8_MALFORMED')
      }
    })
  })
})
