import { describe, expect, test } from 'vitest'
import type { Detail, TextPiece } from '../../core/diff/index.ts'
import { renderLines } from './lines.ts'
import { detailLines } from './text-diff-lines.ts'

const same = (text: string): TextPiece => ({ kind: 'same', text })
const removed = (text: string): TextPiece => ({ kind: 'removed', text })
const added = (text: string): TextPiece => ({ kind: 'added', text })
const words = (...pieces: readonly TextPiece[]): Detail => ({ kind: 'text', level: 'words', pieces })

function shown(detail: Detail | undefined, colours = false): string[] {
  const pieces = detail?.kind === 'text' ? detail.pieces : []
  const side = (kind: TextPiece['kind']): string =>
    pieces.flatMap((piece) => (piece.kind === 'same' || piece.kind === kind ? [piece.text] : [])).join('')
  const lines = detailLines({ detail, left: side('removed'), right: side('added'), needs: [] })
  return renderLines(lines, { colours }).trimEnd().split('\n')
}

describe('detailLines', () => {
  test('marks what was removed and added where it stands', () => {
    expect(shown(words(same('Be '), removed('kind'), added('terse'), same('.')))).toEqual([
      '    │ Be [-kind-]{+terse+}.',
    ])
  })

  test('in colours on a terminal, and without them anywhere else', () => {
    const [line] = shown(words(removed('a'), added('b')), true)
    expect(line).toContain('\u001b[31m[-a-]\u001b[39m\u001b[32m{+b+}\u001b[39m')
  })

  test('shows each line by itself, ends of lines that changed, and no lines far from a change', () => {
    const far = same('one\ntwo\nthree\n')
    expect(shown(words(far, removed('four\n'), added('4\n5\n'), far, same('end')))).toEqual([
      '    │ … 2 more lines',
      '    │ three',
      '    │ [-four↵-]',
      '    │ {+4↵+}',
      '    │ {+5↵+}',
      '    │ one',
      '    │ … 3 more lines',
    ])
  })

  test('leaves out what is long and the same', () => {
    const long = 'x'.repeat(500)
    const near = 'x'.repeat(60)
    expect(shown(words(same(long), removed('a'), same(long), added('b'), same(long)))).toEqual([
      `    │ … 440 characters …${near}[-a-]${near}… 380 characters …${near}{+b+}${near}… 440 characters …`,
    ])
  })

  test('shows both whole where the marks could be taken for text', () => {
    expect(shown(words(same('{+no+} '), removed('a'), added('b')))).toEqual(['  - │ {+no+} a', '  + │ {+no+} b'])
  })

  test('says where lines are shown whole because they are too long', () => {
    const detail: Detail = { kind: 'text', level: 'lines', pieces: [removed('a'), added('b')] }
    expect(shown(detail).at(-1)).toContain('Too long to be compared word by word')
  })

  test('names members, and shows values that are no strings whole', () => {
    const detail: Detail = {
      kind: 'members',
      members: [
        {
          ...{ at: '/description', left: '"a"', right: '"b"' },
          text: { level: 'words', pieces: [removed('a'), added('b')] },
        },
        { at: '/strict', left: 'true', right: undefined, text: undefined },
      ],
    }
    expect(shown(detail)).toEqual(['    /description', '    │ [-a-]{+b+}', '    /strict', '  - │ true'])
  })

  test('tells a text from a JSON value that looks the same', () => {
    const lines = detailLines({
      detail: { kind: 'encodings', left: 'json', right: 'text' },
      left: '0',
      right: '0',
      needs: [],
    })
    expect(renderLines(lines, { colours: false })).toContain('The first is a JSON value, the second a text.')
  })

  test('does not let what is not shown look as if it were gone', () => {
    const open = 'declaration:tools' as const
    const lines = detailLines({ detail: undefined, left: 'a', right: undefined, needs: [{ side: 'right', open }] })
    expect(renderLines(lines, { colours: false })).toBe('  - │ a\n  + not disclosed\n')
  })
})
