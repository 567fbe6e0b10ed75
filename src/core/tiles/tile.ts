/**
 * Coordinates and paths of hash tiles.
 *
 * C2SP tlog-tiles, "Merkle Tree" (https://c2sp.org/tlog-tiles@v1.0.0): tiles of height 8. The tile at (level L,
 * index N) holds 1 to 256 hashes of 32 bytes; hash i is the root of the complete subtree over the leaves
 * [(256 N + i) 256^L, (256 N + i + 1) 256^L). Path: `tile/<L>/<N>[.p/<W>]` with N in groups of three decimal digits,
 * all but the last prefixed with `x`, and W the number of hashes of a partial tile.
 *
 * Entry bundles (`tile/entries/...`) have paths of their own and are not parsed here.
 *
 * @module
 */
import { ColophonError } from '../errors.ts'

/** Tree levels in one tile. */
export const TILE_HEIGHT = 8
/** Hashes in a full tile. */
export const TILE_WIDTH = 256
/** Highest level that the format allows. A tree of 2^63 leaves needs level 7. */
export const MAX_TILE_LEVEL = 63

/** Six groups of digits: what a path may hold, and more than 2^59 tiles. */
const MAX_TILE_INDEX = 10n ** 18n - 1n
/** Longest path: `tile/63/`, five groups `x000/`, `000`, `.p/255`. */
const MAX_PATH_LENGTH = 42

/** One tile, full or partial. */
export interface TileCoordinates {
  /** 0 ≤ level ≤ 63; level 0 holds leaf hashes. */
  readonly level: number
  /** 0n ≤ index < 10n ** 18n. */
  readonly index: bigint
  /** Hashes in the tile, 1 ≤ width ≤ 256; 256 is a full tile. */
  readonly width: number
}

const requireCoordinates = ({ level, index, width }: TileCoordinates): void => {
  if (!Number.isInteger(level) || level < 0 || level > MAX_TILE_LEVEL) {
    throw new RangeError(`level: got ${level}, want 0 to ${MAX_TILE_LEVEL}`)
  }
  if (index < 0n || index > MAX_TILE_INDEX) throw new RangeError(`index: got ${index}, want 0 to ${MAX_TILE_INDEX}`)
  if (!Number.isInteger(width) || width < 1 || width > TILE_WIDTH) {
    throw new RangeError(`width: got ${width}, want 1 to ${TILE_WIDTH}`)
  }
}

/**
 * The path of a tile, relative to the log's prefix, without a leading slash.
 *
 * @throws {RangeError} a coordinate is out of its range
 * @example tilePath({ level: 0, index: 1067n, width: 3 }) // 'tile/0/x001/067.p/3'
 */
export const tilePath = (tile: TileCoordinates): string => {
  requireCoordinates(tile)
  const digits = tile.index.toString()
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.../g) as string[]
  const last = groups.pop() as string
  const path = `tile/${tile.level}/${groups.map((group) => `x${group}/`).join('')}${last}`
  return tile.width === TILE_WIDTH ? path : `${path}.p/${tile.width}`
}

const FORM = /^tile\/(0|[1-9][0-9]?)\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/

/**
 * Reads a tile path, accepting exactly what {@link tilePath} writes.
 *
 * @throws {ColophonError} TILE_PATH_MALFORMED anything else: other digits, leading zero groups, `.p/256`, level 64
 */
export const parseTilePath = (path: string): TileCoordinates => {
  const refuse = (): never => {
    throw new ColophonError('TILE_PATH_MALFORMED', 'got a path that is not that of a hash tile', {
      details: { length: path.length },
    })
  }
  if (path.length > MAX_PATH_LENGTH) return refuse()
  const match = FORM.exec(path)
  if (match === null) return refuse()
  const level = Number(match[1])
  const width = match[3] === undefined ? TILE_WIDTH : Number(match[3])
  if (level > MAX_TILE_LEVEL || width > TILE_WIDTH) return refuse()
  const tile = { level, index: BigInt((match[2] as string).replace(/[x/]/g, '')), width }
  // One path per tile: a round trip refuses superfluous zero groups and `.p/256`.
  return tilePath(tile) === path ? tile : refuse()
}
