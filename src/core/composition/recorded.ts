/**
 * What a record says of a composition, without a disclosure (`docs/spec/composition.md`, "In the record").
 *
 * Names of declared components stand in a record, of private declarations too: they are the declarer's own words, and the
 * published declaration shows them anyway. Their values do not, and nothing here depends on a value but whether it is the
 * declared one. Names of what was sent undeclared are part of the request: these are counted.
 *
 * @module
 */
import { decodeUtf8 } from '../bytes/index.ts'
import type { PublishedDeclaration } from '../declaration/index.ts'
import type { PolicyEngine, RuleOutcome } from '../policy/index.ts'
import { ROLES, type Role, SENT_ROLES } from '../roles/index.ts'
import type { Finding, FindingKind, Sent } from './findings.ts'
import { namedModel, recordModels } from './models.ts'
import type { Part } from './parts.ts'

/** `withheld`: it is there and committed to, and the record does not show it. */
export type RoleState =
  | { readonly state: 'present' | 'absent' | 'withheld' }
  | { readonly state: 'unobservable'; readonly reason: string }

export interface RecordedFinding {
  readonly role: Role
  readonly finding: FindingKind
  readonly name?: string
  /** Of undeclared parts, and of named passages. */
  readonly count?: number
}

export type CompositionResult = 'kept' | 'broken' | 'undeclared'

export interface RecordedComposition {
  readonly roles: Readonly<Record<Role, RoleState>>
  /** Empty where no declaration was named. */
  readonly findings: readonly RecordedFinding[]
  /** There if and only if the declaration has rules. */
  readonly policy?: RecordedPolicy
  readonly result: CompositionResult
}

export interface RecordedPolicy {
  readonly engine: PolicyEngine
  /** Every rule that was declared, in the order of their names. */
  readonly rules: readonly RuleOutcome[]
}

export function recordComposition(input: {
  readonly sent: Sent
  readonly declaration: PublishedDeclaration | undefined
  readonly findings: readonly Finding[]
  readonly policy?: RecordedPolicy | undefined
}): RecordedComposition {
  const { sent, declaration, findings, policy } = input
  const roles = Object.fromEntries(
    SENT_ROLES.map((role): [Role, RoleState] => {
      const unobservable = sent.unobservable.find((one) => one.role === role)
      if (unobservable !== undefined) return [role, { state: 'unobservable', reason: unobservable.reason }]
      const parts = sent.parts.filter((part) => part.role === role)
      const isAbsent = parts.length === 0 && !sent.parts.some(({ within }) => within === role)
      if (isAbsent) return [role, { state: 'absent' }]
      return [role, { state: role === 'model' && showsModel(declaration, parts) ? 'present' : 'withheld' }]
    }),
  ) as Record<Role, RoleState>
  roles.policy = { state: declaration === undefined ? 'absent' : 'present' }
  return {
    roles,
    findings: recordedFindings(findings),
    ...(policy === undefined ? {} : { policy }),
    result: resultOf(declaration, findings),
  }
}

/** The model is the one role whose content a record can show: its name, as `recordModels` decides. */
function showsModel(declaration: PublishedDeclaration | undefined, parts: readonly Part[]): boolean {
  const [model] = parts
  if (parts.length !== 1 || model?.encoding !== 'text') return false
  const requested = namedModel(decodeUtf8(model.value))
  const names = recordModels({ declaration, intended: [], requested, responded: undefined })
  return names.requested.state === 'present'
}

/** Kinds of what is counted and not named, in this order. */
const COUNTED = ['undeclared', 'missing', 'mismatch', 'unobservable'] as const

export function recordedFindings(findings: readonly Finding[]): RecordedFinding[] {
  return ROLES.flatMap((role) => {
    const ofRole = findings.filter((finding) => finding.role === role)
    const isNamed = ({ finding, isPassage }: Finding): boolean => finding !== 'undeclared' && isPassage !== true
    const named = ofRole
      .filter(isNamed)
      .map(({ finding, name }) => (name === undefined ? { role, finding } : { role, finding, name }))
    const others = ofRole.filter((finding) => !isNamed(finding))
    const counted = COUNTED.map((finding): RecordedFinding => {
      return { role, finding, count: others.filter((other) => other.finding === finding).length }
    })
    return [...named, ...counted.filter(({ count }) => count !== 0)]
  })
}

function resultOf(declaration: PublishedDeclaration | undefined, findings: readonly Finding[]): CompositionResult {
  if (declaration === undefined) return 'undeclared'
  return findings.every(({ finding }) => finding === 'match') ? 'kept' : 'broken'
}
