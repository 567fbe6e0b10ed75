/**
 * The parts a request is composed of: what its spans hold, decoded (`docs/spec/composition.md`, "Parts").
 *
 * A part's value is made as a declared component's is: a string's UTF-8 bytes, anything else in RFC 8785 form with exact
 * numbers. Its name is what a declaration would call it. No body makes this fail.
 *
 * @module
 */
import { concatBytes, encodeUtf8 } from '../bytes/index.ts'
import type { Encoding } from '../declaration/index.ts'
import { ColophonError } from '../errors.ts'
import { canonicalize, JsonKind, type JsonTape, scanJson, textBytesAt, valueAt } from '../json/index.ts'
import type { SentRole } from '../roles/index.ts'
import type { BodySpan } from '../spans/index.ts'
import { type PartNames, partNamer } from './part-names.ts'

export interface Part {
  readonly role: SentRole
  readonly name: string
  readonly encoding: Encoding
  /** Made when it is asked for: most comparisons need the values of a few parts only. */
  readonly value: Uint8Array
  /** Of a passage that the cut list names: the role of the string that it stands in. */
  readonly within?: SentRole
  /** Of such a passage: what the application calls it, which is its word. */
  readonly label?: string
  /** Where it stands in the request: a JSON Pointer, `path`, `query NAME` or `header NAME`. */
  readonly at: string
}

/**
 * The parts of a JSON body's spans, in the order they are sent. Structure is no part.
 *
 * @param body.modelInPath comes before them, as it stands in the path
 */
export function partsOf(body: {
  readonly tape: JsonTape
  readonly spans: readonly BodySpan[]
  readonly names: PartNames
  readonly modelInPath?: string | undefined
}): Part[] {
  const { tape, spans, names, modelInPath } = body
  const nameOf = partNamer(names)
  const parts: Part[] = []
  if (modelInPath !== undefined) {
    const [role, at] = ['model', 'path'] as const
    const name = nameOf({ role, pointer: at, value: () => modelInPath })
    parts.push({ role, name, encoding: 'text', value: encodeUtf8(modelInPath), at })
  }
  for (const span of spans) {
    if (span.kind === 'structure') continue
    const { pointer, within, label } = span
    const role = span.role as SentRole
    const name = nameOf({ role, pointer, value: () => valueAt(tape, span.node) })
    const part = new SpanPart({ tape, span, role, name })
    if (within !== undefined) part.within = within as SentRole
    if (label !== undefined) part.label = label
    parts.push(part)
  }
  return parts
}

class SpanPart implements Part {
  readonly role: SentRole
  readonly name: string
  readonly encoding: Encoding
  readonly at: string
  within?: SentRole
  label?: string
  readonly #tape: JsonTape
  readonly #span: BodySpan

  constructor({ tape, span, role, name }: { tape: JsonTape; span: BodySpan; role: SentRole; name: string }) {
    this.role = role
    this.name = name
    this.encoding = encodingOf(tape, span)
    this.at = span.pointer
    this.#tape = tape
    this.#span = span
  }

  get value(): Uint8Array {
    return decodedValue(this.#tape, this.#span)
  }
}

const encodingOf = ({ kind }: JsonTape, { node }: BodySpan): Encoding =>
  kind[node] === JsonKind.string ? 'text' : 'json'

function decodedValue(tape: JsonTape, span: BodySpan): Uint8Array {
  if (span.kind === 'text') return decodePiece(tape, span)
  if (encodingOf(tape, span) === 'text') return textBytesAt(tape, span.node)
  return canonicalValue(tape, span.node)
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
function decodePiece(tape: JsonTape, span: BodySpan): Uint8Array {
  const piece = tape.bytes.subarray(span.offset, span.end)
  return piece.includes(0x5c) ? textBytesAt(scanJson(concatBytes(QUOTE, piece, QUOTE)), 0) : piece
}
