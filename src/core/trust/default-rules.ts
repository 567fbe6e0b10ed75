/**
 * The rules of a trust policy that nobody has written yet.
 *
 * @module
 */
import type { TrustPolicy } from './trust-policy.ts'

/** The output has to be the issuer's, and whole; a mere claim is not enough. */
export const DEFAULT_RULES: Pick<TrustPolicy, 'require' | 'acceptClaimed' | 'captures' | 'declarations'> = {
  require: ['output', 'completion'],
  acceptClaimed: false,
  captures: ['gateway', 'inProcess'],
  declarations: 'any',
}
