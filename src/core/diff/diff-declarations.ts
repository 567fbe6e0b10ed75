/**
 * What two declarations declare differently, as far as it can be told.
 *
 * Digests of a public declaration are plain: equal digests are equal contents, different ones different contents. Those
 * of a private declaration hang on its blind, which is kept from version to version: two with the same blind compare like
 * public ones. That the blind is the same shows in the digest of the policy, whose one content is always `strict`. With
 * different blinds only disclosed contents compare.
 *
 * @module
 */
import type { Component, ComponentContent, DeclaredRole, PublishedDeclaration } from '../declaration/index.ts'
import { canonicalText } from '../json/index.ts'
import { ROLES, type Role } from '../roles/index.ts'
import type { Difference, Untold } from './difference.ts'
import { textOfBytes } from './difference.ts'

export interface DeclarationSide {
  readonly declaration: PublishedDeclaration
  /** Proven contents of fixed components; empty where none are disclosed. */
  readonly contents: readonly ComponentContent[]
}

export interface DeclarationDiff {
  /** In the order of roles. */
  readonly differences: readonly Difference[]
  readonly untold: readonly Untold[]
}

export function diffDeclarations(left: DeclarationSide, right: DeclarationSide): DeclarationDiff {
  const differences: Difference[] = []
  const untold: Untold[] = []
  const comparable = digestsCompare(left.declaration, right.declaration)
  for (const role of ROLES) {
    const pair = { left: left.declaration.roles[role], right: right.declaration.roles[role] }
    const terms = diffTerms(role, pair.left, pair.right)
    if (terms !== undefined) differences.push(terms)
    if (pair.left.state !== 'fixed' || pair.right.state !== 'fixed') continue
    for (const name of namesOf(pair.left.components, pair.right.components)) {
      const result = diffComponent({ role, name, left, right, comparable })
      if (result === 'untold') untold.push({ role, name, reason: 'its contents are not disclosed on both sides' })
      else if (result !== undefined) differences.push(result)
    }
  }
  return { differences, untold }
}

/** A public and a private one do not compare; two private ones do where the policy's digests are the same. */
function digestsCompare(left: PublishedDeclaration, right: PublishedDeclaration): boolean {
  if (left.privacy !== right.privacy) return false
  if (left.privacy === 'public') return true
  const strict = ({ roles }: PublishedDeclaration): string | undefined => componentsOf(roles.policy)[0]?.digest
  return strict(left) !== undefined && strict(left) === strict(right)
}

const componentsOf = (role: DeclaredRole): readonly Component[] => (role.state === 'fixed' ? role.components : [])

const namesOf = (left: readonly Component[], right: readonly Component[]): ReadonlySet<string> =>
  new Set([...left, ...right].map(({ name }) => name))

/** State, bounds and allowed names of a role: all but its components. */
function diffTerms(role: Role, left: DeclaredRole, right: DeclaredRole): Difference | undefined {
  const [before, after] = [termsOf(left), termsOf(right)]
  return before === after ? undefined : { role, name: undefined, in: 'declaration', left: before, right: after }
}

function termsOf(declared: DeclaredRole): string {
  if (declared.state === 'absent' || declared.state === 'any') return declared.state
  const { state, ...rest } = declared
  const terms = 'components' in rest ? (rest.allow === undefined ? {} : { allow: rest.allow }) : rest
  return Object.keys(terms).length === 0 ? state : `${state} ${canonicalText(terms)}`
}

function diffComponent(input: {
  readonly role: Role
  readonly name: string
  readonly left: DeclarationSide
  readonly right: DeclarationSide
  readonly comparable: boolean
}): Difference | 'untold' | undefined {
  const { role, name, comparable } = input
  const left = sideOf(input.left, role, name)
  const right = sideOf(input.right, role, name)
  const difference = { role, name, in: 'declaration', left: left.text, right: right.text } as const
  if (left.component === undefined || right.component === undefined) return difference
  if (left.component.encoding !== right.component.encoding) return difference
  if (left.component.digest === right.component.digest) return undefined
  if (comparable) return difference
  if (left.text === undefined || right.text === undefined) return 'untold'
  return left.text === right.text ? undefined : difference
}

function sideOf({ declaration, contents }: DeclarationSide, role: Role, name: string) {
  const component = componentsOf(declaration.roles[role]).find((one) => one.name === name)
  const content = contents.find((one) => one.role === role && one.name === name)
  return { component, text: content === undefined ? undefined : textOfBytes(content.value) }
}
