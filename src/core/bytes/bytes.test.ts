import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyText } from '../../../test/support/any-text.ts'
import {
  ByteWriter,
  concatBytes,
  decodeHex,
  decodeUtf8,
  encodeHex,
  encodeUtf8,
  equalBytes,
  isUtf8,
  joinBytes,
} from './index.ts'

const bytes = fc.uint8Array({ maxLength: 64 })

describe('hexadecimal', () => {
  test('round trip, and the text is that of Node', () => {
    fc.assert(
      fc.property(bytes, (value) => {
        expect(encodeHex(value)).toBe(Buffer.from(value).toString('hex'))
        expect(decodeHex(encodeHex(value), { sizeBytes: value.length })).toEqual(value)
      }),
    )
  })

  test.each(['a', 'AB', '0x', 'ab ', 'g0', '0g', '0\uff11', '\u0660\u0660', '-1', 'ab\n'])('refuses %j', (text) => {
    expect(() => decodeHex(text)).toThrowCode('HEX_MALFORMED')
  })

  test('every changed character is refused or decodes to other bytes', () => {
    for (let at = 0; at < 4; at++) {
      for (let unit = 0; unit < 0x180; unit++) {
        const mutant = `${'09af'.slice(0, at)}${String.fromCharCode(unit)}${'09af'.slice(at + 1)}`
        if (mutant === '09af') continue
        if (/^[0-9a-f]{4}$/.test(mutant)) expect(decodeHex(mutant)).not.toEqual(decodeHex('09af'))
        else expect(() => decodeHex(mutant)).toThrowCode('HEX_MALFORMED')
      }
    }
  })

  test('another size than the one that was asked for', () => {
    expect(() => decodeHex('abcd', { sizeBytes: 1, at: '/x' })).toThrow(expect.objectContaining({ at: '/x' }))
  })
})

describe('UTF-8', () => {
  const fatal = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const accepts = (value: Uint8Array): boolean => {
    try {
      fatal.decode(value)
      return true
    } catch {
      return false
    }
  }

  test('texts round trip, and their bytes are those of TextEncoder', () => {
    fc.assert(
      fc.property(anyText(50), (text) => {
        expect(encodeUtf8(text)).toEqual(new TextEncoder().encode(text))
        expect(decodeUtf8(encodeUtf8(text))).toBe(text)
      }),
    )
    // Across the chunks in which text is put together, at every phase.
    for (const lead of ['', 'x', 'xy', 'é', 'éx']) {
      const text = `${lead}${'€𝄞é'.repeat(8192)}`
      expect(decodeUtf8(encodeUtf8(text)) === text).toBe(true)
    }
  })

  test('accepts exactly what a fatal TextDecoder accepts: overlong forms and surrogates are refused', () => {
    const interesting = fc.constantFrom(
      ...[0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf],
      ...[0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xf8, 0xff],
    )
    fc.assert(
      fc.property(fc.array(interesting, { maxLength: 6 }), (values) => {
        const value = Uint8Array.from(values)
        expect(isUtf8(value)).toBe(accepts(value))
        if (isUtf8(value)) {
          expect(decodeUtf8(value)).toBe(fatal.decode(value))
          expect(encodeUtf8(decodeUtf8(value))).toEqual(value)
        } else expect(() => decodeUtf8(value)).toThrowCode('UTF8_MALFORMED')
      }),
      { numRuns: 2000 },
    )
  })

  test('every first byte with every bound of the second one, whole and cut short', () => {
    for (let first = 0; first < 256; first++) {
      for (const second of [0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0]) {
        for (const tail of [[], [0x80], [0x80, 0x80], [0x80, 0xc0], [0xbf, 0xbf, 0x41]]) {
          const value = Uint8Array.of(first, second, ...tail)
          if (isUtf8(value) !== accepts(value)) expect.fail(Buffer.from(value).toString('hex'))
        }
      }
    }
  })

  test('a byte order mark is kept', () => {
    const marked = Uint8Array.of(0xef, 0xbb, 0xbf, 0x41)
    expect(decodeUtf8(marked)).toBe('\ufeffA')
    expect(encodeUtf8('\ufeffA')).toEqual(marked)
  })

  test('nothing is normalized: B4', () => {
    expect(encodeUtf8('\u00e9')).not.toEqual(encodeUtf8('e\u0301'))
  })

  test.each(['\ud800', '\udc00', 'a\ud800b', '\udc00\ud800', '\ud800\ud800\udc00'])('has none: %j', (text) => {
    expect(() => encodeUtf8(text)).toThrowCode('UTF8_MALFORMED')
  })

  test('the error tells the offset', () => {
    expect(() => decodeUtf8(Uint8Array.of(0x41, 0xc3, 0xa9, 0xed, 0xa0, 0x80))).toThrow(
      expect.objectContaining({ at: 'byte 3' }),
    )
  })
})

describe('joining and comparing', () => {
  test('any number of parts', () => {
    expect(concatBytes()).toEqual(new Uint8Array(0))
    expect(concatBytes(Uint8Array.of(1), new Uint8Array(0), Uint8Array.of(2, 3))).toEqual(Uint8Array.of(1, 2, 3))
    expect(joinBytes(new Array(500_000).fill(Uint8Array.of(7)))).toHaveLength(500_000)
  })

  test('equal is: same length, same bytes', () => {
    fc.assert(
      fc.property(bytes, bytes, (left, right) => {
        expect(equalBytes({ left, right })).toBe(Buffer.compare(left, right) === 0)
        expect(equalBytes({ left, right: left.slice() })).toBe(true)
      }),
    )
    expect(equalBytes({ left: Uint8Array.of(0), right: new Uint8Array(0) })).toBe(false)
  })
})

describe('ByteWriter', () => {
  test('integers are big-endian, what varies is preceded by its length, a tag ends in a newline', () => {
    const written = new ByteWriter(0)
      .tag('a b')
      .u8(255)
      .u32(0x01020304)
      .u64(2 ** 53 - 1)
      .u64(2n ** 64n - 1n)
    expect(encodeHex(written.finish())).toBe('6120620aff01020304001fffffffffffffffffffffffffffff')
    expect(encodeHex(new ByteWriter(1).text('é').prefixed(Uint8Array.of(9)).raw(Uint8Array.of(8)).finish())).toBe(
      '00000002c3a9000000010908',
    )
  })

  test('grows, and finish gives a copy', () => {
    const writer = new ByteWriter(1).raw(new Uint8Array(1000).fill(1))
    const first = writer.finish()
    writer.u8(2)
    expect([first.length, writer.sizeBytes, writer.finish()[1000]]).toEqual([1000, 1001, 2])
  })

  test('two sequences of variable parts differ wherever the parts do', () => {
    fc.assert(
      fc.property(bytes, bytes, bytes, bytes, (a, b, c, d) => {
        const left = new ByteWriter().prefixed(a).prefixed(b).finish()
        const right = new ByteWriter().prefixed(c).prefixed(d).finish()
        const same = equalBytes({ left: a, right: c }) && equalBytes({ left: b, right: d })
        expect(equalBytes({ left, right })).toBe(same)
      }),
    )
  })

  test.each<[string, (writer: ByteWriter) => void]>([
    ['u8 256', (writer) => writer.u8(256)],
    ['u8 -1', (writer) => writer.u8(-1)],
    ['u8 0.5', (writer) => writer.u8(0.5)],
    ['u32 2^32', (writer) => writer.u32(2 ** 32)],
    ['u64 -1', (writer) => writer.u64(-1n)],
    ['u64 2^64', (writer) => writer.u64(2n ** 64n)],
    ['u64 2^53 as a number', (writer) => writer.u64(2 ** 53)],
    ['tag with a newline', (writer) => writer.tag('a\n')],
    ['empty tag', (writer) => writer.tag('')],
  ])('refuses %s and writes nothing', (_, write) => {
    const writer = new ByteWriter()
    expect(() => write(writer)).toThrow(RangeError)
    expect(writer.sizeBytes).toBe(0)
  })

  test('half of a surrogate pair has no bytes', () => {
    expect(() => new ByteWriter().text('\ud800')).toThrowCode('UTF8_MALFORMED')
  })
})
