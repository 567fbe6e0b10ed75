/**
 * fsck of an issuer's folder.
 *
 * Believed are its own keys, and the signers of the trust policy that it hands out, which names the keys it had before.
 *
 * @module
 */
import type { TrustedSigner } from '../../core/trust/index.ts'
import type { FsckProgress, FsckReport } from '../../web/fsck/index.ts'
import { verifierKeyOf } from '../../web/log/index.ts'
import { loadCheckpointSigner, loadStatementSigner } from '../keys/index.ts'
import { readTrustPolicy } from '../trust-file/index.ts'
import type { Workspace } from '../workspace/index.ts'
import { checkFiles } from './check-files.ts'

/**
 * @param options.head  whether the head store is compared
 * @throws {ColophonError} as `checkFiles`; KEY_*, FILE_UNREADABLE, TRUST_POLICY_MALFORMED
 */
export async function checkIssuer(
  { config, paths }: Workspace,
  options: { readonly head: boolean; readonly onProgress?: (progress: FsckProgress) => void },
): Promise<FsckReport> {
  const { head, ...rest } = options
  return checkFiles({
    store: paths.store,
    head: head ? paths.head : undefined,
    logKey: verifierKeyOf(loadCheckpointSigner(paths.logKey, config.origin)),
    signers: await signersOf({ config, paths }),
    ...rest,
  })
}

/** Whether a key is retired is for verifiers: here it is asked what the issuer signed, whenever. */
async function signersOf({ config, paths }: Workspace): Promise<readonly TrustedSigner[]> {
  const { publicKey, keyId } = loadStatementSigner(paths.issuerKey)
  const { signers } = await readTrustPolicy(paths.trustPolicy)
  const others = signers.filter((signer) => signer.keyId !== keyId)
  const own = { name: config.signer, publicKey, keyId }
  return [own, ...others].map((signer) => ({ ...signer, valid: 'always' }))
}
