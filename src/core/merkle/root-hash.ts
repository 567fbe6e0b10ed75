/**
 * Root hash by the definition: RFC 6962 section 2.1.
 *
 * Recursive and simple on purpose: it is what the other code of this folder is tested against. For a log that grows use
 * `RightEdge`.
 *
 * @module
 */
import type { Sha256 } from '../hash/index.ts'
import { emptyRoot, nodeHash } from './hasher.ts'

/**
 * Root hash of a small tree.
 *
 * @param leafHashes  hashes of the leaves in order, 32 bytes each
 */
export function rootHash(leafHashes: readonly Uint8Array[], sha256?: Sha256): Uint8Array {
  if (leafHashes.length === 0) return emptyRoot(sha256)
  if (leafHashes.length === 1) return leafHashes[0] as Uint8Array
  let split = 1
  while (split * 2 < leafHashes.length) split *= 2
  return nodeHash(
    { left: rootHash(leafHashes.slice(0, split), sha256), right: rootHash(leafHashes.slice(split), sha256) },
    sha256,
  )
}
