/**
 * Text for a terminal, line by line. Whatever stands in a line is escaped when it is printed, so that no command can
 * forget to; colours are told apart from text and come after.
 *
 * @module
 */
import { styleText } from 'node:util'
import { escapeText } from '../../core/escape/index.ts'
import { columnsOf, wrapText } from './wrap-text.ts'

export type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow'

export type Span = string | { readonly style: Style; readonly text: string }

/** Prose is broken at the width of a terminal; all else is not, since commands and keys are there to be copied. */
export type Line = string | readonly Span[] | Prose

export interface Prose {
  /** What stands before the text: a sign, a name, a number. */
  readonly head: readonly Span[]
  readonly text: Span | readonly Span[]
  /** What stands before each further piece of the text. Default: blanks, as wide as the head, two at least. */
  readonly again?: readonly Span[]
  /** Break what is longer than a line too, so that nothing can leave its column. */
  readonly breaksWords?: boolean
}

export const styled = (style: Style, text: string): Span => ({ style, text })

export const prose = (head: readonly Span[], text: Span): Prose => ({ head, text })

/** A text of several lines, each behind a bar, so that it cannot be taken for ours. Long ones are cut. */
export function quote(text: string, options: { readonly indent: string }): Line[] {
  const { indent } = options
  const all = text.split('\n')
  const bar = [indent, styled('dim', '│ ')]
  const shown = all.slice(0, MAX_LINES).flatMap((line): Line[] => {
    const cut = line.length - MAX_COLUMNS
    const text = { head: bar, text: line.slice(0, MAX_COLUMNS), again: bar, breaksWords: true }
    return cut <= 0 ? [text] : [text, [...bar, styled('dim', `… ${cut} more characters; --json has all`)]]
  })
  const more = all.length - Math.min(all.length, MAX_LINES)
  return more === 0 ? shown : [...shown, [...bar, styled('dim', `… ${more} more lines; --json has all`)]]
}

/** Of the first column: a longer name takes its own line's room, and no other's. */
const MAX_NAME = 60
const MAX_LINES = 40
const MAX_COLUMNS = 2_000

/** Names and values in two columns. */
export function columns(
  rows: readonly (readonly [name: string, value: string])[],
  options: { indent: string },
): Line[] {
  const width = rows.reduce((most, [name]) => Math.max(most, Math.min(name.length, MAX_NAME)), 0)
  return rows.map(([name, value]) => prose([`${options.indent}${name.padEnd(width)}  `], value))
}

export interface Screen {
  /** Whether the reader can see them. */
  readonly colours: boolean
  /** Undefined where lines have no end: a file, a pipe. */
  readonly width?: number | undefined
}

export const screenOf = (stream: { readonly isTTY?: boolean; readonly columns?: number }): Screen => ({
  colours: wantsColours(stream),
  width: stream.isTTY === true ? stream.columns : undefined,
})

export function renderLines(lines: readonly Line[], { colours, width }: Screen): string {
  return lines
    .flatMap((line) => rowsOf(line, width))
    .map((row) => `${row.map((span) => renderSpan(span, colours)).join('')}\n`)
    .join('')
}

/** However narrow the terminal, this much of each row is text. */
const MIN_COLUMNS = 20

function rowsOf(line: Line, width: number | undefined): readonly (readonly Span[])[] {
  if (typeof line === 'string') return [[line]]
  if (!('head' in line)) return [line]
  const { head, text, breaksWords = false } = line
  const spans = Array.isArray(text) ? (text as readonly Span[]) : [text as Span]
  if (width === undefined) return [[...head, ...spans]]
  // Never at the margin, where verdicts begin: text of others could be broken so that it looks like one.
  const indent = Math.max(columnsOf(head.map(textOf).join('')), 2)
  const again = line.again ?? [' '.repeat(indent)]
  const options = { width: Math.max(width - indent, MIN_COLUMNS), breaksWords }
  const escaped = spans.map((span): Styled => ({ ...asStyled(span), text: escapeText(textOf(span)) }))
  const all = escaped.map((span) => span.text).join('')
  let done = 0
  return wrapText(all, options).map((row, index) => {
    // Blanks at the end of a row are left out.
    const start = all.indexOf(row, done)
    done = start + row.length
    return [...(index === 0 ? head : again), ...sliceSpans(escaped, start, done)]
  })
}

interface Styled {
  readonly style?: Style
  readonly text: string
}

const asStyled = (span: Span): Styled => (typeof span === 'string' ? { text: span } : span)

/** What they say from `start` to `end`, each as it is styled. */
function sliceSpans(spans: readonly Styled[], start: number, end: number): readonly Span[] {
  let offset = 0
  return spans.flatMap(({ style, text }): Span[] => {
    const [from, to] = [start - offset, end - offset]
    offset += text.length
    const taken = text.slice(Math.max(from, 0), Math.max(to, 0))
    if (taken === '') return []
    return [style === undefined ? taken : { style, text: taken }]
  })
}

const textOf = (span: Span): string => (typeof span === 'string' ? span : span.text)

/** Escaping twice changes nothing: an escape has no character that is escaped. */
function renderSpan(span: Span, colours: boolean): string {
  const text = escapeText(textOf(span))
  return colours && typeof span !== 'string' ? styleText(span.style, text, { validateStream: false }) : text
}

/** Colours on a terminal only, and not where NO_COLOR (https://no-color.org) asks for none. */
export function wantsColours(stream: { readonly isTTY?: boolean }): boolean {
  const { NO_COLOR: noColour, TERM: terminal } = process.env
  return stream.isTTY === true && (noColour === undefined || noColour === '') && terminal !== 'dumb'
}
