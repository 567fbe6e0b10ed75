/**
 * Which tiles a tree of a given size has: C2SP tlog-tiles, "Partial Tiles".
 *
 * @module
 */
import { TILE_HEIGHT, type TileCoordinates } from './tile.ts'
import { TILE_WIDTH } from './tile-place.ts'

const WIDTH = BigInt(TILE_WIDTH)

/** Complete subtrees of 256^level leaves in a tree of this size. */
const hashesAt = (level: number, size: bigint): bigint => size >> BigInt(TILE_HEIGHT * level)

/** Hashes that the tile at this place has in a tree of this size: 0 to 256. Level 0 goes for entry bundles too. */
export function tileWidth({
  level,
  index,
  size,
}: {
  readonly level: number
  readonly index: bigint
  readonly size: bigint
}): number {
  const beyond = hashesAt(level, size) - index * WIDTH
  if (beyond <= 0n) return 0
  return beyond < WIDTH ? Number(beyond) : TILE_WIDTH
}

/**
 * The partial tiles of a tree, level 0 first. They lie on its right edge, at most one a level, and together they hold
 * the complete subtrees that the root hash is made of.
 */
export function partialTiles(size: bigint): TileCoordinates[] {
  const tiles: TileCoordinates[] = []
  for (let level = 0; hashesAt(level, size) > 0n; level += 1) {
    const hashes = hashesAt(level, size)
    const width = Number(hashes % WIDTH)
    if (width > 0) tiles.push({ level, index: hashes / WIDTH, width })
  }
  return tiles
}
