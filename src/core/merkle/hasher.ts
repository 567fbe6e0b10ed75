/**
 * Leaf and node hashes of a Merkle tree: RFC 6962 section 2.1.
 *
 *     leaf   SHA-256(0x00 || entry)
 *     node   SHA-256(0x01 || left || right)
 *     empty  SHA-256("")
 *
 * The two prefixes keep a node from being passed off as a leaf (second preimage). Every hash is 32 bytes.
 *
 * @module
 */
import { concatBytes } from '../bytes/index.ts'
import { sha256 as defaultSha256, type Sha256 } from '../hash/index.ts'

/** Bytes of a hash. */
export const HASH_SIZE = 32

const LEAF_PREFIX = Uint8Array.of(0x00)
const NODE_PREFIX = Uint8Array.of(0x01)

/**
 * Hash of a leaf.
 *
 * @param entry  the entry's bytes, any length
 */
export function leafHash(entry: Uint8Array, sha256: Sha256 = defaultSha256): Uint8Array {
  return sha256(concatBytes(LEAF_PREFIX, entry))
}

/**
 * Hash of an inner node.
 *
 * @param children.left   32 bytes, hash of the left subtree
 * @param children.right  32 bytes, hash of the right subtree
 */
export function nodeHash(
  { left, right }: { readonly left: Uint8Array; readonly right: Uint8Array },
  sha256: Sha256 = defaultSha256,
): Uint8Array {
  return sha256(concatBytes(NODE_PREFIX, left, right))
}

/** Root hash of the tree without leaves. */
export function emptyRoot(sha256: Sha256 = defaultSha256): Uint8Array {
  return sha256(new Uint8Array(0))
}

/**
 * Root hash of neighbouring subtrees, the way RFC 6962 joins them: from the right.
 *
 * The subtrees are the complete ones that `completeSubtrees` names, largest first.
 *
 * @throws {RangeError} no subtree
 */
export function joinSubtrees(hashes: readonly Uint8Array[], sha256: Sha256 = defaultSha256): Uint8Array {
  const last = hashes.at(-1)
  if (last === undefined) throw new RangeError('hashes: got none, want at least one')
  return hashes.slice(0, -1).reduceRight((right, left) => nodeHash({ left, right }, sha256), last)
}
