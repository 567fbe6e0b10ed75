/**
 * What became of each passage that the application named (`docs/spec/spans.md`, "Named passages").
 *
 * That a place holds the whole of a passage is recomputed from the bytes and the digest. That a place holds the beginning of
 * one, and that one is not there, is the capture point's word: it had the text.
 *
 * @module
 */
import { encodeHex } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import { sha256 } from '../hash/index.ts'
import { type CutList, isCut, type PassageName } from '../spans/index.ts'

/**
 * - `whole`: all of it is there, by the digest that was named
 * - `truncated`: `length` bytes from its beginning are, of `of`
 * - `placed`: the application named a place, and no digest to check it by
 * - `missing`: it is not in the request
 * - `unlocated`: it was named by its digest alone, or stands inside another passage
 */
export type PassageState =
  | { readonly state: 'whole' | 'placed' | 'missing' | 'unlocated' }
  | { readonly state: 'truncated'; readonly length: number; readonly of: number }

export type PassageFate = PassageName & PassageState

/**
 * @param pieces the decoded UTF-8 bytes of each place, in the order of the list
 * @throws {ColophonError} CUT_LIST_MALFORMED  a place holds another text than the passage it is said to be
 */
export function passageFates(cutList: CutList, pieces: readonly Uint8Array[]): PassageFate[] {
  let place = 0
  return cutList.map((entry): PassageFate => {
    const { label, version, rank } = entry
    const name = {
      label,
      ...(version === undefined ? {} : { version }),
      ...(rank === undefined ? {} : { rank }),
    }
    if (!isCut(entry)) return { ...name, state: entry.whole.length === undefined ? 'unlocated' : 'missing' }
    const piece = pieces[place++] as Uint8Array
    const { whole } = entry
    if (whole === undefined) return { ...name, state: 'placed' }
    if (piece.length < whole.length) return { ...name, state: 'truncated', length: piece.length, of: whole.length }
    if (piece.length === whole.length && encodeHex(sha256(piece)) === whole.sha256) return { ...name, state: 'whole' }
    throw new ColophonError('CUT_LIST_MALFORMED', 'a place holds another text than the passage it is said to be', {
      at: entry.pointer,
    })
  })
}
