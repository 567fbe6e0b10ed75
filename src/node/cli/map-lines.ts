/**
 * The map of a disclosure on a terminal: a block per span, what it holds behind a bar.
 *
 *     [model /model 6 bytes]  │ tiny
 *     [input /messages/1/content 412 bytes, closed]
 *
 * @module
 */
import type { MappedSpan, MessageMap } from '../../core/explain/index.ts'
import { type Line, prose, quote, styled } from './lines.ts'

/** Rows of a message; --json has all. */
const MAX_ROWS = 1_000
/** What is longer, or has several lines, stands below its block. */
const MAX_BESIDE = 60
const MAX_POINTER = 120

export function mapLines(maps: readonly MessageMap[]): Line[] {
  if (maps.length === 0) return ['', 'There is no map: nothing of the messages is shown and proven.']
  return maps.flatMap(({ message, proven, claimed, spans }): Line[] => {
    const more = spans.length - MAX_ROWS
    return [
      '',
      [styled('bold', `The ${message}, span by span`)],
      prose(['   proven:   '], proven),
      prose(['   claimed:  '], claimed),
      ...spans.slice(0, MAX_ROWS).flatMap(spanLines),
      ...(more > 0 ? [`   … ${more} more spans; --json has all`] : []),
    ]
  })
}

function spanLines(span: MappedSpan): Line[] {
  const { state, reading = '' } = span
  const block = `[${labelOf(span)} ${span.length} ${span.length === 1 ? 'byte' : 'bytes'}`
  if (state === 'closed') return [['   ', styled('yellow', `${block}, closed]`)]]
  const head = ['   ', styled('green', `${block}]`)]
  if (span.length === 0) return [head]
  if (reading.length > MAX_BESIDE || reading.includes('\n')) return [head, ...quote(reading, { indent: '     ' })]
  return [[...head, styled('dim', '  │ '), reading]]
}

/** By its role, where it has one; by its kind, where that says more. */
function labelOf({ kind, role, pointer }: MappedSpan): string {
  const place = pointer.length > MAX_POINTER ? `${pointer.slice(0, MAX_POINTER)}…` : pointer
  const names = role === '' ? [kind] : kind === 'value' || kind === 'text' ? [role] : [role, kind]
  return [...names, ...(place === '' ? [] : [place])].map(withinBlock).join(' ')
}

/** Labels are anybody's words: none can end its block, and go on as if something stood open there. */
const withinBlock = (word: string): string => (/[\s[\]│"]/.test(word) ? JSON.stringify(word) : word)
