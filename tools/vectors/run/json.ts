/**
 * How this implementation runs a case of `json`.
 *
 * @module
 */
import { canonicalText, parseCanonicalJson, parseJson, scanJson } from '../../../src/core/json/index.ts'
import { bytesOfHex, bytesOfText, type Parts } from '../parts.ts'
import type { Value } from '../topic.ts'

export type JsonInput = {
  readonly operation: keyof typeof OPERATIONS
  /** Exactly one of the two. */
  readonly jsonText?: Parts
  readonly jsonHex?: Parts
}

export const OPERATIONS = {
  scan: 'Whether the bytes `jsonText` or `jsonHex` are strict JSON; `accept` is empty.',
  canonicalize: 'The canonical form of the strict JSON `jsonText` or `jsonHex`: `canonicalText`.',
  readCanonical: 'Whether `jsonText` or `jsonHex` is strict JSON in canonical form already; `accept` is empty.',
}

export const runJson = ({ operation, jsonText, jsonHex = '' }: JsonInput): Value => {
  const input = jsonText === undefined ? bytesOfHex(jsonHex) : bytesOfText(jsonText)
  switch (operation) {
    case 'scan':
      scanJson(input)
      return {}
    case 'canonicalize':
      return { canonicalText: canonicalText(parseJson(input)) }
    case 'readCanonical':
      parseCanonicalJson(input)
      return {}
  }
}
