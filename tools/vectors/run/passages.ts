/**
 * How this implementation runs a case of `passages`.
 *
 * @module
 */

import { dialectFor, type RequestCut } from '../../../src/core/dialects/index.ts'
import { sha256 } from '../../../src/core/hash/index.ts'
import { locatePassages } from '../../../src/core/passages/index.ts'
import { type CutList, formatCutList, parseCutList } from '../../../src/core/spans/index.ts'
import { bytesOfText, type Parts, textOfBytes } from '../parts.ts'
import type { Value } from '../topic.ts'

type Name = { readonly label: string; readonly version?: string; readonly rank?: number }
/** A passage as the application names it. */
export type Named = (Name & { readonly text: string }) | (Name & { readonly sha256: string })

export type PassagesInput = {
  readonly operation: keyof typeof OPERATIONS
  readonly path: string
  readonly bodyText: Parts
  readonly cutListText?: string
  readonly passages?: readonly Named[]
}

export const OPERATIONS = {
  fates: 'What became of each of the `passages` of the cut list `cutListText`, in its order.',
  find: 'The cut list as `cutListText`, made of the `passages` as they are named: by `text`, or by `sha256` alone.',
}

export const runPassages = ({ operation, passages = [], cutListText = '[]', ...request }: PassagesInput): Value => {
  if (operation === 'fates') {
    const fates = cutRequest(request, parseCutList(bytesOfText(cutListText))).passages
    return { passages: fates.map((fate) => ({ ...fate })) }
  }
  const { leaves } = cutRequest(request, [])
  return { cutListText: textOfBytes(formatCutList(locatePassages({ leaves, passages, hash: sha256 }))) }
}

function cutRequest({ path, bodyText }: Pick<PassagesInput, 'path' | 'bodyText'>, cutList: CutList): RequestCut {
  const line = { method: 'POST', path }
  return dialectFor(line).cutRequest({ ...line, contentType: undefined, body: bytesOfText(bodyText), cutList })
}
