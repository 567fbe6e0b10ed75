/**
 * Declared against sent, role by role (`docs/spec/composition.md`, "Findings").
 *
 * @module
 */
import {
  type Component,
  type ComponentDigester,
  type DeclaredRole,
  type PublishedDeclaration,
  ruleNamesOf,
} from '../declaration/index.ts'
import type { PassageFate } from '../passages/index.ts'
import { type Role, SENT_ROLES, type SentRole } from '../roles/index.ts'
import { brokenComponent, brokenSlot } from './broken-bound.ts'
import type { Part } from './parts.ts'
import { toolAdditions } from './tool-additions.ts'

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
  /** For people, from a full disclosure: where it was sent, and which bound it broke. Holds no value. Never recorded. */
  readonly detail?: string
  /** About a passage that the application named. Its name is the application's own, and never recorded. */
  readonly isPassage?: true
  /** For people: what was declared and what was sent, as far as a disclosure shows them. Never recorded. */
  readonly declared?: string
  readonly sent?: string
}

export interface Unobservable {
  readonly role: SentRole
  /** Such as `server-side: web_search_options`. */
  readonly reason: string
}

export interface Sent {
  readonly parts: readonly Part[]
  readonly unobservable: readonly Unobservable[]
  /** What became of the passages that the application named. */
  readonly passages: readonly PassageFate[]
}

/**
 * Every role has at least one finding, in the order of roles. A strict policy says whether all the others match; what
 * rules say comes from them (`policyFinding`), since they ask for these findings. A role that may be anything matches
 * whatever can be seen of it.
 */
export function compareComposition(input: {
  readonly declaration: PublishedDeclaration
  readonly digest: ComponentDigester
  readonly sent: Sent
}): Finding[] {
  const { declaration, digest, sent } = input
  const findings = SENT_ROLES.flatMap((role): Finding[] => {
    const declared = declaration.roles[role]
    const named = role === 'context' && declared.state !== 'any' ? sent.passages.flatMap(passageFinding) : []
    const unobservable = sent.unobservable.filter((one) => one.role === role)
    if (unobservable.length > 0 && declared.state !== 'any') {
      return [
        ...unobservable.map(({ reason }): Finding => ({ role, finding: 'unobservable', detail: reason })),
        ...named,
      ]
    }
    const parts = sent.parts.filter((part) => part.role === role)
    const passages = sent.parts.filter(({ within }) => within === role)
    const mayHold = mayHoldPassages(declaration.roles.context, role)
    return [...compareRole({ role, declared, parts, passages, mayHold, digest }), ...named]
  })
  if (ruleNamesOf(declaration).length > 0) return findings
  const kept = findings.every(({ finding }) => finding === 'match')
  return [...findings, { role: 'policy', name: 'strict', finding: kept ? 'match' : 'mismatch' }]
}

interface RoleInput {
  readonly role: SentRole
  readonly declared: DeclaredRole
  readonly parts: readonly Part[]
  /** Of the cut list, in strings that are of this role: what is declared absent is not sent under another name. */
  readonly passages: readonly Part[]
  /** Whether passages may stand in texts that are fixed. */
  readonly mayHold: boolean
  readonly digest: ComponentDigester
}

/**
 * Whoever calls a text a passage takes it out of the text that it stands in. What is fixed may be divided so only where
 * the declaration says so, or fixes the passages too.
 */
function mayHoldPassages(context: DeclaredRole, role: SentRole): boolean {
  if (context.state === 'slot') return context.inside?.some((one) => one === role) ?? false
  return context.state === 'any' || context.state === 'fixed'
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
      const broken = brokenSlot(declared, parts)
      return [broken === undefined ? { role, finding: 'match' } : { role, finding: 'mismatch', detail: broken }]
    }
    case 'fixed':
      return compareComponents(input, declared.components, new Set(declared.allow ?? []))
  }
}

/** Of what is optional and not sent there is nothing to say; where that is all of a role, it is as declared. */
function compareComponents(
  input: RoleInput,
  components: readonly Component[],
  allowed: ReadonlySet<string>,
): Finding[] {
  const { role, parts, digest } = input
  const rest = new Set(parts)
  const firstOf = new Map(parts.toReversed().map((part) => [part.name, part]))
  const declared = components.flatMap((component): Finding[] => {
    const { name, optional } = component
    const part = firstOf.get(name)
    if (part === undefined) return optional ? [] : [{ role, name, finding: 'missing' }]
    rest.delete(part)
    const broken = brokenComponent(component, part, digest)
    if (broken === undefined) return [{ role, name, finding: 'match', detail: part.at }]
    const additions = 'digest' in component ? toolAdditions(part, component.digest, digest) : undefined
    if (additions !== undefined) return [{ role, name, finding: 'match', detail: part.at }, ...added(part, additions)]
    return [{ role, name, finding: 'mismatch', detail: `${part.at}: ${broken}` }]
  })
  const divided = input.mayHold ? [] : input.passages.map((part) => undeclaredPassage(part, role))
  const all = [...declared, ...[...rest].map(undeclared), ...divided].filter(
    ({ finding, name = '' }) => finding !== 'undeclared' || !allowed.has(name),
  )
  return all.length > 0 ? all : [{ role, finding: 'match' }]
}

/** Members of a tool that is the declared one without them. */
const added = (part: Part, members: readonly string[]): Finding[] =>
  members.map((member) => ({ ...undeclared(part), name: `${part.name}/${member}` }))

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

/** Of a passage that is whole, or in its place by the application's word, there is nothing to say. */
function passageFinding(fate: PassageFate): Finding[] {
  const of = { role: 'context', name: fate.label, isPassage: true } as const
  switch (fate.state) {
    case 'whole':
    case 'placed':
      return []
    case 'truncated':
      return [{ ...of, finding: 'mismatch', detail: `truncated at ${fate.length} of ${fate.of} bytes` }]
    case 'missing':
      return [{ ...of, finding: 'missing', detail: 'not in the request' }]
    case 'unlocated':
      return [{ ...of, finding: 'unobservable', detail: 'unlocated: it has no place of its own' }]
  }
}
