/**
 * The salted commitment to a message (`docs/spec/commitment.md`).
 *
 * The leaves form a Merkle tree of the shape of RFC 6962 §2.1 with a node hash of its own,
 * SHA-256("colophon/node/v1\n" ‖ left ‖ right), so that no node passes for a leaf, nor for a node of the log.
 *
 *     commitment = SHA-256("colophon/commitment/v1\n" ‖ lp(direction) ‖ lp(dialect) ‖ u64(count) ‖ u64(length) ‖ root)
 *
 * count is the number of leaves and length that of the body. They stand inside the hash: in the clear they would give
 * away how long an input was.
 *
 * @module
 */
import { ByteWriter, encodeUtf8 } from '../bytes/index.ts'
import type { Sha256 } from '../hash/index.ts'
import { type Leaf, leafHashOf, SALT_BYTES } from './leaf.ts'

export type Direction = 'request' | 'response'

export interface CommitmentInput {
  readonly direction: Direction
  /** The dialect and its version, such as `openai-chat-completions/1`. */
  readonly dialect: string
  /** One hash of 32 bytes per leaf, in order; at least one. */
  readonly leafHashes: readonly Uint8Array[]
  readonly bodyLength: number
  readonly hash: Sha256
}

const NODE_TAG = 'colophon/node/v1'
const COMMITMENT_TAG = 'colophon/commitment/v1'

/** @returns 32 bytes */
export function commitmentOf(input: CommitmentInput): Uint8Array {
  const { direction, dialect, leafHashes, bodyLength, hash } = input
  return hash(
    new ByteWriter()
      .tag(COMMITMENT_TAG)
      .prefixed(encodeUtf8(direction))
      .prefixed(encodeUtf8(dialect))
      .u64(leafHashes.length)
      .u64(bodyLength)
      .raw(merkleRoot(leafHashes, hash))
      .finish(),
  )
}

export interface SaltedLeaves {
  readonly leaves: readonly Leaf[]
  /** 16 bytes per leaf, one after the other. */
  readonly salts: Uint8Array
  readonly hash: Sha256
}

export function hashLeaves({ leaves, salts, hash }: SaltedLeaves): Uint8Array[] {
  if (salts.length !== leaves.length * SALT_BYTES) {
    throw new RangeError(`salts: got ${salts.length} bytes, want ${leaves.length * SALT_BYTES}`)
  }
  return leaves.map((leaf, index) => leafHashOf({ leaf, index, salt: saltAt(salts, index), hash }))
}

export const saltAt = (salts: Uint8Array, index: number): Uint8Array =>
  salts.subarray(index * SALT_BYTES, (index + 1) * SALT_BYTES)

/** RFC 6962 §2.1 shape, level by level: a last node without a partner moves up as it is. */
function merkleRoot(leafHashes: readonly Uint8Array[], hash: Sha256): Uint8Array {
  if (leafHashes.length === 0) throw new RangeError('leafHashes: got none, want at least one')
  const node = nodeHasher(hash)
  let level = leafHashes
  while (level.length > 1) {
    const above: Uint8Array[] = []
    for (let i = 0; i + 1 < level.length; i += 2) above.push(node(level[i] as Uint8Array, level[i + 1] as Uint8Array))
    if (level.length % 2 === 1) above.push(level[level.length - 1] as Uint8Array)
    level = above
  }
  return level[0] as Uint8Array
}

/** One buffer for all nodes of a tree: tag, left, right. */
function nodeHasher(hash: Sha256): (left: Uint8Array, right: Uint8Array) => Uint8Array {
  const tag = new ByteWriter().tag(NODE_TAG).finish()
  const buffer = new Uint8Array(tag.length + 64)
  buffer.set(tag)
  return (left, right) => {
    buffer.set(left, tag.length)
    buffer.set(right, tag.length + 32)
    return hash(buffer)
  }
}
