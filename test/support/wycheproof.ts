/**
 * The signature cases of C2SP Wycheproof.
 *
 * @module
 */
import type { VerifySignatureInput } from '../../src/core/signature/index.ts'
import { readVectorJson } from './shared-vectors.ts'

export interface WycheproofCase {
  readonly name: string
  readonly valid: boolean
  readonly input: VerifySignatureInput
}

export type WycheproofFile = 'ed25519_test' | 'ecdsa_secp256r1_sha256_test' | 'ecdsa_secp256r1_sha256_p1363_test'

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

export function readWycheproof(file: WycheproofFile): readonly WycheproofCase[] {
  const { testGroups } = readVectorJson<{ readonly testGroups: readonly Group[] }>(`wycheproof/${file}.json`)
  return testGroups.flatMap(({ publicKeyDer, publicKey, tests }) =>
    tests.map(({ tcId, comment, msg, sig, result }) => ({
      name: `${tcId} ${comment}`,
      valid: result === 'valid',
      input: { publicKey: fromHex(publicKey.pk ?? publicKeyDer), signature: fromHex(sig), message: fromHex(msg) },
    })),
  )
}
