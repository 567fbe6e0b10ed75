/**
 * Vectors of the paths of hash tiles and entry bundles, and of bundles themselves: C2SP tlog-tiles, `docs/spec/log.md`,
 * "Tiles". Expectations by hand.
 *
 * @module
 */
import type { Parts } from './parts.ts'
import { type TilesInput as In, OPERATIONS, runTiles } from './run/tiles.ts'
import type { Case, Topic, Value } from './topic.ts'

const RULE = 'docs/spec/log.md#tiles'

const tile = (name: string, path: string, level: number, index: string, width = 256): Case<In> => ({
  name: `tile-${name}`,
  rule: RULE,
  operation: 'readTilePath',
  path,
  accept: { level, index, width },
})
const noTile = (name: string, path: string): Case<In> => ({
  name: `tile-${name}`,
  rule: RULE,
  operation: 'readTilePath',
  path,
  reject: 'TILE_PATH_MALFORMED',
})
const bundle = (name: string, path: string, index: string, width = 256): Case<In> => ({
  name: `bundle-path-${name}`,
  rule: RULE,
  operation: 'readEntryBundlePath',
  path,
  accept: { index, width },
})
const noBundle = (name: string, path: string): Case<In> => ({
  name: `bundle-path-${name}`,
  rule: RULE,
  operation: 'readEntryBundlePath',
  path,
  reject: 'TILE_PATH_MALFORMED',
})

const PATHS: readonly Case<In>[] = [
  tile('first', 'tile/0/000', 0, '0'),
  tile('999', 'tile/0/999', 0, '999'),
  tile('1000', 'tile/0/x001/000', 0, '1000'),
  tile('1067-partial', 'tile/0/x001/067.p/3', 0, '1067', 3),
  tile('of-c2sp', 'tile/0/x001/x234/067', 0, '1234067'),
  tile('level-63', 'tile/63/000.p/1', 63, '0', 1),
  tile('widest-partial', 'tile/1/000.p/255', 1, '0', 255),
  tile('largest-index', 'tile/0/x999/x999/x999/x999/x999/999', 0, '999999999999999999'),
  noTile('level-64', 'tile/64/000'),
  noTile('level-with-a-leading-zero', 'tile/00/000'),
  noTile('level-negative', 'tile/-1/000'),
  noTile('level-missing', 'tile//000'),
  noTile('level-of-entries', 'tile/entries/000'),
  noTile('partial-of-0', 'tile/0/000.p/0'),
  noTile('partial-of-256', 'tile/0/000.p/256'),
  noTile('partial-of-257', 'tile/0/000.p/257'),
  noTile('partial-with-a-leading-zero', 'tile/0/000.p/03'),
  noTile('partial-without-a-width', 'tile/0/000.p/'),
  noTile('partial-as-a-folder', 'tile/0/000.p'),
  noTile('zero-group-first', 'tile/0/x000/001'),
  noTile('group-of-two-digits', 'tile/0/01'),
  noTile('group-of-four-digits', 'tile/0/x001/0002'),
  noTile('group-without-x', 'tile/0/001/002'),
  noTile('last-group-with-x', 'tile/0/x001/x002'),
  noTile('group-in-capitals', 'tile/0/X001/002'),
  noTile('seven-groups', 'tile/0/x001/x000/x000/x000/x000/x000/000'),
  noTile('dots', 'tile/0/x001/../000'),
  noTile('dots-encoded', 'tile/0/x001/%2e%2e/000'),
  noTile('slash-first', '/tile/0/000'),
  noTile('slash-behind', 'tile/0/000/'),
  noTile('two-slashes', 'tile/0//000'),
  noTile('newline-behind', 'tile/0/000\n'),
  noTile('query-behind', 'tile/0/000?x'),
  noTile('other-digits', 'tile/0/\u0660\u0660\u0660'),
  noTile('empty', ''),
  bundle('first', 'tile/entries/000', '0'),
  bundle('1067-partial', 'tile/entries/x001/067.p/3', '1067', 3),
  noBundle('of-a-hash-tile', 'tile/0/000'),
  noBundle('partial-of-256', 'tile/entries/000.p/256'),
  noBundle('zero-group-first', 'tile/entries/x000/001'),
  noBundle('in-capitals', 'tile/Entries/000'),
  noBundle('slash-behind', 'tile/entries/000/'),
]

const readsBundle = (name: string, bundleHex: Parts, width: number, entries: Value): Case<In> => ({
  name: `bundle-${name}`,
  rule: RULE,
  operation: 'readEntryBundle',
  bundleHex,
  width,
  accept: { entries },
})
const noEntries = (name: string, bundleHex: string, width: number): Case<In> => ({
  name: `bundle-${name}`,
  rule: RULE,
  operation: 'readEntryBundle',
  bundleHex,
  width,
  reject: 'TILE_MALFORMED',
})

const BUNDLES: readonly Case<In>[] = [
  readsBundle('of-two-entries', '0001610003626364', 2, ['61', '626364']),
  readsBundle('of-an-empty-entry', '0000', 1, ['']),
  readsBundle('of-300-bytes', ['012c', { repeat: 'ab', times: 300 }], 1, ['ab'.repeat(300)]),
  readsBundle('of-256-empty-entries', [{ repeat: '0000', times: 256 }], 256, Array(256).fill('')),
  noEntries('entry-cut', '000361', 1),
  noEntries('length-cut', '00016100', 2),
  noEntries('entry-too-few', '000161', 2),
  noEntries('entry-too-many', '000161000162', 1),
  noEntries('byte-behind', '00016100', 1),
  noEntries('length-little-endian', '010061', 1),
  noEntries('empty', '', 1),
]

const partial = (name: string, size: string, paths: readonly string[]): Case<In> => ({
  name: `partial-tiles-of-${name}`,
  rule: RULE,
  operation: 'partialTiles',
  size,
  accept: { paths },
})

const PARTIAL: readonly Case<In>[] = [
  partial('the-empty-tree', '0', []),
  partial('1', '1', ['tile/0/000.p/1']),
  partial('255', '255', ['tile/0/000.p/255']),
  partial('256', '256', ['tile/1/000.p/1']),
  partial('257', '257', ['tile/0/001.p/1', 'tile/1/000.p/1']),
  partial('65536', '65536', ['tile/2/000.p/1']),
  partial('70000', '70000', ['tile/0/273.p/112', 'tile/1/001.p/17', 'tile/2/000.p/1']),
]

export const tiles: Topic<In> = {
  topic: 'tiles',
  spec: 'docs/spec/log.md',
  about:
    "Paths of hash tiles and entry bundles, as they are asked for below a log's address, entry bundles, and which tiles a tree has.",
  operations: OPERATIONS,
  cases: [...PATHS, ...BUNDLES, ...PARTIAL],
  run: runTiles,
}
