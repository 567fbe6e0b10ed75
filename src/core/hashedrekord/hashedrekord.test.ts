import { describe, expect, test } from 'vitest'
import { makeP256Signer } from '../../../test/support/p256-signer.ts'
import { formatEntry, parseEntry } from './index.ts'

const signer = makeP256Signer()
const message = Uint8Array.of(1, 2, 3)
const entry = {
  artifactDigest: new Uint8Array(32).fill(7),
  signature: signer.sign(message),
  publicKey: signer.spki,
}
const bytes = formatEntry(entry)
const text = Buffer.from(bytes).toString()
const base64 = (part: Uint8Array) => Buffer.from(part).toString('base64')

test('is the canonical JSON that Rekor v2 makes', () => {
  expect(text).toBe(
    '{"apiVersion":"0.0.2","kind":"hashedrekord","spec":{"hashedRekordV002":{"data":{"algorithm":"SHA2_256","digest":"' +
      `${base64(entry.artifactDigest)}"},"signature":{"content":"${base64(entry.signature)}","verifier":{"keyDetails":` +
      `"PKIX_ECDSA_P256_SHA_256","publicKey":{"rawBytes":"${base64(entry.publicKey)}"}}}}}}`,
  )
})

describe('parseEntry', () => {
  test('gives back what formatEntry was given', () => {
    expect(parseEntry(bytes)).toEqual(entry)
  })

  test.each([
    ['another kind', text.replace('"hashedrekord"', '"dsse"')],
    ['another version', text.replace('0.0.2', '0.0.1')],
    ['another algorithm', text.replace('SHA2_256', 'SHA2_384')],
    ['another key type', text.replace('PKIX_ECDSA_P256_SHA_256', 'PKIX_ED25519')],
    ['a short digest', text.replace(base64(entry.artifactDigest), base64(entry.artifactDigest.subarray(1)))],
    ['the high-S twin', text.replace(base64(entry.signature), base64(signer.sign(message, 'high')))],
    ['no signature', text.replace(base64(entry.signature), '')],
    ['no key', text.replace(base64(entry.publicKey), '')],
    [
      'a byte after the key',
      text.replace(base64(entry.publicKey), base64(Buffer.concat([entry.publicKey, Buffer.of(0)]))),
    ],
    ['an unknown member', text.replace('{"data"', '{"aaa":1,"data"')],
    ['white space', text.replace(':', ': ')],
    ['two members of one name', text.replace('"kind":"hashedrekord"', '"kind":"hashedrekord","kind":"hashedrekord"')],
    ['more behind it', `${text}\n`],
    ['an array', '[]'],
    ['nothing', ''],
    ['more than 4 KiB', ' '.repeat(5000) + text],
  ])('refuses: %s', (_, mutant) => {
    expect(() => parseEntry(Buffer.from(mutant))).toThrowCode('ENTRY_MALFORMED')
  })

  test('every changed byte formats back to itself or is refused', () => {
    for (const at of bytes.keys()) {
      for (const bit of [1, 2, 32, 128]) {
        const mutant = bytes.with(at, (bytes[at] as number) ^ bit)
        let parsed: ReturnType<typeof parseEntry>
        try {
          parsed = parseEntry(mutant)
        } catch (error) {
          expect(error).toMatchObject({ code: 'ENTRY_MALFORMED' })
          continue
        }
        expect(formatEntry(parsed)).toEqual(mutant)
      }
    }
  })
})

test('formatEntry refuses what parseEntry would not give', () => {
  expect(() => formatEntry({ ...entry, artifactDigest: new Uint8Array(31) })).toThrow(RangeError)
  expect(() => formatEntry({ ...entry, signature: signer.sign(message, 'high') })).toThrowCode('SIGNATURE_MALFORMED')
  expect(() => formatEntry({ ...entry, publicKey: new Uint8Array(91) })).toThrowCode('KEY_MALFORMED')
})
