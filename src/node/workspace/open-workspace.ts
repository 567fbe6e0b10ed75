/**
 * Opens the folder of an issuer.
 *
 * @module
 */
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { ColophonError } from '../../core/errors.ts'
import type { Capture } from '../../core/run/index.ts'
import { inFile, readFileBounded } from '../files/index.ts'
import { type Issuer, openIssuer } from '../issuer/index.ts'
import { MAX_CONFIG_SIZE, parseConfig, type WorkspaceConfig } from './config.ts'
import { type WorkspacePaths, workspacePaths } from './paths.ts'
import { requireCurrentKey } from './require-current-key.ts'

export interface Workspace {
  readonly config: WorkspaceConfig
  readonly paths: WorkspacePaths
}

const MAX_TOKEN_SIZE = 1_024

/** @throws {ColophonError} STORE_MISSING, CONFIG_MALFORMED, FILE_UNREADABLE */
export async function openWorkspace(folder: string): Promise<Workspace> {
  const paths = workspacePaths(folder)
  if (await isMissing(paths.config)) {
    throw new ColophonError('STORE_MISSING', 'there is no issuer here', {
      at: folder,
      hint: 'Create one: colophon init, or name its folder: --dir FOLDER.',
    })
  }
  const bytes = await readFileBounded(paths.config, { maxBytes: MAX_CONFIG_SIZE, regular: true })
  const config = inFile(paths.config, () => parseConfig(bytes))
  const named = workspacePaths(folder, config.head)
  if (resolve(named.head) !== resolve(named.store)) return { config, paths: named }
  throw new ColophonError('CONFIG_MALFORMED', 'head names the store, want a file of its own', {
    at: `${paths.config}/head`,
  })
}

/** Of what is there and cannot be looked at, reading says why. */
const isMissing = (path: string): Promise<boolean> =>
  stat(path).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT' || error.code === 'ENOTDIR',
  )

/** @throws as `openIssuer`, and KEY_ROTATING */
export async function openWorkspaceIssuer({ config, paths }: Workspace, capture: Capture): Promise<Issuer> {
  const issuer = await openIssuer({ files: paths, origin: config.origin, capture })
  try {
    requireCurrentKey(paths, issuer.signer)
    return issuer
  } catch (error) {
    await issuer.close()
    throw error
  }
}

/** @throws {ColophonError} KEY_PERMISSIONS, KEY_MALFORMED, FILE_UNREADABLE */
export async function readToken({ paths }: Workspace): Promise<string> {
  const bytes = await readFileBounded(paths.token, { maxBytes: MAX_TOKEN_SIZE, regular: true })
  const { mode } = await stat(paths.token)
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new ColophonError('KEY_PERMISSIONS', 'the token can be read by others', {
      at: paths.token,
      hint: `Run: chmod 600 ${paths.token}`,
    })
  }
  const token = /^([\x21-\x7e]{16,})\n?$/.exec(Buffer.from(bytes).toString('latin1'))?.[1]
  if (token !== undefined) return token
  throw new ColophonError('KEY_MALFORMED', 'want a token of 16 or more printable characters', { at: paths.token })
}
