/**
 * Finding a signer of a trust policy by its key id.
 *
 * @module
 */
import { ColophonError } from '../errors.ts'
import type { TrustPolicy } from './trust-policy.ts'
import type { TrustedSigner } from './trusted-signer.ts'

/** Enough that no two keys share them by chance. */
const MIN_DIGITS = 8

/**
 * @param keyId  all 64 hexadecimal digits, or the first 8 or more of one signer only
 * @returns undefined where no signer has it
 * @throws {ColophonError} USAGE  several signers have it
 */
export function findSigner({ signers }: TrustPolicy, keyId: string): TrustedSigner | undefined {
  if (keyId.length < MIN_DIGITS) return undefined
  const found = signers.filter((signer) => signer.keyId.startsWith(keyId))
  if (found.length > 1) {
    throw new ColophonError('USAGE', 'several keys begin like this', { at: keyId, hint: 'Give all 64 digits.' })
  }
  return found[0]
}
