/**
 * Where the logs of the trust policy have the record and the statements inside it (`docs/spec/log-entry.md`,
 * "Inclusion"), and which witnesses of the policy say by when (`docs/spec/log.md`, "Cosignatures").
 *
 * @module
 */
import { equalBytes } from '../bytes/index.ts'
import { openCheckpoint, parseCheckpoint } from '../checkpoint/index.ts'
import { preAuthEncoding } from '../dsse/index.ts'
import { ColophonError } from '../errors.ts'
import { formatEntry } from '../hashedrekord/index.ts'
import { leafHash, verifyInclusion } from '../merkle/index.ts'
import { fullKeyId, parseNote, type VerifiedKey, type VerifierKey } from '../note/index.ts'
import type { EmbeddedStatement } from '../run/index.ts'
import { parseTlogProof, type TlogProof } from '../tlog-proof/index.ts'
import { describeTrustedTimes, type ProvenPlace, type TrustedTime, type TrustPolicy } from '../trust/index.ts'
import type { CheckSheet } from './check-sheet.ts'
import type { Crypto, ReadRecord } from './read-record.ts'
import type { StatementKind } from './report.ts'

/** Where a log of the policy has a statement's entry. */
export interface Place extends ProvenPlace {
  /** Size of the tree under whose checkpoint the entry was proven. */
  readonly treeSize: bigint
}

/** Undefined where a statement was not found, or there is none. */
export type Places = Readonly<Record<StatementKind, Place | undefined>>

export interface FindPlacesInput {
  readonly read: ReadRecord
  readonly trust: TrustPolicy
  readonly sheet: CheckSheet
  readonly crypto: Crypto
}

/** Enters `recordInLog`, `bindingInLog` and `declarationInLog`. */
export async function findPlaces(input: FindPlacesInput): Promise<Places> {
  const { read, sheet } = input
  const { record, binding } = read
  const recordPlace = await sheet.attempt('recordInLog', inLog('record', input), () => placeOfRecord(input))
  const bindingPlace = await sheet.attempt('bindingInLog', inLog('binding', input), () =>
    placeOf(record.binding, record.binding.proof, input),
  )
  if (record.declaration.state === 'undeclared' || binding.declaration.state === 'undeclared') {
    sheet.skip('declarationInLog', 'The run was bound to no declaration.')
    return { declaration: undefined, binding: bindingPlace, record: recordPlace }
  }
  const [embedded, { proof }] = [record.declaration, binding.declaration]
  const declarationPlace = await sheet.attempt('declarationInLog', inLog('declaration', input), () =>
    placeOf(embedded, proof, input),
  )
  return { declaration: declarationPlace, binding: bindingPlace, record: recordPlace }
}

const inLog = (kind: StatementKind, { trust: { logs } }: FindPlacesInput) => {
  const named = logs.length === 1 ? `the log ${logs[0]?.name}` : 'a log'
  const included = `The ${kind} is included in ${named}, which your trust policy names, under a checkpoint that it signed`
  return ({ trustedTimes: times }: Place): string =>
    times.length === 0 ? `${included}.` : `${included}, and that was cosigned at ${describeTrustedTimes(times)}.`
}

/** The record's own entry, as the bundle proves it. Log id and root hash beside the proof are hints: they have to agree. */
async function placeOfRecord(input: FindPlacesInput): Promise<Place> {
  const { read, trust } = input
  const { entry } = read.bundle
  const { checkpoint, hashes, rootHash, treeSize } = entry.proof
  // Either of them leads to the policy's log; then both have to be its.
  const logKey = trust.logs.find((key) => isKeyId(key, entry.logKeyId)) ?? logOf(checkpoint, trust)
  if (!isKeyId(logKey, entry.logKeyId)) {
    throw new ColophonError('ENTRY_MISMATCH', `the log id is not that of ${logKey.name}, whose checkpoint is given`)
  }
  const proof = { index: entry.logIndex, hashes, checkpoint }
  const place = await verifyPlace({ ...input, body: entry.body, proof, logKey })
  if (place.treeSize !== treeSize || !equalBytes({ left: place.rootHash, right: rootHash })) {
    throw new ColophonError('PROOF_INVALID', 'the proof is of another tree than the signed checkpoint')
  }
  return place
}

const isKeyId = (key: VerifierKey, id: Uint8Array): boolean => equalBytes({ left: fullKeyId(key), right: id })

/** A statement inside the record, by its C2SP tlog-proof. Its entry is made again from the statement. */
async function placeOf(
  { envelope, publicKey }: EmbeddedStatement,
  tlogProof: string,
  input: FindPlacesInput,
): Promise<Place> {
  const proof = parseTlogProof(tlogProof)
  if (proof.extra !== undefined) throw new ColophonError('PROOF_MALFORMED', 'the proof carries extra data, want none')
  const artifactDigest = input.crypto.hash(preAuthEncoding(envelope))
  const body = formatEntry({ artifactDigest, signature: envelope.signature, publicKey })
  return verifyPlace({ ...input, body, proof, logKey: logOf(proof.checkpoint, input.trust) })
}

/** The policy's key for the origin that a checkpoint names. Whether that key signed it shows when it is opened. */
function logOf(signedNote: string, { logs }: TrustPolicy): VerifierKey {
  const { origin } = parseCheckpoint(parseNote(signedNote).text)
  const logKey = logs.find(({ name }) => name === origin)
  if (logKey !== undefined) return logKey
  throw new ColophonError('LOG_NOT_TRUSTED', 'your trust policy does not name the log of the checkpoint')
}

async function verifyPlace(input: {
  readonly body: Uint8Array
  readonly proof: TlogProof
  readonly logKey: VerifierKey
  readonly trust: TrustPolicy
  readonly crypto: Crypto
}): Promise<Place & { readonly rootHash: Uint8Array }> {
  const { body, proof, logKey, trust, crypto } = input
  const { verifier, hash } = crypto
  const { witnesses } = trust
  const opened = await openCheckpoint({ signedNote: proof.checkpoint, logKey, witnesses, verifier })
  const { size: treeSize, rootHash } = opened.checkpoint
  const { index, hashes } = proof
  verifyInclusion({ leafHash: leafHash(body, hash), leafIndex: index, treeSize, proof: hashes, rootHash }, hash)
  return { origin: logKey.name, index, treeSize, rootHash, trustedTimes: trustedTimesOf(opened.cosignatures) }
}

/** A witness that writes 0 makes no statement on the time (as C2SP has it for other cosignatures). */
const trustedTimesOf = (cosignatures: readonly VerifiedKey[]): readonly TrustedTime[] =>
  cosignatures.flatMap(({ name: witness, timeSeconds }) =>
    timeSeconds === undefined || timeSeconds === 0n ? [] : [{ witness, timeSeconds }],
  )
