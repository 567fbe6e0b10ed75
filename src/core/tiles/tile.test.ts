import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseTilePath, tilePath } from './tile.ts'

test('a path has groups of three digits, all but the last with x', () => {
  expect(tilePath({ level: 0, index: 0n, width: 256 })).toBe('tile/0/000')
  expect(tilePath({ level: 0, index: 0n, width: 255 })).toBe('tile/0/000.p/255')
  expect(tilePath({ level: 0, index: 1067n, width: 3 })).toBe('tile/0/x001/067.p/3')
  expect(tilePath({ level: 15, index: 123456789n, width: 41 })).toBe('tile/15/x123/x456/789.p/41')
  expect(tilePath({ level: 63, index: 10n ** 18n - 1n, width: 255 })).toBe('tile/63/x999/x999/x999/x999/x999/999.p/255')
})

test('coordinates out of range are a caller mistake', () => {
  const tile = { level: 0, index: 0n, width: 1 }
  for (const level of [-1, 64, 0.5, Number.NaN]) expect(() => tilePath({ ...tile, level })).toThrow(RangeError)
  for (const index of [-1n, 10n ** 18n]) expect(() => tilePath({ ...tile, index })).toThrow(RangeError)
  for (const width of [0, 257, 1.5]) expect(() => tilePath({ ...tile, width })).toThrow(RangeError)
})

test('every tile has one path, and a path names its tile', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 63 }),
      fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }),
      fc.integer({ min: 1, max: 256 }),
      (level, index, width) => {
        expect(parseTilePath(tilePath({ level, index, width }))).toEqual({ level, index, width })
      },
    ),
  )
})

test.each([
  '',
  'tile/0/',
  'tile/0/0',
  'tile/0/00',
  'tile/0/0000',
  'tile/0/x000/000',
  'tile/0/x000/x001/067',
  'tile/0/x001',
  'tile/0/x001/',
  'tile/0/001/067',
  'tile/0/x001/0067',
  'tile/0/x001/-67',
  'tile/0/x001/067/',
  'tile/0/x001/067.p',
  'tile/0/x001/067.p/',
  'tile/0/x001/067.p/0',
  'tile/0/x001/067.p/03',
  'tile/0/x001/067.p/256',
  'tile/0/x001/067.p/1000',
  'tile/00/067',
  'tile/64/067',
  'tile/-1/067',
  'tile/+1/067',
  'tile/0x1/067',
  '/tile/0/067',
  'tile/0/067\n',
  'tile/0/067?x',
  'tile/0/x001/../067',
  'tile/0/x001/%2e%2e/067',
  'tile/0/٠٦٧',
  'tile/entries/000',
  'tile/63/x999/x999/x999/x999/x999/x999/999.p/255',
])('refuses %j', (path) => {
  expect(() => parseTilePath(path)).toThrowCode('TILE_PATH_MALFORMED')
})
