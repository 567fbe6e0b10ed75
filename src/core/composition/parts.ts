/**
 * The parts a request is composed of: what its spans hold, decoded (`docs/spec/composition.md`, "Parts").
 *
 * A part's value is made as a declared component's is: a string's UTF-8 bytes, anything else in RFC 8785 form with exact
 * numbers. Its name is what a declaration would call it. No body makes this fail.
 *
 * @module
 */
import { concatBytes, decodeUtf8, encodeUtf8 } from '../bytes/index.ts'
import type { Encoding } from '../declaration/index.ts'
import { ColophonError } from '../errors.ts'
import {
  canonicalize,
  JsonKind,
  type JsonTape,
  type JsonValue,
  parsePointer,
  scanJson,
  stringAt,
  valueAt,
} from '../json/index.ts'
import { SEQUENCE_ROLES, type SentRole } from '../roles/index.ts'
import type { BodySpan } from '../spans/index.ts'

export interface Part {
  readonly role: SentRole
  readonly name: string
  readonly encoding: Encoding
  readonly value: Uint8Array
  /** Of a passage that the cut list names: the role of the string that it stands in. */
  readonly within?: SentRole
  /** Where it stands in the request: a JSON Pointer, or `header NAME`. */
  readonly at: string
}

/** The parts of a JSON body's spans, in the order they are sent. Structure is no part. */
export function partsOf(tape: JsonTape, spans: readonly BodySpan[]): Part[] {
  const nameOf = partNamer()
  const parts: Part[] = []
  for (const span of spans) {
    if (span.kind === 'structure') continue
    const { pointer, within } = span
    const role = span.role as SentRole
    const name = nameOf({ role, pointer, value: () => valueAt(tape, span.node) })
    parts.push({
      role,
      name,
      ...contentOf(tape, span),
      ...(within === undefined ? {} : { within: within as SentRole }),
      at: pointer,
    })
  }
  return parts
}

interface NamedSpan {
  readonly role: string
  readonly pointer: string
  /** Its decoded value; undefined where it is not shown. */
  readonly value: () => JsonValue | undefined
}

/** Names the spans of one body, which it has to be given in their order. */
export function partNamer(): (span: NamedSpan) => string {
  const counts = new Map<string, number>()
  return ({ role, pointer, value }) => {
    if (SEQUENCE_ROLES.has(role) && !IS_CONTENT.test(pointer)) return pointer
    const ordinal = counts.get(role) ?? 0
    counts.set(role, ordinal + 1)
    if (SEQUENCE_ROLES.has(role)) return String(ordinal)
    if (role === 'model') return ordinal === 0 ? 'model' : pointer
    if (role === 'outputFormat') return ordinal === 0 ? 'response_format' : pointer
    const member = topLevelName(pointer)
    if (role === 'tools' && member === undefined) return toolName(value()) ?? pointer
    return member ?? pointer
  }
}

/** What a message says. A name or a call beside it must not pass for that, nor shift the places of what follows. */
const IS_CONTENT = /\/(?:content|text)$/

/** A member's own name where it stands at the top and passes neither for a pointer nor for a header. */
function topLevelName(pointer: string): string | undefined {
  const [name, ...below] = parsePointer(pointer)
  return name === undefined || below.length > 0 || /^(?:\/|header )/.test(name) ? undefined : name
}

/** `name` of the definition of a function or custom tool, or of the tool itself. */
function toolName(tool: JsonValue | undefined): string | undefined {
  if (!(tool instanceof Map)) return undefined
  const definition = tool.get('function') ?? tool.get('custom')
  const name = definition instanceof Map ? definition.get('name') : tool.get('name')
  return typeof name === 'string' && name !== '' ? name : undefined
}

function contentOf(tape: JsonTape, span: BodySpan): { encoding: Encoding; value: Uint8Array } {
  if (span.kind === 'text') return { encoding: 'text', value: encodeUtf8(decodePiece(tape, span)) }
  if (tape.kind[span.node] === JsonKind.string)
    return { encoding: 'text', value: encodeUtf8(stringAt(tape, span.node)) }
  return { encoding: 'json', value: canonicalValue(tape, span.node) }
}

/**
 * A number whose exponent has more than 1,000 digits has no canonical text: then the bytes as they were sent, which are
 * the canonical text of no other value.
 */
function canonicalValue(tape: JsonTape, node: number): Uint8Array {
  try {
    return canonicalize(valueAt(tape, node))
  } catch (error) {
    if (!ColophonError.is(error, 'JSON_NUMBER_RANGE')) throw error
    return tape.bytes.slice(tape.start[node], tape.end[node])
  }
}

const QUOTE = Uint8Array.of(0x22)

/** A piece of a string never divides a character, so between quotes it is a string of its own. */
function decodePiece(tape: JsonTape, span: BodySpan): string {
  const piece = tape.bytes.subarray(span.offset, span.end)
  if (!piece.includes(0x5c)) return decodeUtf8(piece)
  return stringAt(scanJson(concatBytes(QUOTE, piece, QUOTE)), 0)
}
