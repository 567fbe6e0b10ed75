export {
  entryBundlePath,
  formatEntryBundle,
  MAX_ENTRY_BUNDLE_SIZE,
  parseEntryBundle,
  parseEntryBundlePath,
} from './entry-bundle.ts'
export { MAX_TILE_LEVEL, parseTilePath, TILE_HEIGHT, type TileCoordinates, tilePath } from './tile.ts'
export { TILE_WIDTH, type TilePlace } from './tile-place.ts'
export { type TileReader, TileTree, type TileTreeOptions } from './tile-tree.ts'
export { partialTiles, tileWidth } from './tiles-of-tree.ts'
