/**
 * Vectors of the forms that values have in every document: `docs/spec/json.md`, "Documents". Expectations by hand.
 *
 * @module
 */
import type { ErrorCode } from '../../src/core/errors.ts'
import type { Parts } from './parts.ts'
import { type DocumentRulesInput as In, OPERATIONS, runDocumentRules } from './run/document-rules.ts'
import type { Case, Topic, Value } from './topic.ts'

const accepts = (operation: In['operation'], name: string, jsonText: Parts, accept: Value, max?: number): Case<In> => ({
  name: `${SLUG[operation]}-${name}`,
  rule: 'docs/spec/json.md#documents',
  operation,
  jsonText,
  ...(max === undefined ? {} : { max }),
  accept,
})

const SLUG = {
  integer: 'integer',
  decimalString: 'decimal-string',
  digest: 'digest',
  bytes: 'bytes',
  time: 'time',
  text: 'text',
} as const

const refuses = (
  operation: In['operation'],
  name: string,
  jsonText: Parts,
  { max, code = 'SCHEMA_MISMATCH' }: { readonly max?: number; readonly code?: ErrorCode } = {},
): Case<In> => ({
  name: `${SLUG[operation]}-${name}`,
  rule: 'docs/spec/json.md#documents',
  operation,
  jsonText,
  ...(max === undefined ? {} : { max }),
  reject: code,
})

const DIGEST = '0123456789abcdef'.repeat(4)

export const documentRules: Topic<In> = {
  topic: 'document-rules',
  spec: 'docs/spec/json.md',
  about:
    'One value of a document, as the JSON `jsonText`, read as the operation says. Where a document has a code of its ' +
    "own, that takes the place of SCHEMA_MISMATCH; missing and unknown members are in the documents' own topics.",
  operations: OPERATIONS,
  cases: [
    accepts('integer', 'zero', '0', { value: '0' }),
    accepts('integer', 'largest', '9007199254740991', { value: '9007199254740991' }),
    accepts('integer', 'at-its-bound', '9', { value: '9' }, 9),
    refuses('integer', 'above-its-bound', '10', { max: 9 }),
    refuses('integer', '2-to-the-53', '9007199254740992'),
    refuses('integer', 'that-a-double-rounds', '9007199254740993'),
    refuses('integer', 'of-a-thousand-digits', [{ repeat: '1', times: 1000 }]),
    refuses('integer', 'negative', '-1'),
    refuses('integer', 'minus-zero', '-0'),
    refuses('integer', 'with-a-fraction', '1.0'),
    refuses('integer', 'with-an-exponent', '1e2'),
    refuses('integer', 'as-text', '"1"'),
    refuses('integer', 'null', 'null'),
    refuses('integer', 'true', 'true'),
    accepts('decimalString', 'zero', '"0"', { value: '0' }),
    accepts('decimalString', 'largest', '"9223372036854775807"', { value: '9223372036854775807' }),
    refuses('decimalString', '2-to-the-63', '"9223372036854775808"'),
    refuses('decimalString', '2-to-the-64', '"18446744073709551616"'),
    refuses('decimalString', 'of-a-thousand-digits', ['"', { repeat: '1', times: 1000 }, '"']),
    refuses('decimalString', 'empty', '""'),
    refuses('decimalString', 'leading-zero', '"01"'),
    refuses('decimalString', 'plus', '"+1"'),
    refuses('decimalString', 'minus', '"-1"'),
    refuses('decimalString', 'hexadecimal', '"0x10"'),
    refuses('decimalString', 'exponent', '"1e3"'),
    refuses('decimalString', 'space', '" 1"'),
    refuses('decimalString', 'newline', '"1\\n"'),
    refuses('decimalString', 'underscore', '"1_0"'),
    refuses('decimalString', 'other-digits', '"\u0661"'),
    refuses('decimalString', 'as-a-number', '1'),
    accepts('digest', 'of-64-digits', `"${DIGEST}"`, { hex: DIGEST }),
    refuses('digest', 'of-62-digits', `"${DIGEST.slice(2)}"`),
    refuses('digest', 'of-66-digits', `"${DIGEST}00"`),
    refuses('digest', 'in-capitals', `"${DIGEST.toUpperCase()}"`),
    refuses('digest', 'with-a-prefix', `"0x${DIGEST.slice(2)}"`),
    refuses('digest', 'in-base64', '"ASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4mrze8="'),
    accepts('bytes', 'in-base64', '"//4="', { bytesHex: 'fffe' }),
    refuses('bytes', 'with-trailing-bits', '"//5="'),
    refuses('bytes', 'in-base64url', '"__4="'),
    refuses('bytes', 'as-an-array', '[255,254]'),
    accepts('time', 'in-its-form', '"2026-01-01T00:00:00.000Z"', { time: '2026-01-01T00:00:00.000Z' }),
    refuses('time', 'in-another-form', '"2026-01-01T00:00:00Z"', { code: 'TIME_MALFORMED' }),
    refuses('time', 'as-a-number', '1767225600000'),
    accepts('text', 'counts-utf-16-units', '"\u{1f600}"', { length: 2 }, 2),
    accepts('text', 'counts-after-decoding', '"\\u0061"', { length: 1 }, 1),
    refuses('text', 'of-one-character-in-two-units', '"\u{1f600}"', { max: 1 }),
    refuses('text', 'not-normalized-before-counting', '"e\u0301"', { max: 1 }),
    refuses('text', 'null', 'null', { max: 1 }),
    refuses('text', 'as-a-number', '1', { max: 1 }),
  ],
  run: runDocumentRules,
}
