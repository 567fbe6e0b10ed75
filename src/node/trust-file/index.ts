export { readTrustPolicy } from './read-trust-policy.ts'
export { writeTrustPolicy } from './write-trust-policy.ts'
