/**
 * How this implementation runs a case of `document-rules`.
 *
 * @module
 */
import {
  type Located,
  parseJson,
  readBase64,
  readDecimalString,
  readHex,
  readInteger,
  readString,
  readTime,
} from '../../../src/core/json/index.ts'
import { bytesOfText, hexOf, type Parts } from '../parts.ts'
import type { Value } from '../topic.ts'

export type DocumentRulesInput = {
  readonly operation: keyof typeof OPERATIONS
  readonly jsonText: Parts
  readonly max?: number
}

export const OPERATIONS = {
  integer: 'An integer from 0 to `max`, or to 2^53 - 1: `value`, a decimal string.',
  decimalString: 'A decimal string: `value`.',
  digest: 'A digest or id: `hex`.',
  bytes: 'Base64 in a document: `bytesHex`.',
  time: 'A time in a document: `time`.',
  text: 'A string of at most `max` characters: `length`, how many it has.',
}

export const runDocumentRules = ({ operation, jsonText, max }: DocumentRulesInput): Value => {
  const located: Located = { value: parseJson(bytesOfText(jsonText)), at: '' }
  const bound = max === undefined ? {} : { max }
  switch (operation) {
    case 'integer':
      return { value: String(readInteger(located, bound)) }
    case 'decimalString':
      return { value: String(readDecimalString(located)) }
    case 'digest':
      return { hex: readHex(located, 32) }
    case 'bytes':
      return { bytesHex: hexOf(readBase64(located)) }
    case 'time':
      return { time: readTime(located) }
    case 'text':
      return { length: readString(located, bound).length }
  }
}
