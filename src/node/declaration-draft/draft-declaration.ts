/**
 * A declaration file made from what one run sent: kept by that very request, and meant to be edited by a person.
 *
 * Whatever was sent is fixed, a slot, or open; what is open is said. The file is read again before it is handed out, so
 * that the same request keeps it: a role that would not is left open.
 *
 * @module
 */
import { decodeHex, decodeUtf8, encodeUtf8 } from '../../core/bytes/index.ts'
import { compareComposition, type Sent } from '../../core/composition/index.ts'
import { componentDigester, type DeclarationSource, resolveDeclaration } from '../../core/declaration/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { canonicalText, JsonNumber, type JsonValue, parseJson } from '../../core/json/index.ts'
import { parseYaml } from '../declaration-file/index.ts'
import { type DraftContent, type DraftRole, draftRoles, isSequence, openRole } from './draft-roles.ts'
import { writeComment, writeJson, writeName, writeNames, writeText } from './write-value.ts'

export interface DraftInput {
  readonly sent: Sent
  readonly runId: string
  /** Of the declaration file, without folder and extension: what long contents beside it are named after. */
  readonly baseName: string
  /** 64 random hexadecimal digits. */
  readonly blindHex: string
}

export interface Draft {
  readonly yaml: Uint8Array
  /** Long contents, by their names beside the declaration. */
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly source: DeclarationSource
  readonly roles: readonly DraftRole[]
}

/** @throws {ColophonError} DECLARATION_MALFORMED  there is too much to declare */
export function draftDeclaration(input: DraftInput): Draft {
  const drafted = draftRoles(input.sent)
  const first = writeDraft(input, drafted)
  const broken = brokenRoles(first, input.sent)
  if (broken.size === 0) return first
  const opened = drafted.map((one) => (broken.has(one.role) ? openRole(one.role, NOT_DECLARABLE) : one))
  const second = writeDraft(input, opened)
  if (brokenRoles(second, input.sent).size === 0) return second
  throw new ColophonError('INTERNAL', 'the request does not keep a declaration that was made from it')
}

const NOT_DECLARABLE = 'What was sent here cannot be written down in a declaration, so nothing is promised.'

function brokenRoles({ source }: Draft, sent: Sent): ReadonlySet<string> {
  const { declaration } = source
  const digest = componentDigester(declaration.blind === undefined ? undefined : decodeHex(declaration.blind, {}))
  const findings = compareComposition({ declaration, digest, sent })
  return new Set(
    findings.filter(({ finding, role }) => finding !== 'match' && role !== 'policy').map(({ role }) => role),
  )
}

function writeDraft(input: DraftInput, roles: readonly DraftRole[]): Draft {
  const writer = new DraftWriter(input.baseName)
  const text = `${HEAD(input)}\n${roles.map((role) => writer.role(role)).join('\n')}\n${TAIL}`
  const { files } = writer
  const yaml = encodeUtf8(text)
  const source = resolveDeclaration(parseYaml(yaml).value, (path) => files.get(path) as Uint8Array)
  return { yaml, files, source, roles }
}

const HEAD = ({ runId, blindHex }: DraftInput): string => `# Made from what run ${runId} sent.
# It is what was seen once, and no promise yet: go through the roles, and say of each what shall hold for every run.
# docs/guide/declaration.md has every form with an example.

# What this application is called, for lists and people.
name: run-${runId.slice(0, 8)}

# private: records show blinded digests of what stands here. Whoever has the blind can test guesses against them, so
# keep this file to yourself, and keep the blind from version to version.
privacy: private
blind: ${blindHex}
`

const TAIL = `# What is sent must be what is declared here, role by role.
policy: strict
`

/** Longer contents stand in files of their own. */
const MAX_INLINE = 1_500
/** Longer names than a key of YAML may have. */
const MAX_KEY = 1_000

class DraftWriter {
  readonly files = new Map<string, Uint8Array>()
  readonly #baseName: string

  constructor(baseName: string) {
    this.#baseName = baseName
  }

  role({ role, form, comment }: DraftRole): string {
    const head = `${writeComment(comment)}\n${role}:`
    if (form.kind === 'state') return `${head} ${form.state}\n`
    if (form.kind === 'inside') return `${head}\n  slot:\n    inside: ${writeNames(form.roles)}\n`
    const allow = form.allow.length === 0 ? '' : `  allow: ${writeNames(form.allow)}\n`
    if (form.kind === 'named') return `${head}\n${this.#named(role, form.contents)}${allow}`
    const [first, ...more] = form.contents
    if (first === undefined) return `${head}\n${allow}`
    if (more.length === 0) return `${head}\n  fixed: ${this.#content(role, first, '    ')}\n${allow}`
    const items = form.contents.map((content) => `    - ${this.#content(role, content, '      ')}\n`)
    return `${head}\n  fixed:\n${items.join('')}${allow}`
  }

  #named(role: string, contents: readonly DraftContent[]): string {
    if (contents.length === 0) return ''
    const members = contents.map((content) => {
      return `${noteOf(role, content)}    ${writeName(content.name)}: ${this.#content(role, content, '      ')}\n`
    })
    return `  fixed:\n${members.join('')}`
  }

  #content(role: string, { encoding, value }: DraftContent, indent: string): string {
    const text = decodeUtf8(value)
    if (encoding === 'text') {
      if (text.length <= MAX_INLINE) return writeText(text, indent)
      return this.#file(role, isText(role) ? value : encodeUtf8(JSON.stringify(text)), isText(role) ? 'txt' : 'json')
    }
    const json = parseJson(value)
    const isInline = text.length <= MAX_INLINE && !isFileName(json) && !hasLongKey(json)
    return isInline ? writeJson(json, indent) : this.#file(role, value, 'json')
  }

  #file(role: string, bytes: Uint8Array, extension: 'txt' | 'json'): string {
    let number = 0
    const nameOf = () => `${this.#baseName}.${role}${number === 0 ? '' : `-${number}`}.${extension}`
    while (this.files.has(nameOf())) number += 1
    this.files.set(nameOf(), bytes)
    return `{file: ${writeName(nameOf())}}`
  }
}

/** Roles whose files hold the very text; a file of any other holds JSON. */
const isText = (role: string): boolean => role === 'model' || isSequence(role as never)

/** What the file would take for the name of another. */
const isFileName = (value: JsonValue): boolean =>
  value instanceof Map && value.size === 1 && typeof value.get('file') === 'string'

function hasLongKey(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.some(hasLongKey)
  if (!(value instanceof Map)) return false
  return [...value].some(([name, member]) => name.length > MAX_KEY || hasLongKey(member))
}

/** What a person should look at first, in a line of its own. */
function noteOf(role: string, { name, encoding, value }: DraftContent): string {
  if (role !== 'parameters') return ''
  if (VARYING.has(name)) return '    # Differs from run to run, mostly.\n'
  if (ADDED.has(name)) return '    # Added by many frameworks.\n'
  const isChosen = CHOSEN.has(name) && encoding === 'json' && parseJson(value) instanceof JsonNumber
  return isChosen ? `    # Or within: {${name}: {max: ${canonicalText(parseJson(value))}}}\n` : ''
}

const VARYING = new Set(['user', 'metadata', 'safety_identifier', 'prompt_cache_key', 'seed', 'container'])
const ADDED = new Set(['tool_choice', 'stream', 'stream_options', 'parallel_tool_calls', 'store', 'include'])
const CHOSEN = new Set([
  ...['temperature', 'top_p', 'max_tokens', 'max_completion_tokens', 'max_output_tokens'],
  ...['topP', 'maxOutputTokens', 'num_predict'],
])
