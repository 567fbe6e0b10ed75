/**
 * The record against the trust policy: signers and logs (`docs/spec/verdicts.md`, "Against the trust policy").
 *
 * What the record says of keys and logs are hints for finding the ones that the policy names; those that count are the
 * policy's.
 *
 * @module
 */

import { equalBytes } from '../bytes/index.ts'
import { openCheckpoint, parseCheckpoint } from '../checkpoint/index.ts'
import { preAuthEncoding } from '../dsse/index.ts'
import { ColophonError } from '../errors.ts'
import { formatEntry } from '../hashedrekord/index.ts'
import { leafHash, verifyInclusion } from '../merkle/index.ts'
import { fullKeyId, parseNote, type VerifierKey } from '../note/index.ts'
import type { EmbeddedStatement } from '../run/index.ts'
import { keyId } from '../signature/index.ts'
import { parseTlogProof, type TlogProof } from '../tlog-proof/index.ts'
import type { TrustedSigner, TrustPolicy } from '../trust/index.ts'
import type { CheckSheet } from './check-sheet.ts'
import type { Crypto, ReadRecord } from './read-record.ts'

/** Where a log of the policy has a statement's entry. */
interface Place {
  readonly origin: string
  readonly index: bigint
  /** Size of the tree under whose checkpoint the entry was proven. */
  readonly treeSize: bigint
}

const TRUST_CHECKS = [
  'signer',
  'bindingSigner',
  'declarationSigner',
  'recordInLog',
  'bindingInLog',
  'declarationInLog',
  'order',
] as const

/** @returns the signer of the record, where the policy names it */
export async function checkTrust(input: {
  readonly read: ReadRecord
  readonly trust: TrustPolicy | undefined
  readonly sheet: CheckSheet
  readonly crypto: Crypto
}): Promise<TrustedSigner | undefined> {
  const { read, trust, sheet, crypto } = input
  if (trust === undefined) {
    for (const id of TRUST_CHECKS) sheet.skip(id, 'No trust policy was given.')
    return undefined
  }
  const { record, binding } = read
  const signerOf = (publicKey: Uint8Array): TrustedSigner => findSigner(publicKey, trust)

  const signer = await sheet.attempt('signer', signedBy('record', read.entry.publicKey, trust), () =>
    signerOf(read.entry.publicKey),
  )
  await sheet.attempt('bindingSigner', signedBy('binding', record.binding.publicKey, trust), () =>
    signerOf(record.binding.publicKey),
  )
  const recordPlace = await sheet.attempt('recordInLog', inLog('record', trust), () =>
    placeOfRecord(read, trust, crypto),
  )
  const bindingPlace = await sheet.attempt('bindingInLog', inLog('binding', trust), () =>
    placeOf(record.binding, record.binding.proof, trust, crypto),
  )

  const places = { declaration: undefined as Place | undefined, binding: bindingPlace, record: recordPlace }
  if (record.declaration.state === 'declared' && binding.declaration.state === 'declared') {
    const embedded = record.declaration
    const { proof } = binding.declaration
    await sheet.attempt('declarationSigner', signedBy('declaration', embedded.publicKey, trust), () =>
      signerOf(embedded.publicKey),
    )
    places.declaration = await sheet.attempt('declarationInLog', inLog('declaration', trust), () =>
      placeOf(embedded, proof, trust, crypto),
    )
  } else {
    sheet.skip('declarationSigner', 'The run was bound to no declaration.')
    sheet.skip('declarationInLog', 'The run was bound to no declaration.')
  }
  checkOrder(places, sheet, record.declaration.state === 'declared')
  return signer
}

function findSigner(publicKey: Uint8Array, { signers }: TrustPolicy): TrustedSigner {
  const signer = signers.find((one) => equalBytes({ left: one.publicKey, right: publicKey }))
  if (signer !== undefined) return signer
  throw new ColophonError('KEY_NOT_TRUSTED', `your trust policy does not name the key ${keyId(publicKey)}`)
}

function signedBy(what: string, publicKey: Uint8Array, { signers }: TrustPolicy): string {
  const signer = signers.find((one) => equalBytes({ left: one.publicKey, right: publicKey }))
  return `The ${what} is signed by ${signer?.name}, whose key your trust policy names.`
}

const inLog = (what: string, { logs }: TrustPolicy): string => {
  const named = logs.length === 1 ? `the log ${logs[0]?.name}` : 'a log'
  return `The ${what} is included in ${named}, which your trust policy names, under a checkpoint that it signed.`
}

/** The record's own entry, as the bundle proves it. Log id and root hash beside the proof are hints: they have to agree. */
async function placeOfRecord({ bundle }: ReadRecord, trust: TrustPolicy, crypto: Crypto): Promise<Place> {
  const { entry } = bundle
  const { checkpoint, hashes, rootHash, treeSize } = entry.proof
  // Either of them leads to the policy's log; then both have to be its.
  const logKey = trust.logs.find((key) => isKeyId(key, entry.logKeyId)) ?? logOf(checkpoint, trust)
  if (!isKeyId(logKey, entry.logKeyId)) {
    throw new ColophonError('ENTRY_MISMATCH', `the log id is not that of ${logKey.name}, whose checkpoint is given`)
  }
  const place = await verifyPlace({
    body: entry.body,
    proof: { index: entry.logIndex, hashes, checkpoint },
    logKey,
    crypto,
  })
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
  trust: TrustPolicy,
  crypto: Crypto,
): Promise<Place> {
  const proof = parseTlogProof(tlogProof)
  if (proof.extra !== undefined) throw new ColophonError('PROOF_MALFORMED', 'the proof carries extra data, want none')
  const artifactDigest = crypto.hash(preAuthEncoding(envelope))
  const body = formatEntry({ artifactDigest, signature: envelope.signature, publicKey })
  return verifyPlace({ body, proof, logKey: logOf(proof.checkpoint, trust), crypto })
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
  readonly crypto: Crypto
}): Promise<Place & { readonly rootHash: Uint8Array }> {
  const { body, proof, logKey, crypto } = input
  const { verifier, hash } = crypto
  const { checkpoint } = await openCheckpoint({ signedNote: proof.checkpoint, logKey, verifier })
  const { size: treeSize, rootHash } = checkpoint
  const { index, hashes } = proof
  verifyInclusion({ leafHash: leafHash(body, hash), leafIndex: index, treeSize, proof: hashes, rootHash }, hash)
  return { origin: logKey.name, index, treeSize, rootHash }
}

/**
 * Containment is the order: the binding's payload holds the declaration's checkpoint, and the record's the binding's, so
 * each entry must stand beyond the tree that its payload names. That nobody made both later at once takes an outsider.
 */
function checkOrder(
  { declaration, binding, record }: Readonly<Record<'declaration' | 'binding' | 'record', Place | undefined>>,
  sheet: CheckSheet,
  declared: boolean,
): void {
  if (binding === undefined || record === undefined || (declared && declaration === undefined)) {
    sheet.skip('order', 'Not every statement was found in a log that your trust policy names.')
    return
  }
  const steps = declaration === undefined ? [binding, record] : [declaration, binding, record]
  const backwards = steps.some((later, step) =>
    steps.slice(0, step).some(({ origin, treeSize }) => origin === later.origin && later.index < treeSize),
  )
  if (backwards) {
    sheet.fail('order', 'A statement stands in the log before the checkpoint that it contains.', {
      code: 'ORDER_INVALID',
    })
    return
  }
  const contained = declared
    ? 'The binding contains the declaration’s checkpoint, and the record the binding’s.'
    : 'The record contains the binding’s checkpoint.'
  sheet.claim(
    'order',
    `${contained} When they were signed is the operator’s word: no witness signed these checkpoints.`,
  )
}
