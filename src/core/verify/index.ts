export { nobleVerifier, type SignatureVerifier, strictVerifier } from '../signature/index.ts'
export { parseTrustPolicy, type TrustedSigner, type TrustPolicy, type Validity } from '../trust/index.ts'
export { type RecutRequest, recutRequest } from './recut.ts'
export {
  type Authenticity,
  CHECK_IDS,
  type Check,
  type CheckId,
  type CheckStatus,
  type Composition,
  type PolicyFacts,
  type RecordFacts,
  type Report,
  type StatementKind,
  type VerdictCode,
} from './report.ts'
export { type Evidence, type VerifyOptions, verifyRecord } from './verify-record.ts'
