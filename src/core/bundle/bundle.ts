/**
 * Sigstore bundle v0.3 in the strict form of this project's records: protobuf dev.sigstore.bundle.v1.Bundle as JSON,
 * https://github.com/sigstore/protobuf-specs, in RFC 8785 form, at most 1 MiB.
 *
 *     {"dsseEnvelope":{...},
 *      "mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json",
 *      "verificationMaterial":{
 *        "publicKey":{"hint":HEX},
 *        "tlogEntries":[{
 *          "canonicalizedBody":BASE64,
 *          "inclusionProof":{"checkpoint":{"envelope":TEXT},"hashes":[BASE64, ...],"logIndex":"N","rootHash":BASE64,
 *                            "treeSize":"N"},
 *          "kindVersion":{"kind":"hashedrekord","version":"0.0.2"},
 *          "logId":{"keyId":BASE64},
 *          "logIndex":"N"}]}}
 *
 * Exactly one entry; a private log has no integrated time and no inclusion promise. Stricter than Sigstore: no unknown
 * members, `hashes` is there even if empty, both indexes are equal, and the whole formats back to the very same bytes.
 * Nothing in a bundle says whom to trust: hint, log id and root hash are compared with the trust policy's.
 *
 * @module
 */
import { asFormat } from '../as-format.ts'
import { encodeBase64, equalBytes } from '../bytes/index.ts'
import { type Envelope, envelopeValue, parseEnvelope } from '../dsse/index.ts'
import { ColophonError } from '../errors.ts'
import { ENTRY_KIND, ENTRY_VERSION } from '../hashedrekord/index.ts'
import { canonicalize, type JsonValue, type ObjectReader, parseJson, readBase64, readObject } from '../json/index.ts'
import { HASH_SIZE } from '../merkle/index.ts'

export const BUNDLE_MEDIA_TYPE = 'application/vnd.dev.sigstore.bundle.v0.3+json'

/** Largest bundle in bytes. */
export const MAX_BUNDLE_SIZE = 1024 * 1024

const MEDIA_TYPE_PREFIX = 'application/vnd.dev.sigstore.bundle'
const KEY_ID_SIZE = 32
const MAX_HASHES = 63

/** Where the log says that the entry stands. Not verified. */
export interface BundleProof {
  readonly rootHash: Uint8Array // 32 bytes; a hint, the checkpoint has the one that counts
  readonly treeSize: bigint // above the entry's index; a hint like the root hash
  readonly hashes: readonly Uint8Array[] // 0 to 63 hashes of 32 bytes, leaf's sibling first
  readonly checkpoint: string // signed note
}

export interface BundleEntry {
  readonly logIndex: bigint // zero-based
  readonly logKeyId: Uint8Array // 32 bytes, the whole C2SP key id of the log's key
  readonly body: Uint8Array // a hashedrekord 0.0.2 entry, see `parseEntry`
  readonly proof: BundleProof
}

/** A record's container, decoded. Nothing in it is verified. */
export interface Bundle {
  readonly envelope: Envelope
  readonly keyHint: string // 64 characters of lowercase hexadecimal, the id of the signer's key
  readonly entry: BundleEntry
}

function malformed(message: string, at: string): ColophonError {
  return new ColophonError('BUNDLE_MALFORMED', message, { at })
}

function unsupported(message: string, at: string): ColophonError {
  return new ColophonError('VERSION_UNSUPPORTED', message, { at })
}

function readMediaType(reader: ObjectReader): void {
  const mediaType = reader.string('mediaType')
  if (mediaType === BUNDLE_MEDIA_TYPE) return
  const at = `${reader.at}/mediaType`
  if (mediaType.startsWith(MEDIA_TYPE_PREFIX)) throw unsupported('bundle has another version, want v0.3', at)
  throw malformed(`got another media type, want ${BUNDLE_MEDIA_TYPE}`, at)
}

function readKindVersion(reader: ObjectReader): void {
  reader.literal('kind', ENTRY_KIND)
  if (reader.string('version') === ENTRY_VERSION) return
  throw unsupported(`log entry has another version, want ${ENTRY_VERSION}`, `${reader.at}/version`)
}

function readProof(reader: ObjectReader, logIndex: bigint): BundleProof {
  const { at } = reader
  if (reader.decimalString('logIndex') !== logIndex) throw malformed('the two log indexes differ', `${at}/logIndex`)
  const treeSize = reader.decimalString('treeSize')
  if (treeSize <= logIndex) throw malformed('tree size is not above the log index', `${at}/treeSize`)
  return {
    rootHash: reader.base64('rootHash', { sizeBytes: HASH_SIZE }),
    treeSize,
    hashes: reader.array('hashes', { max: MAX_HASHES }).map((hash) => readBase64(hash, { sizeBytes: HASH_SIZE })),
    checkpoint: reader.object('checkpoint').string('envelope'),
  }
}

function readEntry(value: JsonValue, at: string): BundleEntry {
  const reader = readObject(value, at)
  readKindVersion(reader.object('kindVersion'))
  const logIndex = reader.decimalString('logIndex')
  return {
    logIndex,
    logKeyId: reader.object('logId').base64('keyId', { sizeBytes: KEY_ID_SIZE }),
    body: reader.base64('canonicalizedBody'),
    proof: readProof(reader.object('inclusionProof'), logIndex),
  }
}

/**
 * Reads a record's bundle: `formatBundle(parseBundle(x))` equals x. Verifies nothing.
 *
 * @throws {ColophonError} BUNDLE_MALFORMED
 * @throws {ColophonError} VERSION_UNSUPPORTED  a Sigstore bundle or a log entry of another version
 */
export function parseBundle(bytes: Uint8Array): Bundle {
  return asFormat({ code: 'BUNDLE_MALFORMED', keep: ['VERSION_UNSUPPORTED'] }, () => {
    const reader = readObject(parseJson(bytes, { maxBytes: MAX_BUNDLE_SIZE }), '')
    readMediaType(reader)
    const material = reader.object('verificationMaterial')
    const entries = material.array('tlogEntries')
    const [only] = entries
    if (only === undefined || entries.length > 1) {
      throw malformed(`bundle has ${entries.length} log entries, want 1`, '/verificationMaterial/tlogEntries')
    }
    const bundle = {
      envelope: parseEnvelope(reader.value('dsseEnvelope'), '/dsseEnvelope'),
      keyHint: material.object('publicKey').hex('hint', KEY_ID_SIZE),
      entry: readEntry(only.value, only.at),
    }
    // Also refuses unknown members anywhere, other orders and white space.
    if (!equalBytes({ left: formatBundle(bundle), right: bytes })) {
      throw malformed('bundle has an unknown member or is not in RFC 8785 form', '')
    }
    return bundle
  })
}

/**
 * Bytes of a bundle. Does not check the parts: they come from the functions that make them.
 *
 * @throws {ColophonError} JSON_TOO_LARGE, and as `canonicalize`
 */
export function formatBundle({ envelope, keyHint, entry }: Bundle): Uint8Array {
  const { logIndex, logKeyId, body, proof } = entry
  const bytes = canonicalize({
    mediaType: BUNDLE_MEDIA_TYPE,
    verificationMaterial: {
      publicKey: { hint: keyHint },
      tlogEntries: [
        {
          logIndex: logIndex.toString(),
          logId: { keyId: encodeBase64(logKeyId) },
          kindVersion: { kind: ENTRY_KIND, version: ENTRY_VERSION },
          inclusionProof: {
            logIndex: logIndex.toString(),
            rootHash: encodeBase64(proof.rootHash),
            treeSize: proof.treeSize.toString(),
            hashes: proof.hashes.map(encodeBase64),
            checkpoint: { envelope: proof.checkpoint },
          },
          canonicalizedBody: encodeBase64(body),
        },
      ],
    },
    dsseEnvelope: envelopeValue(envelope),
  })
  if (bytes.length > MAX_BUNDLE_SIZE) {
    throw new ColophonError('JSON_TOO_LARGE', `bundle has ${bytes.length} bytes, want at most ${MAX_BUNDLE_SIZE}`)
  }
  return bytes
}
