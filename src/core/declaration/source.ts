/**
 * The declaration file a person writes, resolved to a declaration and the contents behind its digests
 * (`docs/spec/declaration.md`, "The file").
 *
 * Each of the nine roles stands in the file as `absent`, `any`, `slot`, `slot: {bounds}` or `fixed: content`, where a
 * content is written inline or as `file: path`. Which form a content has depends on its role:
 *
 * - `model`, `policy`: one text
 * - `instructions`, `context`, `history`, `input`: one text, or a list of texts in the order they are sent
 * - `tools`, `parameters`: a map from name to value; a text stays a text, anything else is JSON; a file of one is JSON
 * - `outputFormat`: one value, a text or JSON
 *
 * Reading files is the caller's: `readFile` gets the path as written.
 *
 * @module
 */
import { decodeHex, decodeUtf8, encodeUtf8 } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import {
  appendPointer,
  canonicalize,
  JsonNumber,
  type JsonObject,
  type JsonValue,
  parseJson,
  readObject,
} from '../json/index.ts'
import { ROLES, type Role, SEQUENCE_ROLES } from '../roles/index.ts'
import { type ComponentContent, componentDigester, type Encoding } from './component.ts'
import { ALLOWS_NOTHING, type Declaration, type DeclaredRole, parseDeclaration } from './document.ts'

export interface DeclarationSource {
  readonly declaration: Declaration
  /** What the digests of the fixed roles are of; the issuer keeps it and discloses it where it wants. */
  readonly contents: readonly ComponentContent[]
}

export type ReadFile = (path: string) => Uint8Array

/** @throws {ColophonError} DECLARATION_*, SCHEMA_MISMATCH, and whatever `readFile` throws */
export function resolveDeclaration(source: JsonValue, readFile: ReadFile): DeclarationSource {
  const reader = readObject(source, '')
  const name = reader.string('name', { max: 200 })
  const privacy = reader.oneOf('privacy', ['public', 'private'] as const)
  const blind = privacy === 'private' ? readBlind(reader.has('blind') ? reader.value('blind') : undefined) : undefined
  const contents: ComponentContent[] = []
  const roles: Partial<Record<Role, unknown>> = {}
  const digest = componentDigester(blind === undefined ? undefined : decodeHex(blind, { sizeBytes: 32 }))
  for (const role of ROLES) {
    if (!reader.has(role)) {
      throw new ColophonError('DECLARATION_ROLE_MISSING', `the file says nothing about ${role}`, { at: `/${role}` })
    }
    const resolved = resolveRole({ role, value: reader.value(role), readFile })
    contents.push(...resolved.contents)
    const components = resolved.contents.map((content) => ({
      name: content.name,
      encoding: content.encoding,
      digest: digest(content),
    }))
    roles[role] = resolved.declared.state === 'fixed' ? { ...resolved.declared, components } : resolved.declared
  }
  reader.end()
  const document = { name, privacy, ...(blind === undefined ? {} : { blind }), roles }
  return { declaration: parseDeclaration(parseJson(canonicalize(document)), ''), contents }
}

interface ResolvedRole {
  readonly declared: { readonly state: DeclaredRole['state'] }
  readonly contents: readonly ComponentContent[]
}

function readBlind(value: JsonValue | undefined): string {
  if (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)) return value
  throw new ColophonError('DECLARATION_MALFORMED', 'a private declaration needs a blind: 64 hexadecimal digits', {
    at: '/blind',
    hint: 'Write one with: openssl rand -hex 32. Keep it from version to version, and keep it to yourself.',
  })
}

function resolveRole(input: { role: Role; value: JsonValue; readFile: ReadFile }): ResolvedRole {
  const { role, value, readFile } = input
  const at = `/${role}`
  if (role === 'policy') return resolvePolicy(value, at)
  if (value === 'absent' || value === 'any' || value === 'slot') return { declared: { state: value }, contents: [] }
  const form = asMap(value, at, 'absent, any, slot or fixed')
  const state = [...form.keys()].find((key) => key !== 'allow')
  const unknown = [...form.keys()].find((key) => key !== state && key !== 'allow')
  if ((state !== 'fixed' && state !== 'slot') || unknown !== undefined || (state === 'slot' && form.has('allow'))) {
    throw malformed(`a role is absent, any, slot or fixed (with allow), and one of them`, at)
  }
  if (state === 'slot') {
    const bounds = asMap(form.get('slot') as JsonValue, `${at}/slot`, 'bounds')
    return { declared: { state: 'slot', ...toPlain(bounds, `${at}/slot`) } as never, contents: [] }
  }
  const allow = form.has('allow') ? { allow: readNames(form.get('allow') as JsonValue, `${at}/allow`) } : {}
  const fixed = { role, value: form.get('fixed') as JsonValue, at: `${at}/fixed`, readFile }
  return { declared: { state: 'fixed', ...allow }, contents: fixedContents(fixed) }
}

/** `policy: strict`; rules come with a later version. */
function resolvePolicy(value: JsonValue, at: string): ResolvedRole {
  if (value !== 'strict') {
    throw new ColophonError('DECLARATION_RULES_UNSUPPORTED', 'the only policy of this version is strict', { at })
  }
  const content = { role: 'policy', name: 'strict', encoding: 'text', value: encodeUtf8('strict') } as const
  return { declared: { state: 'fixed' }, contents: [content] }
}

interface FixedInput {
  readonly role: Role
  readonly value: JsonValue
  readonly at: string
  readonly readFile: ReadFile
}

function fixedContents(input: FixedInput): readonly ComponentContent[] {
  const { role, value, at } = input
  if (role === 'model') return [textContent(input, 'model')]
  if (role === 'outputFormat') return [namedContent(input, 'response_format')]
  if (SEQUENCE_ROLES.has(role)) {
    const items = Array.isArray(value) ? (value as readonly JsonValue[]) : [value]
    return items.map((item, index) => {
      const place = Array.isArray(value) ? `${at}/${index}` : at
      return textContent({ ...input, value: item, at: place }, String(index))
    })
  }
  const named = asMap(value, at, 'a map from names to values')
  return [...named.keys()].sort().map((name) => {
    return namedContent({ ...input, value: named.get(name) as JsonValue, at: appendPointer(at, name) }, name)
  })
}

/** A text stays a text, anything else is JSON, wherever the value stands: inline or in a file. */
function namedContent({ role, value, readFile }: FixedInput, name: string): ComponentContent {
  const path = filePath(value)
  const json = path === undefined ? value : parseJson(readFile(path))
  if (typeof json === 'string') return content({ role, name, encoding: 'text', value: encodeUtf8(json) })
  return content({ role, name, encoding: 'json', value: canonicalize(json) })
}

function textContent(input: FixedInput, name: string): ComponentContent {
  const { role, value, at, readFile } = input
  const path = filePath(value)
  if (path === undefined && typeof value !== 'string') throw malformed('got another type, want a text or a file', at)
  const bytes = path === undefined ? encodeUtf8(value as string) : readFile(path)
  decodeUtf8(bytes, { at: path ?? at })
  return content({ role, name, encoding: 'text', value: bytes })
}

const content = (input: { role: Role; name: string; encoding: Encoding; value: Uint8Array }): ComponentContent => input

/** `{file: path}` and nothing else. A literal object with the one member `file` has to stand in a file itself. */
function filePath(value: JsonValue): string | undefined {
  if (!(value instanceof Map) || value.size !== 1) return undefined
  const path = value.get('file')
  return typeof path === 'string' ? path : undefined
}

function asMap(value: JsonValue, at: string, want: string): JsonObject {
  if (value instanceof Map) return value
  throw malformed(`want ${want}`, at)
}

function toPlain(bounds: JsonObject, at: string): Record<string, JsonValue> {
  for (const [name, value] of bounds) {
    if (!(value instanceof JsonNumber)) throw malformed('a bound is a whole number', appendPointer(at, name))
  }
  return Object.fromEntries(bounds)
}

function readNames(value: JsonValue, at: string): readonly string[] {
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) {
    throw malformed('got another type, want a list of names', at)
  }
  if (value.length === 0) throw malformed(ALLOWS_NOTHING, at)
  return [...new Set(value as string[])].sort()
}

const malformed = (message: string, at: string): ColophonError =>
  new ColophonError('DECLARATION_MALFORMED', message, { at })
