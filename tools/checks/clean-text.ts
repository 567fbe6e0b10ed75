/**
 * No file of the project speaks of the machine it was written on, names a package registry's host, or has marks of work
 * that was left unfinished.
 *
 * @module
 */
import { listFiles, readText } from '../project.ts'
import type { Check } from './check.ts'

const BINARY = /\.(?:gguf|bin|new|png|jpg|sqlite|db|wasm|gz|tgz)$/

interface Unwanted {
  readonly what: string
  readonly pattern: RegExp
}

const UNWANTED: readonly Unwanted[] = [
  { what: 'a path of one machine', pattern: /(?<![\w.~-])\/(?:home|Users|root|work)\/[a-z]/ },
  { what: 'the host of a package registry', pattern: /\bregistry\.(?:npmjs|yarnpkg)\.[a-z]+/ },
  { what: 'a conflict mark', pattern: /^(?:<{7}|>{7}|={7})(?: |$)/m },
  { what: 'a mark of unfinished work', pattern: /\b(?:TO[D]O|FIX[M]E|X[X]X)\b/ },
]

export const cleanText: Check = {
  name: 'clean text',
  run: () =>
    listFiles()
      .filter((file) => !BINARY.test(file))
      .flatMap((file) => {
        const text = readText(file)
        return UNWANTED.flatMap(({ what, pattern }) => {
          const at = text.search(pattern)
          return at < 0 ? [] : [`${file}:${text.slice(0, at).split('\n').length} has ${what}`]
        })
      }),
}
