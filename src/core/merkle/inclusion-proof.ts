/**
 * Inclusion proofs: RFC 6962 section 2.1.1 (audit path), checked as RFC 9162 section 2.1.3.2 does.
 *
 * A proof starts at the leaf's sibling and ends at the root's child. The lower part of it, up to where the paths of this
 * leaf and of the last one meet, has a sibling at every level, on the side that a bit of the index says; above that, the
 * leaf lies on the tree's right edge and every sibling is on the left.
 *
 * @module
 */
import { equalBytes } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import type { Sha256 } from '../hash/index.ts'
import { HASH_SIZE, nodeHash } from './hasher.ts'
import { bitLength, checkTreeSize, countOnes } from './tree-range.ts'

export interface InclusionProof {
  readonly leafHash: Uint8Array // 32 bytes, as `leafHash` makes it
  readonly leafIndex: bigint // zero-based, below treeSize
  readonly treeSize: bigint // 1n .. 2n ** 63n - 1n
  readonly proof: readonly Uint8Array[] // at most 63 hashes of 32 bytes
}

/** @throws {RangeError} not 32 bytes; `label` is the argument's name */
export function checkHash(hash: Uint8Array, label: string): void {
  if (hash.length !== HASH_SIZE) throw new RangeError(`${label}: got ${hash.length} bytes, want ${HASH_SIZE}`)
}

/**
 * Root hash implied by an inclusion proof.
 *
 * Says nothing about whether that root is to be trusted.
 *
 * @returns 32 bytes
 * @throws {ColophonError} PROOF_INVALID  the index lies outside the tree
 * @throws {ColophonError} PROOF_LENGTH   the tree and the index take another number of hashes
 * @throws {RangeError} a hash that is not 32 bytes, an index or size that is not 0 .. 2^63 - 1
 */
export function rootFromInclusionProof(
  { leafHash, leafIndex, treeSize, proof }: InclusionProof,
  sha256?: Sha256,
): Uint8Array {
  checkTreeSize(leafIndex, 'leafIndex')
  checkTreeSize(treeSize, 'treeSize')
  checkHash(leafHash, 'leafHash')
  if (leafIndex >= treeSize) {
    throw new ColophonError('PROOF_INVALID', `index ${leafIndex} is outside a tree of ${treeSize} leaves`)
  }
  const inner = bitLength(leafIndex ^ (treeSize - 1n))
  const border = countOnes(leafIndex >> BigInt(inner))
  if (proof.length !== inner + border) {
    throw new ColophonError('PROOF_LENGTH', `inclusion proof has ${proof.length} hashes, want ${inner + border}`)
  }
  return proof.reduce((hash, sibling, level) => {
    checkHash(sibling, `proof[${level}]`)
    const onLeft = level >= inner || ((leafIndex >> BigInt(level)) & 1n) === 1n
    return nodeHash(onLeft ? { left: sibling, right: hash } : { left: hash, right: sibling }, sha256)
  }, leafHash)
}

/**
 * Checks that a leaf is in the tree with the given root.
 *
 * @param input.rootHash  32 bytes, from a source that the caller trusts (a verified checkpoint)
 * @throws {ColophonError} PROOF_INVALID  the proof leads to another root, or the index lies outside the tree
 * @throws {ColophonError} PROOF_LENGTH   the tree and the index take another number of hashes
 * @throws {RangeError} as `rootFromInclusionProof`
 */
export function verifyInclusion(input: InclusionProof & { readonly rootHash: Uint8Array }, sha256?: Sha256): void {
  checkHash(input.rootHash, 'rootHash')
  const implied = rootFromInclusionProof(input, sha256)
  if (!equalBytes({ left: implied, right: input.rootHash })) {
    throw new ColophonError('PROOF_INVALID', 'the inclusion proof leads to another root hash than the tree has')
  }
}
