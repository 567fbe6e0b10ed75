import fc from 'fast-check'
import { expect, test } from 'vitest'
import { entryBundlePath, formatEntryBundle, parseEntryBundle, parseEntryBundlePath } from './index.ts'

const bytes = (...values: number[]) => Uint8Array.from(values)

test('an entry comes after its length, big-endian', () => {
  const entries = [bytes(), bytes(7), new Uint8Array(0x0102)]
  const bundle = formatEntryBundle(entries)
  expect([...bundle.subarray(0, 7)]).toEqual([0, 0, 0, 1, 7, 1, 2])
  expect(parseEntryBundle({ bytes: bundle, width: 3 })).toEqual(entries)
})

test('any entries come back, and only in their number', () => {
  const entry = fc.uint8Array({ maxLength: 300 })
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 256 }), (entries) => {
      const bundle = formatEntryBundle(entries)
      const width = entries.length
      expect(parseEntryBundle({ bytes: bundle, width })).toEqual(entries)
      if (width > 1) expect(() => parseEntryBundle({ bytes: bundle, width: width - 1 })).toThrowCode('TILE_MALFORMED')
      if (width < 256) expect(() => parseEntryBundle({ bytes: bundle, width: width + 1 })).toThrowCode('TILE_MALFORMED')
    }),
    { numRuns: 30 },
  )
})

test('65,535 bytes fit into an entry, and one more does not', () => {
  const largest = new Uint8Array(65_535).fill(9)
  expect(parseEntryBundle({ bytes: formatEntryBundle([largest]), width: 1 })).toEqual([largest])
  expect(() => formatEntryBundle([new Uint8Array(65_536)])).toThrow(RangeError)
})

test('a bundle has 1 to 256 entries', () => {
  expect(formatEntryBundle(Array(256).fill(bytes()))).toHaveLength(512)
  for (const width of [0, 257]) {
    expect(() => formatEntryBundle(Array(width).fill(bytes()))).toThrow(RangeError)
    expect(() => parseEntryBundle({ bytes: new Uint8Array(2 * width), width })).toThrow(RangeError)
  }
})

test.each([
  ['nothing', bytes(), 1],
  ['half of a length', bytes(0), 1],
  ['an entry that is cut off', bytes(0, 2, 1), 1],
  ['half of a second length', bytes(0, 1, 5, 0), 2],
  ['a byte more', bytes(0, 1, 5, 0), 1],
  ['an entry more', bytes(0, 1, 5, 0, 0), 1],
  ['a little-endian length', bytes(1, 0, 5), 1],
])('refuses %s', (_, bundle, width) => {
  expect(() => parseEntryBundle({ bytes: bundle, width })).toThrowCode('TILE_MALFORMED')
})

test('every bundle has one path, and a path names its bundle', () => {
  expect(entryBundlePath({ index: 1067n, width: 3 })).toBe('tile/entries/x001/067.p/3')
  expect(entryBundlePath({ index: 0n, width: 256 })).toBe('tile/entries/000')
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }), fc.integer({ min: 1, max: 256 }), (index, width) => {
      expect(parseEntryBundlePath(entryBundlePath({ index, width }))).toEqual({ index, width })
    }),
  )
})

test.each([
  '',
  'tile/entries/',
  'tile/entries/0',
  'tile/entries/x000/000',
  'tile/entries/000.p/0',
  'tile/entries/000.p/256',
  'tile/entries/000/',
  'tile/entries//000',
  'tile/entries/x001/../000',
  'tile/Entries/000',
  'tile/0/000',
  '/tile/entries/000',
  'tile/entries/x999/x999/x999/x999/x999/x999/999',
])('refuses the path %j', (path) => {
  expect(() => parseEntryBundlePath(path)).toThrowCode('TILE_PATH_MALFORMED')
})
