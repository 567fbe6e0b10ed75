/**
 * How this implementation runs a case of `answer`.
 *
 * @module
 */

import { dialectById } from '../../../src/core/dialects/index.ts'
import type { AnswerInput as In } from '../answers.ts'
import { bytesOfHex, bytesOfText, textOfBytes } from '../parts.ts'
import type { Value } from '../topic.ts'

export const runAnswer = ({ dialect, status, contentType, bodyText, bodyHex }: In): Value => {
  const body = bodyHex === undefined ? bytesOfText(bodyText ?? '') : bytesOfHex(bodyHex)
  const cut = dialectById(dialect)?.cutResponse({ status, contentType, body })
  if (cut === undefined) throw new Error(`there is no dialect ${dialect}`)
  const outputs = cut.outputs.map(({ choice, text }) => ({ choice, text: textOfBytes(text) }))
  return { outputs, model: { ...cut.model }, shape: cut.shape }
}
