/**
 * What a module imports, read from its text: static imports and exports at the start of a line, and `import('…')` with a
 * plain string. That is all this project writes, and Biome's formatting keeps it so.
 *
 * @module
 */
import { posix } from 'node:path'

const FORMS = [
  /^(?:import|export)\b[^'"`]*?\bfrom\s*(['"])([^'"]+)\1/gm,
  /^import\s*(['"])([^'"]+)\1/gm,
  /\bimport\(\s*(['"])([^'"]+)\1/g,
]

/** Comments go first: their examples import, too. Line comments are left, since `//` also stands in addresses. */
export function specifiersIn(source: string): string[] {
  const code = source.replace(/^\s*\/\*\*?[\s\S]*?\*\//gm, '')
  return FORMS.flatMap((form) => Array.from(code.matchAll(form), (match) => match[2] as string))
}

export const isRelative = (specifier: string): boolean => specifier.startsWith('.')

/** Path of a relative import, from the same root as the importing file's. */
export function resolveRelative({ from, specifier }: { readonly from: string; readonly specifier: string }): string {
  return posix.join(posix.dirname(from), specifier)
}
