/**
 * What is shipped as pure is pure: nothing that `dist/core` reaches needs Node, a browser or a package other than
 * `@noble/*` and, for rules alone, the CEL engine; nothing that `dist/web` reaches needs Node, and the page reaches nothing but itself and the core.
 *
 * The compiler tiers say the same of the sources; this looks at what is left after compiling.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { listFiles, ROOT, readText } from '../project.ts'
import type { Check } from './check.ts'
import { isRelative, resolveRelative, specifiersIn } from './module-imports.ts'

interface Tier {
  readonly folder: string
  readonly mayReach: readonly string[]
  readonly mayImport: (packageSpecifier: string, file: string) => boolean
}

const TIERS: readonly Tier[] = [
  {
    folder: 'dist/core/',
    mayReach: ['dist/core/'],
    mayImport: (specifier, file) =>
      specifier.startsWith('@noble/') || (specifier === '@marcbachmann/cel-js' && file.startsWith('dist/core/policy/')),
  },
  {
    folder: 'dist/web/',
    mayReach: ['dist/core/', 'dist/web/'],
    mayImport: (specifier) => !isBuiltin(specifier),
  },
  {
    folder: 'dist/page/',
    mayReach: ['dist/core/', 'dist/page/'],
    mayImport: () => false,
  },
]

export const purity: Check = {
  name: 'purity',
  run: () => TIERS.flatMap((tier) => impureImports(tier)),
}

function impureImports({ folder, mayReach, mayImport }: Tier): string[] {
  const files = compiledFiles(folder)
  if (files.length === 0) return [`${folder} is empty: nothing was compiled`]
  return files.flatMap((file) =>
    specifiersIn(readText(file))
      .filter((specifier) => {
        if (!isRelative(specifier)) return !mayImport(specifier, file)
        const target = resolveRelative({ from: file, specifier })
        return !mayReach.some((allowed) => target.startsWith(allowed))
      })
      .map((specifier) => `${file} imports ${specifier}`),
  )
}

/** Of the sources that are there: the compiler leaves behind what it made of others. */
function compiledFiles(folder: string): string[] {
  return listFiles(`${folder.replace('dist/', 'src/')}`.replace(/\/$/, ''), { ending: '.ts' })
    .filter((source) => !source.endsWith('.test.ts'))
    .map((source) => source.replace(/^src\//, 'dist/').replace(/\.ts$/, '.js'))
    .filter((file) => existsSync(join(ROOT, file)))
}
