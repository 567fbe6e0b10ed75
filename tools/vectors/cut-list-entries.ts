/**
 * Entries of cut lists in canonical form, for `cut-list.ts` and `passages.ts`.
 *
 * @module
 */
import { createHash } from 'node:crypto'

export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex')

interface Entry {
  readonly pointer?: unknown
  readonly start?: unknown
  readonly end?: unknown
  readonly label?: unknown
  readonly version?: unknown
  readonly rank?: unknown
  readonly whole?: unknown
}

const NAMES = ['end', 'label', 'pointer', 'rank', 'start', 'version', 'whole'] as const

/** Members in canonical order; those that are undefined are left out. */
export function entryText(entry: Entry): string {
  const members = NAMES.flatMap((name) =>
    entry[name] === undefined ? [] : [`"${name}":${JSON.stringify(entry[name])}`],
  )
  return `{${members.join()}}`
}

/** The whole text of a passage. */
export const wholeOf = (text: string): { length: number; sha256: string } => ({
  length: Buffer.byteLength(text),
  sha256: sha256Of(text),
})
