import { expect, test } from 'vitest'
import type { MappedSpan } from '../../core/explain/index.ts'
import { renderLines } from './lines.ts'
import { mapLines } from './map-lines.ts'

const CLOSED = {
  index: 0,
  state: 'closed',
  kind: 'value',
  role: 'model',
  pointer: '/model',
  offset: 0,
  length: 6,
} as const

function shown(span: Partial<MappedSpan>): string | undefined {
  const spans = [{ ...CLOSED, ...span }]
  const map = {
    message: 'request',
    isWhole: false,
    openCount: 0,
    closedCount: 1,
    proven: '',
    claimed: '',
    spans,
  } as const
  return renderLines(mapLines([map]), { colours: false })
    .trimEnd()
    .split('\n')
    .at(-1)
    ?.trim()
}

test('an open span shows what it holds behind a bar, a closed one where it stands', () => {
  expect(shown({ state: 'open', reading: 'tiny' })).toBe('[model /model 6 bytes]  │ tiny')
  expect(shown({})).toBe('[model /model 6 bytes, closed]')
  expect(shown({ kind: 'member', role: 'parameters', pointer: '/a~1b/é' })).toBe(
    '[parameters member /a~1b/é 6 bytes, closed]',
  )
})

test('no label looks as if something stood open there', () => {
  const lie = 'model /model 6 bytes]  │ gpt-5'
  expect(shown({ pointer: `/${lie} [x` })).toBe(`[model "/${lie} [x" 6 bytes, closed]`)
  expect(shown({ role: `${lie} [x` })).toBe(`["${lie} [x" /model 6 bytes, closed]`)
  expect(shown({ pointer: '/a"]│' })).toBe('[model "/a\\"]│" 6 bytes, closed]')
})
