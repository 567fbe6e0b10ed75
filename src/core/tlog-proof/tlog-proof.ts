/**
 * Proofs that an entry is in a log: C2SP tlog-proof, https://c2sp.org/tlog-proof.
 *
 *     c2sp.org/tlog-proof@v1
 *     extra BASE64           optional
 *     index DECIMAL
 *     BASE64(hash)           one line per hash of the inclusion proof, at most 63
 *     (empty line)
 *     the signed checkpoint, as it is
 *
 * The checkpoint is carried here, not read: `openCheckpoint` does that. Where the specification is silent, this is
 * strict: base64 is canonical, `extra` is not empty where it is there, indexes stay below 2^63.
 *
 * @module
 */
import { decodeBase64, encodeBase64 } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import { HASH_SIZE, MAX_TREE_SIZE } from '../merkle/index.ts'
import { encodeNoteText } from '../note/index.ts'

/** A proof as it was received. Nothing in it is verified; `extra` never is. */
export interface TlogProof {
  readonly extra?: Uint8Array | undefined // opaque, 1 byte or more; not authenticated by the log
  readonly index: bigint // zero-based; may lie outside the checkpoint's tree, which the inclusion proof shows
  readonly hashes: readonly Uint8Array[] // 0 to 63 hashes of 32 bytes, leaf's sibling first
  readonly checkpoint: string // the signed note, verbatim
}

const HEADER = 'c2sp.org/tlog-proof@v1'
const EXTRA = 'extra '
const INDEX = 'index '
const DECIMAL = /^(?:0|[1-9][0-9]{0,18})$/

/** Most hashes that a tree of fewer than 2^63 leaves takes. */
export const MAX_PROOF_HASHES = 63

function malformed(message: string, at?: string, cause?: unknown): ColophonError {
  return new ColophonError('PROOF_MALFORMED', message, at === undefined ? { cause } : { at, cause })
}

function checkText(text: string): void {
  try {
    encodeNoteText(text)
  } catch (cause) {
    throw malformed('proof is too large, or has a control character or half of a surrogate pair', undefined, cause)
  }
}

function decodeLine(text: string, options: { readonly at: string; readonly sizeBytes?: number }): Uint8Array {
  try {
    return decodeBase64(text, options)
  } catch (cause) {
    throw malformed('got a line that is not canonical base64 of the right length', options.at, cause)
  }
}

function parseIndex(line: string | undefined, at: string): bigint {
  if (line === undefined || !line.startsWith(INDEX)) throw malformed('got another line, want the index', at)
  const digits = line.slice(INDEX.length)
  if (!DECIMAL.test(digits)) throw malformed('index is not a decimal without leading zeros', at)
  const index = BigInt(digits)
  if (index > MAX_TREE_SIZE) throw malformed('index is 2^63 or more', at)
  return index
}

/**
 * Reads a proof. Verifies nothing.
 *
 * @throws {ColophonError} PROOF_MALFORMED
 */
export function parseTlogProof(text: string): TlogProof {
  checkText(text)
  const split = text.indexOf('\n\n')
  if (split < 0) throw malformed('proof has no empty line, want one before the checkpoint')
  const checkpoint = text.slice(split + 2)
  if (!checkpoint.endsWith('\n')) throw malformed('checkpoint is missing or does not end in a newline')
  const [header, ...lines] = text.slice(0, split).split('\n', MAX_PROOF_HASHES + 4)
  if (header !== HEADER) throw malformed(`got another first line, want ${HEADER}`, 'line 1')
  let number = 2
  let extra: Uint8Array | undefined
  if (lines[0]?.startsWith(EXTRA)) {
    extra = decodeLine((lines.shift() as string).slice(EXTRA.length), { at: 'line 2' })
    if (extra.length === 0) throw malformed('extra data is empty, want no such line', 'line 2')
    number += 1
  }
  const index = parseIndex(lines.shift(), `line ${number}`)
  if (lines.length > MAX_PROOF_HASHES) throw malformed(`proof has more than ${MAX_PROOF_HASHES} hashes`)
  const hashes = lines.map((line, place) =>
    decodeLine(line, { at: `line ${number + 1 + place}`, sizeBytes: HASH_SIZE }),
  )
  return { ...(extra === undefined ? {} : { extra }), index, hashes, checkpoint }
}

/**
 * Text of a proof: `formatTlogProof(parseTlogProof(x)) === x`.
 *
 * @throws {RangeError} an index out of range, more than 63 hashes or one that is not 32 bytes, empty extra data, a
 *   checkpoint that does not end in a newline
 * @throws {ColophonError} PROOF_MALFORMED  a control character in the checkpoint, or the proof is too large
 */
export function formatTlogProof({ extra, index, hashes, checkpoint }: TlogProof): string {
  if (index < 0n || index > MAX_TREE_SIZE) throw new RangeError(`index: got ${index}, want 0 .. 2^63 - 1`)
  if (extra?.length === 0) throw new RangeError('extra: got no bytes, want undefined or at least one')
  if (hashes.length > MAX_PROOF_HASHES) throw new RangeError(`hashes: got ${hashes.length}, want at most 63`)
  if (hashes.some((hash) => hash.length !== HASH_SIZE)) throw new RangeError('hashes: want 32 bytes each')
  if (!checkpoint.endsWith('\n')) throw new RangeError('checkpoint: want a newline at the end')
  const lines = [
    HEADER,
    ...(extra === undefined ? [] : [`${EXTRA}${encodeBase64(extra)}`]),
    `${INDEX}${index}`,
    ...hashes.map(encodeBase64),
  ]
  const text = `${lines.join('\n')}\n\n${checkpoint}`
  checkText(text)
  return text
}
