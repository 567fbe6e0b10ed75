/**
 * What a record says of a composition, without a disclosure (`docs/spec/composition.md`, "In the record").
 *
 * Names of declared components may stand in a record; names of what was sent undeclared may not, since they are part of
 * the request: these are counted.
 *
 * @module
 */
import type { PublishedDeclaration } from '../declaration/index.ts'
import { ROLES, type Role, SENT_ROLES } from '../roles/index.ts'
import type { Finding, FindingKind, Sent } from './findings.ts'

/** `withheld`: it is there and committed to, and the record does not show it. */
export type RoleState =
  | { readonly state: 'present' | 'absent' | 'withheld' }
  | { readonly state: 'unobservable'; readonly reason: string }

export interface RecordedFinding {
  readonly role: Role
  readonly finding: FindingKind
  readonly name?: string
  /** Of undeclared parts. */
  readonly count?: number
}

export type CompositionResult = 'kept' | 'broken' | 'undeclared'

export interface RecordedComposition {
  readonly roles: Readonly<Record<Role, RoleState>>
  /** Empty where no declaration was named. */
  readonly findings: readonly RecordedFinding[]
  readonly result: CompositionResult
}

export function recordComposition(input: {
  readonly sent: Sent
  readonly declaration: PublishedDeclaration | undefined
  readonly findings: readonly Finding[]
}): RecordedComposition {
  const { sent, declaration, findings } = input
  const roles = Object.fromEntries(
    SENT_ROLES.map((role): [Role, RoleState] => {
      const unobservable = sent.unobservable.find((one) => one.role === role)
      if (unobservable !== undefined) return [role, { state: 'unobservable', reason: unobservable.reason }]
      const there = sent.parts.some((part) => part.role === role)
      if (!there) return [role, { state: 'absent' }]
      return [role, { state: role === 'model' && declaration?.privacy === 'public' ? 'present' : 'withheld' }]
    }),
  ) as Record<Role, RoleState>
  roles.policy = { state: declaration === undefined ? 'absent' : 'present' }
  return { roles, findings: recordedFindings(findings), result: resultOf(declaration, findings) }
}

export function recordedFindings(findings: readonly Finding[]): RecordedFinding[] {
  return ROLES.flatMap((role) => {
    const ofRole = findings.filter((finding) => finding.role === role)
    const named = ofRole
      .filter(({ finding }) => finding !== 'undeclared')
      .map(({ finding, name }) => (name === undefined ? { role, finding } : { role, finding, name }))
    const count = ofRole.length - named.length
    return count === 0 ? named : [...named, { role, finding: 'undeclared' as const, count }]
  })
}

function resultOf(declaration: PublishedDeclaration | undefined, findings: readonly Finding[]): CompositionResult {
  if (declaration === undefined) return 'undeclared'
  return findings.every(({ finding }) => finding === 'match') ? 'kept' : 'broken'
}
