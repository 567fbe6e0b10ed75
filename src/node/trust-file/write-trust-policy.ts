/**
 * Writing a trust policy's file: whoever reads it finds the old one or the new one, whole.
 *
 * @module
 */
import { formatTrustPolicy, parseTrustPolicy, type TrustPolicy } from '../../core/trust/index.ts'
import { inFile, writeFileDurably } from '../files/index.ts'

/**
 * @param options.overwrite  replace the file that is there; without it, one that is there is refused
 * @throws {ColophonError} TRUST_POLICY_MALFORMED  what would not be read again: then nothing is written
 * @throws {ColophonError} FILE_EXISTS, FILE_UNWRITABLE
 */
export async function writeTrustPolicy(
  path: string,
  policy: TrustPolicy,
  options: { readonly overwrite: boolean },
): Promise<void> {
  const bytes = formatTrustPolicy(policy)
  inFile(path, () => parseTrustPolicy(bytes))
  await writeFileDurably(path, bytes, options)
}
