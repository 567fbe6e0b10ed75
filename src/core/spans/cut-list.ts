/**
 * The cut list: the application's own passages, and where they stand inside the strings of a request
 * (`docs/spec/spans.md`, "Cut list").
 *
 * Only the application knows them, and their labels are its claim. A place is given in bytes of the body as it stands,
 * counted from the byte after the string's opening quote, and never divides an escape, a UTF-8 sequence or a surrogate pair
 * written as two escapes. A passage that was named and has no place comes after those that have one. The list is sorted,
 * disjoint, and committed to as a leaf of its own, in RFC 8785 form.
 *
 * @module
 */
import { asFormat } from '../as-format.ts'
import { ColophonError } from '../errors.ts'
import {
  canonicalize,
  type JsonValue,
  type ObjectReader,
  parseCanonicalJson,
  parsePointer,
  readObject,
} from '../json/index.ts'

/** What the application says of a passage. */
export interface PassageName {
  /** Where it comes from; up to 256 characters. */
  readonly label: string
  /** Of its source; up to 256 characters. */
  readonly version?: string
  /** By which it was retrieved, from 0. */
  readonly rank?: number
}

/** The whole text of a passage. */
export interface PassageText {
  /** Hex, of its UTF-8 bytes. */
  readonly sha256: string
  /** Their number. */
  readonly length: number
}

/** A passage, or the beginning of one, where it stands. */
export interface Cut extends PassageName {
  /** JSON Pointer of the string. */
  readonly pointer: string
  /** 0 ≤ start < end ≤ the bytes between the quotes. */
  readonly start: number
  readonly end: number
  /** What it is the whole or the beginning of, where the application said so. */
  readonly whole?: PassageText
}

/**
 * A passage without a place: looked for and not found, where its length is known; where only its digest was named, nobody
 * could look for it.
 */
export interface UnplacedPassage extends PassageName {
  readonly whole: { readonly sha256: string; readonly length?: number }
}

export type CutList = readonly (Cut | UnplacedPassage)[]

export const isCut = (entry: Cut | UnplacedPassage): entry is Cut => 'pointer' in entry

/** Most passages of one request. */
export const MAX_CUTS = 1_000
const MAX_BYTES = 1 << 20
const MAX_NAME = 256

/** @throws {ColophonError} CUT_LIST_MALFORMED: what cannot be read again is not written */
export function formatCutList(entries: CutList): Uint8Array {
  return asFormat({ code: 'CUT_LIST_MALFORMED' }, () => {
    const bytes = canonicalize(entries)
    parseCutList(bytes)
    return bytes
  })
}

/** @throws {ColophonError} CUT_LIST_MALFORMED */
export function parseCutList(bytes: Uint8Array): CutList {
  return asFormat({ code: 'CUT_LIST_MALFORMED' }, () => readEntries(parseCanonicalJson(bytes, { maxBytes: MAX_BYTES })))
}

function readEntries(value: JsonValue): CutList {
  if (!Array.isArray(value)) throw new ColophonError('CUT_LIST_MALFORMED', 'got another type, want a list')
  if (value.length > MAX_CUTS)
    throw new ColophonError('CUT_LIST_MALFORMED', `got ${value.length} passages, want at most ${MAX_CUTS}`)
  const entries = (value as readonly JsonValue[]).map((item, index) => {
    const reader = readObject(item, `/${index}`)
    const entry = reader.has('pointer') ? readCut(reader) : readUnplaced(reader)
    reader.end()
    return entry
  })
  entries.forEach((entry, index) => {
    if (!isInOrder(entries[index - 1], entry))
      throw new ColophonError('CUT_LIST_MALFORMED', 'passages are not sorted, disjoint and non-empty', {
        at: `/${index}`,
      })
  })
  return entries
}

function readCut(reader: ObjectReader): Cut {
  const cut = {
    pointer: reader.string('pointer', { max: 1_024 }),
    start: reader.integer('start'),
    end: reader.integer('end'),
    ...readName(reader),
    ...(reader.has('whole') ? { whole: readWhole(reader.object('whole')) } : {}),
  }
  parsePointer(cut.pointer)
  return cut
}

const readUnplaced = (reader: ObjectReader): UnplacedPassage => {
  const name = readName(reader)
  const whole = reader.object('whole')
  if (whole.has('length')) return { ...name, whole: readWhole(whole) }
  const sha256 = whole.hex('sha256', 32)
  whole.end()
  return { ...name, whole: { sha256 } }
}

const readName = (reader: ObjectReader): PassageName => ({
  label: reader.string('label', { max: MAX_NAME }),
  ...(reader.has('version') ? { version: reader.string('version', { max: MAX_NAME }) } : {}),
  ...(reader.has('rank') ? { rank: reader.integer('rank') } : {}),
})

function readWhole(reader: ObjectReader): PassageText {
  const whole = { sha256: reader.hex('sha256', 32), length: reader.integer('length', { min: 1 }) }
  reader.end()
  return whole
}

/** Places by pointer and start, one after another; then what has none, by label and digest. */
function isInOrder(before: Cut | UnplacedPassage | undefined, entry: Cut | UnplacedPassage): boolean {
  if (!isCut(entry)) {
    if (before === undefined || isCut(before)) return true
    return before.label < entry.label || (before.label === entry.label && before.whole.sha256 <= entry.whole.sha256)
  }
  if (entry.start >= entry.end) return false
  if (before === undefined) return true
  if (!isCut(before)) return false
  return before.pointer < entry.pointer || (before.pointer === entry.pointer && before.end <= entry.start)
}
