/**
 * Vectors of `docs/spec/encoding.md`. Expectations by hand, by Node's Buffer and, for times, by its Date.
 *
 * @module
 */
import type { Parts } from './parts.ts'
import { type EncodingInput as In, OPERATIONS, runEncoding } from './run/encoding.ts'
import { type Case, type Expectation, no, type Topic, yes } from './topic.ts'

/** A case of one operation on a text. */
const onText =
  (operation: In['operation'], rule: string) =>
  (name: string, inputText: Parts, expectation: Expectation, more: Partial<In> = {}): Case<In> => ({
    name,
    rule,
    operation,
    inputText,
    ...more,
    ...expectation,
  })

const hex = onText('decodeHex', 'docs/spec/encoding.md#hexadecimal')
const notHex = no('HEX_MALFORMED')

const HEX: readonly Case<In>[] = [
  hex('hex-empty', '', yes({ bytesHex: '' })),
  hex('hex-every-digit', '0123456789abcdef', yes({ bytesHex: '0123456789abcdef' })),
  hex('hex-of-the-given-length', 'ff00', yes({ bytesHex: 'ff00' }), { sizeBytes: 2 }),
  hex('hex-shorter-than-the-given-length', 'ff', notHex, { sizeBytes: 2 }),
  hex('hex-longer-than-the-given-length', 'ff0000', notHex, { sizeBytes: 2 }),
  hex('hex-uppercase', 'FF', notHex),
  hex('hex-mixed-case', 'fF', notHex),
  hex('hex-odd', 'fff', notHex),
  hex('hex-prefix', '0xff', notHex),
  hex('hex-space-before', ' ff0', notHex),
  hex('hex-newline-after', 'ff0\n', notHex),
  hex('hex-colon', 'ff:0', notHex),
  hex('hex-letter-g', 'fg', notHex),
  hex('hex-sign', '-1', notHex),
  hex('hex-fullwidth-digits', '\uff11\uff12', notHex),
]

const base64 = onText('decodeBase64', 'docs/spec/encoding.md#base64')
const notBase64 = no('BASE64_MALFORMED')

const BASE64: readonly Case<In>[] = [
  base64('base64-empty', '', yes({ bytesHex: '' })),
  base64('base64-two-pads', 'Zg==', yes({ bytesHex: '66' })),
  base64('base64-one-pad', 'Zm8=', yes({ bytesHex: '666f' })),
  base64('base64-no-pad', 'Zm9v', yes({ bytesHex: '666f6f' })),
  base64('base64-plus-and-slash', '//4+', yes({ bytesHex: 'fffe3e' })),
  base64('base64-url-alphabet', '__4-', notBase64),
  base64('base64-padding-missing', 'Zg', notBase64),
  base64('base64-padding-half', 'Zg=', notBase64),
  base64('base64-padding-superfluous', 'Zm9v====', notBase64),
  base64('base64-padding-alone', '====', notBase64),
  base64('base64-three-pads', 'Z===', notBase64),
  base64('base64-padding-inside', 'Zg==Zg==', notBase64),
  base64('base64-trailing-bits-two-pads', 'Zh==', notBase64),
  base64('base64-trailing-bits-one-pad', 'Zm9=', notBase64),
  base64('base64-one-character', 'Z', notBase64),
  base64('base64-space', 'Zm 9', notBase64),
  base64('base64-newline-after', 'Zm9v\n', notBase64),
  base64('base64-newline-within', 'Zm9v\r\nZm8', notBase64),
  base64('base64-star', 'Zm9*', notBase64),
  base64('base64-character-above-ascii', 'Zm9\u00e9', notBase64),
  base64('base64-of-another-length', 'Zm9v', notBase64, { sizeBytes: 2 }),
]

const UTF8_RULE = 'docs/spec/encoding.md#utf-8'

const utf8 = (name: string, inputHex: string, codePoints: readonly number[]): Case<In> => ({
  name,
  rule: UTF8_RULE,
  operation: 'decodeUtf8',
  inputHex,
  accept: { text: String.fromCodePoint(...codePoints), codePoints },
})
const notUtf8 = (name: string, inputHex: string): Case<In> => ({
  name,
  rule: UTF8_RULE,
  operation: 'decodeUtf8',
  inputHex,
  reject: 'UTF8_MALFORMED',
})
const units = (name: string, codeUnits: readonly number[], expectation: Expectation): Case<In> => ({
  name,
  rule: UTF8_RULE,
  operation: 'encodeUtf8',
  codeUnits,
  ...expectation,
})

const UTF8: readonly Case<In>[] = [
  utf8('utf8-last-of-one-byte', '7f', [0x7f]),
  utf8('utf8-first-and-last-of-two-bytes', 'c280dfbf', [0x80, 0x7ff]),
  utf8('utf8-first-of-three-bytes', 'e0a080', [0x800]),
  utf8('utf8-around-the-surrogates', 'ed9fbfee8080', [0xd7ff, 0xe000]),
  utf8('utf8-first-and-last-of-four-bytes', 'f0908080f48fbfbf', [0x10000, 0x10ffff]),
  utf8('utf8-noncharacter', 'efbfbf', [0xffff]),
  utf8('utf8-byte-order-mark-stays', 'efbbbf61', [0xfeff, 0x61]),
  utf8('utf8-composed', 'c3a9', [0xe9]),
  utf8('utf8-decomposed-stays', '65cc81', [0x65, 0x301]),
  utf8('utf8-replacement-character-itself', 'efbfbd', [0xfffd]),
  notUtf8('utf8-continuation-alone', '80'),
  notUtf8('utf8-two-bytes-cut', 'c3'),
  notUtf8('utf8-three-bytes-cut', 'e282'),
  notUtf8('utf8-four-bytes-cut', 'f09f98'),
  notUtf8('utf8-cut-by-a-letter', 'e28241'),
  notUtf8('utf8-overlong-two-bytes', 'c0af'),
  notUtf8('utf8-overlong-nul', 'c080'),
  notUtf8('utf8-overlong-three-bytes', 'e09fbf'),
  notUtf8('utf8-overlong-four-bytes', 'f08fbfbf'),
  notUtf8('utf8-high-surrogate', 'eda080'),
  notUtf8('utf8-surrogate-pair', 'eda0bdedb880'),
  notUtf8('utf8-above-10ffff', 'f4908080'),
  notUtf8('utf8-five-bytes', 'f888808080'),
  notUtf8('utf8-byte-fe', 'fe'),
  notUtf8('utf8-byte-ff', 'ff'),
  units('utf16-pair', [0xd83d, 0xde00], yes({ bytesHex: 'f09f9880' })),
  units('utf16-high-half-alone', [0xd83d], no('UTF8_MALFORMED')),
  units('utf16-low-half-alone', [0xde00, 0x61], no('UTF8_MALFORMED')),
  units('utf16-halves-reversed', [0xde00, 0xd83d], no('UTF8_MALFORMED')),
]

const TIME_RULE = 'docs/spec/encoding.md#times'
const notTime = no('TIME_MALFORMED')
const onTime = onText('readTime', TIME_RULE)
const time = (name: string, text: string): Case<In> => onTime(name, text, yes({ epochMs: new Date(text).getTime() }))
const noTime = (name: string, text: string): Case<In> => onTime(name, text, notTime)

const TIMES: readonly Case<In>[] = [
  time('time-epoch', '1970-01-01T00:00:00.000Z'),
  time('time-of-the-example', '2026-01-01T00:00:00.000Z'),
  time('time-first', '0000-01-01T00:00:00.000Z'),
  time('time-last', '9999-12-31T23:59:59.999Z'),
  time('time-leap-day-of-2024', '2024-02-29T12:34:56.789Z'),
  time('time-leap-day-of-2000', '2000-02-29T00:00:00.000Z'),
  time('time-before-1970', '1969-12-31T23:59:59.999Z'),
  noTime('time-leap-day-of-2023', '2023-02-29T00:00:00.000Z'),
  noTime('time-leap-day-of-1900', '1900-02-29T00:00:00.000Z'),
  noTime('time-31-april', '2026-04-31T00:00:00.000Z'),
  noTime('time-day-0', '2026-01-00T00:00:00.000Z'),
  noTime('time-month-0', '2026-00-01T00:00:00.000Z'),
  noTime('time-month-13', '2026-13-01T00:00:00.000Z'),
  noTime('time-hour-24', '2026-01-01T24:00:00.000Z'),
  noTime('time-minute-60', '2026-01-01T00:60:00.000Z'),
  noTime('time-leap-second', '2016-12-31T23:59:60.000Z'),
  noTime('time-without-decimals', '2026-01-01T00:00:00Z'),
  noTime('time-two-decimals', '2026-01-01T00:00:00.00Z'),
  noTime('time-six-decimals', '2026-01-01T00:00:00.000000Z'),
  noTime('time-offset-zero', '2026-01-01T00:00:00.000+00:00'),
  noTime('time-offset', '2026-01-01T01:00:00.000+01:00'),
  noTime('time-without-zone', '2026-01-01T00:00:00.000'),
  noTime('time-small-t', '2026-01-01t00:00:00.000Z'),
  noTime('time-small-z', '2026-01-01T00:00:00.000z'),
  noTime('time-space', '2026-01-01 00:00:00.000Z'),
  noTime('time-comma', '2026-01-01T00:00:00,000Z'),
  noTime('time-date-only', '2026-01-01'),
  noTime('time-five-digit-year', '12026-01-01T00:00:00.000Z'),
  noTime('time-negative-year', '-0001-01-01T00:00:00.000Z'),
  noTime('time-space-after', '2026-01-01T00:00:00.000Z '),
  noTime('time-newline-after', '2026-01-01T00:00:00.000Z\n'),
  noTime('time-fullwidth-digit', '202\uff16-01-01T00:00:00.000Z'),
  noTime('time-empty', ''),
]

const NOTATION = 'docs/spec/encoding.md#notation'

const LAYOUT: readonly Case<In>[] = [
  {
    name: 'tag-of-a-leaf',
    rule: 'docs/spec/encoding.md#domain-tags',
    operation: 'writeTag',
    inputText: 'colophon/leaf/v1',
    accept: { bytesHex: '636f6c6f70686f6e2f6c6561662f76310a' },
  },
  {
    name: 'lp-empty',
    rule: NOTATION,
    operation: 'writeLengthPrefixed',
    inputHex: '',
    accept: { bytesHex: '00000000' },
  },
  {
    name: 'lp-counts-bytes-not-characters',
    rule: NOTATION,
    operation: 'writeLengthPrefixed',
    inputHex: 'c3a9',
    accept: { bytesHex: '00000002c3a9' },
  },
  {
    name: 'lp-of-300-bytes',
    rule: NOTATION,
    operation: 'writeLengthPrefixed',
    inputHex: [{ repeat: 'ab', times: 300 }],
    accept: { bytesHex: `0000012c${'ab'.repeat(300)}` },
  },
  { name: 'u32-big-endian', rule: NOTATION, operation: 'writeU32', value: '66051', accept: { bytesHex: '00010203' } },
  {
    name: 'u64-above-2-to-the-53',
    rule: NOTATION,
    operation: 'writeU64',
    value: '9007199254740993',
    accept: { bytesHex: '0020000000000001' },
  },
]

export const encoding: Topic<In> = {
  topic: 'encoding',
  spec: 'docs/spec/encoding.md',
  about: 'The text forms of bytes and times, UTF-8, and the layouts that are hashed.',
  operations: OPERATIONS,
  cases: [...HEX, ...BASE64, ...UTF8, ...TIMES, ...LAYOUT],
  run: runEncoding,
}
