/**
 * Random texts for property tests: every kind of code point, none of them half of a surrogate pair. As fast-check's
 * `unit: 'binary'`, without the second that it takes to start.
 *
 * @module
 */
import fc from 'fast-check'

const codePoint = fc.oneof(
  fc.integer({ min: 0, max: 0x7f }),
  fc.integer({ min: 0x80, max: 0xd7ff }),
  fc.integer({ min: 0xe000, max: 0x10ffff }),
  fc.constantFrom(0, 0x22, 0x5c, 0x7f, 0x80, 0x7ff, 0x800, 0x2028, 0xd7ff, 0xe000, 0xfb33, 0xfeff, 0xffff, 0x10000),
)

/** Texts of at most `maxLength` code points. */
export const anyText = (maxLength = 30): fc.Arbitrary<string> =>
  fc.array(codePoint, { maxLength }).map((points) => String.fromCodePoint(...points))
