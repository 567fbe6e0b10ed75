import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeP256Signer } from '../../../test/support/p256-signer.ts'
import { ColophonError } from '../errors.ts'
import { canonicalize } from '../json/index.ts'
import { envelopeValue, parseEnvelope, preAuthEncoding } from './index.ts'

const signer = makeP256Signer()
const payload = Uint8Array.from(Buffer.from('{"a":1}'))
const payloadType = 'application/vnd.in-toto+json'
const message = preAuthEncoding({ payloadType, payload })
const envelope = { payloadType, payload, signature: signer.sign(message) }
const value = envelopeValue(envelope)
const parse = (document: Parameters<typeof canonicalize>[0]) => parseEnvelope(canonicalize(document))

describe('preAuthEncoding', () => {
  const text = (type: string, body: string) =>
    Buffer.from(preAuthEncoding({ payloadType: type, payload: Buffer.from(body) })).toString()

  test("the protocol's own example", () => {
    expect(text('http://example.com/HelloWorld', 'hello world')).toBe(
      'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
    )
  })

  test('counts bytes, not characters, and may be empty', () => {
    expect(text('é', '€')).toBe('DSSEv1 2 é 3 €')
    expect(text('', '')).toBe('DSSEv1 0  0 ')
  })

  test('half of a surrogate pair has no bytes', () => {
    expect(() => text('\ud800', '')).toThrowCode('UTF8_MALFORMED')
  })
})

describe('parseEnvelope', () => {
  test('gives back what envelopeValue was made of', () => {
    expect(parse(value)).toEqual(envelope)
    expect(canonicalize(envelopeValue(parse(value)))).toEqual(canonicalize(value))
  })

  const [signature] = value.signatures
  test.each([
    ['two signatures', { ...value, signatures: [signature, signature] }],
    ['no signature', { ...value, signatures: [] }],
    ['a keyid', { ...value, signatures: [{ ...signature, keyid: '' }] }],
    ['an unknown member', { ...value, more: 1 }],
    ['no type', { payload: value.payload, signatures: value.signatures }],
    ['an empty type', { ...value, payloadType: '' }],
    ['a space in the type', { ...value, payloadType: 'a b' }],
    ['an empty payload', { ...value, payload: '' }],
    ['base64url', { ...value, payload: '_w==' }],
    ['unpadded base64', { ...value, payload: '/w' }],
    ['bits after the end', { ...value, payload: '/x==' }],
    ['a number for the payload', { ...value, payload: 1 }],
    ['an array', [value]],
    ['null', null],
  ])('refuses: %s', (_, document) => {
    expect(() => parse(document as never)).toThrowCode('DSSE_MALFORMED')
  })

  test('refuses a document that is not canonical', () => {
    expect(() => parseEnvelope(Buffer.from(JSON.stringify(value, null, 1)))).toThrowCode('DSSE_MALFORMED')
  })

  test('refuses the high-S twin, raw r||s and anything after the signature', () => {
    const twin = signer.sign(message, 'high')
    for (const bad of [twin, new Uint8Array(64).fill(1), Uint8Array.of(...envelope.signature, 0), new Uint8Array(0)]) {
      expect(() => parse(envelopeValue({ ...envelope, signature: bad }))).toThrowCode('SIGNATURE_MALFORMED')
    }
  })

  test('any mutation either formats back to itself or throws a ColophonError', () => {
    const bytes = canonicalize(value)
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, byte) => {
        const mutant = bytes.with(at, byte)
        try {
          expect(canonicalize(envelopeValue(parseEnvelope(mutant)))).toEqual(mutant)
        } catch (error) {
          if (!ColophonError.is(error)) throw error
        }
      }),
      { numRuns: 1000 },
    )
  })
})
