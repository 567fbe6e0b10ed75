/**
 * Reading a trust policy's file.
 *
 * @module
 */
import { parseTrustPolicy, type TrustPolicy } from '../../core/trust/index.ts'
import { inFile, readFileBounded } from '../files/index.ts'

/** Above the parser's own bound, so that it is the parser who judges what is too large. */
const MAX_TRUST_SIZE = 2 << 20

/** @throws {ColophonError} TRUST_POLICY_MALFORMED, FILE_UNREADABLE, FILE_TOO_LARGE */
export async function readTrustPolicy(path: string): Promise<TrustPolicy> {
  const bytes = await readFileBounded(path, { maxBytes: MAX_TRUST_SIZE })
  return inFile(path, () => parseTrustPolicy(bytes))
}
