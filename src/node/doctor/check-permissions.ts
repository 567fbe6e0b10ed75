/**
 * Who can read what is secret: the issuer's keys, its token, and the store with its prompts.
 *
 * Without a key's or the token's permissions nothing is opened (`KEY_PERMISSIONS`); that the store keeps to its owner is
 * up to whoever moved it.
 *
 * @module
 */
import { readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { WorkspacePaths } from '../workspace/index.ts'
import { type Finding, notChecked, ok, problem, warning } from './finding.ts'

/** Permission bits of group and others. */
const NOT_OWNER = 0o077

export async function checkPermissions(paths: WorkspacePaths): Promise<Finding> {
  if (process.platform === 'win32') return notChecked('permissions', 'Windows keeps them in another way.')
  const keys = dirname(paths.issuerKey)
  const names = await readdir(keys).catch(() => [])
  for (const path of [...names.map((name) => join(keys, name)), paths.token]) {
    if (!(await isOpenToOthers(path))) continue
    return problem('permissions', 'A secret file can be read by others.', {
      code: 'KEY_PERMISSIONS',
      at: path,
      todo: `Run: chmod 600 ${path}. Whoever has read it has it: where that matters, make new ones.`,
    })
  }
  const closed = !(await isOpenToOthers(paths.folder))
  const stores = [paths.store, `${paths.store}-wal`, paths.head, `${paths.head}-wal`]
  for (const path of closed ? [] : [...stores, keys, paths.folder]) {
    if (!(await isOpenToOthers(path))) continue
    const what = path === paths.folder || path === keys ? 'The folder' : 'A file that holds prompts'
    return warning('permissions', `${what} can be read by others.`, {
      code: 'FILE_PERMISSIONS',
      at: path,
      todo: `Run: chmod go= ${path}`,
    })
  }
  return ok('permissions', 'Keys, token and store are for their owner alone.')
}

const isOpenToOthers = async (path: string): Promise<boolean> => {
  const found = await stat(path).catch(() => undefined)
  return found !== undefined && (found.mode & NOT_OWNER) !== 0
}
