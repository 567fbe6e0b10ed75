/**
 * Records verify with stock Sigstore code and none of ours: @sigstore/verify with a trusted root that names the log.
 */
import { HashAlgorithm, PublicKeyDetails, TrustedRoot } from '@sigstore/protobuf-specs'
import { Entry } from '@sigstore/protobuf-specs/rekor/v2'
import { VerificationError } from '@sigstore/verify'
import { describe, expect, test } from 'vitest'
import { type Bundle, formatBundle, parseBundle } from '../../src/core/bundle/index.ts'
import { openCheckpoint } from '../../src/core/checkpoint/index.ts'
import { preAuthEncoding } from '../../src/core/dsse/index.ts'
import { sha256 } from '../../src/core/hash/index.ts'
import { parseEntry } from '../../src/core/hashedrekord/index.ts'
import { type CanonicalInput, canonicalize } from '../../src/core/json/index.ts'
import { leafHash, verifyInclusion } from '../../src/core/merkle/index.ts'
import { nobleVerifier } from '../../src/core/signature/index.ts'
import { sigstoreTrustedRoot } from '../../src/core/trust-root/index.ts'
import { makeRecord, type RecordOptions, type TestRecord } from '../support/record.ts'
import { VALID_FROM, verifyWithSigstore } from '../support/stock-sigstore.ts'

const verifyStock = (bundle: Bundle, { signer, log }: TestRecord): void =>
  verifyWithSigstore(bundle, { log: log.key, signerKey: signer.spki })

const flip = (bytes: Uint8Array, at = bytes.length >> 1) => bytes.with(at, (bytes[at] as number) ^ 1)
const withEntry = (bundle: Bundle, entry: Partial<Bundle['entry']>): Bundle => ({
  ...bundle,
  entry: { ...bundle.entry, ...entry },
})
const withProof = (bundle: Bundle, proof: Partial<Bundle['entry']['proof']>): Bundle =>
  withEntry(bundle, { proof: { ...bundle.entry.proof, ...proof } })

describe('stock @sigstore/verify', () => {
  test.each<RecordOptions>([
    { size: 1, index: 0 },
    { size: 2, index: 1 },
    { size: 7, index: 4 },
    { size: 7, index: 6 },
    { size: 300, index: 17 },
    { origin: 'log.colophon.example' },
  ])('verifies a record: %o', (options) => {
    const record = makeRecord(options)
    verifyStock(record.bundle, record)
  })

  const record = makeRecord()
  const { bundle } = record
  const { envelope, entry } = bundle
  const { proof } = entry
  const replaced = (search: string | RegExp, by: string) =>
    withProof(bundle, { checkpoint: proof.checkpoint.replace(search, by) })
  const other = makeRecord()

  test.each<[string, Bundle]>([
    ['payload', { ...bundle, envelope: { ...envelope, payload: flip(envelope.payload) } }],
    ['payload type', { ...bundle, envelope: { ...envelope, payloadType: 'application/json' } }],
    ['signature', { ...bundle, envelope: { ...envelope, signature: flip(envelope.signature) } }],
    ['another record’s signature', { ...bundle, envelope: other.bundle.envelope }],
    ['entry body', withEntry(bundle, { body: flip(entry.body) })],
    ['another record’s entry body', withEntry(bundle, { body: other.bundle.entry.body })],
    ['log index', withEntry(bundle, { logIndex: 5n })],
    ['log id', withEntry(bundle, { logKeyId: flip(entry.logKeyId) })],
    ...proof.hashes.map((hash, place): [string, Bundle] => [
      `proof hash ${place}`,
      withProof(bundle, { hashes: proof.hashes.with(place, flip(hash)) }),
    ]),
    ['a proof hash too few', withProof(bundle, { hashes: proof.hashes.slice(1) })],
    ['a proof hash too many', withProof(bundle, { hashes: [...proof.hashes, proof.rootHash] })],
    ['checkpoint origin', replaced('2026a', '2026b')],
    ['checkpoint size', replaced('\n7\n', '\n8\n')],
    ['checkpoint extension', replaced('\n\n', '\nmore\n\n')],
    ['checkpoint signature', replaced(/.{3}=\n$/, 'AAA=\n')],
    ['another log’s checkpoint', withProof(bundle, { checkpoint: other.bundle.entry.proof.checkpoint })],
    ['another log’s entry', { ...bundle, entry: other.bundle.entry }],
  ])('refuses a record whose %s changed', (_, mutant) => {
    expect(() => verifyStock(mutant, record)).toThrow(VerificationError)
  })

  test('refuses another signer and another log', () => {
    expect(() => verifyStock(bundle, { ...record, signer: other.signer })).toThrow(VerificationError)
    expect(() => verifyStock(bundle, { ...record, log: other.log })).toThrow(VerificationError)
  })
})

test('our own formats verify the same record', async () => {
  const { bundle, signer, log } = makeRecord()
  const { envelope, entry } = parseBundle(formatBundle(bundle))
  const message = preAuthEncoding(envelope)
  expect(parseEntry(entry.body)).toEqual({
    artifactDigest: sha256(message),
    signature: envelope.signature,
    publicKey: signer.spki,
  })
  expect(nobleVerifier.p256({ publicKey: signer.spki, signature: envelope.signature, message })).toBe(true)
  const signedNote = entry.proof.checkpoint
  const { checkpoint } = await openCheckpoint({ signedNote, logKey: log.key, verifier: nobleVerifier })
  verifyInclusion({
    leafHash: leafHash(entry.body),
    leafIndex: entry.logIndex,
    treeSize: checkpoint.size,
    proof: entry.proof.hashes,
    rootHash: checkpoint.rootHash,
  })
})

test("the entry is what Rekor v2's own types write, canonicalized", () => {
  const { bundle } = makeRecord()
  const { artifactDigest, signature, publicKey } = parseEntry(bundle.entry.body)
  const json = Entry.toJSON({
    kind: 'hashedrekord',
    apiVersion: '0.0.2',
    spec: {
      spec: {
        $case: 'hashedRekordV002',
        hashedRekordV002: {
          data: { algorithm: HashAlgorithm.SHA2_256, digest: Buffer.from(artifactDigest) },
          signature: {
            content: Buffer.from(signature),
            verifier: {
              verifier: { $case: 'publicKey', publicKey: { rawBytes: Buffer.from(publicKey) } },
              keyDetails: PublicKeyDetails.PKIX_ECDSA_P256_SHA_256,
            },
          },
        },
      },
    },
  })
  expect(canonicalize(json as CanonicalInput)).toEqual(bundle.entry.body)
})

describe('sigstoreTrustedRoot', () => {
  const { key } = makeRecord().log
  const good = { origin: key.name, logPublicKey: key.publicKey, validFrom: VALID_FROM }

  test('reads as a trusted root', () => {
    const [tlog] = TrustedRoot.fromJSON(sigstoreTrustedRoot(good)).tlogs
    expect(tlog).toMatchObject({ baseUrl: 'https://2026a.log.example', hashAlgorithm: HashAlgorithm.SHA2_256 })
    expect(tlog?.publicKey?.validFor?.start).toEqual(new Date(VALID_FROM))
    expect(tlog?.logId?.keyId).toHaveLength(32)
  })

  test.each([
    '',
    'https://log.example',
    'log.example/a',
    'log.example:80',
    'Log.example',
    'log..example',
    '-log.example',
  ])('refuses the origin "%s"', (origin) => {
    expect(() => sigstoreTrustedRoot({ ...good, origin })).toThrow(RangeError)
  })

  test('refuses another time and another key', () => {
    expect(() => sigstoreTrustedRoot({ ...good, validFrom: '2026-01-01' })).toThrowCode('TIME_MALFORMED')
    expect(() => sigstoreTrustedRoot({ ...good, logPublicKey: new Uint8Array(44) })).toThrow(RangeError)
  })
})
