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
      const parts = sent.parts.filter((part) => part.role === role)
      const isAbsent = parts.length === 0 && !sent.parts.some(({ within }) => within === role)
      if (isAbsent) return [role, { state: 'absent' }]
      return [role, { state: role === 'model' && showsModel(declaration, parts) ? 'present' : 'withheld' }]
    }),
  ) as Record<Role, RoleState>
  roles.policy = { state: declaration === undefined ? 'absent' : 'present' }
  return { roles, findings: recordedFindings(findings), result: resultOf(declaration, findings) }
}

/** The model is the one role whose content a record can show: its name, as `recordModels` decides. */
function showsModel(declaration: PublishedDeclaration | undefined, parts: readonly Part[]): boolean {
  const [model] = parts
  if (parts.length !== 1 || model?.encoding !== 'text') return false
  const requested = namedModel(decodeUtf8(model.value))
  const names = recordModels({ declaration, intended: undefined, requested, responded: undefined })
  return names.requested.state === 'present'
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
