/**
 * Replacing the issuer's key: what the old one signed until now stays believed, and nothing that it signs from now on.
 *
 * The old private key is gone afterwards, since what does not exist cannot be stolen; its public key stays in the trust
 * policy, which verifies the old records.
 *
 * @module
 */
import { existsSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { encodeUtf8 } from '../../core/bytes/index.ts'
import { ColophonError } from '../../core/errors.ts'
import type { Bound, LogBound, TrustedSigner, TrustPolicy } from '../../core/trust/index.ts'
import type { StatementSigner } from '../../web/capture/index.ts'
import { describeFileError, syncFolder, writeFileDurably } from '../files/index.ts'
import { IN_PROCESS, openIssuer } from '../issuer/index.ts'
import { generateIssuerKey, loadStatementSigner, publicKeyPem } from '../keys/index.ts'
import { readTrustPolicy, writeTrustPolicy } from '../trust-file/index.ts'
import type { Workspace } from '../workspace/index.ts'

/** What is done, in order; a process may die after any of it. */
export type RotationStep = 'keyMade' | 'policyWritten' | 'publicKeyWritten' | 'keyReplaced'

export interface RotateOptions {
  /** Replace a key that the last rotation made and that has signed nothing yet. */
  readonly again?: boolean
  readonly onStep?: (step: RotationStep) => void
}

export interface Rotation {
  /** False where the key was replaced by the last rotation, and nothing has been signed since. */
  readonly isNew: boolean
  readonly current: TrustedSigner
  /** Undefined where the policy did not name the old key. */
  readonly retired: TrustedSigner | undefined
  readonly trust: TrustPolicy
}

/**
 * Reads straight down. It holds the store's lock, so nothing is in flight and the size of the log does not change; from
 * the first step to the last, whoever opens the issuer to sign is refused (KEY_ROTATING). If the process dies, running it
 * again goes on where it was: with the key that was made, and with the policy once it names that key.
 *
 * @throws as `openIssuer`, and {ColophonError} TRUST_POLICY_MALFORMED, FILE_UNREADABLE, FILE_UNWRITABLE
 */
export async function rotateIssuerKey({ config, paths }: Workspace, options: RotateOptions = {}): Promise<Rotation> {
  const { again = false, onStep = () => undefined } = options
  const issuer = await openIssuer({ files: paths, origin: config.origin, capture: IN_PROCESS })
  try {
    const before = await readTrustPolicy(paths.trustPolicy)
    const end: LogBound = { kind: 'log', origin: config.origin, size: issuer.log.size }
    const oldKeyId = issuer.signer.keyId
    if (!again && !existsSync(paths.nextIssuerKey)) {
      const finished = finishedRotation({ policy: before, currentKeyId: oldKeyId, end })
      if (finished !== undefined) return finished
    }

    const next = nextSigner(paths.nextIssuerKey)
    onStep('keyMade')

    // Once it names the new key it is kept: a size that is told to somebody does not change any more.
    const isWritten = before.signers.some(({ keyId }) => keyId === next.keyId)
    const trust = isWritten ? before : withNewSigner({ policy: before, name: config.signer, oldKeyId, next, end })
    if (!isWritten) await writeTrustPolicy(paths.trustPolicy, trust, { overwrite: true })
    onStep('policyWritten')

    await writeFileDurably(paths.issuerPublicKey, encodeUtf8(publicKeyPem(next.publicKey)), { overwrite: true })
    onStep('publicKeyWritten')

    // The old key's file goes with it. Until here the old key signs nothing, from here on the new one may.
    replaceKey({ from: paths.nextIssuerKey, to: paths.issuerKey })
    onStep('keyReplaced')
    const named = (id: string): TrustedSigner | undefined => trust.signers.find(({ keyId }) => keyId === id)
    return { isNew: true, current: named(next.keyId) as TrustedSigner, retired: named(oldKeyId), trust }
  } finally {
    await issuer.close()
  }
}

/** Undefined unless a key was retired at this very size, so that the one in use is new and has signed nothing. */
function finishedRotation(input: {
  readonly policy: TrustPolicy
  readonly currentKeyId: string
  readonly end: LogBound
}): Rotation | undefined {
  const { policy: trust, currentKeyId, end } = input
  const current = trust.signers.find(({ keyId }) => keyId === currentKeyId)
  const retired = trust.signers.findLast(({ valid }) => valid !== 'always' && isSame(valid.until, end))
  if (current?.valid !== 'always' || retired === undefined) return undefined
  return { isNew: false, current, retired, trust }
}

const isLater = (bound: Bound, end: LogBound): boolean =>
  bound !== 'any' && bound.kind === 'log' && bound.origin === end.origin && bound.size > end.size

const isSame = (bound: Bound, end: LogBound): boolean =>
  bound !== 'any' && bound.kind === 'log' && bound.size === end.size && bound.origin === end.origin

/** The one that was made before the process died, else a new one. */
function nextSigner(path: string): StatementSigner {
  if (!existsSync(path)) return generateIssuerKey({ path })
  try {
    return loadStatementSigner(path)
  } catch (error) {
    // Cut short while it was written: nobody has heard of it.
    if (!ColophonError.is(error, 'KEY_MALFORMED')) throw error
    rmSync(path)
    return generateIssuerKey({ path })
  }
}

/** The new key is valid always, not from a size on: no entry before it can be by it, and the next log has other sizes. */
function withNewSigner(input: {
  readonly policy: TrustPolicy
  readonly name: string
  readonly oldKeyId: string
  readonly next: StatementSigner
  readonly end: LogBound
}): TrustPolicy {
  const { policy, name, oldKeyId, next, end } = input
  const signers = policy.signers.map((signer) => (signer.keyId === oldKeyId ? retire(signer, end) : signer))
  const { publicKey, keyId } = next
  return { ...policy, signers: [{ name, publicKey, keyId, valid: 'always' }, ...signers] }
}

/** A key that has an end already keeps it, unless that is a later entry. An end in time cannot be compared, and stays. */
function retire(signer: TrustedSigner, end: LogBound): TrustedSigner {
  const { valid } = signer
  if (valid !== 'always' && valid.until !== 'any') {
    return isLater(valid.until, end) ? { ...signer, valid: { ...valid, until: end } } : signer
  }
  return { ...signer, valid: { from: valid === 'always' ? 'any' : valid.from, until: end, because: 'rotated' } }
}

function replaceKey({ from, to }: { readonly from: string; readonly to: string }): void {
  try {
    renameSync(from, to)
    syncFolder(dirname(to))
  } catch (cause) {
    throw new ColophonError('FILE_UNWRITABLE', describeFileError(cause, 'writing'), { at: to, cause })
  }
}
