export { type HmacSha256, hmacSha256, type Sha256, sha256 } from './sha256.ts'
