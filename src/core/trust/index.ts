export { type AddedTrust, type AddTrustInput, addTrust } from './add-trust.ts'
export { DEFAULT_RULES } from './default-rules.ts'
export { describeValidity } from './describe-validity.ts'
export { findSigner } from './find-signer.ts'
export { narrows } from './narrows.ts'
export { type RemovedTrust, removeTrust } from './remove-trust.ts'
export { type ProvenPlace, requireValid } from './require-valid.ts'
export {
  CAPTURE_POINTS,
  formatTrustPolicy,
  parseTrustPolicy,
  REQUIRABLE_CHECKS,
  type RequirableCheck,
  type TrustPolicy,
} from './trust-policy.ts'
export type { TrustedSigner } from './trusted-signer.ts'
export { describeTrustedTimes, formatTrustedTime, type TrustedTime } from './trusted-time.ts'
export {
  type Bound,
  type LogBound,
  type TimeBound,
  type Validity,
  type ValidityWindow,
  validityValue,
} from './validity.ts'
