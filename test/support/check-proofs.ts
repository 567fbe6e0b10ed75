/**
 * Proofs compared with a naive tree's, and verified: all of some sizes, and some of large ones.
 */
import {
  consistencyPath,
  inclusionPath,
  joinSubtrees,
  type Subtree,
  verifyConsistency,
  verifyInclusion,
} from '../../src/core/merkle/index.ts'
import { nodeSha256 } from '../../src/node/keys/index.ts'
import { NaiveTree } from './naive-tree.ts'
import { SparseTree } from './sparse-tree.ts'

/** What both kinds of tree are asked. */
interface Oracle {
  readonly leafHash: (index: bigint) => Uint8Array
  /** Of the first `size` leaves. */
  readonly root: (size: bigint) => Uint8Array
  readonly subtree: (subtree: Subtree) => Uint8Array
  readonly path: (index: bigint, size: bigint) => readonly Uint8Array[]
  readonly consistency: (first: bigint, second: bigint) => readonly Uint8Array[]
}

/** The hashes that a path names. */
const fetched = (path: readonly (readonly Subtree[])[], oracle: Oracle): Uint8Array[] =>
  path.map((subtrees) => joinSubtrees(subtrees.map(oracle.subtree), nodeSha256))

/** Far faster than toEqual, of which there would be millions. */
function requireSame(got: readonly Uint8Array[], want: readonly Uint8Array[], what: string): void {
  if (Buffer.compare(Buffer.concat(got), Buffer.concat(want)) !== 0) throw new Error(`another proof for ${what}`)
}

function checkInclusion(oracle: Oracle, { index, size }: { index: bigint; size: bigint }): void {
  const proof = fetched(inclusionPath({ index, size }), oracle)
  requireSame(proof, oracle.path(index, size), `leaf ${index} of ${size}`)
  const leaf = { leafHash: oracle.leafHash(index), leafIndex: index, treeSize: size, proof }
  verifyInclusion({ ...leaf, rootHash: oracle.root(size) }, nodeSha256)
}

function checkConsistency(oracle: Oracle, { first, second }: { first: bigint; second: bigint }): void {
  const proof = fetched(consistencyPath({ first, second }), oracle)
  requireSame(proof, oracle.consistency(first, second), `${first} and ${second} leaves`)
  const headOf = (size: bigint) => ({ size, root: oracle.root(size) })
  verifyConsistency({ first: headOf(first), second: headOf(second), proof }, nodeSha256)
}

/** Every leaf, and every older size, of every tree in a range of sizes. */
export function checkAllProofs({ from, to }: { readonly from: number; readonly to: number }): void {
  const tree = new NaiveTree()
  for (let i = 0; i < to; i++) tree.add(Buffer.from(`entry ${i}`))
  const roots = Array.from({ length: to + 1 }, (_, size) => tree.root(0, size))
  const oracle: Oracle = {
    leafHash: (index) => tree.leafHash(Number(index)),
    root: (size) => roots[Number(size)] as Uint8Array,
    subtree: ({ level, index }) => tree.root(Number(index) * 2 ** level, (Number(index) + 1) * 2 ** level),
    path: (index, size) => tree.path(Number(index), 0, Number(size)),
    consistency: (first, second) => tree.consistency(Number(first), Number(second)),
  }
  for (let size = BigInt(from); size <= to; size++) {
    for (let index = 0n; index < size; index++) checkInclusion(oracle, { index, size })
    for (let first = 0n; first <= size; first++) checkConsistency(oracle, { first, second: size })
  }
}

/** Pairs of sizes below 2^40, of every magnitude: that the older tree's last leaf is in the newer one, and consistency. */
export function checkRandomProofs({ pairs, seed }: { readonly pairs: number; readonly seed: number }): void {
  const random = randomNumbers(seed)
  for (let pair = 0; pair < pairs; pair++) {
    const second = 1n + random(1n << (1n + random(40n)))
    const first = 1n + random(second)
    const tree = new SparseTree([first - 1n, random(second)])
    const oracle: Oracle = {
      leafHash: (index) => tree.leafHash(index),
      root: (size) => tree.root(0n, size),
      subtree: ({ level, index }) => tree.root(index << BigInt(level), (index + 1n) << BigInt(level)),
      path: (index, size) => tree.path(index, 0n, size),
      consistency: (older, newer) => tree.consistency(older, newer),
    }
    checkInclusion(oracle, { index: first - 1n, size: second })
    checkConsistency(oracle, { first, second })
  }
}

/** Numbers below a bound, the same ones for a seed: xorshift64*. */
function randomNumbers(seed: number): (below: bigint) => bigint {
  let state = BigInt(seed) | 1n
  return (below) => {
    state ^= state >> 12n
    state ^= BigInt.asUintN(64, state << 25n)
    state ^= state >> 27n
    return (BigInt.asUintN(64, state * 0x2545f4914f6cdd1dn) >> 8n) % below
  }
}
