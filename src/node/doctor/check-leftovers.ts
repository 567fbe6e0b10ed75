/**
 * What commands that were killed left lying about: files and folders that end in `.tmp` or `.old`.
 *
 *     .colophon.0123456789ab.tmp              a folder that init was making, keys included
 *     .answer.txt.0123456789abcdef.tmp        a file that was being written
 *     .answer.txt.0123456789abcdef.old        one that was being replaced
 *
 * @module
 */
import { readdir } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { WorkspacePaths } from '../workspace/index.ts'
import { type Finding, ok, warning } from './finding.ts'

const FILE = /^\..+\.[0-9a-f]{16}\.(?:tmp|old)$/
const FOLDER = /\.[0-9a-f]{12}\.tmp$/

/** @param paths.folder  the folders inside are looked into, the one that it lies in, and the current one */
export async function checkLeftovers(paths: WorkspacePaths): Promise<Finding> {
  const folder = resolve(paths.folder)
  const parent = dirname(folder)
  const files = [...new Set([folder, dirname(paths.issuerKey), dirname(paths.trustPolicy), parent, resolve('.')])]
  const found: string[] = []
  for (const place of files.map((path) => resolve(path))) {
    for (const name of await readdir(place).catch(() => [])) {
      const isFolder = place === parent && name.startsWith(`${basename(folder)}.`) && FOLDER.test(name)
      if (isFolder || FILE.test(name)) found.push(join(place, name))
    }
  }
  const [first, ...more] = found
  if (first === undefined) return ok('leftovers', 'No command that was killed left anything behind.')
  const others = more.length === 0 ? '' : ` and ${more.length} more`
  return warning('leftovers', `A command that was killed, or one that still runs, left something behind${others}.`, {
    code: 'LEFTOVER_FILE',
    at: first,
  })
}
