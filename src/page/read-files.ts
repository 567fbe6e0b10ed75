/**
 * Files that a person opened, read into memory within bounds.
 *
 * @module
 */
import type { GivenFile } from './file-kind.ts'

/** As large as the largest file that the command line reads, an answer. */
const MAX_BYTES = 256 << 20

export type ReadResult = GivenFile | { readonly name: string; readonly problem: string }

export const readFiles = (files: Iterable<File>): Promise<readonly ReadResult[]> =>
  Promise.all(Array.from(files, readFile))

async function readFile(file: File): Promise<ReadResult> {
  const { name, size } = file
  if (size > MAX_BYTES) return { name, problem: `has ${size} bytes, more than ${MAX_BYTES}` }
  try {
    return { name, bytes: new Uint8Array(await file.arrayBuffer()) }
  } catch {
    return { name, problem: 'cannot be read' }
  }
}
