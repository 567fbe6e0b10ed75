/**
 * How this implementation runs a case of `record`.
 *
 * @module
 */
import { parseRunStatement } from '../../../src/core/run/index.ts'
import { bytesOfText, type Parts } from '../parts.ts'
import type { Value } from '../topic.ts'

export type RecordInput = { readonly payloadText: Parts }

export const runRecord = ({ payloadText }: RecordInput): Value => {
  const { runId, outputs } = parseRunStatement(bytesOfText(payloadText))
  return { runId, outputs: outputs.map(({ choice }) => choice) }
}
