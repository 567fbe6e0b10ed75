/**
 * Where the project lies, and which files are its own.
 *
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Folders that an install, a build or a run makes (see .gitignore), and the repository itself. */
const NOT_SOURCE = new Set(['.git', 'node_modules', 'dist', '.colophon', 'coverage', 'demo-output'])

/** Files under a folder, sorted, relative to the project, with forward slashes. */
export function listFiles(folder = '.', { ending = '' }: { readonly ending?: string } = {}): string[] {
  const files: string[] = []
  for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true })) {
    const path = folder === '.' ? entry.name : `${folder}/${entry.name}`
    if (entry.isFile() && path.endsWith(ending)) files.push(path)
    else if (entry.isDirectory() && !NOT_SOURCE.has(entry.name)) files.push(...listFiles(path, { ending }))
  }
  return files.sort()
}

export const readText = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
