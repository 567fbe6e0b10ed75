/**
 * Vectors of the tree of a log: `docs/spec/log-entry.md`, "Inclusion", and `docs/spec/log.md`, "Consistency". Roots and
 * proofs by the words of RFC 6962, recursive, on Node's crypto.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import type { ErrorCode } from '../../src/core/errors.ts'
import { NaiveTree } from '../../test/support/naive-tree.ts'
import { hexOf } from './parts.ts'
import { type Head, type MerkleInput as In, OPERATIONS, runMerkle } from './run/merkle.ts'
import type { Case, Topic } from './topic.ts'

const INCLUSION = 'docs/spec/log-entry.md#inclusion'
const CONSISTENCY = 'docs/spec/log.md#consistency'

const sha256 = (...parts: readonly Uint8Array[]): Uint8Array =>
  new Uint8Array(createHash('sha256').update(Buffer.concat(parts)).digest())

const ENTRIES = Array.from({ length: 11 }, (_, number) => Buffer.from(`entry ${number}`))

function treeOf(entries: readonly Uint8Array[]): NaiveTree {
  const tree = new NaiveTree()
  for (const entry of entries) tree.add(entry)
  return tree
}

const TREE = treeOf(ENTRIES)
const hexes = (hashes: readonly Uint8Array[]): string[] => hashes.map(hexOf)

const hashes = (name: string, entries: readonly Uint8Array[]): Case<In> => {
  const tree = treeOf(entries)
  return {
    name: `tree-${name}`,
    rule: INCLUSION,
    operation: 'hashTree',
    entries: entries.map(hexOf),
    accept: { leafHashes: entries.map((_, index) => hexOf(tree.leafHash(index))), rootHashHex: hexOf(tree.root()) },
  }
}

const [A, B, C] = ['a', 'b', 'c'].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer]

const TREES: readonly Case<In>[] = [
  hashes('of-nothing', []),
  hashes('of-one-empty-entry', [Buffer.alloc(0)]),
  hashes('of-three', [A, B, C]),
  hashes('of-three-and-the-last-again', [A, B, C, C]),
  hashes('of-eleven', ENTRIES),
]

interface Inclusion {
  readonly leaf: Uint8Array
  readonly index: bigint
  readonly size: bigint
  readonly root: Uint8Array
  readonly path: readonly Uint8Array[]
}

/** The proof of an entry in the first `size` entries. */
const proofOf = (index: number, size: number): Inclusion => ({
  leaf: TREE.leafHash(index),
  index: BigInt(index),
  size: BigInt(size),
  root: TREE.root(0, size),
  path: TREE.path(index, 0, size),
})

const inclusion = (name: string, { leaf, index, size, root, path }: Inclusion, reject?: ErrorCode): Case<In> => ({
  name: `inclusion-${name}`,
  rule: INCLUSION,
  operation: 'verifyInclusion',
  leafHashHex: hexOf(leaf),
  index: String(index),
  size: String(size),
  rootHashHex: hexOf(root),
  hashes: hexes(path),
  ...(reject === undefined ? { accept: {} } : { reject }),
})

const sibling = (level: number): Uint8Array => sha256(Buffer.from(`sibling ${level}`))

/** PATH of a tree that is too large to be made: the siblings are any hashes, and the root is that of the definition. */
function proofInLarge(index: bigint, size: bigint): Inclusion {
  const leaf = TREE.leafHash(0)
  const climb = (at: bigint, leaves: bigint): { root: Uint8Array; path: Uint8Array[] } => {
    if (leaves === 1n) return { root: leaf, path: [] }
    let split = 1n
    while (split * 2n < leaves) split *= 2n
    const left = at < split
    const below = left ? climb(at, split) : climb(at - split, leaves - split)
    const other = sibling(below.path.length)
    const root = left ? sha256(Uint8Array.of(1), below.root, other) : sha256(Uint8Array.of(1), other, below.root)
    return { root, path: [...below.path, other] }
  }
  return { leaf, index, size, ...climb(index, size) }
}

const LARGEST = 2n ** 63n - 1n
const GOOD = proofOf(4, 7)
/** Two hashes that an attacker passes off as an entry, one level up. */
const NODE_AS_ENTRY = sha256(Uint8Array.of(0), TREE.leafHash(4), TREE.leafHash(5))

const INCLUSIONS: readonly Case<In>[] = [
  inclusion('alone', proofOf(0, 1)),
  inclusion('first-of-two', proofOf(0, 2)),
  inclusion('last-of-three', proofOf(2, 3)),
  inclusion('middle-of-seven', GOOD),
  inclusion('last-of-seven', proofOf(6, 7)),
  inclusion('first-of-eight', proofOf(0, 8)),
  inclusion('last-of-eleven', proofOf(10, 11)),
  inclusion('first-of-2-to-the-63-minus-1', proofInLarge(0n, LARGEST)),
  inclusion('last-of-2-to-the-63-minus-1', proofInLarge(LARGEST - 1n, LARGEST)),
  inclusion('last-of-2-to-the-62-plus-1', proofInLarge(2n ** 62n, 2n ** 62n + 1n)),
  inclusion('of-an-odd-index-beyond-2-to-the-53', proofInLarge(2n ** 53n + 1n, 2n ** 53n + 2n)),
  // The root binds the size, the proof does not: hence both come from one signed checkpoint.
  inclusion('that-fits-another-size-too', { ...GOOD, size: 8n }),
  inclusion('index-is-the-size', { ...GOOD, index: 7n }, 'PROOF_INVALID'),
  inclusion('index-above-the-size', { ...GOOD, index: 8n }, 'PROOF_INVALID'),
  inclusion('in-the-empty-tree', { ...proofOf(0, 1), size: 0n, root: sha256() }, 'PROOF_INVALID'),
  inclusion('hash-too-few', { ...GOOD, path: GOOD.path.slice(0, -1) }, 'PROOF_LENGTH'),
  inclusion('hash-too-many', { ...GOOD, path: [...GOOD.path, sibling(0)] }, 'PROOF_LENGTH'),
  inclusion('root-as-the-last-hash', { ...GOOD, path: [...GOOD.path, GOOD.root] }, 'PROOF_LENGTH'),
  inclusion('alone-with-a-hash', { ...proofOf(0, 1), path: [sibling(0)] }, 'PROOF_LENGTH'),
  inclusion('none-where-some-are-due', { ...GOOD, path: [] }, 'PROOF_LENGTH'),
  inclusion(
    'inner-node-as-a-leaf',
    { ...GOOD, leaf: NODE_AS_ENTRY, index: 2n, size: 4n, path: GOOD.path.slice(1) },
    'PROOF_INVALID',
  ),
  inclusion('another-leaf', { ...GOOD, leaf: TREE.leafHash(5) }, 'PROOF_INVALID'),
  inclusion('neighbouring-index', { ...GOOD, index: 5n }, 'PROOF_INVALID'),
  inclusion('another-root', { ...GOOD, root: TREE.root(0, 8) }, 'PROOF_INVALID'),
  inclusion(
    'hashes-swapped',
    { ...GOOD, path: [GOOD.path[1], GOOD.path[0], ...GOOD.path.slice(2)] as Uint8Array[] },
    'PROOF_INVALID',
  ),
  inclusion('hashes-reversed', { ...GOOD, path: GOOD.path.toReversed() }, 'PROOF_INVALID'),
  inclusion('hash-changed', { ...GOOD, path: GOOD.path.with(1, sibling(1)) }, 'PROOF_INVALID'),
  inclusion('entry-hashed-without-its-prefix', { ...GOOD, leaf: sha256(ENTRIES[4] as Buffer) }, 'PROOF_INVALID'),
  inclusion(
    'large-of-the-neighbour',
    { ...proofInLarge(2n ** 53n + 1n, 2n ** 53n + 2n), index: 2n ** 53n },
    'PROOF_INVALID',
  ),
]

interface Consistency {
  readonly first: readonly [size: number, root: Uint8Array]
  readonly second: readonly [size: number, root: Uint8Array]
  readonly path: readonly Uint8Array[]
}

const head = ([size, root]: readonly [number, Uint8Array]): Head => ({ size: String(size), rootHashHex: hexOf(root) })
const between = (first: number, second: number): Consistency => ({
  first: [first, TREE.root(0, first)],
  second: [second, TREE.root(0, second)],
  path: TREE.consistency(first, second),
})
const consistency = (name: string, { first, second, path }: Consistency, reject?: ErrorCode): Case<In> => ({
  name: `consistency-${name}`,
  rule: CONSISTENCY,
  operation: 'verifyConsistency',
  first: head(first),
  second: head(second),
  hashes: hexes(path),
  ...(reject === undefined ? { accept: {} } : { reject }),
})

const GREW = between(6, 11)
const FORKED = treeOf([...ENTRIES.slice(0, 5), Buffer.from('another')])

const CONSISTENCIES: readonly Case<In>[] = [
  consistency('from-1-to-2', between(1, 2)),
  consistency('from-2-to-3', between(2, 3)),
  consistency('from-3-to-7', between(3, 7)),
  consistency('from-4-to-8', between(4, 8)),
  consistency('from-6-to-11', GREW),
  consistency('from-8-to-11', between(8, 11)),
  consistency('from-10-to-11', between(10, 11)),
  consistency('of-a-tree-with-itself', between(7, 7)),
  consistency('from-the-empty-tree', between(0, 5)),
  consistency('of-the-empty-tree-with-itself', between(0, 0)),
  consistency('equal-sizes-with-two-roots', { ...between(7, 7), first: [7, TREE.root(0, 8)] }, 'PROOF_INVALID'),
  consistency('equal-sizes-with-a-hash', { ...between(7, 7), path: [sibling(0)] }, 'PROOF_LENGTH'),
  consistency('shrinking', { ...GREW, first: GREW.second, second: GREW.first }, 'PROOF_INVALID'),
  consistency(
    'to-the-empty-tree',
    { ...between(0, 5), first: between(0, 5).second, second: [0, sha256()] },
    'PROOF_INVALID',
  ),
  consistency('from-the-empty-tree-with-a-hash', { ...between(0, 5), path: [TREE.root(0, 5)] }, 'PROOF_LENGTH'),
  consistency('empty-tree-with-another-root', { ...between(0, 5), first: [0, new Uint8Array(32)] }, 'PROOF_INVALID'),
  consistency('forked', { ...GREW, first: [6, FORKED.root()] }, 'PROOF_INVALID'),
  consistency('another-second-root', { ...GREW, second: [11, TREE.root(0, 10)] }, 'PROOF_INVALID'),
  consistency('roots-swapped', { ...GREW, first: [6, GREW.second[1]], second: [11, GREW.first[1]] }, 'PROOF_INVALID'),
  consistency('hash-too-few', { ...GREW, path: GREW.path.slice(0, -1) }, 'PROOF_LENGTH'),
  consistency('hash-too-many', { ...GREW, path: [...GREW.path, sibling(0)] }, 'PROOF_LENGTH'),
  consistency(
    'first-root-repeated',
    { ...between(4, 8), path: [TREE.root(0, 4), ...between(4, 8).path] },
    'PROOF_LENGTH',
  ),
  consistency('hash-changed', { ...GREW, path: GREW.path.with(0, sibling(0)) }, 'PROOF_INVALID'),
  consistency('hashes-reversed', { ...GREW, path: GREW.path.toReversed() }, 'PROOF_INVALID'),
  consistency(
    'proof-for-another-first-size',
    { ...GREW, first: [7, TREE.root(0, 7)], path: between(5, 11).path },
    'PROOF_INVALID',
  ),
]

export const merkle: Topic<In> = {
  topic: 'merkle',
  spec: 'docs/spec/log-entry.md',
  about: 'The Merkle tree of a log, inclusion and consistency.',
  operations: OPERATIONS,
  cases: [...TREES, ...INCLUSIONS, ...CONSISTENCIES],
  run: runMerkle,
}
