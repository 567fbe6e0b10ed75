/**
 * Vectors of `docs/spec/json.md`: strict JSON, its canonical form, and texts that must be in it. Expectations by hand.
 *
 * @module
 */
import type { ErrorCode } from '../../src/core/errors.ts'
import type { Parts } from './parts.ts'
import { type JsonInput as In, OPERATIONS, runJson } from './run/json.ts'
import type { Case, Topic } from './topic.ts'

const STRICT = 'docs/spec/json.md#strict-json'
const CANONICAL = 'docs/spec/json.md#canonical-form'
const DOCUMENTS = 'docs/spec/json.md#documents'

const refuse =
  (operation: In['operation'], rule: string) =>
  (reject: ErrorCode) =>
  (name: string, jsonText: Parts): Case<In> => ({ name, rule, operation, jsonText, reject })
const refuseScan = refuse('scan', STRICT)
const malformed = refuseScan('JSON_MALFORMED')
const lone = refuseScan('JSON_LONE_SURROGATE')
const duplicate = refuseScan('JSON_DUPLICATE_KEY')
const tooDeep = refuseScan('JSON_TOO_DEEP')
const tooLarge = refuseScan('JSON_TOO_LARGE')
const notCanonical = refuse('readCanonical', DOCUMENTS)('JSON_NOT_CANONICAL')

const scans = (name: string, jsonText: Parts): Case<In> => ({
  name,
  rule: STRICT,
  operation: 'scan',
  jsonText,
  accept: {},
})
const gives = (name: string, jsonText: Parts, canonical: Parts = jsonText): Case<In> => ({
  name,
  rule: CANONICAL,
  operation: 'canonicalize',
  jsonText,
  accept: { canonicalText: canonical },
})
const bytes = (name: string, jsonHex: string, reject: ErrorCode): Case<In> => ({
  name,
  rule: STRICT,
  operation: 'scan',
  jsonHex,
  reject,
})

const nested = (open: string, inside: string, close: string, times: number): Parts => [
  { repeat: open, times },
  inside,
  { repeat: close, times },
]

const GRAMMAR: readonly Case<In>[] = [
  scans('white-space-of-every-kind', ' \t\r\n[ 1 ,\t2 ]\n'),
  scans('a-value-that-is-no-container', 'null'),
  malformed('empty', ''),
  malformed('white-space-only', ' \n'),
  malformed('two-values', '1 2'),
  malformed('two-values-touching', '{}{}'),
  malformed('comma-after-the-last-element', '[1,]'),
  malformed('comma-after-the-last-member', '{"a":1,}'),
  malformed('comma-before-the-first-element', '[,1]'),
  malformed('comma-missing', '[1 2]'),
  malformed('comma-between-members-missing', '{"a":1 "b":2}'),
  malformed('colon-missing', '{"a" 1}'),
  malformed('value-missing', '{"a":}'),
  malformed('name-is-no-string', '{1:1}'),
  malformed('name-without-quotes', '{a:1}'),
  malformed('single-quotes', "{'a':1}"),
  malformed('array-left-open', '[1'),
  malformed('object-left-open', '{"a":1'),
  malformed('string-left-open', '"a'),
  malformed('closed-by-the-other-bracket', '[1}'),
  malformed('closed-twice', '[]]'),
  malformed('comment', '[1 /* one */]'),
  malformed('literal-in-capitals', 'True'),
  malformed('literal-cut', 'nul'),
  malformed('literal-too-long', 'nulll'),
  malformed('form-feed-as-white-space', '[1,\f2]'),
  malformed('no-break-space-as-white-space', '[1,\u00a02]'),
  malformed('byte-order-mark', '\ufeff{}'),
  bytes('nul-after-the-value', '7b7d00', 'JSON_MALFORMED'),
  bytes('utf-16', 'fffe7b007d00', 'JSON_MALFORMED'),
]

const NUMBER_TOKENS: readonly Case<In>[] = [
  scans('number-with-everything', '-10.50e+07'),
  scans('number-of-a-million-digits', [{ repeat: '7', times: 1_000_000 }]),
  ...[
    ['leading-zero', '01'],
    ['minus-leading-zero', '-01'],
    ['plus', '+1'],
    ['minus-alone', '-'],
    ['point-first', '.5'],
    ['point-last', '1.'],
    ['point-before-exponent', '1.e2'],
    ['exponent-empty', '1e'],
    ['exponent-sign-only', '1e+'],
    ['exponent-fraction', '1e1.5'],
    ['hexadecimal', '0x10'],
    ['nan', 'NaN'],
    ['infinity', '-Infinity'],
    ['underscore', '1_000'],
    ['fullwidth-digit', '\uff11'],
  ].map(([name, text]) => malformed(`number-${name}`, text as string)),
]

const STRINGS: readonly Case<In>[] = [
  scans('string-of-noncharacters', '"\uffff\\uffff"'),
  malformed('string-with-a-raw-tab', '"\t"'),
  malformed('string-with-a-raw-newline', '"\n"'),
  bytes('string-with-a-raw-nul', '220022', 'JSON_MALFORMED'),
  malformed('escape-unknown', '"\\x41"'),
  malformed('escape-in-capitals', '"\\U0041"'),
  malformed('escape-of-three-digits', '"\\u041"'),
  malformed('escape-with-another-digit', '"\\u00g1"'),
  malformed('escape-of-the-closing-quote', '"\\"'),
  bytes('utf8-cut-inside-a-string', '22e28222', 'UTF8_MALFORMED'),
  bytes('utf8-overlong-inside-a-string', '22c0af22', 'UTF8_MALFORMED'),
  bytes('utf8-surrogate-inside-a-string', '22eda08022', 'UTF8_MALFORMED'),
  bytes('utf8-surrogate-pair-inside-a-string', '22eda0bdedb88022', 'UTF8_MALFORMED'),
  bytes('utf8-malformed-inside-a-name', '7b22ff223a317d', 'UTF8_MALFORMED'),
  bytes('high-byte-outside-a-string', '5bff5d', 'JSON_MALFORMED'),
  lone('high-surrogate-alone', '"\\ud83d"'),
  lone('low-surrogate-alone', '"\\ude00"'),
  lone('surrogates-reversed', '"\\ude00\\ud83d"'),
  lone('high-surrogate-twice', '"\\ud83d\\ud83d\\ude00"'),
  lone('high-surrogate-before-a-letter', '"\\ud83da"'),
  lone('high-surrogate-before-another-escape', '"\\ud83d\\n"'),
  lone('high-surrogate-before-a-raw-character', '"\\ud83d\u{1f600}"'),
  lone('surrogate-alone-in-a-name', '{"\\ud83d":1}'),
]

const KEYS: readonly Case<In>[] = [
  scans('same-name-in-two-objects', '[{"a":1},{"a":2},{"b":{"b":3}}]'),
  scans('names-that-differ-by-case', '{"a":1,"A":2}'),
  scans('names-that-differ-by-normalization', '{"\u00e9":1,"e\u0301":2}'),
  scans('names-of-objects-in-javascript', '{"__proto__":1,"constructor":2,"toJSON":3,"hasOwnProperty":4}'),
  duplicate('duplicate-name', '{"model":"a","model":"b"}'),
  duplicate('duplicate-with-the-same-value', '{"a":1,"a":1}'),
  duplicate('duplicate-via-an-escape', '{"model":"a","\\u006dodel":"b"}'),
  duplicate('duplicate-via-a-short-escape', '{"a/b":1,"a\\/b":2}'),
  duplicate('duplicate-via-a-surrogate-pair', '{"\u{1f600}":1,"\\ud83d\\ude00":2}'),
  duplicate('duplicate-empty-name', '{"":1,"":2}'),
  duplicate('duplicate-proto', '{"__proto__":1,"__proto__":2}'),
  duplicate('duplicate-not-adjacent', '{"a":1,"b":{"a":2},"a":3}'),
  duplicate('duplicate-inside', '[0,{"x":[{"a":1,"a":2}]}]'),
]

const BOUNDS: readonly Case<In>[] = [
  scans('depth-128-of-arrays', nested('[', '', ']', 128)),
  scans('depth-128-of-objects', nested('{"a":', '1', '}', 128)),
  tooDeep('depth-129-of-arrays', nested('[', '', ']', 129)),
  tooDeep('depth-129-of-objects', nested('{"a":', '1', '}', 129)),
  tooDeep('depth-129-of-both', nested('[{"a":', '[]', '}]', 64)),
  tooDeep('depth-100000-of-arrays', nested('[', '', ']', 100_000)),
  scans('size-64-mib', ['"', { repeat: 'a', times: 67_108_862 }, '"']),
  tooLarge('size-64-mib-and-1-byte', ['"', { repeat: 'a', times: 67_108_863 }, '"']),
  scans('nodes-4000000', ['[0', { repeat: ',0', times: 3_999_998 }, ']']),
  tooLarge('nodes-4000001', ['[0', { repeat: ',0', times: 3_999_999 }, ']']),
  tooLarge('nodes-count-keys', ['[{"a":0}', { repeat: ',{"a":0}', times: 1_333_333 }, ']']),
]

const FORM: readonly Case<In>[] = [
  gives('form-white-space', ' { "a" : [ 1 , true , null ] }\n', '{"a":[1,true,null]}'),
  gives('form-sorted', '{"b":1,"a":{"d":2,"c":3}}', '{"a":{"c":3,"d":2},"b":1}'),
  gives('form-sorted-digits-as-text', '{"9":1,"10":2,"":3}', '{"":3,"10":2,"9":1}'),
  gives('form-sorted-by-utf-16', '{"\ufb33":1,"\u{1f600}":2}', '{"\u{1f600}":2,"\ufb33":1}'),
  gives('form-sorted-after-decoding', '{"b":1,"\\u0061":2}', '{"a":2,"b":1}'),
  gives('form-prefix-first', '{"ab":1,"a":2}', '{"a":2,"ab":1}'),
  gives('form-array-order-stays', '[3,1,2]'),
  gives('form-names-of-objects-in-javascript', '{"toJSON":1,"__proto__":{"x":2}}', '{"__proto__":{"x":2},"toJSON":1}'),
  gives('form-short-escapes', '"\\u0008\\u0009\\u000a\\u000c\\u000d\\u0022\\u005c"', '"\\b\\t\\n\\f\\r\\"\\\\"'),
  gives('form-long-escapes', '"\\u0000\\u000B\\u001F"', '"\\u0000\\u000b\\u001f"'),
  gives('form-no-needless-escape', '"\\u0041\\/\\u007f\\u20AC\\u2028"', '"A/\u007f\u20ac\u2028"'),
  gives('form-surrogate-pair', '"\\uD83D\\uDE00"', '"\u{1f600}"'),
  gives('form-byte-order-mark-inside', '"\\ufeff"', '"\ufeff"'),
  gives('form-decomposed-stays', '"e\\u0301"', '"e\u0301"'),
]

const NUMBERS: readonly Case<In>[] = [
  ...(
    [
      ['one', '1.0', '1'],
      ['one-by-exponent', '10e-1', '1'],
      ['tenth', '0.10', '0.1'],
      ['minus-zero', '-0', '0'],
      ['minus-zero-with-exponent', '-0.0E+7', '0'],
      ['trailing-zeros', '1000', '1000'],
      ['below-1e21', '1e20', '100000000000000000000'],
      ['from-1e21', '1000000000000000000000', '1e+21'],
      ['from-1e-6', '1e-6', '0.000001'],
      ['below-1e-6', '0.0000001', '1e-7'],
      ['2-to-the-53', '9007199254740992', '9007199254740992'],
      ['2-to-the-53-and-1', '9007199254740993', '9007199254740993e0'],
      ['negative-beyond-2-to-the-53', '-9007199254740993.0', '-9007199254740993e0'],
      ['shortest-digits-only', '0.30000000000000004', '0.30000000000000004'],
      ['exact-value-of-a-double', '0.1000000000000000055511151231257827', '1000000000000000055511151231257827e-34'],
      ['rfc-8785-would-round', '333333333.33333329', '33333333333333329e-8'],
      ['smallest-double', '5e-324', '5e-324'],
      ['near-the-smallest-double', '4.9e-324', '49e-325'],
      ['rounds-to-zero', '2e-324', '2e-324'],
      ['largest-double', '1.7976931348623157E308', '1.7976931348623157e+308'],
      ['beyond-the-largest-double', '1.7976931348623159e308', '17976931348623159e292'],
      ['far-beyond', '1e400', '1e400'],
      ['far-below', '-0.01E-400', '-1e-402'],
      ['text-of-a-double-that-is-not-exact', '9007199254740993000', '9007199254740993000'],
      ['trailing-zeros-of-digits-go', '12345678901234567890000', '1234567890123456789e4'],
      ['exponent-with-leading-zeros', '1e00400', '1e400'],
    ] as const
  ).map(([name, token, canonical]) => gives(`number-${name}`, token, canonical)),
  gives('number-exponent-of-1000-digits', ['1e', { repeat: '9', times: 1000 }]),
  gives('number-zero-whatever-its-exponent', ['0e', { repeat: '9', times: 1001 }], '0'),
  gives('number-leading-zeros-of-an-exponent-do-not-count', ['1e', { repeat: '0', times: 1001 }, '7'], '10000000'),
  refuse('canonicalize', CANONICAL)('JSON_NUMBER_RANGE')('number-exponent-of-1001-digits', [
    '1e',
    { repeat: '9', times: 1001 },
  ]),
  refuse('canonicalize', CANONICAL)('JSON_NUMBER_RANGE')('number-negative-exponent-of-1001-digits', [
    '-1e-',
    { repeat: '9', times: 1001 },
  ]),
  refuse('canonicalize', CANONICAL)('JSON_NUMBER_RANGE')('number-exponent-that-grows-to-1001-digits', [
    '10e',
    { repeat: '9', times: 1000 },
  ]),
  refuse('canonicalize', CANONICAL)('JSON_NUMBER_RANGE')('number-negative-exponent-that-grows-to-1001-digits', [
    '0.1e-',
    { repeat: '9', times: 1000 },
  ]),
]

const READ: readonly Case<In>[] = [
  {
    name: 'canonical-as-it-is',
    rule: DOCUMENTS,
    operation: 'readCanonical',
    jsonText: '{"a":[1,"\u20ac",true],"b":9007199254740993e0}',
    accept: {},
  },
  notCanonical('not-canonical-white-space', '{"a": 1}'),
  notCanonical('not-canonical-newline-after', '{"a":1}\n'),
  notCanonical('not-canonical-order', '{"b":1,"a":2}'),
  notCanonical('not-canonical-order-by-code-point', '{"\ufb33":1,"\u{1f600}":2}'),
  notCanonical('not-canonical-escaped-letter', '{"a":"\\u0041"}'),
  notCanonical('not-canonical-escaped-slash', '{"a":"\\/"}'),
  notCanonical('not-canonical-escape-in-capitals', '"\\u001F"'),
  notCanonical('not-canonical-long-escape-of-newline', '"\\u000a"'),
  notCanonical('not-canonical-escaped-pair', '"\\ud83d\\ude00"'),
  notCanonical('not-canonical-fraction-of-zero', '1.0'),
  notCanonical('not-canonical-minus-zero', '-0'),
  notCanonical('not-canonical-exponent-in-capitals', '1E+21'),
  notCanonical('not-canonical-exponent-without-plus', '1e21'),
  notCanonical('not-canonical-large-integer-as-rfc-8785', '9007199254740993'),
  notCanonical('not-canonical-exponent-zero-without-need', '1e0'),
]

export const json: Topic<In> = {
  topic: 'json',
  spec: 'docs/spec/json.md',
  about: 'Strict JSON with the default bounds, and its canonical form. Texts are read as bytes, by their UTF-8.',
  operations: OPERATIONS,
  cases: [...GRAMMAR, ...NUMBER_TOKENS, ...STRINGS, ...KEYS, ...BOUNDS, ...FORM, ...NUMBERS, ...READ],
  run: runJson,
}
