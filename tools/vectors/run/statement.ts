/**
 * How this implementation runs a case of `statement`.
 *
 * @module
 */
import { parseStatement } from '../../../src/core/intoto/index.ts'
import { canonicalText } from '../../../src/core/json/index.ts'
import { bytesOfText, type Parts } from '../parts.ts'
import type { Value } from '../topic.ts'

export type StatementInput = { readonly payloadText: Parts; readonly predicateType: string }

export const runStatement = ({ payloadText, predicateType }: StatementInput): Value => {
  const { subjects, predicate } = parseStatement(bytesOfText(payloadText), { predicateType })
  return { subjects: subjects.map(({ name, sha256 }) => ({ name, sha256 })), predicateText: canonicalText(predicate) }
}
