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

const ROOT = process.env['COLOPHON_VECTORS'] ?? fileURLToPath(new URL('../../../shared/vectors', import.meta.url))

/** Where a vector lies, given its path inside the folder. */
export const vectorFile = (path: string): string => join(ROOT, path)

export const readVector = (path: string): Uint8Array => Uint8Array.from(readFileSync(vectorFile(path)))

export const readVectorText = (path: string): string => readFileSync(vectorFile(path), 'utf8')

/** What a JSON vector holds. The shape is its publisher's word. */
export const readVectorJson = <Shape>(path: string): Shape => JSON.parse(readVectorText(path)) as Shape

/** Names of the files in a folder of vectors, sorted. */
export const listVectors = (path: string): string[] => readdirSync(vectorFile(path)).sort()

/** `describe` for one folder of vectors: skipped, with the reason, where it is not there. */
export const describeVectors = (folder: string, define: () => void): void => {
  describe(folder, () => {
    if (existsSync(vectorFile(folder))) define()
    else test('published vectors', ({ skip }) => skip('shared vectors are not there'))
  })
}
