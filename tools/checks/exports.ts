/**
 * Every way into the package leads somewhere: each specifier of package.json's `exports` has a compiled file with types
 * and a source, and can be imported by name; each command of `bin` is there and starts with `#!`.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, readText } from '../project.ts'
import type { Check } from './check.ts'

interface Manifest {
  readonly name: string
  readonly exports: Readonly<Record<string, string>>
  readonly bin: Readonly<Record<string, string>>
}

export const packageExports: Check = {
  name: 'exports',
  run: async () => {
    const manifest = JSON.parse(readText('package.json')) as Manifest
    const problems: string[] = []
    for (const [subpath, target] of Object.entries(manifest.exports)) {
      const specifier = manifest.name + subpath.slice(1)
      problems.push(...missingFiles(target).map((file) => `${specifier}: there is no ${file}`))
      if (problems.length === 0 && target.endsWith('.js')) problems.push(...(await importProblems(specifier)))
    }
    for (const [command, target] of Object.entries(manifest.bin)) problems.push(...commandProblems(command, target))
    return problems
  },
}

function missingFiles(target: string): string[] {
  const files = target.endsWith('.js') ? [target, target.replace(/\.js$/, '.d.ts'), sourceOf(target)] : [target]
  return files.filter((file) => !existsSync(join(ROOT, file)))
}

const sourceOf = (target: string): string => target.replace('./dist/', './src/').replace(/\.js$/, '.ts')

async function importProblems(specifier: string): Promise<string[]> {
  try {
    const names = Object.keys((await import(specifier)) as object)
    return names.length === 0 ? [`${specifier} exports nothing`] : []
  } catch (error) {
    return [`${specifier} cannot be imported: ${String(error)}`]
  }
}

function commandProblems(command: string, target: string): string[] {
  const missing = missingFiles(target).map((file) => `${command}: there is no ${file}`)
  if (missing.length > 0) return missing
  return readText(target).startsWith('#!/usr/bin/env node\n') ? [] : [`${command}: ${target} lacks #!/usr/bin/env node`]
}
