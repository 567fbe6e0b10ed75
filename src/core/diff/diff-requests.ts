/**
 * What two runs sent differently under one role, as far as it can be told.
 *
 * Of a request that is not wholly disclosed nothing is compared. Where both runs kept their declarations, by the issuer's
 * word at least, a role that a declaration fixes or forbids was sent as declared, so that comparing what was declared is
 * enough; what filled a slot cannot be told.
 *
 * @module
 */
import type { DeclaredRole } from '../declaration/index.ts'
import type { DisclosedPart, DisclosedRequest } from '../explain/index.ts'
import type { Role } from '../roles/index.ts'
import { detailOf } from './detail.ts'
import type { Difference, Need, Untold } from './difference.ts'
import type { WorkBudget } from './edit-script.ts'

export interface RequestDiff {
  readonly differences: readonly Difference[]
  readonly untold: readonly Untold[]
}

export interface RequestSides {
  readonly role: Role
  /** Undefined where it is not wholly disclosed. */
  readonly left: DisclosedRequest | undefined
  readonly right: DisclosedRequest | undefined
  /** Why not all of the role stands in the requests, if so. */
  readonly hidden: string | undefined
  /** What was declared on either side; undefined where a run was not bound, or broke its declaration. */
  readonly kept: readonly DeclaredRole[] | undefined
}

export function diffRequests({ role, left, right, hidden, kept }: RequestSides, budget: WorkBudget): RequestDiff {
  if (left === undefined || right === undefined) {
    if (kept?.every(isSettled) === true) return { differences: [], untold: [] }
    const closed = [
      ...(left === undefined ? ['left' as const] : []),
      ...(right === undefined ? ['right' as const] : []),
    ]
    const needs = closed.map((side): Need => ({ side, open: 'request' }))
    const reason = 'the request is not wholly disclosed on both sides'
    return { differences: [], untold: [{ role, name: undefined, reason, needs }] }
  }
  const before = partsOf(left, role)
  const after = partsOf(right, role)
  const differences: Difference[] = []
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [one, other] = [before.get(key), after.get(key)]
    if (one?.text === other?.text && one?.encoding === other?.encoding) continue
    const texts = { left: one?.text, right: other?.text }
    const detail = detailOf({ left: one, right: other }, budget)
    differences.push({ role, name: (one ?? other)?.name, in: 'request', ...texts, detail, needs: [] })
  }
  return { differences, untold: hidden === undefined ? [] : [{ role, name: undefined, reason: hidden, needs: [] }] }
}

/** Whether a declaration leaves a run no choice. */
function isSettled(declared: DeclaredRole): boolean {
  if (declared.state !== 'fixed') return declared.state === 'absent'
  return declared.allow === undefined && declared.components.every((one) => 'digest' in one && !one.optional)
}

/** By name, and where several have one, by their place among them: none stands for another. */
function partsOf({ parts }: DisclosedRequest, role: Role): Map<string, DisclosedPart> {
  const counts = new Map<string, number>()
  return new Map(
    parts
      .filter((part) => part.role === role)
      .map((part) => {
        const place = counts.get(part.name) ?? 0
        counts.set(part.name, place + 1)
        return [`${place} ${part.name}`, part]
      }),
  )
}
