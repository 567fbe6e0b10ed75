/**
 * Salts, leaves, trees and commitments for vectors, by the plain definitions (`docs/spec/commitment.md`).
 *
 * @module
 */
import { hmac, lp, sha256, tag, u64 } from './layout.ts'

export type Direction = 'request' | 'response'

export interface PlainLeaf {
  readonly kind: string
  readonly role: string
  readonly pointer: string
  readonly offset: number
  readonly bytes: Uint8Array
}

export const saltOf = (input: { secret: Uint8Array; direction: Direction; index: number }): Buffer =>
  hmac(input.secret, tag('colophon/salt/v1'), lp(input.direction), u64(input.index)).subarray(0, 16)

export function leafHash({ leaf, index, salt }: { leaf: PlainLeaf; index: number; salt: Uint8Array }): Buffer {
  const { kind, role, pointer, offset, bytes } = leaf
  const labels = [lp(salt), lp(kind), lp(role), lp(pointer)]
  return sha256(tag('colophon/leaf/v1'), ...labels, u64(index), u64(offset), u64(bytes.length), bytes)
}

/** RFC 6962 section 2.1, as it is defined: the left subtree has the largest power of two of leaves below their number. */
export function rootOf(leafHashes: readonly Uint8Array[]): Uint8Array {
  const [only] = leafHashes
  if (only === undefined) throw new Error('there is no tree without leaves')
  if (leafHashes.length === 1) return only
  let left = 1
  while (left * 2 < leafHashes.length) left *= 2
  return sha256(tag('colophon/node/v1'), rootOf(leafHashes.slice(0, left)), rootOf(leafHashes.slice(left)))
}

export function commitmentTo(input: {
  readonly direction: Direction
  readonly dialect: string
  readonly leafHashes: readonly Uint8Array[]
  readonly bodyLength: number
}): Buffer {
  const { direction, dialect, leafHashes, bodyLength } = input
  const sizes = [u64(leafHashes.length), u64(bodyLength)]
  return sha256(tag('colophon/commitment/v1'), lp(direction), lp(dialect), ...sizes, rootOf(leafHashes))
}
