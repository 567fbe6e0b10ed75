/**
 * Revoking a key in the issuer's own trust policy: what it signed from some point on is not believed any more, since
 * somebody else may have signed it.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { parseTime } from '../../core/bytes/index.ts'
import { ColophonError } from '../../core/errors.ts'
import {
  type Bound,
  describeValidity,
  findSigner,
  narrows,
  type TrustedSigner,
  type TrustPolicy,
  type Validity,
  type ValidityWindow,
} from '../../core/trust/index.ts'
import { loadStatementSigner } from '../keys/index.ts'
import { readTrustPolicy, writeTrustPolicy } from '../trust-file/index.ts'
import type { Workspace } from '../workspace/index.ts'

/** From where on. `entirely`: everything that the key ever signed. */
export type RevocationPoint =
  | { readonly kind: 'size'; readonly size: bigint }
  | { readonly kind: 'time'; readonly time: string }
  | { readonly kind: 'entirely' }

export interface Revocation {
  readonly signer: TrustedSigner
  /** What it was valid for until now. */
  readonly before: Validity
  readonly trust: TrustPolicy
}

/**
 * Touches the trust policy only, so it can be done while a gateway runs.
 *
 * @param input.keyId  all digits, or 8 and more of them
 * @param input.nowMs  no time after it is taken: nobody can say yet what comes before that
 * @throws {ColophonError} KEY_UNKNOWN   the policy has no such signer
 * @throws {ColophonError} KEY_IN_USE    it signs now: then rotate first
 * @throws {ColophonError} KEY_ROTATING  a rotation was begun and not finished
 * @throws {ColophonError} USAGE         a time to come, or the key would be believed for more than before
 * @throws {ColophonError} TRUST_POLICY_MALFORMED, KEY_*, FILE_*
 */
export async function revokeSigner(
  { config, paths }: Workspace,
  input: { readonly keyId: string; readonly since: RevocationPoint; readonly nowMs: number },
): Promise<Revocation> {
  const { keyId, since, nowMs } = input
  if (since.kind === 'time' && parseTime(since.time) > nowMs) {
    throw new ColophonError('USAGE', 'the time is yet to come', { at: since.time })
  }
  if (existsSync(paths.nextIssuerKey)) {
    throw new ColophonError('KEY_ROTATING', 'a rotation of the issuer’s key was begun and not finished', {
      at: paths.nextIssuerKey,
    })
  }
  const policy = await readTrustPolicy(paths.trustPolicy)
  const old = findSigner(policy, keyId)
  if (old === undefined) {
    throw new ColophonError('KEY_UNKNOWN', 'the trust policy has no such signer', {
      at: keyId,
      hint: 'See colophon keys list. Give all digits of the key id, or the first 8 and more.',
    })
  }
  if (loadStatementSigner(paths.issuerKey).keyId === old.keyId) {
    throw new ColophonError('KEY_IN_USE', 'the key is the one that signs now', { at: old.keyId })
  }
  const valid = revoked(old.valid, boundOf(since, config.origin))
  if (!narrows({ wide: old.valid, narrow: valid }) && !isTimeForPosition(old.valid, valid)) {
    throw new ColophonError('USAGE', `the key is valid ${describeValidity(old.valid)}, and could be valid for more`, {
      at: old.keyId,
      hint: 'Revoke it from an earlier point on, or entirely: --entirely.',
    })
  }
  const signer = { ...old, valid }
  const trust = { ...policy, signers: policy.signers.map((one) => (one === old ? signer : one)) }
  await writeTrustPolicy(paths.trustPolicy, trust, { overwrite: true })
  return { signer, before: old.valid, trust }
}

const revoked = (valid: Validity, until: Bound): ValidityWindow => ({
  from: valid === 'always' ? 'any' : valid.from,
  until,
  because: 'revoked',
})

/**
 * The two cannot be compared, and of a key that was rotated away nothing was doubted before. Whoever names a time says that what was seen by then is the issuer's own, wherever it stands;
 * nothing that is signed from now on can be of that time, by the word of honest witnesses.
 */
const isTimeForPosition = (before: Validity, { until }: ValidityWindow): boolean =>
  before !== 'always' &&
  before.because === 'rotated' &&
  before.until !== 'any' &&
  before.until.kind === 'log' &&
  until !== 'any' &&
  until.kind === 'time'

function boundOf(since: RevocationPoint, origin: string): Bound {
  switch (since.kind) {
    case 'size':
      return { kind: 'log', origin, size: since.size }
    case 'time':
      return { kind: 'time', time: since.time }
    case 'entirely':
      return { kind: 'log', origin, size: 0n }
  }
}
