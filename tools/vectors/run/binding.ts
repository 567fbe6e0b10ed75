/**
 * How this implementation runs a case of `binding`.
 *
 * @module
 */
import { parseBindingStatement, runIdOf } from '../../../src/core/run/index.ts'
import { bytesOfText, type Parts } from '../parts.ts'
import type { Value } from '../topic.ts'

export type BindingInput = { readonly payloadText: Parts }

export const runBinding = ({ payloadText }: BindingInput): Value => ({
  runId: runIdOf(parseBindingStatement(bytesOfText(payloadText))),
})
