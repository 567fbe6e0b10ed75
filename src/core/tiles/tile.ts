/**
 * Coordinates and paths of hash tiles.
 *
 * C2SP tlog-tiles, "Merkle Tree" (https://c2sp.org/tlog-tiles@v1.0.0): tiles of height 8. The tile at (level L,
 * index N) holds 1 to 256 hashes of 32 bytes; hash i is the root of the complete subtree over the leaves
 * [(256 N + i) 256^L, (256 N + i + 1) 256^L). Path: `tile/<L>/<N>[.p/<W>]`, with W the number of hashes of a partial
 * tile.
 *
 * @module
 */
import { ColophonError } from '../errors.ts'
import { formatPlace, readPlace, type TilePlace } from './tile-place.ts'

/** Tree levels in one tile. */
export const TILE_HEIGHT = 8
/** Highest level that the format allows. A tree of 2^63 leaves needs level 7. */
export const MAX_TILE_LEVEL = 63

/** Longest path: `tile/63/`, five groups `x000/`, `000`, `.p/255`. */
const MAX_PATH_LENGTH = 42

/** One tile, full or partial. */
export interface TileCoordinates extends TilePlace {
  /** 0 ≤ level ≤ 63; level 0 holds leaf hashes. */
  readonly level: number
}

/**
 * The path of a tile, relative to the log's prefix, without a leading slash.
 *
 * @throws {RangeError} a coordinate is out of its range
 * @example tilePath({ level: 0, index: 1067n, width: 3 }) // 'tile/0/x001/067.p/3'
 */
export const tilePath = (tile: TileCoordinates): string => {
  const { level } = tile
  if (!Number.isInteger(level) || level < 0 || level > MAX_TILE_LEVEL) {
    throw new RangeError(`level: got ${level}, want 0 to ${MAX_TILE_LEVEL}`)
  }
  return `tile/${level}/${formatPlace(tile)}`
}

const FORM = /^tile\/(0|[1-9][0-9]?)\/(.+)$/

/**
 * Reads a tile path, accepting exactly what {@link tilePath} writes.
 *
 * @throws {ColophonError} TILE_PATH_MALFORMED anything else: other digits, leading zero groups, `.p/256`, level 64
 */
export const parseTilePath = (path: string): TileCoordinates => {
  const match = path.length > MAX_PATH_LENGTH ? null : FORM.exec(path)
  const level = Number(match?.[1])
  const place = readPlace(match?.[2] ?? '')
  if (place !== undefined && level <= MAX_TILE_LEVEL) return { level, ...place }
  throw new ColophonError('TILE_PATH_MALFORMED', 'got a path that is not that of a hash tile', {
    details: { length: path.length },
  })
}
