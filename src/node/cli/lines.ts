/**
 * Text for a terminal, line by line. Whatever stands in a line is escaped when it is printed, so that no command can
 * forget to; colours are told apart from text and come after.
 *
 * @module
 */
import { styleText } from 'node:util'
import { escapeText } from './escape.ts'

export type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow'

export type Span = string | { readonly style: Style; readonly text: string }

export type Line = string | readonly Span[]

export const styled = (style: Style, text: string): Span => ({ style, text })

/** A text of several lines, each behind a bar, so that it cannot be taken for ours. Long ones are cut. */
export function quote(text: string, options: { readonly indent: string }): Line[] {
  const { indent } = options
  const all = text.split('\n')
  const shown = all.slice(0, MAX_LINES).map((line): Line => {
    const cut = line.length > MAX_COLUMNS ? [styled('dim', ` … ${line.length - MAX_COLUMNS} more characters`)] : []
    return [indent, styled('dim', '│ '), line.slice(0, MAX_COLUMNS), ...cut]
  })
  const more = all.length - shown.length
  return more === 0 ? shown : [...shown, [indent, styled('dim', `│ … ${more} more lines; --json has all`)]]
}

const MAX_LINES = 40
const MAX_COLUMNS = 2_000

/** Names and values in two columns. */
export function columns(
  rows: readonly (readonly [name: string, value: string])[],
  options: { indent: string },
): Line[] {
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, value]) => [`${options.indent}${name.padEnd(width)}  `, value])
}

/** @param options.colours whether the reader can see them */
export function renderLines(lines: readonly Line[], { colours }: { readonly colours: boolean }): string {
  return lines
    .map(
      (line) =>
        `${[line]
          .flat()
          .map((span) => renderSpan(span, colours))
          .join('')}\n`,
    )
    .join('')
}

function renderSpan(span: Span, colours: boolean): string {
  if (typeof span === 'string') return escapeText(span)
  const text = escapeText(span.text)
  return colours ? styleText(span.style, text, { validateStream: false }) : text
}

/** Colours on a terminal only, and not where NO_COLOR (https://no-color.org) asks for none. */
export function wantsColours(stream: { readonly isTTY?: boolean }): boolean {
  const { NO_COLOR: noColour, TERM: terminal } = process.env
  return stream.isTTY === true && (noColour === undefined || noColour === '') && terminal !== 'dumb'
}
