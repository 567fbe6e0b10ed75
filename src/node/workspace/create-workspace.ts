/**
 * Makes the folder of a new issuer, whole or not at all.
 *
 * @module
 */
import { randomBytes } from 'node:crypto'
import { lstat, mkdir, rename, rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { encodeUtf8, formatTime } from '../../core/bytes/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { DEFAULT_RULES, formatTrustPolicy, type TrustPolicy } from '../../core/trust/index.ts'
import { sigstoreTrustedRoot } from '../../core/trust-root/index.ts'
import { verifierKeyOf } from '../../web/log/index.ts'
import { describeFileError, writeFileDurably } from '../files/index.ts'
import { IN_PROCESS, openIssuer } from '../issuer/index.ts'
import { generateIssuerKey, generateLogKey, publicKeyPem } from '../keys/index.ts'
import { formatConfig, type WorkspaceConfig } from './config.ts'
import { HEAD_FILE, type WorkspacePaths, workspacePaths } from './paths.ts'

/** The head store begins in the folder; it can be moved, and `config.json` told. */
type NewWorkspace = Omit<WorkspaceConfig, 'head'>

export interface CreatedWorkspace {
  readonly paths: WorkspacePaths
  /** What is handed out. */
  readonly trust: TrustPolicy
}

/**
 * Everything is made in a folder beside, which then gets its name: what fails or is killed leaves no folder of that name,
 * at most one that ends in `.tmp`.
 *
 * @throws {ColophonError} FILE_EXISTS, FILE_UNWRITABLE, USAGE (an origin that is no bare host name), STORE_*
 */
export async function createWorkspace(input: NewWorkspace & { readonly folder: string }): Promise<CreatedWorkspace> {
  const { folder } = input
  await requireFree(folder)
  const temporary = `${resolve(folder)}.${randomBytes(6).toString('hex')}.tmp`
  try {
    const trust = await fill(workspacePaths(temporary), input)
    await rename(temporary, folder)
    return { paths: workspacePaths(folder), trust }
  } catch (cause) {
    // Where there is nothing to take away, the error on the way tells more.
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined)
    if (ColophonError.is(cause)) throw renamed(cause, temporary, folder)
    if ((cause as NodeJS.ErrnoException | null)?.code === undefined) throw cause
    throw new ColophonError('FILE_UNWRITABLE', describeFileError(cause, 'writing'), { at: folder, cause })
  }
}

async function requireFree(folder: string): Promise<void> {
  const there = await lstat(folder).catch(() => undefined)
  if (there === undefined) return
  const isIssuer = (await lstat(workspacePaths(folder).config).catch(() => undefined)) !== undefined
  throw new ColophonError('FILE_EXISTS', isIssuer ? 'there is an issuer already' : 'the name is taken', {
    at: folder,
    hint: `${isIssuer ? 'Use it as it is, or choose' : 'Choose'} another folder: --dir FOLDER. Nothing is ever overwritten.`,
  })
}

async function fill(paths: WorkspacePaths, config: NewWorkspace): Promise<TrustPolicy> {
  const { origin, signer: name } = config
  await mkdir(paths.folder, { mode: 0o700 })
  await mkdir(dirname(paths.issuerKey), { mode: 0o700 })
  await mkdir(dirname(paths.trustPolicy))
  const signer = generateIssuerKey({ path: paths.issuerKey })
  const logSigner = generateLogKey({ path: paths.logKey, origin })
  const trustedRoot = trustedRootOf({ origin, logPublicKey: logSigner.publicKey })
  const trust: TrustPolicy = {
    signers: [{ name, publicKey: signer.publicKey, keyId: signer.keyId, valid: 'always' }],
    logs: [verifierKeyOf(logSigner)],
    witnesses: [],
    ...DEFAULT_RULES,
  }
  await writeFileDurably(paths.trustPolicy, formatTrustPolicy(trust))
  await writeFileDurably(paths.trustedRoot, encodeUtf8(`${JSON.stringify(trustedRoot, undefined, 2)}\n`))
  await writeFileDurably(paths.issuerPublicKey, encodeUtf8(publicKeyPem(signer.publicKey)))
  await writeFileDurably(paths.config, formatConfig({ ...config, head: HEAD_FILE }))
  await writeFileDurably(paths.token, encodeUtf8(`${randomBytes(32).toString('hex')}\n`), { mode: 0o600 })
  await writeFileDurably(paths.gitignore, encodeUtf8('/*\n!/trust/\n'))
  await (await openIssuer({ files: paths, origin, capture: IN_PROCESS, create: true })).close()
  return trust
}

function trustedRootOf(input: { readonly origin: string; readonly logPublicKey: Uint8Array }): object {
  try {
    return sigstoreTrustedRoot({ ...input, validFrom: formatTime(Date.now()) })
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new ColophonError('USAGE', 'the origin of the log is not a bare host name', {
      at: input.origin,
      cause,
      hint: 'Give it in lower case without scheme, port and path: --origin log.example-host',
    })
  }
}

/** The error with the name that the user knows. */
function renamed(error: ColophonError, temporary: string, folder: string): ColophonError {
  if (!error.at?.startsWith(temporary)) return error
  const { code, message, hint, details } = error
  return new ColophonError(code, message, {
    at: folder + error.at.slice(temporary.length),
    hint,
    details,
    cause: error,
  })
}
