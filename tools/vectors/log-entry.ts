/**
 * Vectors of `docs/spec/log-entry.md`, "The entry". Expectations by hand.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { canonical, edited, memberPaths, slugOf } from './document.ts'
import { statementKey } from './keys.ts'
import { base64Of, hexOf, type Parts } from './parts.ts'
import { type LogEntryInput as In, OPERATIONS, runLogEntry } from './run/log-entry.ts'
import type { Case, Topic, Value } from './topic.ts'

const RULE = 'docs/spec/log-entry.md#the-entry'

const key = statementKey(0x11)
const DIGEST = new Uint8Array(createHash('sha256').update('DSSEv1 1 a 1 b').digest())
const SIGNATURE = key.sign(new Uint8Array(Buffer.from('DSSEv1 1 a 1 b')))
const PARTS = { digestHex: hexOf(DIGEST), signatureHex: hexOf(SIGNATURE), publicKeyHex: hexOf(key.publicKey) }

const ENTRY = {
  apiVersion: '0.0.2',
  kind: 'hashedrekord',
  spec: {
    hashedRekordV002: {
      data: { algorithm: 'SHA2_256', digest: base64Of(DIGEST) },
      signature: {
        content: base64Of(SIGNATURE),
        verifier: { keyDetails: 'PKIX_ECDSA_P256_SHA_256', publicKey: { rawBytes: base64Of(key.publicKey) } },
      },
    },
  },
}
const TEXT = canonical(ENTRY)
const LEAF = createHash('sha256').update(`\0${TEXT}`).digest('hex')

const SPEC = ['spec', 'hashedRekordV002'] as const
const VERIFIER = [...SPEC, 'signature', 'verifier'] as const

const refuses = (name: string, entryText: Parts): Case<In> => ({
  name: `read-${name}`,
  rule: RULE,
  operation: 'read',
  entryText,
  reject: 'ENTRY_MALFORMED',
})
const refusesEdit = (name: string, path: readonly (string | number)[], value: Value): Case<In> =>
  refuses(name, canonical(edited(ENTRY, path, value)))

export const logEntry: Topic<In> = {
  topic: 'log-entry',
  spec: 'docs/spec/log-entry.md',
  about: 'Entries of kind hashedrekord 0.0.2. That an entry is of an envelope is in the topics of records.',
  operations: OPERATIONS,
  cases: [
    { name: 'write', rule: RULE, operation: 'write', ...PARTS, accept: { entryText: TEXT, leafHashHex: LEAF } },
    { name: 'read', rule: RULE, operation: 'read', entryText: TEXT, accept: PARTS },
    ...memberPaths(ENTRY).map((path) => refuses(`${slugOf(path)}-missing`, canonical(edited(ENTRY, path, undefined)))),
    refusesEdit('member-unknown', ['more'], 1),
    refusesEdit('member-unknown-in-spec', ['spec', 'more'], {}),
    refusesEdit('member-unknown-in-verifier', [...VERIFIER, 'x509Certificate'], { rawBytes: '' }),
    refusesEdit('version-0-0-1', ['apiVersion'], '0.0.1'),
    refusesEdit('kind-dsse', ['kind'], 'dsse'),
    refusesEdit('algorithm-sha-512', [...SPEC, 'data', 'algorithm'], 'SHA2_512'),
    refusesEdit('key-details-of-another-curve', [...VERIFIER, 'keyDetails'], 'PKIX_ECDSA_P384_SHA_384'),
    refusesEdit('key-details-of-ed25519', [...VERIFIER, 'keyDetails'], 'PKIX_ED25519'),
    refusesEdit('digest-of-31-bytes', [...SPEC, 'data', 'digest'], base64Of(DIGEST.slice(1))),
    refusesEdit('digest-in-hexadecimal', [...SPEC, 'data', 'digest'], hexOf(DIGEST)),
    refusesEdit('digest-with-trailing-bits', [...SPEC, 'data', 'digest'], `${'A'.repeat(42)}B=`),
    refusesEdit('signature-empty', [...SPEC, 'signature', 'content'], ''),
    refusesEdit(
      'signature-with-high-s',
      [...SPEC, 'signature', 'content'],
      base64Of(key.sign(new Uint8Array(Buffer.from('DSSEv1 1 a 1 b')), 'high')),
    ),
    refusesEdit('signature-raw', [...SPEC, 'signature', 'content'], base64Of(new Uint8Array(64).fill(1))),
    refusesEdit('key-cut', [...VERIFIER, 'publicKey', 'rawBytes'], base64Of(key.publicKey.slice(1))),
    refusesEdit('key-not-on-the-curve', [...VERIFIER, 'publicKey', 'rawBytes'], base64Of(key.publicKey.with(90, 0))),
    refuses('space', TEXT.replace(':', ': ')),
    refuses('newline-behind', `${TEXT}\n`),
    refuses('members-in-another-order', JSON.stringify(Object.fromEntries(Object.entries(ENTRY).reverse()))),
    refuses('escaped-slash', TEXT.replace('/', '\\/')),
    refuses('member-twice', TEXT.replace('{"apiVersion"', '{"apiVersion":"0.0.2","apiVersion"')),
    refuses('white-space-up-to-4097-bytes', [TEXT, { repeat: ' ', times: 4097 - TEXT.length }]),
    refuses('array', `[${TEXT}]`),
    refuses('empty', ''),
  ],
  run: runLogEntry,
}
