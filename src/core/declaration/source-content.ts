/**
 * Contents as a declaration file gives them: inline, or as `file: path` (`docs/spec/declaration.md`, "The file").
 *
 * @module
 */
import { decodeUtf8, encodeUtf8 } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import { canonicalize, type JsonObject, type JsonValue, parseJson } from '../json/index.ts'
import { type Role, SEQUENCE_ROLES } from '../roles/index.ts'
import type { ComponentContent, ComponentDigester } from './component.ts'

export type ReadFile = (path: string) => Uint8Array

/** What stands in a file for one component. */
export interface SourceValue {
  readonly role: Role
  readonly name: string
  readonly value: JsonValue
  /** Its place in the file. */
  readonly at: string
  readonly readFile: ReadFile
  readonly digest: ComponentDigester
}

export interface ResolvedComponent {
  /** As it stands in the document, which is read and looked at as a whole. */
  readonly component: object
  /** What its digests are of. */
  readonly contents: readonly ComponentContent[]
}

export function fixedComponent(input: SourceValue): ResolvedComponent {
  const content = contentOf(input)
  const { name, encoding } = content
  return { component: { name, encoding, digest: input.digest(content) }, contents: [content] }
}

/** A text where the role has texts only; else a text stays a text, and anything else is JSON. */
export function contentOf(input: SourceValue): ComponentContent {
  const { role } = input
  return role === 'model' || SEQUENCE_ROLES.has(role) ? textContent(input) : valueContent(input)
}

export function textContent({ role, name, value, at, readFile }: SourceValue): ComponentContent {
  const path = filePath(value)
  if (path === undefined && typeof value !== 'string') throw malformed('got another type, want a text or a file', at)
  const bytes = path === undefined ? encodeUtf8(value as string) : readFile(path)
  decodeUtf8(bytes, { at: path ?? at })
  return { role, name, encoding: 'text', value: bytes }
}

/** Wherever the value stands: inline or in a file. */
function valueContent({ role, name, value, readFile }: SourceValue): ComponentContent {
  const path = filePath(value)
  const json = path === undefined ? value : parseJson(readFile(path))
  if (typeof json === 'string') return { role, name, encoding: 'text', value: encodeUtf8(json) }
  return { role, name, encoding: 'json', value: canonicalize(json) }
}

/** `{file: path}` and nothing else. A literal object with the one member `file` has to stand in a file itself. */
function filePath(value: JsonValue): string | undefined {
  if (!(value instanceof Map) || value.size !== 1) return undefined
  const path = value.get('file')
  return typeof path === 'string' ? path : undefined
}

export function asMap(value: JsonValue | undefined, at: string, want: string): JsonObject {
  if (value instanceof Map) return value
  throw malformed(`want ${want}`, at)
}

export const malformed = (message: string, at: string): ColophonError =>
  new ColophonError('DECLARATION_MALFORMED', message, { at })
