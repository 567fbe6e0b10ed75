/**
 * Two texts, compared word by word: what both have, what only the left one has, and what only the right one.
 *
 * First lines are compared, then the words of those that differ. Whatever would take too long is not looked into: it is
 * taken out and put in whole, which is as true and says less. Nothing is trimmed or folded: what is the same and what was
 * removed make the left text, what is the same and what was added the right one.
 *
 * @module
 */
import { findHunks, type Hunk, type WorkBudget } from './edit-script.ts'

export interface TextPiece {
  readonly kind: 'same' | 'removed' | 'added'
  /** Not empty. */
  readonly text: string
}

export interface TextDiff {
  /** No two neighbours of one kind; what is removed stands before what is added in its place. */
  readonly pieces: readonly TextPiece[]
  /** `lines`: some of it was too long to be compared word by word. */
  readonly level: 'words' | 'lines'
}

interface Sides {
  readonly left: string
  readonly right: string
}

/** UTF-16 units of a side, beyond which it is not divided: each word takes some memory. */
const MAX_IN_LINES = 2_000_000
const MAX_IN_WORDS = 200_000

export function diffTexts(sides: Sides, budget: WorkBudget): TextDiff {
  const { before, middle, after } = trimSameLines(sides)
  const differing = diffLines(middle, budget)
  return {
    pieces: joinNeighbours([same(before), ...differing.pieces, same(after)]),
    level: differing.level,
  }
}

const same = (text: string): TextPiece => ({ kind: 'same', text })

const replaced = ({ left, right }: Sides, level: TextDiff['level'] = 'words'): TextDiff => ({
  pieces: [
    { kind: 'removed', text: left },
    { kind: 'added', text: right },
  ],
  level,
})

/** Whole lines that both begin and end with: most of two long texts. */
function trimSameLines({ left, right }: Sides) {
  const shorter = Math.min(left.length, right.length)
  let start = 0
  while (start < shorter && left[start] === right[start]) start++
  const isEqual = start === left.length && start === right.length
  if (!isEqual) start = left.slice(0, start).lastIndexOf('\n') + 1
  let end = 0
  while (end < shorter - start && left[left.length - 1 - end] === right[right.length - 1 - end]) end++
  const line = left.indexOf('\n', left.length - end)
  end = line === -1 ? 0 : left.length - line - 1
  return {
    before: left.slice(0, start),
    middle: { left: left.slice(start, left.length - end), right: right.slice(start, right.length - end) },
    after: left.slice(left.length - end),
  }
}

function diffLines(sides: Sides, budget: WorkBudget): TextDiff {
  if (isLonger(sides, MAX_IN_LINES)) return replaced(sides, 'lines')
  const lines = { left: splitLines(sides.left), right: splitLines(sides.right) }
  const hunks = findHunks(lines, budget) ?? [wholeOf(lines)]
  return weave(lines, hunks, (hunk) => diffWords(hunk, budget))
}

/** Each with its end. */
const splitLines = (text: string): readonly string[] => text.split(/(?<=\n)/)

/** Of lines that differ. */
function diffWords(sides: Sides, budget: WorkBudget): TextDiff {
  const { left, right } = sides
  // The end of the line is no change of it.
  if (left.endsWith('\n') && right.endsWith('\n')) {
    const inner = diffWords({ left: left.slice(0, -1), right: right.slice(0, -1) }, budget)
    return { ...inner, pieces: [...inner.pieces, same('\n')] }
  }
  if (left === '' || right === '') return replaced(sides)
  if (isLonger(sides, MAX_IN_WORDS)) return replaced(sides, 'lines')
  const words = { left: splitWords(left), right: splitWords(right) }
  const hunks = findHunks(words, budget)
  if (hunks === undefined) return replaced(sides, 'lines')
  const differing = weave(words, joinAcrossBlanks(words.left, hunks), (hunk) => replaced(hunk))
  return isMostlyReplaced(sides, differing) ? replaced(sides) : differing
}

/** Letters and digits together; blanks together; of scripts without blanks, and of all else, each character by itself. */
const WORD =
  /(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{M}\p{N}_])+|[^\S\n]+|[\s\S]/gu

const splitWords = (text: string): readonly string[] => text.match(WORD) ?? []

/** Words with nothing but blanks between them that were all replaced read best as one phrase. */
function joinAcrossBlanks(left: readonly string[], hunks: readonly Hunk[]): readonly Hunk[] {
  const joined: Hunk[] = []
  for (const hunk of hunks) {
    const last = joined.at(-1)
    const between = last === undefined ? undefined : left.slice(last.leftEnd, hunk.leftStart).join('')
    if (last === undefined || between === undefined || !/^[^\S\n]+$/.test(between)) joined.push(hunk)
    else joined.splice(-1, 1, { ...hunk, leftStart: last.leftStart, rightStart: last.rightStart })
  }
  return joined
}

/** Where only a few words are the same, they are so by chance, and to read round them is harder than to read both. */
function isMostlyReplaced({ left, right }: Sides, { pieces }: TextDiff): boolean {
  const kept = pieces.filter(({ kind }) => kind === 'same').reduce((sum, { text }) => sum + text.trim().length, 0)
  return kept * 5 < Math.max(left.length, right.length)
}

const isLonger = ({ left, right }: Sides, most: number): boolean => left.length > most || right.length > most

interface Elements {
  readonly left: readonly string[]
  readonly right: readonly string[]
}

const wholeOf = ({ left, right }: Elements): Hunk => ({
  leftStart: 0,
  leftEnd: left.length,
  rightStart: 0,
  rightEnd: right.length,
})

/** What is the same, and between it what `change` makes of what is not. */
function weave(elements: Elements, hunks: readonly Hunk[], change: (sides: Sides) => TextDiff): TextDiff {
  const { left, right } = elements
  const pieces: TextPiece[] = []
  let level: TextDiff['level'] = 'words'
  let done = 0
  for (const { leftStart, leftEnd, rightStart, rightEnd } of hunks) {
    const hunk = { left: left.slice(leftStart, leftEnd).join(''), right: right.slice(rightStart, rightEnd).join('') }
    const changed = change(hunk)
    pieces.push(same(left.slice(done, leftStart).join('')), ...changed.pieces)
    if (changed.level === 'lines') level = 'lines'
    done = leftEnd
  }
  return { pieces: [...pieces, same(left.slice(done).join(''))], level }
}

function joinNeighbours(pieces: readonly TextPiece[]): readonly TextPiece[] {
  const joined: TextPiece[] = []
  for (const piece of pieces) {
    const last = joined.at(-1)
    if (piece.text === '') continue
    if (last?.kind === piece.kind) joined.splice(-1, 1, { ...piece, text: last.text + piece.text })
    else joined.push(piece)
  }
  return joined
}
