/**
 * Folders of `src` keep their files to themselves: others import their `index.ts`, or a file that lies directly in a
 * tier's folder, such as `src/core/errors.ts`.
 *
 * A folder inside another may use its parents' files; a parent uses the `index.ts` of the folder inside. An `index.ts`
 * holds exports and nothing else.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import { listFiles, ROOT, readText } from '../project.ts'
import type { Check } from './check.ts'
import { isRelative, resolveRelative, specifiersIn } from './module-imports.ts'

const TIERS = new Set(['src/core', 'src/web', 'src/node', 'src/page'])

export const folderPrivacy: Check = {
  name: 'folder privacy',
  run: () =>
    listFiles('src', { ending: '.ts' })
      .filter((file) => !file.endsWith('.test.ts'))
      .flatMap((file) => [...foreignImports(file), ...codeInIndex(file)]),
}

function foreignImports(file: string): string[] {
  return specifiersIn(readText(file))
    .filter(isRelative)
    .map((specifier) => resolveRelative({ from: file, specifier }))
    .filter((target) => !mayImport({ file, target }))
    .map((target) => `${file} reaches into ${target}`)
}

function codeInIndex(file: string): string[] {
  if (posix.basename(file) !== 'index.ts') return []
  const rest = readText(file)
    .replace(/^\/\*\*[\s\S]*?\*\//, '')
    .replace(/^export (?:type )?(?:\*|\{[^}]*\}) from '[^']+'$/gm, '')
  return rest.trim() === '' ? [] : [`${file} holds more than exports`]
}

function mayImport({ file, target }: { readonly file: string; readonly target: string }): boolean {
  const targetFolder = posix.dirname(target)
  if (posix.basename(target) === 'index.ts' || TIERS.has(targetFolder)) return true
  return ownerOf(file) === ownerOf(target) || ownerOf(file).startsWith(`${targetFolder}/`)
}

/** The folder whose `index.ts` speaks for a file: the nearest one that has one, else the outermost one in the tier. */
function ownerOf(file: string): string {
  let folder = posix.dirname(file)
  while (!existsSync(join(ROOT, folder, 'index.ts')) && !TIERS.has(posix.dirname(folder)) && folder.includes('/')) {
    folder = posix.dirname(folder)
  }
  return folder
}
