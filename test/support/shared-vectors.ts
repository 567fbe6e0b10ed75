/**
 * Test vectors that others publish. They are read in place, in a folder beside the project that need not be there;
 * nothing of it is copied into the project. `COLOPHON_VECTORS` names another place.
 *
 * @module
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, test } from 'vitest'
import { PUBLISHED_VECTORS, type VectorFolder } from './published-vectors.ts'

declare module 'vitest' {
  /** Custom data of a test, for the reporter. */
  interface TaskMeta {
    /** Published vectors that a test was skipped for; the reporter adds them up, a folder once. */
    vectorsNotThere?: { readonly folder: string; readonly count: number }
  }
}

const ROOT = process.env['COLOPHON_VECTORS'] ?? fileURLToPath(new URL('../../../shared/vectors', import.meta.url))

/** Where a vector lies, given its path inside the folder. */
export const vectorFile = (path: string): string => join(ROOT, path)

export const hasVectors = (folder: VectorFolder): boolean => existsSync(vectorFile(folder))

export const readVector = (path: string): Uint8Array => Uint8Array.from(readFileSync(vectorFile(path)))

export const readVectorText = (path: string): string => readFileSync(vectorFile(path), 'utf8')

/** What a JSON vector holds. The shape is its publisher's word. */
export const readVectorJson = <Shape>(path: string): Shape => JSON.parse(readVectorText(path)) as Shape

/** Names of the files in a folder of vectors, sorted; `deep` for those below it, with their paths. */
export const listVectors = (path: string, { deep = false } = {}): string[] =>
  readdirSync(vectorFile(path), { recursive: deep, encoding: 'utf8' }).sort()

/** Every folder that is there. */
export const listVectorFolders = (): string[] => (existsSync(ROOT) ? listVectors('.') : [])

/** `describe` for one folder of vectors: skipped, saying how many are missing, where it is not there. */
export const describeVectors = (folder: VectorFolder, define: () => void): void => {
  describe(folder, () => {
    if (hasVectors(folder)) define()
    else {
      test('published vectors', ({ skip, task }) => {
        const { count } = PUBLISHED_VECTORS[folder]
        task.meta.vectorsNotThere = { folder, count }
        skip(`${folder}: ${count.toLocaleString('en')} vectors are not there`)
      })
    }
  })
}
