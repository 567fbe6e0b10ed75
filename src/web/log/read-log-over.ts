/**
 * Reads a log over HTTP: C2SP tlog-tiles (https://c2sp.org/tlog-tiles@v1.0.0), any log's.
 *
 * Nothing that comes is believed: `openCheckpoint` verifies the checkpoint, `TileTree` the tiles, and an entry is the
 * log's where its leaf hash is. Here, answers are bounded, redirects not followed, and widths checked.
 *
 * @module
 */
import { decodeUtf8, joinBytes } from '../../core/bytes/index.ts'
import { parseCheckpoint } from '../../core/checkpoint/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { HASH_SIZE } from '../../core/merkle/index.ts'
import { MAX_NOTE_SIZE, parseNote } from '../../core/note/index.ts'
import {
  entryBundlePath,
  MAX_ENTRY_BUNDLE_SIZE,
  parseEntryBundle,
  TILE_WIDTH,
  type TilePlace,
  type TileReader,
  tilePath,
} from '../../core/tiles/index.ts'

/** What is used of `fetch`. */
export type FetchFile = (
  url: string,
  init: { readonly redirect: 'manual'; readonly signal: AbortSignal },
) => Promise<Response>

export interface ReadLogOptions {
  /** The log's prefix: an http or https address without query and fragment. */
  readonly url: string
  readonly fetch: FetchFile
  /** For one file; 30 seconds unless told. */
  readonly timeoutMs?: number
}

/** Everything may throw LOG_UNREACHABLE. */
export interface LogOverHttp {
  /**
   * The signed note of a checkpoint, unverified.
   *
   * @throws {ColophonError} RECORD_NOT_FOUND  there is none: an empty log, or no log
   * @throws {ColophonError} UTF8_MALFORMED, NOTE_MALFORMED, CHECKPOINT_MALFORMED
   */
  checkpoint(): Promise<string>

  /**
   * The hashes of a tile, unverified; of the full one where the log has the partial one no more.
   *
   * @throws {ColophonError} TILE_MALFORMED  it has another size
   */
  readonly readTile: TileReader

  /**
   * Entries from `start` up to, but not including, `end`, unverified. All in memory at once: ask for few thousands.
   *
   * @param range.end  what a log is bound to serve is a multiple of 256 or the size of a checkpoint
   * @throws {ColophonError} TILE_NOT_FOUND, TILE_MALFORMED
   */
  readEntries(range: { readonly start: bigint; readonly end: bigint }): Promise<Uint8Array[]>
}

const WIDTH = BigInt(TILE_WIDTH)
const TIMEOUT_MS = 30_000

export function readLogOver(options: ReadLogOptions): LogOverHttp {
  const files = new RemoteFiles(options)
  return {
    checkpoint: async () => {
      const bytes = await files.get('checkpoint', MAX_NOTE_SIZE)
      if (bytes === undefined) {
        const hint = 'Check the address; a log without entries has no checkpoint yet.'
        throw new ColophonError('RECORD_NOT_FOUND', 'there is no checkpoint', { at: files.urlOf('checkpoint'), hint })
      }
      const note = decodeUtf8(bytes)
      parseCheckpoint(parseNote(note).text)
      return note
    },
    readTile: (tile) =>
      files.getOrFull(tile, async ({ width }) => {
        const path = tilePath({ ...tile, width })
        const want = width * HASH_SIZE
        const hashes = await files.get(path, want)
        if (hashes === undefined || hashes.length === want) return hashes
        throw malformed(`a tile has another size than ${want} bytes`, files.urlOf(path))
      }),
    readEntries: async ({ start, end }) => {
      const entries: Uint8Array[] = []
      for (let index = start / WIDTH; start < end && index * WIDTH < end; index += 1n) {
        const bundle = await readBundle(files, { index, width: Number(minimum(end - index * WIDTH, WIDTH)) })
        const first = Number(start > index * WIDTH ? start - index * WIDTH : 0n)
        for (const entry of bundle.slice(first)) entries.push(entry)
      }
      return entries
    },
  }
}

async function readBundle(files: RemoteFiles, bundle: TilePlace): Promise<Uint8Array[]> {
  const read = await files.getOrFull(bundle, async ({ width }) => {
    const path = entryBundlePath({ ...bundle, width })
    const bytes = await files.get(path, MAX_ENTRY_BUNDLE_SIZE)
    return bytes === undefined ? undefined : parseBundleAt(files.urlOf(path), { bytes, width })
  })
  if (read !== undefined) return read.slice(0, bundle.width)
  throw new ColophonError('TILE_NOT_FOUND', 'an entry bundle is not there', {
    at: files.urlOf(entryBundlePath(bundle)),
  })
}

/** Where the bundle came from says more than where in it the mistake is. */
function parseBundleAt(at: string, bundle: Parameters<typeof parseEntryBundle>[0]): Uint8Array[] {
  try {
    return parseEntryBundle(bundle)
  } catch (cause) {
    throw malformed((cause as Error).message, at)
  }
}

class RemoteFiles {
  readonly #prefix: string
  readonly #fetch: FetchFile
  readonly #timeoutMs: number

  constructor({ url, fetch, timeoutMs = TIMEOUT_MS }: ReadLogOptions) {
    this.#prefix = url.replace(/\/+$/, '')
    this.#fetch = fetch
    this.#timeoutMs = timeoutMs
  }

  urlOf(path: string): string {
    return `${this.#prefix}/${path}`
  }

  /** @returns undefined where there is no such file; of one that is too large, its beginning: one byte more than allowed */
  async get(path: string, maxBytes: number): Promise<Uint8Array | undefined> {
    const at = this.urlOf(path)
    try {
      const answer = await this.#fetch(at, { redirect: 'manual', signal: AbortSignal.timeout(this.#timeoutMs) })
      if (answer.status === 200) return await readBeginning(answer, maxBytes + 1)
      await answer.body?.cancel()
      if (answer.status === 404) return undefined
      throw new ColophonError('LOG_UNREACHABLE', `the log answers with status ${answer.status}`, { at })
    } catch (cause) {
      if (ColophonError.is(cause)) throw cause
      throw new ColophonError('LOG_UNREACHABLE', 'the log gives no answer, or breaks it off', { at, cause })
    }
  }

  /** What a partial place has, or else the full one, which a log may keep in its stead. */
  async getOrFull<T>(place: TilePlace, get: (place: TilePlace) => Promise<T | undefined>): Promise<T | undefined> {
    const partial = await get(place)
    if (partial !== undefined || place.width === TILE_WIDTH) return partial
    return await get({ ...place, width: TILE_WIDTH })
  }
}

async function readBeginning({ body }: Response, maxBytes: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  const reader = body?.getReader()
  for (let room = maxBytes; room > 0; ) {
    const piece = await reader?.read()
    if (piece?.value === undefined) return joinBytes(pieces)
    pieces.push(piece.value.subarray(0, room))
    room -= piece.value.length
  }
  await reader?.cancel()
  return joinBytes(pieces)
}

const malformed = (message: string, at: string): ColophonError => new ColophonError('TILE_MALFORMED', message, { at })

const minimum = (left: bigint, right: bigint): bigint => (left < right ? left : right)
