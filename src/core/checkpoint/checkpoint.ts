/**
 * Checkpoints: C2SP tlog-checkpoint, https://c2sp.org/tlog-checkpoint. The text of a signed note:
 *
 *     ORIGIN
 *     SIZE             decimal, no leading zeros
 *     BASE64(root hash)
 *     extension lines  optional
 *
 * Every line is non-empty and ends in newline. Stricter than the specification: sizes stay below 2^63, root hashes are 32
 * bytes (SHA-256) in canonical base64.
 *
 * @module
 */
import { decodeBase64, encodeBase64 } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import { HASH_SIZE, MAX_TREE_SIZE } from '../merkle/index.ts'
import { encodeNoteText } from '../note/index.ts'

/** A log's tree head. Not verified, unless it comes from `openCheckpoint`. */
export interface Checkpoint {
  readonly origin: string // the log's identity, not empty
  readonly size: bigint // leaves in the tree, 0n .. 2n ** 63n - 1n
  readonly rootHash: Uint8Array // 32 bytes
  readonly extensions: readonly string[] // opaque lines, each not empty
}

const DECIMAL = /^(?:0|[1-9][0-9]{0,18})$/

function malformed(message: string, at?: string, cause?: unknown): ColophonError {
  return new ColophonError('CHECKPOINT_MALFORMED', message, at === undefined ? { cause } : { at, cause })
}

function parseSize(line: string): bigint {
  if (!DECIMAL.test(line)) throw malformed('tree size is not a decimal without leading zeros', 'line 2')
  const size = BigInt(line)
  if (size > MAX_TREE_SIZE) throw malformed('tree size is 2^63 or more', 'line 2')
  return size
}

function parseRootHash(line: string): Uint8Array {
  try {
    return decodeBase64(line, { at: 'line 3', sizeBytes: HASH_SIZE })
  } catch (cause) {
    throw malformed('root hash is not canonical base64 of 32 bytes', 'line 3', cause)
  }
}

/**
 * Reads the text of a checkpoint's note. Verifies nothing.
 *
 * @param text  the note's text with its final newline, without signature lines
 * @throws {ColophonError} CHECKPOINT_MALFORMED
 */
export function parseCheckpoint(text: string): Checkpoint {
  try {
    encodeNoteText(text)
  } catch (cause) {
    throw malformed('checkpoint is too large, or has a control character or half of a surrogate pair', undefined, cause)
  }
  if (!text.endsWith('\n')) throw malformed('checkpoint does not end in a newline')
  const [origin, size, rootHash, ...extensions] = text.slice(0, -1).split('\n')
  if (origin === undefined || size === undefined || rootHash === undefined) {
    throw malformed('checkpoint has fewer than 3 lines')
  }
  if (origin === '') throw malformed('origin is empty', 'line 1')
  const empty = extensions.indexOf('')
  if (empty >= 0) throw malformed('extension line is empty', `line ${empty + 4}`)
  return { origin, size: parseSize(size), rootHash: parseRootHash(rootHash), extensions }
}

/**
 * Text of a checkpoint: `formatCheckpoint(parseCheckpoint(x)) === x`.
 *
 * @throws {RangeError} an empty line, a newline within one, a size out of range, a root hash that is not 32 bytes
 * @throws {ColophonError} CHECKPOINT_MALFORMED  a control character, half of a surrogate pair
 */
export function formatCheckpoint({ origin, size, rootHash, extensions }: Checkpoint): string {
  if (rootHash.length !== HASH_SIZE) throw new RangeError(`rootHash: got ${rootHash.length} bytes, want ${HASH_SIZE}`)
  if (size < 0n || size > MAX_TREE_SIZE) throw new RangeError(`size: got ${size}, want 0 .. 2^63 - 1`)
  for (const line of [origin, ...extensions]) {
    if (line === '' || line.includes('\n')) throw new RangeError('origin, extensions: want non-empty single lines')
  }
  const text = [origin, size.toString(), encodeBase64(rootHash), ...extensions, ''].join('\n')
  parseCheckpoint(text)
  return text
}
