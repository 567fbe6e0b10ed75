import { describe, expect, test } from 'vitest'
import { ColophonError } from '../../src/core/errors.ts'
import { lowSDer, nobleVerifier, type SignatureVerifier } from '../../src/core/signature/index.ts'
import { nodeVerifier } from '../../src/node/keys/index.ts'
import { derOfRaw } from '../support/der-of-raw.ts'
import { differencesIn } from '../support/published-vectors.ts'
import { describeVectors } from '../support/shared-vectors.ts'
import { readWycheproof } from '../support/wycheproof.ts'

/** The low one of the two signatures (r, s) and (r, n - s); undefined where it is no strict DER. */
function lowTwin(signature: Uint8Array): Uint8Array | undefined {
  try {
    return lowSDer(signature)
  } catch (error) {
    if (ColophonError.is(error)) return undefined
    throw error
  }
}

const isLow = (signature: Uint8Array): boolean => Buffer.from(lowTwin(signature) ?? []).equals(signature)

const VERIFIERS: readonly (readonly [string, SignatureVerifier])[] = [
  ['nobleVerifier', nobleVerifier],
  ['nodeVerifier', nodeVerifier],
]

describeVectors('wycheproof', () => {
  const der = readWycheproof('ecdsa_secp256r1_sha256_test')
  const raw = readWycheproof('ecdsa_secp256r1_sha256_p1363_test')
  const edwards = readWycheproof('ed25519_test')

  test('the files are the ones that we know', () => {
    expect([der.length, raw.length, edwards.length]).toEqual([484, 262, 151])
    // What is valid and refused by us: high S. Many, as other libraries do not normalize. And whatever is no DER.
    const high = der.filter(({ valid, input }) => valid && !isLow(input.signature))
    const twoNumbers = raw.filter(({ valid }) => valid)
    expect(differencesIn('wycheproof')).toEqual([
      `${high.length} valid ECDSA signatures in DER`,
      `${twoNumbers.length} valid ECDSA signatures as two numbers`,
    ])
  })

  describe.each(VERIFIERS)('%s', (_, verifier) => {
    test('P-256, DER: all as published, but a high S is refused and its low twin accepted', () => {
      for (const { name, valid, input } of der) {
        const low = isLow(input.signature)
        expect([name, verifier.p256(input)]).toEqual([name, valid && low])
        const signature = lowTwin(input.signature)
        if (signature !== undefined && !low)
          expect([name, verifier.p256({ ...input, signature })]).toEqual([name, valid])
      }
    })

    test('P-256, r and s without DER: never accepted', () => {
      for (const { name, input } of raw) expect([name, verifier.p256(input)]).toEqual([name, false])
    })

    test('Ed25519: all as published', () => {
      for (const { name, valid, input } of edwards) {
        expect([name, verifier.ed25519(input)]).toEqual([name, valid])
      }
    })

    test('P-256, r and s put into DER: all as published', async () => {
      for (const { name, valid, input } of raw) {
        // Wrong only in the size that r and s are written with: DER has one size for each number.
        if (input.signature.length !== 64) continue
        const signature = lowTwin(derOfRaw(input.signature))
        const accepted = signature !== undefined && (await verifier.p256({ ...input, signature }))
        expect([name, accepted]).toEqual([name, valid])
      }
    })
  })
})
