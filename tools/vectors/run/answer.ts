/**
 * How this implementation runs a case of `answer`.
 *
 * @module
 */

import { dialectById } from '../../../src/core/dialects/index.ts'
import { canonicalText } from '../../../src/core/json/index.ts'
import type { AnswerInput as In } from '../answers.ts'
import { bytesOfHex, bytesOfText, textOfBytes } from '../parts.ts'
import type { Value } from '../topic.ts'

export const runAnswer = ({ dialect, status, contentType, bodyText, bodyHex, countOnly }: In): Value => {
  const body = bodyHex === undefined ? bytesOfText(bodyText ?? '') : bytesOfHex(bodyHex)
  const cut = dialectById(dialect)?.cutResponse({ status, contentType, body })
  if (cut === undefined) throw new Error(`there is no dialect ${dialect}`)
  if (countOnly) return { toolCallCount: cut.toolCalls.length, shape: cut.shape }
  const { fingerprint, finishReasons, usage, shape } = cut
  return {
    outputs: cut.outputs.map(({ choice, text }) => ({ choice, text: textOfBytes(text) })),
    model: { ...cut.model },
    fingerprint,
    finishReasons,
    toolCalls: cut.toolCalls.map(({ arguments: bytes, ...call }) => ({ ...call, argumentsText: textOfBytes(bytes) })),
    usageText: usage === undefined ? undefined : canonicalText(usage),
    shape,
  }
}
