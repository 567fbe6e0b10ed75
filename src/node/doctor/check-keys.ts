/**
 * The issuer's keys, and whether what is handed out is of these keys: trust policy, trusted root, public key.
 *
 * @module
 */
import { createPublicKey } from 'node:crypto'
import { existsSync } from 'node:fs'
import { formatTime } from '../../core/bytes/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { canonicalText, type JsonValue, parseJson, readObject } from '../../core/json/index.ts'
import { fullKeyId } from '../../core/note/index.ts'
import { parseTrustPolicy, requireValid, type TrustedSigner, type TrustPolicy } from '../../core/trust/index.ts'
import { sigstoreTrustedRoot } from '../../core/trust-root/index.ts'
import { verifierKeyOf } from '../../web/log/index.ts'
import { inFile, readFileBounded } from '../files/index.ts'
import { loadCheckpointSigner, loadStatementSigner } from '../keys/index.ts'
import { readToken, type Workspace } from '../workspace/index.ts'
import { type Finding, notChecked, ok, problem, problemOf, warning } from './finding.ts'

type StatementSigner = ReturnType<typeof loadStatementSigner>
type CheckpointSigner = ReturnType<typeof loadCheckpointSigner>

/** What could be read, with what was found on the way; checks of the store build on it. */
export interface IssuerKeys {
  readonly findings: readonly Finding[]
  readonly checkpointSigner: CheckpointSigner | undefined
  /** The issuer's key as the trust policy has it. */
  readonly signer: TrustedSigner | undefined
  /** Whether the policy names a witness, without whom no time is trusted. */
  readonly hasWitnesses: boolean
}

const MAX_TRUST_SIZE = 2 << 20

export async function checkKeys(workspace: Workspace): Promise<IssuerKeys> {
  const { paths, config } = workspace
  const policy = await attempt(async () => {
    const bytes = await readFileBounded(paths.trustPolicy, { maxBytes: MAX_TRUST_SIZE, regular: true })
    return inFile(paths.trustPolicy, () => parseTrustPolicy(bytes))
  })
  const signer = await attempt(async () => loadStatementSigner(paths.issuerKey))
  const logSigner = await attempt(async () => loadCheckpointSigner(paths.logKey, config.origin))
  const trusted = policy.value?.signers.find(({ keyId }) => keyId === signer.value?.keyId)
  return {
    findings: [
      await checkToken(workspace),
      existsSync(paths.nextIssuerKey)
        ? problem('issuerKey', 'A rotation of the key was begun and not finished.', {
            code: 'KEY_ROTATING',
            at: paths.nextIssuerKey,
          })
        : checkIssuerKey(signer, policy.value, paths.trustPolicy),
      checkLogKey(logSigner, policy.value, paths.trustPolicy),
      policy.value === undefined
        ? problemOf('trustPolicy', policy.error)
        : ok('trustPolicy', 'The trust policy that is handed out can be read.'),
      await checkTrustFiles(workspace, signer.value, logSigner.value),
    ],
    checkpointSigner: logSigner.value,
    signer: trusted,
    hasWitnesses: (policy.value?.witnesses.length ?? 0) > 0,
  }
}

interface Attempt<T> {
  readonly value?: T
  readonly error?: unknown
}

const attempt = async <T>(work: () => Promise<T>): Promise<Attempt<T>> => {
  try {
    return { value: await work() }
  } catch (error) {
    return { error }
  }
}

async function checkToken(workspace: Workspace): Promise<Finding> {
  try {
    await readToken(workspace)
    return ok('token', 'The token can be read.')
  } catch (error) {
    return problemOf('token', error)
  }
}

function checkIssuerKey(
  { value, error }: Attempt<StatementSigner>,
  policy: TrustPolicy | undefined,
  at: string,
): Finding {
  if (value === undefined) return problemOf('issuerKey', error)
  if (policy === undefined) return notChecked('issuerKey', `Key ${value.keyId}; there is no trust policy to compare.`)
  const trusted = policy.signers.find(({ keyId }) => keyId === value.keyId)
  if (trusted !== undefined) return ok('issuerKey', `Key ${value.keyId}, which the trust policy calls ${trusted.name}.`)
  return problem('issuerKey', `The trust policy does not name the key ${value.keyId}, with which this issuer signs.`, {
    code: 'KEY_NOT_TRUSTED',
    at,
    todo: 'Bring back the policy or the key that belongs to the other: whoever has this policy trusts nothing new.',
  })
}

function checkLogKey(
  { value, error }: Attempt<CheckpointSigner>,
  policy: TrustPolicy | undefined,
  at: string,
): Finding {
  if (value === undefined) return problemOf('logKey', error)
  const id = keyIdOf(value)
  if (policy === undefined) return notChecked('logKey', `Key ${id}; there is no trust policy to compare.`)
  if (policy.logs.some((key) => key.name === value.name && keyIdOf(key) === id)) {
    return ok('logKey', `Key ${id} of ${value.name}, which the trust policy names.`)
  }
  return problem('logKey', `The trust policy does not name the key ${id} of ${value.name}, which signs this log.`, {
    code: 'LOG_NOT_TRUSTED',
    at,
    todo: 'Bring back the policy or the key that belongs to the other. A log never changes its key.',
  })
}

const keyIdOf = (key: Pick<CheckpointSigner, 'name' | 'publicKey'>): string =>
  Buffer.from(fullKeyId(verifierKeyOf(key))).toString('hex')

/** For stock Sigstore clients: the trusted root has the log's key, `issuer.pub.pem` the issuer's. */
async function checkTrustFiles(
  { paths, config }: Workspace,
  signer: StatementSigner | undefined,
  logSigner: CheckpointSigner | undefined,
): Promise<Finding> {
  if (signer === undefined || logSigner === undefined) {
    return notChecked('trustedRoot', 'There are no keys to compare it with.')
  }
  try {
    const root = await readFileBounded(paths.trustedRoot, { maxBytes: MAX_TRUST_SIZE, regular: true })
    const isOfLog = inFile(paths.trustedRoot, () => namesLog(parseJson(root), config.origin, logSigner))
    if (!isOfLog) return mismatch("The trusted root does not name the log's key.", paths.trustedRoot)
    const pem = await readFileBounded(paths.issuerPublicKey, { maxBytes: MAX_TRUST_SIZE, regular: true })
    if (isKey(pem, signer))
      return ok('trustedRoot', "The trusted root names the log, and the public key is the issuer's.")
    return mismatch("The public key beside it is not of the issuer's key.", paths.issuerPublicKey)
  } catch (error) {
    return problemOf('trustedRoot', error)
  }
}

const mismatch = (says: string, at: string): Finding =>
  problem('trustedRoot', says, { code: 'TRUST_FILE_MISMATCH', at })

/** Whatever else it names: one of its logs is this one, to the last member but the time from which on it is valid. */
function namesLog(root: JsonValue, origin: string, { publicKey }: CheckpointSigner): boolean {
  return readObject(root, '')
    .array('tlogs')
    .some(({ value, at }) => {
      const validFrom = readObject(readObject(value, at).value('publicKey'), `${at}/publicKey`)
        .object('validFor')
        .time('start')
      const [want] = sigstoreTrustedRoot({ origin, logPublicKey: publicKey, validFrom }).tlogs
      return canonicalText(want ?? {}) === canonicalText(value as object)
    })
}

function isKey(pem: Uint8Array, { publicKey }: StatementSigner): boolean {
  try {
    return createPublicKey(Buffer.from(pem)).export({ format: 'der', type: 'spki' }).equals(publicKey)
  } catch {
    return false
  }
}

/**
 * Whether the next statement would be one that the policy believes its key for. Trusted time is a witness's; here the
 * machine's clock stands in for it.
 *
 * @param input.logSize  where the next entry goes; undefined where it is not known
 */
export function checkKeyValidity(
  { signer, hasWitnesses }: IssuerKeys,
  input: { readonly origin: string; readonly logSize: bigint | undefined; readonly nowMs: number; readonly at: string },
): Finding {
  if (signer === undefined) return notChecked('keyValidity', "The trust policy does not name the issuer's key.")
  const { valid } = signer
  if (valid === 'always') return ok('keyValidity', 'The trust policy believes the key always.')
  const { logSize, origin, nowMs, at } = input
  const kinds = [valid.from, valid.until].map((bound) => (bound === 'any' ? 'any' : bound.kind))
  if (kinds.includes('log') && logSize === undefined) {
    return notChecked('keyValidity', 'It depends on the size of the log, which could not be read.')
  }
  const clock = { witness: "this machine's clock", timeSeconds: BigInt(Math.floor(nowMs / 1000)) }
  const place = { origin, index: logSize ?? 0n, trustedTimes: [clock] }
  try {
    requireValid({ signer, statement: 'next statement', place })
  } catch (error) {
    if (!ColophonError.is(error)) throw error
    const todo = 'Sign with the key that follows it, and hand out the policy that names it: colophon keys.'
    return { ...problemOf('keyValidity', error), at, todo }
  }
  if (kinds.includes('time') && !hasWitnesses) {
    return warning(
      'keyValidity',
      'The trust policy bounds the key by times, and names no witness that could tell one.',
      {
        code: 'TRUSTED_TIME_MISSING',
        at,
        todo: 'Bound it by sizes of the log, or name a witness.',
      },
    )
  }
  return ok('keyValidity', `The trust policy believes what the key signs now, ${formatTime(nowMs)}.`)
}
