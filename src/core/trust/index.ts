export {
  CAPTURE_POINTS,
  formatTrustPolicy,
  parseTrustPolicy,
  REQUIRABLE_CHECKS,
  type RequirableCheck,
  type TrustedSigner,
  type TrustPolicy,
} from './trust-policy.ts'
