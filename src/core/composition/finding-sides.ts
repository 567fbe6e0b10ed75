/**
 * Findings with both sides, for people: what was declared and what was sent, as far as both are shown
 * (`docs/spec/explain.md`).
 *
 * Long values are cut short, round the place where they begin to differ. Nothing of it is ever recorded.
 *
 * @module
 */
import {
  type ComponentContent,
  type DeclaredRole,
  describeComponent,
  describeValue,
  type PublishedDeclaration,
} from '../declaration/index.ts'
import type { Role } from '../roles/index.ts'
import type { Finding, Sent } from './findings.ts'
import type { Part } from './parts.ts'

export interface ShownSides {
  readonly declaration: PublishedDeclaration
  /** Those that are disclosed, and proven to be the declaration's. */
  readonly contents: readonly ComponentContent[]
  readonly sent: Sent
}

/** Matches, and findings about whole roles, stay as they are. */
export function showSides(findings: readonly Finding[], shown: ShownSides): Finding[] {
  const partOf = firstParts(shown.sent.parts)
  return findings.map((finding) => {
    const { role, name } = finding
    if (finding.finding === 'match' || name === undefined) return finding
    const part = partOf(finding)
    const declared = finding.finding === 'undeclared' ? undefined : describeDeclared({ ...shown, role, name })
    return { ...finding, ...cutShort(declared, part === undefined ? undefined : describeValue(part)) }
  })
}

/** Of a name the first part, which is the one that was compared; of what is undeclared the one at that place. */
function firstParts(parts: readonly Part[]): (finding: Finding) => Part | undefined {
  const keyOf = (...words: readonly string[]): string => JSON.stringify(words)
  const byName = new Map(parts.toReversed().map((part) => [keyOf(part.role, part.name), part]))
  const byPlace = new Map(parts.map((part) => [keyOf(part.role, part.name, part.at), part]))
  return ({ role, name = '', finding, detail = '' }) =>
    finding === 'undeclared' ? byPlace.get(keyOf(role, name, detail)) : byName.get(keyOf(role, name))
}

function describeDeclared(input: ShownSides & { readonly role: Role; readonly name: string }): string | undefined {
  const { role, name } = input
  const component = componentsOf(input.declaration.roles[role]).find((one) => one.name === name)
  const contents = input.contents.filter((content) => content.role === role && content.name === name)
  return component === undefined ? undefined : describeComponent(component, contents)
}

const componentsOf = (declared: DeclaredRole) => (declared.state === 'fixed' ? declared.components : [])

/** UTF-16 code units of an excerpt. */
const MAX_EXCERPT = 200
/** What is shown of what is still the same. */
const MAX_LEAD = 40

function cutShort(declared: string | undefined, sent: string | undefined): Pick<Finding, 'declared' | 'sent'> {
  const differsAt = declared === undefined || sent === undefined ? 0 : firstDifference(declared, sent)
  const from = Math.max(0, differsAt - MAX_LEAD)
  return {
    ...(declared === undefined ? {} : { declared: excerpt(declared, from) }),
    ...(sent === undefined ? {} : { sent: excerpt(sent, from) }),
  }
}

function firstDifference(left: string, right: string): number {
  let at = 0
  while (at < left.length && at < right.length && left.charCodeAt(at) === right.charCodeAt(at)) at += 1
  return at
}

function excerpt(text: string, from: number): string {
  if (text.length <= MAX_EXCERPT) return text
  const end = from + MAX_EXCERPT
  // Halves of characters that the ends have cut through.
  const middle = text.slice(from, end).replace(/[\ud800-\udfff]/gu, '')
  return `${from === 0 ? '' : '…'}${middle}${end < text.length ? '…' : ''} (${text.length} characters)`
}
