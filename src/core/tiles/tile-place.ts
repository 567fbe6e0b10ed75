/**
 * `<N>[.p/<W>]`: the end of a path, which hash tiles and entry bundles share.
 *
 * C2SP tlog-tiles, "Merkle Tree" (https://c2sp.org/tlog-tiles@v1.0.0): N in groups of three decimal digits, all but the
 * last prefixed with `x`; W the width of a partial one, 1 to 255.
 *
 * @module
 */

/** Width of a full tile or bundle. */
export const TILE_WIDTH = 256

/** Six groups of digits: what a path may hold, and more than 2^59 tiles. */
const MAX_TILE_INDEX = 10n ** 18n - 1n

/** Which tile of a level, or which bundle, and how much of it. */
export interface TilePlace {
  /** 0n ≤ index < 10n ** 18n. */
  readonly index: bigint
  /** Hashes or entries, 1 ≤ width ≤ 256; 256 is a full one. */
  readonly width: number
}

/** @throws {RangeError} index or width out of its range */
export function formatPlace({ index, width }: TilePlace): string {
  if (index < 0n || index > MAX_TILE_INDEX) throw new RangeError(`index: got ${index}, want 0 to ${MAX_TILE_INDEX}`)
  if (!Number.isInteger(width) || width < 1 || width > TILE_WIDTH) {
    throw new RangeError(`width: got ${width}, want 1 to ${TILE_WIDTH}`)
  }
  const digits = index.toString()
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.../g) as string[]
  const last = groups.pop() as string
  const path = `${groups.map((group) => `x${group}/`).join('')}${last}`
  return width === TILE_WIDTH ? path : `${path}.p/${width}`
}

const FORM = /^((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/

/** Reads exactly what {@link formatPlace} writes; undefined for anything else. */
export function readPlace(text: string): TilePlace | undefined {
  const match = FORM.exec(text)
  if (match === null) return undefined
  const width = match[2] === undefined ? TILE_WIDTH : Number(match[2])
  if (width > TILE_WIDTH) return undefined
  const place = { index: BigInt((match[1] as string).replace(/[x/]/g, '')), width }
  // One path per place: a round trip refuses superfluous zero groups and `.p/256`.
  return formatPlace(place) === text ? place : undefined
}
