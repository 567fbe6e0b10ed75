/**
 * How two values of one component differ, where both are there to be read.
 *
 * @module
 */

import { encodeUtf8 } from '../bytes/index.ts'
import type { Encoding } from '../declaration/index.ts'
import { ColophonError } from '../errors.ts'
import { parseJson } from '../json/index.ts'
import { diffMembers, type MemberChange } from './diff-members.ts'
import { diffTexts, type TextDiff } from './diff-texts.ts'
import type { WorkBudget } from './edit-script.ts'

export type Detail =
  | ({ readonly kind: 'text' } & TextDiff)
  /** Of two JSON values. */
  | { readonly kind: 'members'; readonly members: readonly MemberChange[] }
  /** One is a text, and the other a JSON value: the text 0 and the number 0 look the same and are not. */
  | { readonly kind: 'encodings'; readonly left: Encoding; readonly right: Encoding }

export interface ReadableValue {
  readonly encoding: Encoding
  /** A text as it is, a JSON value in canonical form. */
  readonly text: string
}

export function detailOf(
  { left, right }: { readonly left: ReadableValue | undefined; readonly right: ReadableValue | undefined },
  budget: WorkBudget,
): Detail | undefined {
  if (left === undefined || right === undefined) return undefined
  if (left.encoding !== right.encoding) return { kind: 'encodings', left: left.encoding, right: right.encoding }
  return (
    (left.encoding === 'json' ? membersOf(left.text, right.text, budget) : undefined) ?? {
      kind: 'text',
      ...diffTexts({ left: left.text, right: right.text }, budget),
    }
  )
}

/** Undefined where one has no canonical form, because of a number in it: then they are two texts. */
function membersOf(left: string, right: string, budget: WorkBudget): Detail | undefined {
  try {
    const values = { left: parseJson(encodeUtf8(left)), right: parseJson(encodeUtf8(right)) }
    return { kind: 'members', members: diffMembers(values, budget) }
  } catch (error) {
    if (ColophonError.is(error)) return undefined
    throw error
  }
}
