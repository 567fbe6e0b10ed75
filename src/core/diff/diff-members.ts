/**
 * Two JSON values, compared member by member: a tool's definition, a schema, a parameter that is an object.
 *
 * The order of members and white space say nothing, and are no difference. Two lists of one length are compared element by
 * element; of two that have not, nobody knows which element became which, so they are shown whole.
 *
 * @module
 */
import { appendPointer, canonicalText, type JsonValue } from '../json/index.ts'
import { diffTexts, type TextDiff } from './diff-texts.ts'
import type { WorkBudget } from './edit-script.ts'

export interface MemberChange {
  /** JSON Pointer, from the value on; empty for all of it. */
  readonly at: string
  /** In canonical form; undefined where it is not there. */
  readonly left: string | undefined
  readonly right: string | undefined
  /** Of two strings, what they say; of two lists, their canonical forms. */
  readonly text: TextDiff | undefined
}

interface Pair {
  readonly at: string
  readonly left: JsonValue | undefined
  readonly right: JsonValue | undefined
}

/** In the order of their names; empty where nothing differs. */
export function diffMembers(
  { left, right }: { readonly left: JsonValue; readonly right: JsonValue },
  budget: WorkBudget,
): readonly MemberChange[] {
  return changesOf({ at: '', left, right }, budget)
}

function changesOf(pair: Pair, budget: WorkBudget): readonly MemberChange[] {
  const inner = innerPairs(pair)
  if (inner !== undefined) return inner.flatMap((one) => changesOf(one, budget))
  const { at, left, right } = pair
  const texts = { left: formatted(left), right: formatted(right) }
  if (texts.left === texts.right) return []
  return [{ at, ...texts, text: textDiffOf(pair, budget) }]
}

const formatted = (value: JsonValue | undefined): string | undefined =>
  value === undefined ? undefined : canonicalText(value)

/** Undefined where the two are not compared by what is in them. */
function innerPairs({ at, left, right }: Pair): readonly Pair[] | undefined {
  if (left instanceof Map && right instanceof Map) {
    const names = [...new Set([...left.keys(), ...right.keys()])].sort()
    return names.map((name) => ({ at: appendPointer(at, name), left: left.get(name), right: right.get(name) }))
  }
  if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return undefined
  return left.map((element: JsonValue, index) => ({ at: `${at}/${index}`, left: element, right: right[index] }))
}

function textDiffOf({ left, right }: Pair, budget: WorkBudget): TextDiff | undefined {
  if (typeof left === 'string' && typeof right === 'string') return diffTexts({ left, right }, budget)
  if (!Array.isArray(left) || !Array.isArray(right)) return undefined
  return diffTexts({ left: canonicalText(left), right: canonicalText(right) }, budget)
}
