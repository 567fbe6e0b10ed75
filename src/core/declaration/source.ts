/**
 * The declaration file a person writes, resolved to a declaration and the contents behind its digests
 * (`docs/spec/declaration.md`, "The file").
 *
 * Each of the nine roles stands in the file as `absent`, `any`, `slot` or `slot: {bounds}`, or as what is sent:
 *
 * - `model`, `instructions`, `context`, `history`, `input`, `outputFormat`: `fixed: content`, or a bound for the one part
 *   that it has (`source-bound.ts`): `oneOf: [content, …]`, `startsWith: text` and `then`
 * - `tools`, `parameters`: `fixed: {name: content}`, `within: {name: bound}`, `optional: [name, …]`
 * - `policy`: `strict`, or a mode and rules (`policy-component.ts`)
 *
 * with `allow: [name, …]` beside it. A content is written inline or as `file: path` (`source-content.ts`). Of sequences,
 * `fixed` may be a list of texts in the order they are sent.
 *
 * Reading files is the caller's: `readFile` gets the path as written.
 *
 * @module
 */
import { decodeHex } from '../bytes/index.ts'
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
import { type ComponentContent, type ComponentDigester, componentDigester } from './component.ts'
import { ALLOWS_NOTHING, type Declaration, NO_SOURCE, NOT_INSIDE, parseDeclaration } from './document.ts'
import { readPolicy } from './policy-component.ts'
import { boundedComponent } from './source-bound.ts'
import { asMap, fixedComponent, malformed, type ReadFile, type ResolvedComponent } from './source-content.ts'

export interface DeclarationSource {
  readonly declaration: Declaration
  /** What the digests of the declaration are of; the issuer keeps it and discloses it where it wants. */
  readonly contents: readonly ComponentContent[]
}

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
    const resolved = resolveRole({ role, value: reader.value(role), at: `/${role}`, readFile, digest })
    contents.push(...resolved.contents)
    roles[role] = resolved.declared
  }
  reader.end()
  const document = { name, privacy, ...(blind === undefined ? {} : { blind }), roles }
  return { declaration: parseDeclaration(parseJson(canonicalize(document)), ''), contents }
}

function readBlind(value: JsonValue | undefined): string {
  if (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)) return value
  throw new ColophonError('DECLARATION_MALFORMED', 'a private declaration needs a blind: 64 hexadecimal digits', {
    at: '/blind',
    hint: 'Write one with: openssl rand -hex 32. Keep it from version to version, and keep it to yourself.',
  })
}

interface SourceRole {
  readonly role: Role
  readonly value: JsonValue
  readonly at: string
  readonly readFile: ReadFile
  readonly digest: ComponentDigester
}

interface ResolvedRole {
  /** As it stands in the document, which is read and looked at as a whole. */
  readonly declared: object
  readonly contents: readonly ComponentContent[]
}

function resolveRole(input: SourceRole): ResolvedRole {
  const { role, value, at } = input
  if (role === 'policy')
    return ofComponents(
      readPolicy(value, at).map((content) => componentOf(content, input)),
      {},
    )
  if (value === 'absent' || value === 'any' || value === 'slot') return { declared: { state: value }, contents: [] }
  const isNamed = role === 'tools' || role === 'parameters'
  const forms = isNamed ? NAMED_FORMS : ONE_FORMS
  const form = asMap(value, at, forms)
  if (form.has('slot') && form.size === 1) return resolveSlot(form.get('slot') as JsonValue, `${at}/slot`)
  const allow = form.has('allow') ? { allow: readNames(form.get('allow') as JsonValue, `${at}/allow`) } : {}
  const rest = new Map([...form].filter(([word]) => word !== 'allow'))
  const components = isNamed ? namedComponents(input, rest) : oneOrMoreComponents(input, rest)
  if (components.length === 0 && !form.has('allow')) throw malformed(`want ${forms}`, at)
  return ofComponents(components, allow)
}

const NAMED_FORMS = 'absent, any, slot, or a map with fixed, within, optional and allow'
const ONE_FORMS = 'absent, any, slot, or a map with fixed, oneOf, or startsWith and then, and with allow'

const ofComponents = (components: readonly ResolvedComponent[], allow: { readonly allow?: readonly string[] }) => ({
  declared: { state: 'fixed', components: components.map(({ component }) => component), ...allow },
  contents: components.flatMap(({ contents }) => contents),
})

function componentOf(content: ComponentContent, { digest }: SourceRole): ResolvedComponent {
  const { name, encoding } = content
  return { component: { name, encoding, digest: digest(content) }, contents: [content] }
}

function resolveSlot(value: JsonValue, at: string): ResolvedRole {
  const bounds = [...asMap(value, at, 'bounds')].map(([name, bound]): [string, unknown] => {
    const place = appendPointer(at, name)
    if (name === 'sources') return [name, readNames(bound, place, NO_SOURCE)]
    if (name === 'inside') return [name, readNames(bound, place, NOT_INSIDE)]
    if (bound instanceof JsonNumber) return [name, bound]
    throw malformed('a bound is a whole number', place)
  })
  return { declared: { state: 'slot', ...Object.fromEntries(bounds) }, contents: [] }
}

/** Tools or parameters: fixed and bounded ones, by name. */
function namedComponents(input: SourceRole, form: JsonObject): readonly ResolvedComponent[] {
  const { at } = input
  const unknown = [...form.keys()].find((word) => !['fixed', 'within', 'optional'].includes(word))
  if (unknown !== undefined) throw malformed(`want ${NAMED_FORMS}`, appendPointer(at, unknown))
  const fixed = readNamed(form, 'fixed', at)
  const within = readNamed(form, 'within', at)
  const twice = [...within.keys()].find((name) => fixed.has(name))
  if (twice !== undefined)
    throw malformed('a name is both fixed and within a bound', appendPointer(`${at}/within`, twice))
  const optional = form.has('optional')
    ? readNames(form.get('optional') as JsonValue, `${at}/optional`, NOT_OPTIONAL)
    : []
  const unbound = optional.find((name) => !fixed.has(name) && !within.has(name))
  if (unbound !== undefined)
    throw malformed('a name is optional, and neither fixed nor within a bound', `${at}/optional`)
  const resolved = [...fixed.keys(), ...within.keys()].sort().map((name): ResolvedComponent => {
    const word = fixed.has(name) ? 'fixed' : 'within'
    const value = (word === 'fixed' ? fixed : within).get(name) as JsonValue
    const source = { ...input, name, value, at: appendPointer(`${at}/${word}`, name) }
    const { component, contents } = word === 'fixed' ? fixedComponent(source) : boundedComponent(source)
    return { component: optional.includes(name) ? { ...component, optional: true } : component, contents }
  })
  return resolved
}

const NOT_OPTIONAL = 'where nothing is optional, leave it out'

function readNamed(form: JsonObject, word: string, at: string): JsonObject {
  if (!form.has(word)) return new Map()
  const named = asMap(form.get(word), `${at}/${word}`, 'a map from names')
  if (named.size === 0) throw malformed(`where nothing is ${word}, leave it out`, `${at}/${word}`)
  return named
}

/** The others: a list of fixed ones, or one with a bound. */
function oneOrMoreComponents(input: SourceRole, form: JsonObject): readonly ResolvedComponent[] {
  const { role, at } = input
  const name = role === 'model' ? 'model' : role === 'outputFormat' ? 'response_format' : '0'
  const words = [...form.keys()].sort().join()
  if (words === 'oneOf' || words === 'startsWith,then') return [boundedComponent({ ...input, name, value: form })]
  if (words !== 'fixed') throw malformed(`want ${ONE_FORMS}`, at)
  const value = form.get('fixed') as JsonValue
  if (!SEQUENCE_ROLES.has(role) || !Array.isArray(value)) {
    return [fixedComponent({ ...input, name, value, at: `${at}/fixed` })]
  }
  if (value.length === 0) throw malformed('where nothing is sent, say absent', `${at}/fixed`)
  return (value as readonly JsonValue[]).map((item, index) => {
    return fixedComponent({ ...input, name: String(index), value: item, at: `${at}/fixed/${index}` })
  })
}

function readNames(value: JsonValue, at: string, none = ALLOWS_NOTHING): readonly string[] {
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) {
    throw malformed('got another type, want a list of names', at)
  }
  if (value.length === 0) throw malformed(none, at)
  return [...new Set(value as string[])].sort()
}
