/**
 * The cut list: where the application's own passages stand inside the strings of a request
 * (`docs/spec/spans.md`, "Cut list").
 *
 * Only the application knows these places, and the labels are its claim. A place is given in bytes of the body as it
 * stands, counted from the byte after the string's opening quote, and never divides an escape, a UTF-8 sequence or a
 * surrogate pair written as two escapes. The list is sorted by pointer (UTF-16 order) and start, disjoint, and committed
 * to as a leaf of its own: the RFC 8785 form of `[{"end":…,"label":…,"pointer":…,"start":…}, …]`.
 *
 * @module
 */
import { asFormat } from '../as-format.ts'
import { ColophonError } from '../errors.ts'
import { canonicalize, type JsonValue, parseCanonicalJson, parsePointer, readObject } from '../json/index.ts'

export interface Cut {
  /** JSON Pointer of the string. */
  readonly pointer: string
  /** 0 ≤ start < end ≤ the bytes between the quotes. */
  readonly start: number
  readonly end: number
  /** The application's name of the passage; up to 256 characters. */
  readonly label: string
}

export type CutList = readonly Cut[]

const MAX_CUTS = 1_000
const MAX_BYTES = 1 << 20

/** @throws {ColophonError} CUT_LIST_MALFORMED: what cannot be read again is not written */
export function formatCutList(cuts: CutList): Uint8Array {
  return asFormat({ code: 'CUT_LIST_MALFORMED' }, () => {
    const bytes = canonicalize(cuts.map(({ pointer, start, end, label }) => ({ pointer, start, end, label })))
    parseCutList(bytes)
    return bytes
  })
}

/** @throws {ColophonError} CUT_LIST_MALFORMED */
export function parseCutList(bytes: Uint8Array): CutList {
  return asFormat({ code: 'CUT_LIST_MALFORMED' }, () => readCuts(parseCanonicalJson(bytes, { maxBytes: MAX_BYTES })))
}

function readCuts(value: JsonValue): CutList {
  if (!Array.isArray(value)) throw new ColophonError('CUT_LIST_MALFORMED', 'got another type, want a list')
  if (value.length > MAX_CUTS)
    throw new ColophonError('CUT_LIST_MALFORMED', `got ${value.length} cuts, want at most ${MAX_CUTS}`)
  const cuts = (value as readonly JsonValue[]).map((item, index) => {
    const reader = readObject(item, `/${index}`)
    const cut = {
      pointer: reader.string('pointer', { max: 1_024 }),
      start: reader.integer('start'),
      end: reader.integer('end'),
      label: reader.string('label', { max: 256 }),
    }
    reader.end()
    parsePointer(cut.pointer)
    return cut
  })
  cuts.forEach((cut, index) => {
    requireOrder(cut, cuts[index - 1], index)
  })
  return cuts
}

function requireOrder(cut: Cut, previous: Cut | undefined, index: number): void {
  const after =
    previous === undefined ||
    previous.pointer < cut.pointer ||
    (previous.pointer === cut.pointer && previous.end <= cut.start)
  if (cut.start >= cut.end || !after) {
    throw new ColophonError('CUT_LIST_MALFORMED', 'cuts are not sorted, disjoint and non-empty', { at: `/${index}` })
  }
}
