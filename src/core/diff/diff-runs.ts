/**
 * What differs first between two runs: the declaration, or what was sent, role by role.
 *
 * Only what differs for certain is a difference; what cannot be told is said, and never counts as the same. Outputs are
 * no components; whether they are the same is told beside. Names and texts are foreign; whoever prints them escapes them.
 *
 * @module
 */
import { decodeHex } from '../bytes/index.ts'
import { type ComponentDigester, componentDigester, type PublishedDeclaration } from '../declaration/index.ts'
import { type DisclosedRequest, disclosedRequest, type ExplainInput } from '../explain/index.ts'
import { ROLES, SENT_ROLES, type SentRole } from '../roles/index.ts'
import { type DeclarationSide, diffDeclarations } from './diff-declarations.ts'
import { diffRequests, type RequestDiff } from './diff-requests.ts'
import { diffUnread } from './diff-unread.ts'
import type { Difference, Untold } from './difference.ts'
import type { WorkBudget } from './edit-script.ts'

export interface RunSide extends ExplainInput {
  /** As the record shows it; undefined for a run that was bound to none. */
  readonly declaration: PublishedDeclaration | undefined
}

/** Of a member of both declarations that is no role. */
export interface HeadDifference {
  readonly member: 'name' | 'privacy'
  readonly left: string
  readonly right: string
}

export interface RunDiff {
  /** `unknown`: nothing differs as far as it is shown, and not everything is. */
  readonly result: 'same' | 'different' | 'unknown'
  /** `neither`: no run was bound to one. `one`: only one of them was. */
  readonly declaration: 'same' | 'different' | 'one' | 'neither'
  /** What two different declarations differ in beside their roles. */
  readonly head: readonly HeadDifference[]
  /** In the order of roles; what was declared differently before what was only sent differently. */
  readonly differences: readonly Difference[]
  readonly untold: readonly Untold[]
  readonly outputs: 'same' | 'different'
}

/** Of all texts together: about a second. What is over then is compared line by line, or not at all. */
const MAX_WORK = 50_000_000

/** @throws {TypeError} a report that is invalid: of such a record there is nothing to compare */
export function diffRuns({ left, right }: { readonly left: RunSide; readonly right: RunSide }): RunDiff {
  if ([left, right].some(({ report }) => report.facts === undefined || report.authenticity === 'invalid')) {
    throw new TypeError('report: want one that is not invalid')
  }
  const declaration = relationOf(left, right)
  // The binding that a run id names has one request; a second record for it could differ in its outputs at most.
  if (left.report.facts?.runId === right.report.facts?.runId)
    return { ...NOTHING, declaration, outputs: outputRelation(left, right) }
  const budget = { remaining: MAX_WORK }
  const declared =
    declaration === 'different' ? declaredDiff(left, right, budget) : { head: [], differences: [], untold: [] }
  const sent = sentDiff(left, right, budget)
  const differences = merge(declared.differences, sent.differences)
  const settled = (untold: Untold): boolean =>
    differences.some(({ role, name }) => role === untold.role && (untold.name === undefined || untold.name === name))
  const untold = [...declared.untold, ...sent.untold].filter((one) => !settled(one))
  const isDifferent = differences.length > 0 || declaration === 'different' || declaration === 'one'
  return {
    result: isDifferent ? 'different' : untold.length > 0 ? 'unknown' : 'same',
    declaration,
    head: declared.head,
    differences,
    untold,
    outputs: outputRelation(left, right),
  }
}

const NOTHING = { result: 'same', head: [], differences: [], untold: [] } as const

function relationOf(left: RunSide, right: RunSide): RunDiff['declaration'] {
  const [before, after] = [left.report.facts?.declaration, right.report.facts?.declaration]
  if (before === undefined && after === undefined) return 'neither'
  if (before === undefined || after === undefined) return 'one'
  return before.id === after.id ? 'same' : 'different'
}

function declaredDiff(left: RunSide, right: RunSide, budget: WorkBudget) {
  const sides = { left: declarationSide(left), right: declarationSide(right) }
  const [before, after] = [sides.left.declaration, sides.right.declaration]
  const head = (['name', 'privacy'] as const)
    .filter((member) => before[member] !== after[member])
    .map((member): HeadDifference => ({ member, left: before[member], right: after[member] }))
  return { head, ...diffDeclarations(sides, budget) }
}

function declarationSide({ declaration, report, disclosure }: RunSide): DeclarationSide {
  if (declaration === undefined) throw new TypeError('declaration: want that of the record')
  const isProven = report.checks.some(({ id, status }) => id === 'declarationContents' && status === 'pass')
  const shown = isProven ? disclosure?.declaration : undefined
  const blind = shown?.document.blind
  return { declaration, contents: shown?.contents ?? [], digest: digesterOf(declaration, blind) }
}

function digesterOf({ privacy }: PublishedDeclaration, blind: string | undefined): ComponentDigester | undefined {
  if (privacy === 'public') return componentDigester(undefined)
  return blind === undefined ? undefined : componentDigester(decodeHex(blind, {}))
}

function sentDiff(left: RunSide, right: RunSide, budget: WorkBudget) {
  const requests = { left: wholeRequest(left), right: wholeRequest(right) }
  const bothKept = [left, right].every(({ report }) => report.facts?.recordedResult === 'kept')
  const diffRole = (role: SentRole): RequestDiff => {
    const declared = [left, right].flatMap(({ declaration }) => declaration?.roles[role] ?? [])
    const hidden = reasonHidden(left, role) ?? reasonHidden(right, role)
    return diffRequests({ role, ...requests, hidden, kept: bothKept ? declared : undefined }, budget)
  }
  const found = diffUnread(requests, budget) ?? SENT_ROLES.map(diffRole)
  return {
    differences: found.flatMap(({ differences }) => differences),
    untold: found.flatMap(({ untold }) => untold),
  }
}

function reasonHidden({ report }: RunSide, role: SentRole): string | undefined {
  const state = report.facts?.roles[role]
  return state?.state === 'unobservable' ? state.reason : undefined
}

function wholeRequest(side: RunSide): DisclosedRequest | undefined {
  const request = disclosedRequest(side)
  return request?.isWhole === true ? request : undefined
}

/** In the order of roles; a component that was declared differently was sent differently for that reason. */
function merge(declared: readonly Difference[], sent: readonly Difference[]): Difference[] {
  return [...ROLES, undefined].flatMap((role) => {
    const first = declared.filter((one) => one.role === role)
    const isNew = (one: Difference): boolean => !first.some(({ name }) => name === one.name)
    return [...first, ...sent.filter((one) => one.role === role && isNew(one))]
  })
}

function outputRelation(left: RunSide, right: RunSide): RunDiff['outputs'] {
  const [before, after] = [left, right].map(({ report }) =>
    (report.facts?.outputs ?? []).map(({ choice, sha256 }) => `${choice} ${sha256}`).join(),
  )
  return before === after ? 'same' : 'different'
}
