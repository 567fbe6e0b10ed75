/**
 * The files that are open, one of each kind, and what could not be opened.
 *
 * @module
 */
import type { FileKind, GivenFile } from './file-kind.ts'
import type { ReadResult } from './read-files.ts'
import type { GivenBytes } from './verify-files.ts'

export class GivenFiles {
  readonly #files = new Map<FileKind, GivenFile>()

  /**
   * Adds files that were opened together, each the kind that it is for. Another record begins anew: answer and
   * disclosure of the last one go, while the trust policy stays.
   *
   * @returns sentences about those that could not be read
   */
  add(read: readonly ReadResult[], kindOf: (file: GivenFile) => FileKind): readonly string[] {
    const files = read.flatMap((file) => ('bytes' in file ? [[kindOf(file), file] as const] : []))
    if (this.#files.has('record') && files.some(([kind]) => kind === 'record') && files.length > 1) {
      this.#files.delete('answer')
      this.#files.delete('disclosure')
    }
    for (const [kind, file] of files) this.#files.set(kind, file)
    return read.flatMap((file) => ('problem' in file ? [`${file.name} ${file.problem}.`] : []))
  }

  remove(kind: FileKind): void {
    this.#files.delete(kind)
  }

  nameOf(kind: FileKind): string | undefined {
    return this.#files.get(kind)?.name
  }

  bytes(): GivenBytes {
    return Object.fromEntries(Array.from(this.#files, ([kind, { bytes }]) => [kind, bytes]))
  }
}
