/**
 * A signed statement and its place in the log: its signature, its entry, its proof, and that the proof is of this log's
 * tree and no other.
 *
 * @module
 */
import { equalBytes } from '../../core/bytes/index.ts'
import { type Checkpoint, openCheckpoint } from '../../core/checkpoint/index.ts'
import { type Envelope, parseEnvelope, preAuthEncoding } from '../../core/dsse/index.ts'
import { ColophonError } from '../../core/errors.ts'
import type { Sha256 } from '../../core/hash/index.ts'
import { formatEntry } from '../../core/hashedrekord/index.ts'
import { PAYLOAD_TYPE } from '../../core/intoto/index.ts'
import { leafHash, verifyInclusion } from '../../core/merkle/index.ts'
import type { VerifierKey } from '../../core/note/index.ts'
import { keyId, type SignatureVerifier } from '../../core/signature/index.ts'
import { parseTlogProof } from '../../core/tlog-proof/index.ts'
import type { TrustPolicy } from '../../core/trust/index.ts'
import type { LoggedStatement } from '../registry/index.ts'
import type { CheckedLog } from './check-log.ts'
import type { Findings } from './findings.ts'
import type { CheckableLog } from './ports.ts'

/** What every row is checked against. */
export interface RowContext {
  readonly log: CheckableLog
  readonly checked: CheckedLog
  readonly claims: EntryClaims
  readonly logKey: VerifierKey
  readonly trust: TrustPolicy
  readonly verifier: SignatureVerifier
  readonly hash: Sha256
  readonly findings: Findings
}

/** Which entries a row speaks of: one bit each. */
export class EntryClaims {
  readonly #bits: Uint8Array
  readonly #size: number
  /** The largest tree below the whole one that a stored proof names. */
  largestOlder = 0n

  constructor(size: bigint) {
    this.#size = Number(size)
    this.#bits = new Uint8Array(Math.ceil(this.#size / 8))
  }

  /** @returns false where the entry is claimed already, or there is no such entry */
  claim(index: bigint): boolean {
    if (index < 0n || index >= BigInt(this.#size) || this.#has(Number(index))) return false
    const at = Number(index)
    this.#bits[at >> 3] = (this.#bits[at >> 3] as number) | (1 << (at & 7))
    return true
  }

  *unclaimed(): Generator<number> {
    for (let at = 0; at < this.#size; at++) if (!this.#has(at)) yield at
  }

  #has(at: number): boolean {
    return ((this.#bits[at >> 3] as number) & (1 << (at & 7))) !== 0
  }
}

/**
 * @param at    names the row in problems
 * @returns the signed payload; undefined where nothing of the statement can be believed
 */
export async function checkStatement(
  statement: LoggedStatement,
  at: string,
  context: RowContext,
): Promise<Uint8Array | undefined> {
  const { findings } = context
  const envelope = await findings.attempt('STATEMENT_WRONG', `${at}: envelope`, () => parseEnvelope(statement.envelope))
  if (envelope === undefined) return undefined
  const isSigned = await findings.attempt('STATEMENT_WRONG', at, () => requireSigned(envelope, statement, context))
  if (isSigned === undefined) return undefined
  const { publicKey, index, proof } = statement
  const entry = formatEntry({
    artifactDigest: context.hash(preAuthEncoding(envelope)),
    signature: envelope.signature,
    publicKey,
  })
  await checkEntry({ entry, index }, at, context)
  await findings.attempt('PROOF_WRONG', `${at}: proof`, async () => {
    const { extra, index: provenIndex, hashes, checkpoint } = parseTlogProof(proof)
    if (extra !== undefined) throw new ColophonError('PROOF_MALFORMED', 'the proof carries extra data, want none')
    if (provenIndex !== index) {
      throw new ColophonError('PROOF_INVALID', `the proof is of entry ${provenIndex}, want ${index}`)
    }
    await checkProof({ entry, index, hashes, signedNote: checkpoint }, at, context)
  })
  return envelope.payload
}

/** @returns true */
async function requireSigned(
  envelope: Envelope,
  { publicKey }: LoggedStatement,
  { trust, verifier }: RowContext,
): Promise<true> {
  if (envelope.payloadType !== PAYLOAD_TYPE) {
    throw new ColophonError('STATEMENT_MALFORMED', `the payload type is not ${PAYLOAD_TYPE}`)
  }
  if (!trust.signers.some((signer) => equalBytes({ left: signer.publicKey, right: publicKey }))) {
    throw new ColophonError('KEY_NOT_TRUSTED', `the key ${keyId(publicKey)} is not one of the issuer’s`)
  }
  const message = preAuthEncoding(envelope)
  const valid = await verifier.p256({ publicKey, signature: envelope.signature, message })
  if (valid === true) return true
  throw new ColophonError('SIGNATURE_INVALID', `the signature does not verify with the key ${keyId(publicKey)}`)
}

/** The entry at the statement's index is this one, and no other row's. */
export async function checkEntry(
  { entry, index }: { readonly entry: Uint8Array; readonly index: bigint },
  at: string,
  { log, claims, checked, findings }: RowContext,
): Promise<void> {
  if (index < 0n || index >= checked.size) {
    findings.problem('ENTRY_OTHER', at, `the index is ${index}, and the log has ${checked.size} entries`)
    return
  }
  if (!claims.claim(index)) findings.problem('ENTRY_OTHER', at, `another row has the entry ${index} already`)
  const entries = await log.readEntries({ start: index, end: index + 1n }).catch(() => [])
  const [stored] = entries
  // One that cannot be read is a problem of the log, which is told of there.
  if (stored === undefined || equalBytes({ left: stored, right: entry })) return
  findings.problem('ENTRY_OTHER', at, `entry ${index} is of something else than this statement`)
}

export interface EntryProof {
  readonly entry: Uint8Array
  readonly index: bigint
  readonly hashes: readonly Uint8Array[]
  readonly signedNote: string
}

/** @throws {ColophonError} PROOF_*, NOTE_*, CHECKPOINT_*, SIGNATURE_*: it proves nothing */
export async function checkProof(
  { entry, index, hashes, signedNote }: EntryProof,
  at: string,
  context: RowContext,
): Promise<Checkpoint> {
  const { logKey, verifier, hash, checked, claims } = context
  const { checkpoint } = await openCheckpoint({ signedNote, logKey, verifier })
  checkRoot(checkpoint, `${at}: proof`, context)
  const { size, rootHash } = checkpoint
  if (size < checked.size && size > claims.largestOlder) claims.largestOlder = size
  verifyInclusion({ leafHash: leafHash(entry, hash), leafIndex: index, treeSize: size, proof: hashes, rootHash }, hash)
  return checkpoint
}

/** A checkpoint that the log's key signed is of this log's tree, at every size. */
export function checkRoot({ size, rootHash }: Checkpoint, at: string, { checked, findings }: RowContext): void {
  const derived = checked.tree.rootAt(size)
  if (derived === undefined) {
    // Where the tree could not be made, that is a problem by itself.
    if (size > checked.size)
      findings.problem('HEAD_DIFFERS', at, `its tree has ${size} entries, the log ${checked.size}`)
    return
  }
  if (equalBytes({ left: derived, right: rootHash })) return
  findings.problem('FORK', at, `the log’s key signed another tree of ${size} entries than this one`)
}
