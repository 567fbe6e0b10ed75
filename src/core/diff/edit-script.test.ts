import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findHunks } from './edit-script.ts'

const anyElements = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 7 })

/** How many have to be taken out and put in, by the definition. */
function distance(left: readonly string[], right: readonly string[]): number {
  const [[first, ...lefts], [other, ...rights]] = [left, right]
  if (first === undefined || other === undefined) return left.length + right.length
  if (first === other) return distance(lefts, rights)
  return 1 + Math.min(distance(lefts, right), distance(left, rights))
}

test('makes the right sequence of the left one, with the fewest edits', () => {
  fc.assert(
    fc.property(anyElements, anyElements, (left, right) => {
      const hunks = findHunks({ left, right }, { remaining: 100_000 }) ?? []
      const made: string[] = []
      let done = 0
      for (const { leftStart, leftEnd, rightStart, rightEnd } of hunks) {
        made.push(...left.slice(done, leftStart), ...right.slice(rightStart, rightEnd))
        done = leftEnd
      }
      expect([...made, ...left.slice(done)]).toEqual(right)
      const edits = hunks.reduce((sum, one) => sum + one.leftEnd - one.leftStart + one.rightEnd - one.rightStart, 0)
      expect(edits).toBe(distance(left, right))
    }),
  )
})

test('finds nothing where it may not look, and uses up what it may', () => {
  const budget = { remaining: 1_300 }
  const sides = { left: Array.from({ length: 50 }, (_, at) => `l${at}`), right: ['r'] }
  expect(findHunks(sides, budget)).toHaveLength(1)
  expect(budget.remaining).toBeLessThan(0)
  expect(findHunks({ left: ['a'], right: ['b'] }, budget)).toBeUndefined()
  expect(findHunks({ left: ['a'], right: [] }, { remaining: -1 })).toBeUndefined()
})
