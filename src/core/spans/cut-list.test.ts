import { expect, test } from 'vitest'
import { readSpoiled } from '../../../test/support/spoiled-json.ts'
import { ColophonError } from '../errors.ts'
import { canonicalize } from '../json/index.ts'
import { type Cut, type CutList, formatCutList, parseCutList } from './index.ts'

const cut = (pointer: string, start: number, end: number, label = ''): Cut => ({ pointer, start, end, label })

test('parse gives back what format was given', () => {
  const lists: CutList[] = [[], [cut('', 0, 1)], [cut('/a', 0, 2, 'é'), cut('/a', 2, 3), cut('/b~1', 0, 9)]]
  for (const list of lists) expect(parseCutList(formatCutList(list))).toEqual(list)
})

test.each<[string, CutList]>([
  ['empty cut', [cut('/a', 1, 1)]],
  ['end before start', [cut('/a', 2, 1)]],
  ['overlap', [cut('/a', 0, 2), cut('/a', 1, 3)]],
  ['the same twice', [cut('/a', 0, 2), cut('/a', 0, 2)]],
  ['places not sorted', [cut('/a', 4, 5), cut('/a', 1, 2)]],
  ['pointers not sorted', [cut('/b', 0, 1), cut('/a', 0, 1)]],
  ['no pointer', [cut('a', 0, 1)]],
  ['a label that is too long', [cut('/a', 0, 1, 'x'.repeat(257))]],
  ['half of a surrogate pair', [cut('/a', 0, 1, '\ud83d')]],
  ['a negative start', [cut('/a', -1, 1)]],
  ['a place between bytes', [cut('/a', 0.5, 1)]],
  ['more than 1,000 cuts', Array.from({ length: 1001 }, (_, index) => cut('/a', index, index + 1))],
])('neither written nor read: %s', (_, list) => {
  expect(() => formatCutList(list)).toThrowCode('CUT_LIST_MALFORMED')
  const bytes = () => parseCutList(canonicalize(list.map((one) => ({ ...one }))))
  // Half of a surrogate pair has no canonical form in the first place.
  if (list[0]?.label !== '\ud83d') expect(bytes).toThrowCode('CUT_LIST_MALFORMED')
})

test('every spoiled place is a coded error', () => {
  const { accepted, uncoded } = readSpoiled({
    document: [{ pointer: '/a', start: 1, end: 2, label: 'p' }],
    read: (document) => parseCutList(canonicalize(document as object)),
    isCoded: (error) => ColophonError.is(error, 'CUT_LIST_MALFORMED'),
  })
  expect(uncoded).toEqual([])
  // Other lists of cuts.
  expect(accepted).toEqual([
    ' is []',
    '/0 left out',
    '/0/pointer is ""',
    '/0/start is 0',
    '/0/label is ""',
    '/0/label is "x"',
  ])
})
