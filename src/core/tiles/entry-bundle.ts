/**
 * Entry bundles: the entries behind one hash tile of level 0.
 *
 * C2SP tlog-tiles, "Log entries" (https://c2sp.org/tlog-tiles@v1.0.0): path `tile/entries/<N>[.p/<W>]`; content, for
 * each entry in order, its length as a big-endian uint16 and its bytes.
 *
 * @module
 */
import { joinBytes } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import { formatPlace, readPlace, TILE_WIDTH, type TilePlace } from './tile-place.ts'

/** Largest entry in bytes. */
const MAX_ENTRY_SIZE = 65_535
/** Bytes before each entry. */
const LENGTH_SIZE = 2
/** Largest bundle in bytes: 16 MiB. */
export const MAX_ENTRY_BUNDLE_SIZE: number = TILE_WIDTH * (LENGTH_SIZE + MAX_ENTRY_SIZE)

const PREFIX = 'tile/entries/'
/** Longest path: the prefix, five groups `x000/`, `000`, `.p/255`. */
const MAX_PATH_LENGTH = 47

/**
 * The path of a bundle, relative to the log's prefix, without a leading slash.
 *
 * @throws {RangeError} index or width out of its range
 * @example entryBundlePath({ index: 1067n, width: 3 }) // 'tile/entries/x001/067.p/3'
 */
export function entryBundlePath(bundle: TilePlace): string {
  return PREFIX + formatPlace(bundle)
}

/**
 * Reads the path of a bundle, accepting exactly what {@link entryBundlePath} writes.
 *
 * @throws {ColophonError} TILE_PATH_MALFORMED
 */
export function parseEntryBundlePath(path: string): TilePlace {
  const isOne = path.length <= MAX_PATH_LENGTH && path.startsWith(PREFIX)
  const place = isOne ? readPlace(path.slice(PREFIX.length)) : undefined
  if (place !== undefined) return place
  throw new ColophonError('TILE_PATH_MALFORMED', 'got a path that is not that of an entry bundle', {
    details: { length: path.length },
  })
}

/**
 * The bytes of a bundle.
 *
 * @param entries  1 to 256 of them, at most 65,535 bytes each
 * @throws {RangeError} other numbers
 */
export function formatEntryBundle(entries: readonly Uint8Array[]): Uint8Array {
  requireWidth(entries.length)
  return joinBytes(
    entries.flatMap((entry) => {
      if (entry.length > MAX_ENTRY_SIZE) throw new RangeError(`entry: got ${entry.length} bytes, want at most 65,535`)
      return [Uint8Array.of(entry.length >> 8, entry.length & 255), entry]
    }),
  )
}

/**
 * The entries of a bundle, as views of its bytes.
 *
 * Says nothing about whether they are the log's: compare their leaf hashes with those of the tile.
 *
 * @param width  how many there must be, 1 to 256
 * @throws {ColophonError} TILE_MALFORMED  fewer or more entries, or an entry that is cut off
 */
export function parseEntryBundle({
  bytes,
  width,
}: {
  readonly bytes: Uint8Array
  readonly width: number
}): Uint8Array[] {
  requireWidth(width)
  const entries: Uint8Array[] = []
  let at = 0
  while (entries.length < width) {
    const start = at + LENGTH_SIZE
    if (start > bytes.length) throw malformed(`has ${entries.length} entries, want ${width}`, at)
    const end = start + ((bytes[at] as number) << 8) + (bytes[at + 1] as number)
    if (end > bytes.length) throw malformed(`ends inside entry ${entries.length}`, at)
    entries.push(bytes.subarray(start, end))
    at = end
  }
  if (at < bytes.length) throw malformed(`goes on after ${width} entries`, at)
  return entries
}

function requireWidth(width: number): void {
  if (Number.isInteger(width) && width >= 1 && width <= TILE_WIDTH) return
  throw new RangeError(`entries: got ${width}, want 1 to ${TILE_WIDTH}`)
}

const malformed = (what: string, at: number): ColophonError =>
  new ColophonError('TILE_MALFORMED', `the entry bundle ${what}`, { at: `byte ${at}` })
