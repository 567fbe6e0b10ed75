import { describe, expect, test } from 'vitest'
import { ColophonError } from '../../src/core/errors.ts'
import {
  lowSDer,
  nobleVerifier,
  type SignatureVerifier,
  type VerifySignatureInput,
} from '../../src/core/signature/index.ts'
import { nodeVerifier } from '../../src/node/keys/index.ts'
import { derOfRaw } from '../support/der-of-raw.ts'
import { describeVectors, readVectorJson } from '../support/shared-vectors.ts'

interface Case {
  readonly name: string
  readonly valid: boolean
  readonly input: VerifySignatureInput
}

interface Group {
  readonly publicKeyDer: string
  readonly publicKey: { readonly pk?: string }
  readonly tests: readonly {
    readonly tcId: number
    readonly comment: string
    readonly msg: string
    readonly sig: string
    readonly result: 'valid' | 'invalid'
  }[]
}

const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))

function readCases(file: string): Case[] {
  const { testGroups } = readVectorJson<{ readonly testGroups: readonly Group[] }>(`wycheproof/${file}.json`)
  return testGroups.flatMap(({ publicKeyDer, publicKey, tests }) =>
    tests.map(({ tcId, comment, msg, sig, result }) => ({
      name: `${tcId} ${comment}`,
      valid: result === 'valid',
      input: { publicKey: fromHex(publicKey.pk ?? publicKeyDer), signature: fromHex(sig), message: fromHex(msg) },
    })),
  )
}

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
  const der = readCases('ecdsa_secp256r1_sha256_test')
  const raw = readCases('ecdsa_secp256r1_sha256_p1363_test')
  const edwards = readCases('ed25519_test')

  test('the files are the ones that we know', () => {
    expect([der.length, raw.length, edwards.length]).toEqual([484, 262, 151])
    // What is valid and refused by us: high S. Many, as other libraries do not normalize.
    expect(der.filter(({ valid, input }) => valid && !isLow(input.signature)).length).toBeGreaterThan(50)
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
  })

  test('P-256, r and s put into DER: all as published', () => {
    for (const { name, valid, input } of raw) {
      // Wrong only in the size that r and s are written with: DER has one size for each number.
      if (input.signature.length !== 64) continue
      const signature = lowTwin(derOfRaw(input.signature))
      const accepted = signature !== undefined && nodeVerifier.p256({ ...input, signature })
      expect([name, accepted]).toEqual([name, valid])
    }
  })
})
