/**
 * Two texts that differ, for people: `[-removed-]` and `{+added+}` where they stand, in colours on a terminal, behind a bar.
 * What is the same is shown as far as it is next to a change.
 *
 * The marks could stand in a text themselves. Then both are shown whole, one after the other.
 *
 * @module
 */
import type { Difference, MemberChange, Need, TextDiff, TextPiece } from '../../core/diff/index.ts'
import { type Line, prose, quote, type Span, type Style, styled } from './lines.ts'

const CHANGES: Readonly<Record<'removed' | 'added', { style: Style; before: string; after: string }>> = {
  removed: { style: 'red', before: '[-', after: '-]' },
  added: { style: 'green', before: '{+', after: '+}' },
}
const MARK = /\[-|-\]|\{\+|\+\}/

const MAX_ROWS = 40
const MAX_MEMBERS = 20
/** Characters of a change on one line; more are cut. */
const MAX_CHANGE = 2_000
/** Characters beside a change that stay. */
const BESIDE = 60

interface Sides {
  /** Undefined where it is not there, or not disclosed. */
  readonly left: string | undefined
  readonly right: string | undefined
}

/** Both sides of a difference, as closely as they were compared. */
export function detailLines(difference: Pick<Difference, 'left' | 'right' | 'detail' | 'needs'>): Line[] {
  const { left, right, detail, needs } = difference
  const sides = { left, right }
  switch (detail?.kind) {
    case undefined:
      return [...sideLines(sides), ...closedLines(needs)]
    case 'text':
      return textLines(detail, sides)
    case 'members':
      return memberLines(detail.members)
    case 'encodings':
      return [...sideLines(sides), `    The first is ${ENCODINGS[detail.left]}, the second ${ENCODINGS[detail.right]}.`]
  }
}

/** What is not shown is not gone. */
const closedLines = (needs: readonly Need[]): Line[] =>
  needs.map(({ side }) => [side === 'left' ? '  - ' : '  + ', styled('dim', 'not disclosed')])

const ENCODINGS = { text: 'a text', json: 'a JSON value' } as const

/** `-` before, `+` after. */
function sideLines({ left, right }: Sides): Line[] {
  return [
    ...(left === undefined ? [] : quote(left, { indent: '  - ' })),
    ...(right === undefined ? [] : quote(right, { indent: '  + ' })),
  ]
}

function memberLines(members: readonly MemberChange[]): Line[] {
  const more = members.length - MAX_MEMBERS
  return [
    ...members
      .slice(0, MAX_MEMBERS)
      .flatMap(({ at, left, right, text }): Line[] => [
        ...(at === '' ? [] : [['    ', styled('bold', at)]]),
        ...(text === undefined ? sideLines({ left, right }) : textLines(text, { left, right })),
      ]),
    ...(more <= 0 ? [] : [[styled('dim', `    … ${more} more; --json has all`)]]),
  ]
}

function textLines(diff: TextDiff, sides: Sides): Line[] {
  if (diff.pieces.some(({ text }) => MARK.test(text))) return sideLines(sides)
  const note = 'Too long to be compared word by word: lines are shown whole.'
  return [...rowsOf(diff.pieces).map(rowLine), ...(diff.level === 'words' ? [] : [prose(['    '], note)])]
}

/** A line of the text, or how much was left out. */
type Row = readonly TextPiece[] | { readonly omitted: number }

const BAR: readonly Span[] = ['    ', styled('dim', '│ ')]

function rowLine(row: Row): Line {
  if ('omitted' in row) return [...BAR, styled('dim', `… ${row.omitted} more lines`)]
  const text = row.flatMap((piece, index) =>
    pieceSpans(piece, { isFirst: index === 0, isLast: index === row.length - 1 }),
  )
  return { head: BAR, text, again: BAR, breaksWords: true }
}

function rowsOf(pieces: readonly TextPiece[]): readonly Row[] {
  const rows = splitRows(pieces)
  const isNear = (index: number): boolean => rows.slice(Math.max(index - 1, 0), index + 2).some(isChanged)
  const shown: Row[] = []
  for (const [index, row] of rows.entries()) {
    const last = shown.at(-1)
    if (isNear(index) && shown.length < MAX_ROWS) shown.push(row)
    else if (last !== undefined && 'omitted' in last) shown.splice(-1, 1, { omitted: last.omitted + 1 })
    else shown.push({ omitted: 1 })
  }
  return shown
}

const isChanged = (row: readonly TextPiece[]): boolean => row.some(({ kind }) => kind !== 'same')

/** Line by line. The end of a line that was removed or added is shown, since it is part of the change. */
function splitRows(pieces: readonly TextPiece[]): readonly (readonly TextPiece[])[] {
  const rows: TextPiece[][] = [[]]
  for (const { kind, text } of pieces) {
    for (const line of text.split(/(?<=\n)/)) {
      const isEnd = line.endsWith('\n')
      const shown = isEnd ? line.slice(0, -1) + (kind === 'same' ? '' : '↵') : line
      if (shown !== '') rows.at(-1)?.push({ kind, text: shown })
      if (isEnd) rows.push([])
    }
  }
  return rows.at(-1)?.length === 0 ? rows.slice(0, -1) : rows
}

function pieceSpans({ kind, text }: TextPiece, place: { isFirst: boolean; isLast: boolean }): readonly Span[] {
  if (kind === 'same') return sameSpans(text, place)
  const { style, before, after } = CHANGES[kind]
  const cut = text.length - MAX_CHANGE
  const shown = cut <= 0 ? text : `${text.slice(0, MAX_CHANGE)} … ${cut} more characters; --json has all`
  return [styled(style, `${before}${shown}${after}`)]
}

/** Next to a change on one side, or between two. */
function sameSpans(text: string, { isFirst, isLast }: { isFirst: boolean; isLast: boolean }): readonly Span[] {
  const [head, tail] = [isFirst ? 0 : BESIDE, isLast ? 0 : BESIDE]
  const most = isFirst && isLast ? 2 * BESIDE : head + tail
  const cut = text.length - most
  if (cut <= BESIDE) return [text]
  const kept = isFirst && isLast ? most : head
  const mark = styled('dim', `… ${cut} characters …`)
  return [text.slice(0, kept), mark, ...(tail === 0 || (isFirst && isLast) ? [] : [text.slice(-tail)])]
}
