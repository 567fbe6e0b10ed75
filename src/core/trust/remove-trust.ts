/**
 * Taking a signer, a log or a witness out of a trust policy.
 *
 * @module
 */
import { encodeHex } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import { fullKeyId, type VerifierKey } from '../note/index.ts'
import { findSigner } from './find-signer.ts'
import type { TrustPolicy } from './trust-policy.ts'
import type { TrustedSigner } from './trusted-signer.ts'
import { logsOf } from './validity.ts'

export type RemovedTrust =
  | { readonly kind: 'signer'; readonly signer: TrustedSigner; readonly policy: TrustPolicy }
  | { readonly kind: 'log' | 'witness'; readonly key: VerifierKey; readonly policy: TrustPolicy }

/**
 * @param input.which  a signer's key id, or 8 and more digits of it; a log's or witness's name or key id
 * @throws {ColophonError} KEY_UNKNOWN  nothing in the policy is called that
 * @throws {ColophonError} USAGE        several are, or the policy could not do without it
 */
export function removeTrust({ policy, which }: { readonly policy: TrustPolicy; readonly which: string }): RemovedTrust {
  const signer = findSigner(policy, which)
  if (signer !== undefined) {
    const signers = policy.signers.filter((one) => one !== signer)
    if (signers.length === 0) throw needed('the only signer')
    return { kind: 'signer', signer, policy: { ...policy, signers } }
  }
  const isMeant = (key: VerifierKey): boolean => key.name === which || encodeHex(fullKeyId(key)) === which
  const log = policy.logs.find(isMeant)
  if (log !== undefined) {
    const logs = policy.logs.filter((one) => one !== log)
    if (logs.length === 0) throw needed('the only log')
    if (policy.signers.some(({ valid }) => logsOf(valid).includes(log.name))) {
      throw needed('the log by whose positions a signer is judged')
    }
    return { kind: 'log', key: log, policy: { ...policy, logs } }
  }
  const witness = policy.witnesses.find(isMeant)
  if (witness === undefined) {
    throw new ColophonError('KEY_UNKNOWN', 'the trust policy has no such signer, log or witness', { at: which })
  }
  const witnesses = policy.witnesses.filter((one) => one !== witness)
  return { kind: 'witness', key: witness, policy: { ...policy, witnesses } }
}

const needed = (what: string): ColophonError =>
  new ColophonError('USAGE', `that is ${what} of the trust policy, which it cannot do without`, {
    hint: 'Add what shall take its place first; to believe nobody, delete the file.',
  })
