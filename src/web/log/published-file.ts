/**
 * The files of a log, as far as it has published them: C2SP tlog-tiles (https://c2sp.org/tlog-tiles@v1.0.0).
 *
 * A store may be ahead of the checkpoint that was given out last. What leaves here is what that checkpoint covers and no
 * more: of a tile that has grown since, the beginning. A partial tile of any width below that is a beginning too, so
 * every width that was ever right stays right.
 *
 * @module
 */
import { parseCheckpoint } from '../../core/checkpoint/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { HASH_SIZE } from '../../core/merkle/index.ts'
import { parseNote } from '../../core/note/index.ts'
import {
  formatEntryBundle,
  parseEntryBundlePath,
  parseTilePath,
  TILE_WIDTH,
  type TileCoordinates,
  type TilePlace,
  tileWidth,
} from '../../core/tiles/index.ts'
import type { LogReads } from './ports.ts'

export interface PublishedFileInput {
  /** `tile/<L>/<N>[.p/<W>]` or `tile/entries/<N>[.p/<W>]`. */
  readonly path: string
  /** The signed note that was published last; undefined for an empty log. */
  readonly checkpoint: string | undefined
  /** Of the store. */
  readonly reads: LogReads
}

/**
 * The bytes of a hash tile or an entry bundle: at most 8 KiB or 16 MiB.
 *
 * @throws {ColophonError} TILE_PATH_MALFORMED
 * @throws {ColophonError} TILE_NOT_FOUND  the checkpoint does not cover it, or not as many hashes or entries of it
 * @throws {ColophonError} STORE_DAMAGED   it ought to be there; STORE_FAILED
 */
export async function readPublishedFile({ path, checkpoint, reads }: PublishedFileInput): Promise<Uint8Array> {
  const size = publishedSize(checkpoint)
  if (path.startsWith('tile/entries/')) {
    const bundle = parseEntryBundlePath(path)
    requirePublished({ ...bundle, level: 0 }, size)
    return await readBundle(bundle, reads)
  }
  const tile = parseTilePath(path)
  requirePublished(tile, size)
  return await readTile(tile, reads)
}

/** Entries that a checkpoint of ours covers. */
export function publishedSize(checkpoint: string | undefined): bigint {
  return checkpoint === undefined ? 0n : parseCheckpoint(parseNote(checkpoint).text).size
}

function requirePublished(tile: TileCoordinates, size: bigint): void {
  const published = tileWidth({ ...tile, size })
  if (tile.width <= published) return
  throw new ColophonError('TILE_NOT_FOUND', `the checkpoint covers ${published} of it, want ${tile.width}`)
}

async function readBundle({ index, width }: TilePlace, reads: LogReads): Promise<Uint8Array> {
  const start = index * BigInt(TILE_WIDTH)
  return formatEntryBundle(await reads.readEntries({ start, end: start + BigInt(width) }))
}

async function readTile(tile: TileCoordinates, reads: LogReads): Promise<Uint8Array> {
  const stored = await reads.readTile(tile)
  const want = tile.width * HASH_SIZE
  if (stored !== undefined && stored.length >= want) return stored.subarray(0, want)
  throw new ColophonError('STORE_DAMAGED', `a published tile has ${stored?.length ?? 0} bytes, want ${want}`)
}
