export { MAX_TILE_LEVEL, parseTilePath, TILE_HEIGHT, TILE_WIDTH, type TileCoordinates, tilePath } from './tile.ts'
