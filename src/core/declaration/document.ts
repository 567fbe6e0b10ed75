/**
 * The declaration document: what a run is to be composed of (`docs/spec/declaration.md`).
 *
 * Canonical JSON. Its id is SHA-256("colophon/declaration/v1\n" ‖ RFC 8785 form): no time, no machine, no issuer in it,
 * so that the same declaration has the same id everywhere. A private document holds a `blind`; what is published of it
 * (`publishedDeclaration`) is the document without the blind: values stay closed, while its name, the names of its
 * components, their number and all bounds that are no values are for everybody to read.
 *
 * @module
 */
import { ByteWriter, encodeHex } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import { sha256 } from '../hash/index.ts'
import { canonicalize, type JsonValue, type ObjectReader, readObject, readString } from '../json/index.ts'
import { ROLES, type Role, SEQUENCE_ROLES } from '../roles/index.ts'
import type { Component } from './component.ts'
import { requirePolicyDigests, requirePolicyForm } from './policy-component.ts'
import { readComponent } from './read-component.ts'

export type Privacy = 'public' | 'private'

/** Bounds of a slot. All are optional; bytes are those of the decoded values of the whole role. */
export interface SlotBounds {
  readonly maxBytes?: number
  readonly maxCount?: number
  readonly minCount?: number
  /** Of the context only: patterns, one of which every passage's label has to match (`matchesSource`). */
  readonly sources?: readonly string[]
  /** Of the context only: the fixed roles in whose texts passages may stand. Without it, none. */
  readonly inside?: readonly InsideRole[]
}

/** Roles of texts that a passage may stand in, sorted. */
export const INSIDE_ROLES = ['history', 'input', 'instructions'] as const
export type InsideRole = (typeof INSIDE_ROLES)[number]

export type DeclaredRole =
  | { readonly state: 'fixed'; readonly components: readonly Component[]; readonly allow?: readonly string[] }
  | ({ readonly state: 'slot' } & SlotBounds)
  | { readonly state: 'absent' }
  | { readonly state: 'any' }

export interface Declaration {
  /** For lists and people; part of the content, so of the id. 1 to 200 characters. */
  readonly name: string
  readonly privacy: Privacy
  /** Hex, 32 bytes. In private declarations only, and never published. */
  readonly blind?: string
  readonly roles: Readonly<Record<Role, DeclaredRole>>
}

/** A declaration as a record shows it: a private one without its blind. */
export type PublishedDeclaration = Omit<Declaration, 'blind'>

const ID_TAG = 'colophon/declaration/v1'
const MAX_COMPONENTS = 1_000

/** Lowercase hex SHA-256 identity of a whole declaration (with its blind, where it is private). */
export function declarationId(declaration: Declaration): string {
  if ((declaration.privacy === 'private') !== (declaration.blind !== undefined)) {
    throw new TypeError('declaration: a private one has a blind, a public one has none')
  }
  return encodeHex(sha256(new ByteWriter().tag(ID_TAG).raw(canonicalize(declaration)).finish()))
}

export function publishedDeclaration(declaration: Declaration): PublishedDeclaration {
  const { blind: _, ...published } = declaration
  return published
}

/** Reads a whole declaration. @throws {ColophonError} SCHEMA_MISMATCH, DECLARATION_* */
export function parseDeclaration(value: JsonValue, at: string): Declaration {
  const reader = readObject(value, at)
  const published = readPublished(reader, at)
  const declaration = published.privacy === 'public' ? published : { ...published, blind: reader.hex('blind', 32) }
  reader.end()
  requirePolicyDigests(declaration, at)
  return declaration
}

/** Reads a declaration as records show it. A blind in it is refused: it would open every digest to guessing. */
export function parsePublishedDeclaration(value: JsonValue, at: string): PublishedDeclaration {
  const reader = readObject(value, at)
  const published = readPublished(reader, at)
  reader.end()
  if (published.privacy === 'public') requirePolicyDigests(published, at)
  return published
}

function readPublished(reader: ObjectReader, at: string): PublishedDeclaration {
  const name = reader.string('name', { max: 200 })
  if (name === '') throw new ColophonError('DECLARATION_MALFORMED', 'a declaration needs a name', { at: `${at}/name` })
  const privacy = reader.oneOf('privacy', ['public', 'private'] as const)
  const rolesReader = reader.object('roles')
  const roles: Partial<Record<Role, DeclaredRole>> = {}
  for (const role of ROLES) {
    if (!rolesReader.has(role)) {
      throw new ColophonError('DECLARATION_ROLE_MISSING', `role ${role} is missing`, { at: `${at}/roles` })
    }
    roles[role] = readRole(rolesReader.object(role), role, `${at}/roles/${role}`)
  }
  rolesReader.end()
  requirePolicyForm(roles['policy'] as DeclaredRole, `${at}/roles/policy`)
  return { name, privacy, roles: roles as Record<Role, DeclaredRole> }
}

function readRole(reader: ObjectReader, role: Role, at: string): DeclaredRole {
  const state = reader.oneOf('state', ['fixed', 'slot', 'absent', 'any'] as const)
  const declared = readRoleOfState(reader, state, role, at)
  reader.end()
  return declared
}

function readRoleOfState(reader: ObjectReader, state: DeclaredRole['state'], role: Role, at: string): DeclaredRole {
  switch (state) {
    case 'absent':
    case 'any':
      return { state }
    case 'slot':
      return { state, ...readBounds(reader, role, at) }
    case 'fixed': {
      const components = readComponents(reader, role, at)
      if (!reader.has('allow')) return { state, components }
      return { state, components, allow: readAllowed(reader, at, components) }
    }
  }
}

function readBounds(reader: ObjectReader, role: Role, at: string): SlotBounds {
  const bounds: { -readonly [K in keyof SlotBounds]: SlotBounds[K] } = {}
  for (const name of ['maxBytes', 'maxCount', 'minCount'] as const) {
    if (reader.has(name)) bounds[name] = reader.integer(name)
  }
  for (const name of ['sources', 'inside'] as const) {
    if (role !== 'context' && reader.has(name)) {
      throw new ColophonError('DECLARATION_MALFORMED', NO_SOURCES, { at: `${at}/${name}` })
    }
  }
  return {
    ...bounds,
    ...(reader.has('sources') ? { sources: readSources(reader, at) } : {}),
    ...(reader.has('inside') ? { inside: readInside(reader, at) } : {}),
  }
}

function readSources(reader: ObjectReader, at: string): readonly string[] {
  const sources = readNames(reader, 'sources', { max: 256 })
  if (sources.length > 0) return sources
  throw new ColophonError('DECLARATION_MALFORMED', NO_SOURCE, { at: `${at}/sources` })
}

function readInside(reader: ObjectReader, at: string): readonly InsideRole[] {
  const names = readNames(reader, 'inside')
  const roles = INSIDE_ROLES.filter((role) => names.includes(role))
  if (roles.length > 0 && roles.length === names.length) return roles
  throw new ColophonError('DECLARATION_MALFORMED', NOT_INSIDE, { at: `${at}/inside` })
}

const NO_SOURCES = 'only passages of the context have sources, and stand inside other texts'
export const NOT_INSIDE = 'passages stand inside history, input or instructions; leave it out for none'
export const NO_SOURCE = 'a slot for passages from anywhere has no sources; say absent for none'

function readComponents(reader: ObjectReader, role: Role, at: string): readonly Component[] {
  const components = reader.array('components', { max: MAX_COMPONENTS }).map((item) => readComponent(item, role))
  if (components.length === 0 && !reader.has('allow')) {
    throw new ColophonError('DECLARATION_MALFORMED', `role ${role} is fixed to nothing; say absent`, { at })
  }
  const names = components.map((component) => component.name)
  requireOrder(names, SEQUENCE_ROLES.has(role) ? names.map((_, index) => String(index)) : sortedUnique(names), at)
  return components
}

/** Names that may be sent beside the fixed ones, whatever they hold. */
function readAllowed(reader: ObjectReader, at: string, components: readonly Component[]): readonly string[] {
  const names = readNames(reader, 'allow')
  if (names.length === 0) throw new ColophonError('DECLARATION_MALFORMED', ALLOWS_NOTHING, { at: `${at}/allow` })
  const fixed = names.find((name) => components.some((component) => component.name === name))
  if (fixed !== undefined) {
    throw new ColophonError('DECLARATION_MALFORMED', 'a name is both fixed and allowed to be anything', {
      at: `${at}/allow`,
    })
  }
  return names
}

/** One way to say it, so that one meaning has one id. */
export const ALLOWS_NOTHING = 'a role that allows no names has no allow'

/** Texts, unique and in order. */
function readNames(reader: ObjectReader, member: string, options?: { readonly max: number }): readonly string[] {
  const names = reader.array(member, { max: MAX_COMPONENTS }).map((item) => readString(item, options))
  requireOrder(names, sortedUnique(names), `${reader.at}/${member}`)
  return names
}

const sortedUnique = (names: readonly string[]): readonly string[] => [...new Set(names)].sort()

/** One order, so that one content has one id. */
function requireOrder(names: readonly string[], want: readonly string[], at: string): void {
  if (names.length !== want.length || names.some((name, index) => name !== want[index])) {
    throw new ColophonError('DECLARATION_MALFORMED', 'names are not unique and in order', { at })
  }
}
