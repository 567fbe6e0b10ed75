/**
 * Closes a leaf of a disclosure: its hash stands there instead of salt and bytes (`docs/spec/disclosure.md`, "Making
 * one").
 *
 * The hash confirms no guess of the bytes, since nobody else has the salt. Kind, role, place and length stay to be read.
 *
 * @module
 */
import type { Sha256 } from '../hash/index.ts'
import { leafHashOf } from '../spans/index.ts'
import type { DisclosedLeaf } from './disclosure.ts'

/** @param input.index  place of the leaf in its message */
export function closeLeaf(input: {
  readonly leaf: DisclosedLeaf
  readonly index: number
  readonly hash: Sha256
}): DisclosedLeaf {
  const { leaf, index, hash } = input
  if (leaf.state === 'closed') return leaf
  const { kind, role, pointer, offset, bytes, salt } = leaf
  return {
    state: 'closed',
    kind,
    role,
    pointer,
    offset,
    length: bytes.length,
    hash: leafHashOf({ leaf, index, salt, hash }),
  }
}
