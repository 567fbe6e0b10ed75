/**
 * By which parts a run is found later (`colophon find`): one row each, with the digest that a public declaration would have
 * for it.
 *
 * Not all of them. A client sends its whole history again with every turn, so that rows of it would grow with the square of
 * a conversation; and nobody looks for a run by a parameter. Of the others, the first thousand. A row costs about fifteen
 * microseconds and 150 bytes (measured), most of it in the indexes.
 *
 * @module
 */
import { encodeHex } from '../../core/bytes/index.ts'
import type { Part } from '../../core/composition/index.ts'
import type { Sha256 } from '../../core/hash/index.ts'
import { INDEXED_ROLES, type PartRow } from '../registry/index.ts'

const MAX_INDEXED = 1_000

const isIndexed = ({ role }: Part): boolean => INDEXED_ROLES.includes(role)

export const indexParts = ({ parts, hash }: { readonly parts: readonly Part[]; readonly hash: Sha256 }): PartRow[] =>
  parts
    .filter(isIndexed)
    .slice(0, MAX_INDEXED)
    .map(({ role, name, at, value }) => ({ digest: encodeHex(hash(value)), role, name, at }))
