/**
 * Finds the application's passages inside the prompts of a request (`docs/spec/spans.md`, "Finding passages").
 *
 * A passage is looked for in the decoded strings, exactly as it is, so that JSON escapes and characters of several bytes
 * are no matter; its place is then given in bytes of the body. Nothing is normalized: a passage that a framework has
 * changed is not there.
 *
 * @module
 */
import { encodeHex, encodeUtf8 } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import type { Sha256 } from '../hash/index.ts'
import { parseJson } from '../json/index.ts'
import { SEQUENCE_ROLES } from '../roles/index.ts'
import {
  type Cut,
  type CutList,
  isCut,
  type Leaf,
  MAX_CUTS,
  type PassageName,
  type PassageText,
  type UnplacedPassage,
  unitOffsets,
} from '../spans/index.ts'
import { TextSearch } from './text-search.ts'

/** A passage as the application names it: its text, or its digest alone. */
export type NamedPassage = PassageName & ({ readonly text: string } | { readonly sha256: string })

/** Shorter beginnings are found by chance: UTF-16 code units. */
const MIN_PREFIX = 32

/** Passages times characters of prompts: what a look through all of them costs at most. */
const MAX_SEARCH = 2 ** 27

/** Characters of all passages together, each of which is digested: as many as a gateway keeps. */
const MAX_CHARACTERS = 2 ** 26

/** Most characters of a pointer in a cut list. */
const MAX_CUT_POINTER = 1_024

/**
 * The cut list of a request. Passages are looked for in the order given, each takes the first place that no other has;
 * where the whole of one is not there, its longest beginning is.
 *
 * @param input.leaves of the body, cut without passages
 * @throws {ColophonError} CONTEXT_TOO_LARGE
 */
export function locatePassages(input: {
  readonly leaves: readonly Leaf[]
  readonly passages: readonly NamedPassage[]
  readonly hash: Sha256
}): CutList {
  const { leaves, passages, hash } = input
  const prompts = leaves.filter(isPrompt).map((leaf) => new Prompt(leaf))
  requireBounded(prompts, passages)
  const isRead = leaves.every(({ kind }) => kind !== 'opaque')
  const unplaced = passages.flatMap((passage): UnplacedPassage[] => {
    if (!('text' in passage)) return [{ ...nameOf(passage), whole: { sha256: passage.sha256 } }]
    const whole = textOf(passage.text, hash)
    // Nobody can look through a body that no dialect reads.
    if (!isRead) return [{ ...nameOf(passage), whole: { sha256: whole.sha256 } }]
    const found = takePlace(prompts, passage, whole)
    if (found === 'placed') return []
    // In the bytes, but inside another passage: it has no place of its own.
    return [{ ...nameOf(passage), whole: found === 'overlapping' ? { sha256: whole.sha256 } : whole }]
  })
  return sorted([...prompts.flatMap((prompt) => prompt.cuts()), ...unplaced])
}

const QUOTE = 0x22

const isPrompt = ({ kind, role, bytes, pointer }: Leaf): boolean =>
  kind === 'value' && SEQUENCE_ROLES.has(role) && bytes[0] === QUOTE && pointer.length <= MAX_CUT_POINTER

function requireBounded(prompts: readonly Prompt[], passages: readonly NamedPassage[]): void {
  const characters = prompts.reduce((sum, { text }) => sum + text.length, 0)
  const named = passages.reduce((sum, passage) => sum + ('text' in passage ? passage.text.length : 0), 0)
  const isBounded = passages.length <= MAX_CUTS && named <= MAX_CHARACTERS
  if (isBounded && passages.length * characters <= MAX_SEARCH) return
  throw new ColophonError(
    'CONTEXT_TOO_LARGE',
    `${passages.length} passages of ${named} characters cannot be looked for in prompts of ${characters}`,
  )
}

const nameOf = ({ label, version, rank }: PassageName): PassageName => ({
  label,
  ...(version === undefined ? {} : { version }),
  ...(rank === undefined ? {} : { rank }),
})

function textOf(text: string, hash: Sha256): PassageText {
  const bytes = encodeUtf8(text)
  return { sha256: encodeHex(hash(bytes)), length: bytes.length }
}

type Found = 'placed' | 'overlapping' | 'missing'

function takePlace(
  prompts: readonly Prompt[],
  passage: PassageName & { readonly text: string },
  whole: PassageText,
): Found {
  const { text } = passage
  const length = longestBeginning(prompts, text)
  if (length === 0) return 'missing'
  const part = new TextSearch(text.slice(0, length))
  return prompts.some((prompt) => prompt.take(part, { ...nameOf(passage), whole })) ? 'placed' : 'overlapping'
}

/** The whole length, or that of the longest beginning that is there and no accident; else 0. */
function longestBeginning(prompts: readonly Prompt[], text: string): number {
  const longest = prompts.reduce((most, prompt) => Math.max(most, prompt.text.length), 0)
  if (longest === 0) return 0
  // More of it than that is nowhere.
  const search = new TextSearch(text.slice(0, longest))
  const found = prompts.reduce((most, prompt) => Math.max(most, search.longestBeginningIn(prompt.text)), 0)
  if (found === text.length) return found
  const length = isHighSurrogate(text.charCodeAt(found - 1)) ? found - 1 : found
  return length < MIN_PREFIX ? 0 : length
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff

interface Place {
  /** UTF-16 code units of the decoded text. */
  readonly from: number
  readonly to: number
  readonly name: PassageName & { readonly whole: PassageText }
}

/** One string of the request, decoded, and the places in it that are taken. */
class Prompt {
  readonly text: string
  readonly #leaf: Leaf
  /** In their order. */
  readonly #places: Place[] = []

  constructor(leaf: Leaf) {
    this.#leaf = leaf
    this.text = parseJson(leaf.bytes) as string
  }

  /** @returns false where every place that holds the text is taken, at least in part */
  take(text: TextSearch, name: Place['name']): boolean {
    let next = 0
    const placeAfter = (from: number): Place | undefined => {
      while (next < this.#places.length && (this.#places[next] as Place).to <= from) next += 1
      return this.#places[next]
    }
    for (let from = text.placeIn(this.text, 0); from >= 0; ) {
      const to = from + text.length
      let free = from
      for (let taken = placeAfter(free); taken !== undefined && taken.from < to; taken = placeAfter(free))
        free = taken.to
      if (free === from) {
        this.#places.splice(next, 0, { from, to, name })
        return true
      }
      from = text.placeIn(this.text, free)
    }
    return false
  }

  cuts(): Cut[] {
    const places = this.#places
    if (places.length === 0) return []
    const { bytes, pointer } = this.#leaf
    const offsets = unitOffsets(
      { bytes, start: 0, end: bytes.length },
      places.flatMap(({ from, to }) => [from, to]),
    )
    return places.map(({ name }, index) => {
      return { pointer, start: offsets[2 * index] as number, end: offsets[2 * index + 1] as number, ...name }
    })
  }
}

/** As a cut list has to be. */
function sorted(entries: readonly (Cut | UnplacedPassage)[]): CutList {
  const cuts = entries
    .filter(isCut)
    .sort((left, right) => compare(left.pointer, right.pointer) || left.start - right.start)
  const others = entries
    .filter((entry): entry is UnplacedPassage => !isCut(entry))
    .sort((left, right) => compare(left.label, right.label) || compare(left.whole.sha256, right.whole.sha256))
  return [...cuts, ...others]
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)
