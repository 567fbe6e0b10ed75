/**
 * Declared against sent, role by role (`docs/spec/composition.md`, "Findings").
 *
 * @module
 */
import type {
  Component,
  ComponentDigester,
  DeclaredRole,
  PublishedDeclaration,
  SlotBounds,
} from '../declaration/index.ts'
import { type Role, SENT_ROLES, type SentRole } from '../roles/index.ts'
import type { Part } from './parts.ts'

/**
 * - `match`: sent as declared
 * - `mismatch`: sent otherwise than declared
 * - `undeclared`: sent and not declared
 * - `missing`: declared and not sent
 * - `unobservable`: cannot be told from the request
 */
export type FindingKind = 'match' | 'mismatch' | 'undeclared' | 'missing' | 'unobservable'

/** One comparison. The record holds these without the names of what was not declared: see `recordedFindings`. */
export interface Finding {
  readonly role: Role
  readonly finding: FindingKind
  /** The component's or part's name; absent where the finding is about the whole role. */
  readonly name?: string
  /** For people, from a full disclosure: where it was sent, or which bound it broke. Never recorded. */
  readonly detail?: string
}

export interface Unobservable {
  readonly role: SentRole
  /** Such as `server-side: web_search_options`. */
  readonly reason: string
}

export interface Sent {
  readonly parts: readonly Part[]
  readonly unobservable: readonly Unobservable[]
}

/**
 * Every role has at least one finding, in the order of roles; `policy` says whether all the others match. A role that may
 * be anything matches whatever can be seen of it.
 */
export function compareComposition(input: {
  readonly declaration: PublishedDeclaration
  readonly digest: ComponentDigester
  readonly sent: Sent
}): Finding[] {
  const { declaration, digest, sent } = input
  const findings = SENT_ROLES.flatMap((role): Finding[] => {
    const declared = declaration.roles[role]
    const unobservable = sent.unobservable.filter((one) => one.role === role)
    if (unobservable.length > 0 && declared.state !== 'any') {
      return unobservable.map(({ reason }) => ({ role, finding: 'unobservable', detail: reason }))
    }
    const parts = sent.parts.filter((part) => part.role === role)
    const passages = sent.parts.filter(({ within }) => within === role)
    return compareRole({ role, declared, parts, passages, digest })
  })
  const kept = findings.every(({ finding }) => finding === 'match')
  return [...findings, { role: 'policy', name: 'strict', finding: kept ? 'match' : 'mismatch' }]
}

interface RoleInput {
  readonly role: SentRole
  readonly declared: DeclaredRole
  readonly parts: readonly Part[]
  /** Of the cut list, in strings that are of this role: what is declared absent is not sent under another name. */
  readonly passages: readonly Part[]
  readonly digest: ComponentDigester
}

function compareRole(input: RoleInput): Finding[] {
  const { role, declared, parts, passages } = input
  switch (declared.state) {
    case 'any':
      return [{ role, finding: 'match' }]
    case 'absent':
      if (parts.length + passages.length === 0) return [{ role, finding: 'match' }]
      return [...parts.map(undeclared), ...passages.map((part) => undeclaredPassage(part, role))]
    case 'slot': {
      const broken = brokenBound(declared, parts)
      return [broken === undefined ? { role, finding: 'match' } : { role, finding: 'mismatch', detail: broken }]
    }
    case 'fixed':
      return compareFixed(input, declared.components, new Set(declared.allow ?? []))
  }
}

function compareFixed(input: RoleInput, components: readonly Component[], allowed: ReadonlySet<string>): Finding[] {
  const { role, parts, digest } = input
  const rest = new Set(parts)
  const firstOf = new Map(parts.toReversed().map((part) => [part.name, part]))
  const declared = components.map((component): Finding => {
    const part = firstOf.get(component.name)
    if (part === undefined) return { role, name: component.name, finding: 'missing' }
    rest.delete(part)
    const same = part.encoding === component.encoding && digest(part) === component.digest
    return { role, name: component.name, finding: same ? 'match' : 'mismatch', detail: part.at }
  })
  return [...declared, ...[...rest].filter((part) => !allowed.has(part.name)).map(undeclared)]
}

const undeclared = (part: Part): Finding => ({
  role: part.role,
  name: part.name,
  finding: 'undeclared',
  detail: part.at,
})

const undeclaredPassage = ({ at }: Part, role: SentRole): Finding => ({
  role,
  name: at,
  finding: 'undeclared',
  detail: 'as a passage',
})

function brokenBound(bounds: SlotBounds, parts: readonly Part[]): string | undefined {
  const bytes = parts.reduce((sum, part) => sum + part.value.length, 0)
  if (bounds.maxBytes !== undefined && bytes > bounds.maxBytes)
    return `${bytes} bytes, at most ${bounds.maxBytes} declared`
  if (bounds.maxCount !== undefined && parts.length > bounds.maxCount) {
    return `${parts.length} parts, at most ${bounds.maxCount} declared`
  }
  if (bounds.minCount !== undefined && parts.length < bounds.minCount) {
    return `${parts.length} parts, at least ${bounds.minCount} declared`
  }
  return undefined
}
