/**
 * Consistency proofs: RFC 6962 section 2.1.2, checked as RFC 9162 section 2.1.4.2 does.
 *
 * They show that the newer tree begins with all the leaves of the older one. From the empty tree the proof is empty and
 * shows nothing (C2SP tlog-witness; RFC 6962 leaves the case open).
 *
 * @module
 */
import { equalBytes } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import type { Sha256 } from '../hash/index.ts'
import { consistencyRanges } from './consistency-path.ts'
import { emptyRoot, nodeHash } from './hasher.ts'
import { checkHash } from './inclusion-proof.ts'
import { checkTreeSize } from './tree-range.ts'

export interface TreeHead {
  readonly size: bigint // 0n .. 2n ** 63n - 1n
  readonly root: Uint8Array // 32 bytes
}

export interface ConsistencyProof {
  readonly first: TreeHead // the older one
  readonly second: TreeHead // the newer one
  readonly proof: readonly Uint8Array[] // hashes of 32 bytes
}

/** Both roots that a proof implies; requires first.size to be 1n or more and below second.size. */
function impliedRoots(
  { first, second, proof }: ConsistencyProof,
  sha256?: Sha256,
): { readonly older: Uint8Array; readonly newer: Uint8Array } {
  let node = first.size - 1n
  let last = second.size - 1n
  while ((node & 1n) === 1n) {
    node >>= 1n
    last >>= 1n
  }
  // Complete older tree: the proof does not repeat its root.
  const hashes = node === 0n ? [first.root, ...proof] : proof
  let older = hashes[0] as Uint8Array
  let newer = older
  for (const hash of hashes.slice(1)) {
    if ((node & 1n) === 1n || node === last) {
      older = nodeHash({ left: hash, right: older }, sha256)
      newer = nodeHash({ left: hash, right: newer }, sha256)
      while ((node & 1n) === 0n && node !== 0n) {
        node >>= 1n
        last >>= 1n
      }
    } else {
      newer = nodeHash({ left: newer, right: hash }, sha256)
    }
    node >>= 1n
    last >>= 1n
  }
  return { older, newer }
}

function invalid(message: string): ColophonError {
  return new ColophonError('PROOF_INVALID', message)
}

/**
 * Checks that the tree `second` begins with the tree `first`.
 *
 * @throws {ColophonError} PROOF_INVALID  the proof leads to other roots, the sizes shrink, equal sizes have two roots, or
 *   an empty tree has another root than SHA-256 of nothing
 * @throws {ColophonError} PROOF_LENGTH   the sizes take another number of hashes
 * @throws {RangeError} a hash that is not 32 bytes, a size that is not 0 .. 2^63 - 1
 */
export function verifyConsistency({ first, second, proof }: ConsistencyProof, sha256?: Sha256): void {
  checkTreeSize(first.size, 'first.size')
  checkTreeSize(second.size, 'second.size')
  checkHash(first.root, 'first.root')
  checkHash(second.root, 'second.root')
  for (const [position, hash] of proof.entries()) checkHash(hash, `proof[${position}]`)
  if (first.size > second.size) throw invalid(`tree shrinks from ${first.size} to ${second.size} leaves`)
  const want = consistencyRanges({ first: first.size, second: second.size }).length
  if (proof.length !== want) {
    throw new ColophonError('PROOF_LENGTH', `consistency proof has ${proof.length} hashes, want ${want}`)
  }
  for (const { size, root } of [first, second]) {
    if (size === 0n && !equalBytes({ left: root, right: emptyRoot(sha256) })) {
      throw invalid('a tree of 0 leaves has another root hash than the empty tree')
    }
  }
  if (first.size === 0n) return
  const { older, newer } =
    first.size === second.size
      ? { older: second.root, newer: second.root }
      : impliedRoots({ first, second, proof }, sha256)
  if (!equalBytes({ left: older, right: first.root })) throw invalid('the proof leads to another first root hash')
  if (!equalBytes({ left: newer, right: second.root })) throw invalid('the proof leads to another second root hash')
}
