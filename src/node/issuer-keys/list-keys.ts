/**
 * The keys of an issuer: those that it has, and those that its trust policy still names.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { encodeHex } from '../../core/bytes/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { fullKeyId, sameKey } from '../../core/note/index.ts'
import type { TrustedSigner, Validity } from '../../core/trust/index.ts'
import { verifierKeyOf } from '../../web/log/index.ts'
import { loadCheckpointSigner, loadStatementSigner } from '../keys/index.ts'
import { readTrustPolicy } from '../trust-file/index.ts'
import type { Workspace } from '../workspace/index.ts'

/**
 * - `statements`: signs declarations, bindings and records
 * - `checkpoints`: signs the log's checkpoints
 * - `next`: made by a rotation that is not finished
 */
export type KeyUse = 'statements' | 'checkpoints' | 'next'

/** A key whose private half is here. */
export interface HeldKey {
  readonly use: KeyUse
  readonly file: string
  readonly kind: 'ECDSA P-256' | 'Ed25519'
  /** Lowercase hex; undefined where the file cannot be used. */
  readonly keyId: string | undefined
  /** Why it cannot be used. */
  readonly problem: ColophonError | undefined
  /** What the trust policy believes it for; undefined where it does not name it. */
  readonly valid: Validity | undefined
}

export interface ListedKeys {
  readonly held: readonly HeldKey[]
  /** Signers of the trust policy whose private keys are not here: retired, revoked, or somebody else's. */
  readonly others: readonly TrustedSigner[]
}

/** @throws {ColophonError} TRUST_POLICY_MALFORMED, FILE_UNREADABLE, FILE_TOO_LARGE */
export async function listKeys({ config, paths }: Workspace): Promise<ListedKeys> {
  const { signers, logs } = await readTrustPolicy(paths.trustPolicy)
  const statementKey = (use: KeyUse, file: string): HeldKey => {
    const loaded = attempt(() => loadStatementSigner(file).keyId)
    const valid = signers.find(({ keyId }) => keyId === loaded.value)?.valid
    return { use, file, kind: 'ECDSA P-256', keyId: loaded.value, problem: loaded.problem, valid }
  }
  const logKey = attempt(() => verifierKeyOf(loadCheckpointSigner(paths.logKey, config.origin)))
  const key = logKey.value
  const held: HeldKey[] = [
    statementKey('statements', paths.issuerKey),
    ...(existsSync(paths.nextIssuerKey) ? [statementKey('next', paths.nextIssuerKey)] : []),
    {
      use: 'checkpoints',
      file: paths.logKey,
      kind: 'Ed25519',
      keyId: key === undefined ? undefined : encodeHex(fullKeyId(key)),
      problem: logKey.problem,
      valid: key !== undefined && logs.some((log) => sameKey({ left: log, right: key })) ? 'always' : undefined,
    },
  ]
  return { held, others: signers.filter(({ keyId }) => !held.some((one) => one.keyId === keyId)) }
}

type Attempt<T> =
  | { readonly value: T; readonly problem: undefined }
  | { readonly value: undefined; readonly problem: ColophonError }

function attempt<T>(load: () => T): Attempt<T> {
  try {
    return { value: load(), problem: undefined }
  } catch (error) {
    if (!ColophonError.is(error)) throw error
    return { value: undefined, problem: error }
  }
}
