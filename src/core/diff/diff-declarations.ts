/**
 * What two declarations declare differently, as far as it can be told.
 *
 * Digests of a public declaration are plain: equal digests are equal contents, different ones different contents. Those
 * of a private declaration hang on its blind, which is kept from version to version: two with the same blind compare like
 * public ones. That the blind is the same shows where any component has the same digest in both, as `strict` always has.
 * Otherwise a content that one side discloses is digested as the other declaration digests: plainly, or with the blind that
 * is disclosed with its document. Where neither can be done, it cannot be told.
 *
 * @module
 */
import {
  type Component,
  type ComponentContent,
  type ComponentDigester,
  type DeclaredRole,
  describeComponent,
  digestsOf,
  type PublishedDeclaration,
  policyRulesOf,
} from '../declaration/index.ts'
import { canonicalText } from '../json/index.ts'
import { ROLES, type Role } from '../roles/index.ts'
import { type Detail, detailOf, type ReadableValue } from './detail.ts'
import { type Difference, type Need, textOfBytes, type Untold } from './difference.ts'
import type { WorkBudget } from './edit-script.ts'

export interface DeclarationSide {
  readonly declaration: PublishedDeclaration
  /** Proven contents of fixed components; empty where none are disclosed. */
  readonly contents: readonly ComponentContent[]
  /** As the declaration digests; undefined for a private one whose blind is not disclosed. */
  readonly digest: ComponentDigester | undefined
}

export interface DeclarationSides {
  readonly left: DeclarationSide
  readonly right: DeclarationSide
}

export interface DeclarationDiff {
  /** In the order of roles. */
  readonly differences: readonly Difference[]
  readonly untold: readonly Untold[]
}

export function diffDeclarations(sides: DeclarationSides, budget: WorkBudget): DeclarationDiff {
  const { left, right } = sides
  const differences: Difference[] = []
  const untold: Untold[] = []
  const comparable = digestsCompare(left.declaration, right.declaration)
  for (const role of ROLES) {
    const pair = { left: left.declaration.roles[role], right: right.declaration.roles[role] }
    const terms = diffTerms(role, { left: termsOf(pair.left), right: termsOf(pair.right) }, budget)
    if (terms !== undefined) differences.push(terms)
    if (pair.left.state !== 'fixed' || pair.right.state !== 'fixed') continue
    for (const name of namesOf(pair.left.components, pair.right.components)) {
      const compared = compareComponent({ role, name, ...sides, comparable }, budget)
      if (compared === undefined) continue
      if ('reason' in compared) untold.push(compared)
      else differences.push(compared)
    }
  }
  return { differences, untold }
}

/** A public and a private one do not compare; two private ones do where they share a digest, and so the blind. */
function digestsCompare(left: PublishedDeclaration, right: PublishedDeclaration): boolean {
  if (left.privacy !== right.privacy) return false
  if (left.privacy === 'public') return true
  const digests = ({ roles }: PublishedDeclaration): string[] =>
    ROLES.flatMap((role) => componentsOf(roles[role]).flatMap(digestsOf)).map(({ digest }) => digest)
  const known = new Set(digests(left))
  return digests(right).some((digest) => known.has(digest))
}

const componentsOf = (role: DeclaredRole): readonly Component[] => (role.state === 'fixed' ? role.components : [])

const namesOf = (left: readonly Component[], right: readonly Component[]): ReadonlySet<string> =>
  new Set([...left, ...right].map(({ name }) => name))

/** State, bounds and allowed names of a role: all but its components. */
function diffTerms(
  role: Role,
  { left, right }: { readonly left: string; readonly right: string },
  budget: WorkBudget,
): Difference | undefined {
  if (left === right) return undefined
  const detail = detailOf({ left: { encoding: 'text', text: left }, right: { encoding: 'text', text: right } }, budget)
  return { role, name: undefined, in: 'declaration', left, right, detail, needs: [] }
}

function termsOf(declared: DeclaredRole): string {
  if (declared.state === 'absent' || declared.state === 'any') return declared.state
  const { state, ...rest } = declared
  const terms = 'components' in rest ? (rest.allow === undefined ? {} : { allow: rest.allow }) : rest
  return Object.keys(terms).length === 0 ? state : `${state} ${canonicalText(terms)}`
}

interface ComponentPair extends DeclarationSides {
  readonly role: Role
  readonly name: string
  readonly comparable: boolean
}

function compareComponent(pair: ComponentPair, budget: WorkBudget): Difference | Untold | undefined {
  const { role, name, comparable } = pair
  const left = shownComponent(pair.left, role, name)
  const right = shownComponent(pair.right, role, name)
  const difference = (): Difference => {
    const detail = detailOfComponents(left, right, budget)
    const needs = needsOf(role, { left, right }, ({ component, text }) => component !== undefined && text === undefined)
    return { role, name, in: 'declaration', left: left.text, right: right.text, detail, needs }
  }
  if (left.component === undefined || right.component === undefined) return difference()
  if (termsOfComponent(left.component) !== termsOfComponent(right.component)) return difference()
  if (isSame(left.digests, right.digests)) return undefined
  if (comparable) return difference()
  const isSameContent = compareContents(left, right) ?? compareContents(right, left)
  if (isSameContent === undefined) return untoldComponent(pair, left, right)
  return isSameContent ? undefined : difference()
}

interface ShownComponent {
  readonly component: Component | undefined
  readonly digests: readonly string[]
  /** Those of it that are disclosed. */
  readonly contents: readonly ComponentContent[]
  readonly digest: ComponentDigester | undefined
  /** For people; undefined where it is not there, or not disclosed. */
  readonly text: string | undefined
}

function shownComponent({ declaration, contents, digest }: DeclarationSide, role: Role, name: string): ShownComponent {
  const component = componentsOf(declaration.roles[role]).find((one) => one.name === name)
  const shown = contents.filter((one) => one.role === role && one.name === name)
  const text = component === undefined ? undefined : textOf(component, shown)
  return {
    component,
    digests: digestsOf(component).map((one) => one.digest),
    contents: shown,
    digest,
    text: text === undefined || !component?.optional ? text : `optional: ${text}`,
  }
}

/** Whether what `one` discloses is what `other` declares. Undefined where it cannot be told from that. */
function compareContents(one: ShownComponent, other: ShownComponent): boolean | undefined {
  const { digest } = other
  if (digest === undefined || one.contents.length !== one.digests.length) return undefined
  return isSame(one.contents.map(digest).sort(), [...other.digests].sort())
}

const isSame = (left: readonly string[], right: readonly string[]): boolean => left.join() === right.join()

/** Of two blinds that differ, or of one and none: who discloses contents discloses the blind with them. */
function untoldComponent({ role, name, ...sides }: ComponentPair, left: ShownComponent, right: ShownComponent): Untold {
  const needs = needsOf(role, { left, right }, ({ contents }, side) => {
    return contents.length === 0 && sides[side].declaration.privacy === 'private'
  })
  return { role, name, reason: 'the digests do not compare, and its contents are not disclosed', needs }
}

function needsOf(
  role: Role,
  shown: { readonly left: ShownComponent; readonly right: ShownComponent },
  isNeeded: (one: ShownComponent, side: 'left' | 'right') => boolean,
): readonly Need[] {
  return (['left', 'right'] as const)
    .filter((side) => isNeeded(shown[side], side))
    .map((side): Need => ({ side, open: `declaration:${role}` }))
}

/** A rule is read as it is written, with its sentence; a fixed text without quotes, which would hide its lines. */
function textOf(component: Component, contents: readonly ComponentContent[]): string | undefined {
  const [rule] = policyRulesOf(contents)
  if (rule !== undefined) return `${rule.rule} (${rule.says})`
  return plainValue(component, contents)?.text ?? describeComponent(component, contents)
}

/** Of a component that is fixed to one value, that value; of others there are only words. */
function plainValue(component: Component, [content]: readonly ComponentContent[]): ReadableValue | undefined {
  if (!('digest' in component) || content === undefined || policyRulesOf([content]).length > 0) return undefined
  return { encoding: content.encoding, text: textOfBytes(content.value) }
}

function detailOfComponents(left: ShownComponent, right: ShownComponent, budget: WorkBudget): Detail | undefined {
  const [before, after] = [left, right].map(({ component, contents }) =>
    component === undefined || component.optional ? undefined : plainValue(component, contents),
  )
  if (before !== undefined && after !== undefined) return detailOf({ left: before, right: after }, budget)
  return detailOf({ left: asText(left.text), right: asText(right.text) }, budget)
}

const asText = (text: string | undefined): ReadableValue | undefined =>
  text === undefined ? undefined : { encoding: 'text', text }

/** All of a component but its digests: what kind it is, its encodings, its bounds. */
function termsOfComponent(component: Component): string {
  if ('digest' in component) return canonicalText({ ...component, digest: '' })
  if ('oneOf' in component) return canonicalText({ ...component, oneOf: [] })
  if ('prefix' in component) return canonicalText({ ...component, prefix: { ...component.prefix, digest: '' } })
  return canonicalText(component)
}
