/**
 * Vectors of `docs/spec/container.md`, "Form". Expectations by hand.
 *
 * @module
 */
import { canonical, edited, memberPaths, slugOf } from './document.ts'
import { statementKey } from './keys.ts'
import { base64Of, hexOf, type Parts } from './parts.ts'
import { type ContainerInput as In, runContainer } from './run/container.ts'
import type { Case, Topic, Value } from './topic.ts'

const RULE = 'docs/spec/container.md#form'

const utf8 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text))
const SIGNATURE = statementKey(0x11).sign(utf8('a'))
const ROOT = new Uint8Array(32).fill(1)
const HASH = base64Of(new Uint8Array(32).fill(2))
const KEY_ID = new Uint8Array(32).fill(3)
/** Neither entry nor checkpoint is read with the container. */
const [BODY, CHECKPOINT] = ['an entry', 'a checkpoint\n']

const ENTRY = {
  canonicalizedBody: base64Of(utf8(BODY)),
  inclusionProof: {
    checkpoint: { envelope: CHECKPOINT },
    hashes: [HASH],
    logIndex: '1',
    rootHash: base64Of(ROOT),
    treeSize: '2',
  },
  kindVersion: { kind: 'hashedrekord', version: '0.0.2' },
  logId: { keyId: base64Of(KEY_ID) },
  logIndex: '1',
}
const MEDIA_TYPE = 'application/vnd.dev.sigstore.bundle.v0.3+json'
const BUNDLE = {
  dsseEnvelope: {
    payload: base64Of(utf8('{}')),
    payloadType: 'application/vnd.in-toto+json',
    signatures: [{ sig: base64Of(SIGNATURE) }],
  },
  mediaType: MEDIA_TYPE,
  verificationMaterial: { publicKey: { hint: 'ab'.repeat(32) }, tlogEntries: [ENTRY] },
}
const TEXT = canonical(BUNDLE)

const READ = {
  payloadType: 'application/vnd.in-toto+json',
  payloadHex: hexOf(utf8('{}')),
  signatureHex: hexOf(SIGNATURE),
  keyHint: 'ab'.repeat(32),
  logIndex: '1',
  logKeyIdHex: hexOf(KEY_ID),
  entryHex: hexOf(utf8(BODY)),
  treeSize: '2',
  rootHashHex: hexOf(ROOT),
  hashes: [hexOf(new Uint8Array(32).fill(2))],
  checkpointText: CHECKPOINT,
}

type Path = readonly (string | number)[]
const MATERIAL = ['verificationMaterial'] as const
const FIRST = [...MATERIAL, 'tlogEntries', 0] as const
const PROOF = [...FIRST, 'inclusionProof'] as const

const refuses = (name: string, bundleText: Parts): Case<In> => ({
  name,
  rule: RULE,
  bundleText,
  reject: 'BUNDLE_MALFORMED',
})
const refusesEdit = (name: string, path: Path, value: Value): Case<In> =>
  refuses(name, canonical(edited(BUNDLE, path, value)))
const unsupported = (name: string, path: Path, value: Value): Case<In> => ({
  name,
  rule: RULE,
  bundleText: canonical(edited(BUNDLE, path, value)),
  reject: 'VERSION_UNSUPPORTED',
})
const reads = (name: string, bundle: Value, changed: Readonly<Record<string, Value>>): Case<In> => ({
  name,
  rule: RULE,
  bundleText: canonical(bundle),
  accept: { ...READ, ...changed },
})

/** Both indexes, and the size. */
const placed = (logIndex: string, treeSize: string): Value =>
  edited(
    edited(edited(BUNDLE, [...FIRST, 'logIndex'], logIndex), [...PROOF, 'logIndex'], logIndex),
    [...PROOF, 'treeSize'],
    treeSize,
  )

/** A bundle whose checkpoint is so many characters long. */
function lengthened(characters: number): Parts {
  const [before = '', after = ''] = canonical(edited(BUNDLE, [...PROOF, 'checkpoint', 'envelope'], '*')).split('"*"')
  return [`${before}"`, { repeat: 'x', times: characters }, `"${after}`]
}

function manyEntries(count: number): Parts {
  const [before = '', after = ''] = canonical(edited(BUNDLE, [...MATERIAL, 'tlogEntries'], ['*'])).split('"*"')
  return [before, canonical(ENTRY), { repeat: `,${canonical(ENTRY)}`, times: count - 1 }, after]
}

export const container: Topic<In> = {
  topic: 'container',
  spec: 'docs/spec/container.md',
  about:
    'The bytes `bundleText` read as the container of a record. What comes out: of the envelope `payloadType`, ' +
    '`payloadHex` and `signatureHex`; `keyHint`, the hint of the public key; of the entry `logIndex`, `logKeyIdHex` and ' +
    '`entryHex` (the bytes of `canonicalizedBody`); of its inclusion proof `treeSize`, `rootHashHex`, `hashes` (a list of ' +
    'hashes in hexadecimal) and `checkpointText`. Nothing is verified, and neither the entry nor the checkpoint is read: ' +
    'the topics log-entry, checkpoint and those of records do that.',
  cases: [
    reads('bundle', BUNDLE, {}),
    reads('no-hashes', edited(placed('0', '1'), [...PROOF, 'hashes'], []), {
      logIndex: '0',
      treeSize: '1',
      hashes: [],
    }),
    reads('hashes-63', edited(BUNDLE, [...PROOF, 'hashes'], Array(63).fill(HASH)), {
      hashes: Array(63).fill('02'.repeat(32)),
    }),
    reads('largest-index-and-size', placed('9223372036854775806', '9223372036854775807'), {
      logIndex: '9223372036854775806',
      treeSize: '9223372036854775807',
    }),
    unsupported('media-type-v0-4', ['mediaType'], 'application/vnd.dev.sigstore.bundle.v0.4+json'),
    {
      name: 'media-type-v0-4-of-another-shape',
      rule: RULE,
      bundleText: '{"mediaType":"application/vnd.dev.sigstore.bundle.v0.4+json"}',
      reject: 'VERSION_UNSUPPORTED',
    },
    unsupported('media-type-v0-1', ['mediaType'], 'application/vnd.dev.sigstore.bundle+json;version=0.1'),
    unsupported('entry-version-0-0-1', [...FIRST, 'kindVersion', 'version'], '0.0.1'),
    refusesEdit('media-type-of-something-else', ['mediaType'], 'application/json'),
    refusesEdit('media-type-in-capitals', ['mediaType'], MEDIA_TYPE.toUpperCase()),
    ...memberPaths(BUNDLE).map((path) =>
      refuses(`${slugOf(path)}-missing`, canonical(edited(BUNDLE, path, undefined))),
    ),
    ...memberPaths(BUNDLE).map((path) => refuses(`${slugOf(path)}-null`, canonical(edited(BUNDLE, path, null)))),
    refusesEdit('kind-dsse', [...FIRST, 'kindVersion', 'kind'], 'dsse'),
    refusesEdit('certificate', [...MATERIAL, 'certificate'], { rawBytes: '' }),
    refusesEdit('certificate-chain', [...MATERIAL, 'x509CertificateChain'], { certificates: [] }),
    refusesEdit('timestamps', [...MATERIAL, 'timestampVerificationData'], { rfc3161Timestamps: [] }),
    refusesEdit('message-signature', ['messageSignature'], { signature: '' }),
    refusesEdit('integrated-time', [...FIRST, 'integratedTime'], '1767225600'),
    refusesEdit('inclusion-promise', [...FIRST, 'inclusionPromise'], { signedEntryTimestamp: '' }),
    refusesEdit('member-unknown', ['more'], 1),
    refusesEdit('keyid-in-the-envelope', ['dsseEnvelope', 'signatures', 0, 'keyid'], ''),
    refusesEdit('two-signatures', ['dsseEnvelope', 'signatures'], Array(2).fill({ sig: base64Of(SIGNATURE) })),
    refusesEdit('no-signature', ['dsseEnvelope', 'signatures'], []),
    refusesEdit(
      'signature-of-another-form',
      ['dsseEnvelope', 'signatures', 0, 'sig'],
      base64Of(new Uint8Array(64).fill(1)),
    ),
    refusesEdit('payload-empty', ['dsseEnvelope', 'payload'], ''),
    refusesEdit('no-entry', [...MATERIAL, 'tlogEntries'], []),
    refusesEdit('entry-twice', [...MATERIAL, 'tlogEntries'], [ENTRY, ENTRY]),
    refuses('entry-3000-times', manyEntries(3000)),
    refusesEdit('hint-short', [...MATERIAL, 'publicKey', 'hint'], 'ab'.repeat(31)),
    refusesEdit('hint-in-capitals', [...MATERIAL, 'publicKey', 'hint'], 'AB'.repeat(32)),
    refusesEdit('hint-in-base64', [...MATERIAL, 'publicKey', 'hint'], HASH),
    refusesEdit('log-id-of-4-bytes', [...FIRST, 'logId', 'keyId'], 'e7I/Yg=='),
    refusesEdit('indexes-differ', [...FIRST, 'logIndex'], '0'),
    refusesEdit('index-a-number', [...FIRST, 'logIndex'], 1),
    refusesEdit('index-with-a-leading-zero', [...FIRST, 'logIndex'], '01'),
    refusesEdit('index-with-a-plus', [...FIRST, 'logIndex'], '+1'),
    refuses('index-is-the-size', canonical(placed('2', '2'))),
    refuses('size-zero', canonical(placed('0', '0'))),
    refuses('size-2-to-the-63', canonical(placed('1', '9223372036854775808'))),
    refusesEdit('root-hash-of-31-bytes', [...PROOF, 'rootHash'], base64Of(ROOT.slice(1))),
    refusesEdit('root-hash-in-hexadecimal', [...PROOF, 'rootHash'], hexOf(ROOT)),
    refusesEdit('hash-of-33-bytes', [...PROOF, 'hashes', 0], base64Of(new Uint8Array(33))),
    refusesEdit('hash-with-trailing-bits', [...PROOF, 'hashes', 0], `${'A'.repeat(42)}B=`),
    refusesEdit('hashes-64', [...PROOF, 'hashes'], Array(64).fill(HASH)),
    refusesEdit('body-with-a-newline', [...FIRST, 'canonicalizedBody'], `${ENTRY.canonicalizedBody}\n`),
    refusesEdit('body-without-padding', [...FIRST, 'canonicalizedBody'], 'YW4gZW50cnk'),
    refusesEdit('checkpoint-a-text', [...PROOF, 'checkpoint'], CHECKPOINT),
    refuses('space', TEXT.replace(':', ': ')),
    refuses('newline-behind', `${TEXT}\n`),
    refuses('members-in-another-order', JSON.stringify(Object.fromEntries(Object.entries(BUNDLE).reverse()))),
    refuses('escaped-slash', TEXT.replace('application/vnd', 'application\\/vnd')),
    refuses('member-twice', TEXT.replace('"mediaType"', `"mediaType":"${MEDIA_TYPE}","mediaType"`)),
    refuses('byte-order-mark', `\ufeff${TEXT}`),
    refuses('array', `[${TEXT}]`),
    refuses('empty', ''),
    refuses('larger-than-1-mib', lengthened(1_048_576)),
  ],
  run: runContainer,
}
