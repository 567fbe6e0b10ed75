import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TextSearch } from './text-search.ts'

/** Few characters, so that texts resemble themselves and one another. */
const letters = (maxLength: number, minLength = 0) =>
  fc.string({ unit: fc.constantFrom('a', 'b'), minLength, maxLength })

test('finds what the search of the language finds', () => {
  fc.assert(
    fc.property(letters(8, 1), letters(40), fc.nat(40), (text, within, from) => {
      const search = new TextSearch(text)
      expect(search.placeIn(within, from)).toBe(from > within.length ? -1 : within.indexOf(text, from))
      const beginnings = Array.from({ length: text.length + 1 }, (_, length) => text.slice(0, length))
      const longest = beginnings.findLastIndex((one) => within.includes(one))
      expect(search.longestBeginningIn(within)).toBe(longest < Math.min(6, text.length) ? 0 : longest)
    }),
  )
})

test('a text that resembles itself is looked for as fast as any other', () => {
  const search = new TextSearch(`${'a'.repeat(200_000)}b${'a'.repeat(200_000)}`)
  const within = `${'a'.repeat(4_000_000)}c`
  expect(search.placeIn(within, 0)).toBe(-1)
  expect(search.longestBeginningIn(within)).toBe(200_000)
})
