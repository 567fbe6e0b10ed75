import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeRecord } from '../../../test/support/record.ts'
import { ColophonError } from '../errors.ts'
import { canonicalize } from '../json/index.ts'
import { BUNDLE_MEDIA_TYPE, formatBundle, parseBundle } from './index.ts'

const { bundle } = makeRecord()
const bytes = formatBundle(bundle)
const text = Buffer.from(bytes).toString()

const ENTRY = '/verificationMaterial/tlogEntries/0'
const PROOF = `${ENTRY}/inclusionProof`

type Tree = { [name: string]: Tree }

/** The bundle with members set by JSON Pointer; undefined takes one away. */
function change(...edits: readonly (readonly [pointer: string, value: unknown])[]): Uint8Array {
  const document = JSON.parse(text) as Tree
  for (const [pointer, value] of edits) {
    const names = pointer.split('/').slice(1)
    const last = names.pop() as string
    const parent = names.reduce((tree, name) => tree[name] as Tree, document)
    if (value === undefined) delete parent[last]
    else parent[last] = value as Tree
  }
  return canonicalize(document)
}

const base64OfZeros = (sizeBytes: number) => Buffer.alloc(sizeBytes).toString('base64')

describe('parseBundle', () => {
  test('gives back what formatBundle was given', () => {
    expect(parseBundle(bytes)).toEqual(bundle)
    expect(formatBundle(parseBundle(bytes))).toEqual(bytes)
  })

  test('a log of one entry has an empty list of hashes, and it is there', () => {
    const lone = formatBundle(makeRecord({ size: 1, index: 0 }).bundle)
    expect(parseBundle(lone).entry.proof.hashes).toEqual([])
    expect(Buffer.from(lone).toString()).toContain('"hashes":[]')
    const without = Buffer.from(lone).toString().replace('"hashes":[],', '')
    expect(() => parseBundle(Buffer.from(without))).toThrowCode('BUNDLE_MALFORMED')
  })

  test.each([
    ['v0.2', '/mediaType', 'application/vnd.dev.sigstore.bundle+json;version=0.2'],
    ['v0.4', '/mediaType', BUNDLE_MEDIA_TYPE.replace('0.3', '0.4')],
    ['another entry version', `${ENTRY}/kindVersion/version`, '0.0.1'],
  ])('another version: %s', (_, pointer, value) => {
    expect(() => parseBundle(change([pointer, value]))).toThrowCode('VERSION_UNSUPPORTED')
  })

  test.each<[string, string, unknown]>([
    ['another media type', '/mediaType', 'application/json'],
    ['no media type', '/mediaType', undefined],
    ['an unknown member at the top', '/more', 1],
    ['timestamps', '/verificationMaterial/timestampVerificationData', {}],
    ['a certificate', '/verificationMaterial/certificate', { rawBytes: 'AA==' }],
    ['an unknown member of the key', '/verificationMaterial/publicKey/more', 1],
    ['an integrated time', `${ENTRY}/integratedTime`, '1'],
    ['an inclusion promise', `${ENTRY}/inclusionPromise`, { signedEntryTimestamp: '' }],
    ['an unknown member of the log id', `${ENTRY}/logId/more`, 1],
    ['an unknown member of kindVersion', `${ENTRY}/kindVersion/more`, 1],
    ['an unknown member of the proof', `${PROOF}/more`, 1],
    ['an unknown member of the checkpoint', `${PROOF}/checkpoint/more`, 1],
    ['an unknown member of the envelope', '/dsseEnvelope/more', 1],
    ['no entry', '/verificationMaterial/tlogEntries', []],
    ['another kind', `${ENTRY}/kindVersion/kind`, 'dsse'],
    ['another log index than the proof', `${ENTRY}/logIndex`, '3'],
    ['another log index in the proof', `${PROOF}/logIndex`, '3'],
    ['log index as a number', `${ENTRY}/logIndex`, 4],
    ['tree size equal to the index', `${PROOF}/treeSize`, '4'],
    ['tree size of 2^63', `${PROOF}/treeSize`, '9223372036854775808'],
    ['root hash of 31 bytes', `${PROOF}/rootHash`, base64OfZeros(31)],
    ['proof hash of 33 bytes', `${PROOF}/hashes/0`, base64OfZeros(33)],
    ['64 hashes', `${PROOF}/hashes`, Array(64).fill(base64OfZeros(32))],
    ['log id of 4 bytes', `${ENTRY}/logId/keyId`, base64OfZeros(4)],
    ['hint that is no key id', '/verificationMaterial/publicKey/hint', 'key'],
    ['no checkpoint', `${PROOF}/checkpoint`, undefined],
    ['no proof', PROOF, undefined],
    ['no body', `${ENTRY}/canonicalizedBody`, undefined],
    ['no envelope', '/dsseEnvelope', undefined],
    ['two signatures', '/dsseEnvelope/signatures/1', { sig: 'AAAA' }],
    ['a signature that is not DER', '/dsseEnvelope/signatures/0/sig', 'AAAA'],
    ['null material', '/verificationMaterial', null],
  ])('refuses: %s', (_, pointer, value) => {
    expect(() => parseBundle(change([pointer, value]))).toThrowCode('BUNDLE_MALFORMED')
  })

  test.each(['04', '-1', '+4', ' 4', '0x4', '', '4.0'])('refuses the log index "%s"', (index) => {
    const mutant = change([`${ENTRY}/logIndex`, index], [`${PROOF}/logIndex`, index])
    expect(() => parseBundle(mutant)).toThrowCode('BUNDLE_MALFORMED')
  })

  test('refuses a second log entry', () => {
    const { verificationMaterial } = JSON.parse(text)
    const mutant = change(['/verificationMaterial/tlogEntries/1', verificationMaterial.tlogEntries[0]])
    expect(() => parseBundle(mutant)).toThrowCode('BUNDLE_MALFORMED')
  })

  test.each([
    ['white space', text.replace(':', ': ')],
    ['two members of one name', text.replace('"mediaType"', `"mediaType":"${BUNDLE_MEDIA_TYPE}","mediaType"`)],
    ['more behind it', `${text}\n`],
    ['an escape that is not needed', text.replace('"hashedrekord"', '"\\u0068ashedrekord"')],
    ['an array', '[]'],
    ['not JSON', 'bundle'],
    ['nothing', ''],
    ['more than a mebibyte', ' '.repeat(1024 * 1024) + text],
  ])('refuses: %s', (_, mutant) => {
    expect(() => parseBundle(Buffer.from(mutant))).toThrowCode('BUNDLE_MALFORMED')
  })

  test('says where', () => {
    const place = `${PROOF}/treeSize`
    expect(() => parseBundle(change([place, 'x']))).toThrow(expect.objectContaining({ at: place }))
  })

  test('any changed byte either formats back to itself or throws a ColophonError', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, byte) => {
        const mutant = bytes.with(at, byte)
        try {
          expect(formatBundle(parseBundle(mutant))).toEqual(mutant)
        } catch (error) {
          if (!ColophonError.is(error)) throw error
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('any JSON throws a ColophonError', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(() => parseBundle(Buffer.from(json))).toThrowError(ColophonError)
      }),
    )
  })
})

test('formatBundle refuses a bundle of more than a mebibyte', () => {
  const envelope = { ...bundle.envelope, payload: new Uint8Array(800_000) }
  expect(() => formatBundle({ ...bundle, envelope })).toThrowCode('JSON_TOO_LARGE')
})
