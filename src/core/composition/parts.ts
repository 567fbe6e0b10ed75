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
import { canonicalize, JsonKind, type JsonTape, scanJson, stringAt, valueAt } from '../json/index.ts'
import type { SentRole } from '../roles/index.ts'
import type { BodySpan } from '../spans/index.ts'
import { type PartNames, partNamer } from './part-names.ts'

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
export function partsOf(body: {
  readonly tape: JsonTape
  readonly spans: readonly BodySpan[]
  readonly names: PartNames
}): Part[] {
  const { tape, spans, names } = body
  const nameOf = partNamer(names)
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
