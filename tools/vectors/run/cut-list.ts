/**
 * How this implementation runs a case of `cut-list`.
 *
 * @module
 */

import { dialectById } from '../../../src/core/dialects/index.ts'
import { parseCutList } from '../../../src/core/spans/index.ts'
import { bytesOfText, type Parts } from '../parts.ts'
import type { Value } from '../topic.ts'

export type CutListInput = {
  readonly operation: keyof typeof OPERATIONS
  readonly cutListText: Parts
  readonly dialect?: string
  readonly contentType?: string
  readonly bodyText?: string
}

export const OPERATIONS = {
  read: 'The number of `passages` of the list `cutListText`, which is a leaf’s bytes.',
  apply: 'The number of `leaves` of the request’s body `bodyText`, cut by `dialect` with `cutListText`.',
}

export const runCutList = ({
  operation,
  cutListText,
  dialect = '',
  contentType,
  bodyText = '',
}: CutListInput): Value => {
  const cuts = parseCutList(bytesOfText(cutListText))
  if (operation === 'read') return { passages: cuts.length }
  const body = bytesOfText(bodyText)
  const request = { method: 'POST', path: '/v1/chat/completions', contentType, body, cutList: cuts }
  return { leaves: dialectById(dialect)?.cutRequest(request).leaves.length ?? 0 }
}
