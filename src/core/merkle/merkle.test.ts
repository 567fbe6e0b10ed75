import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  completeSubtrees,
  consistencyPath,
  emptyRoot,
  inclusionPath,
  joinSubtrees,
  leafHash,
  MAX_TREE_SIZE,
  nodeHash,
  RightEdge,
  rootFromInclusionProof,
  rootHash,
  type Subtree,
  verifyConsistency,
  verifyInclusion,
} from './index.ts'

const SIZE = 64
const leaves = Array.from({ length: 300 }, (_, index) => leafHash(Uint8Array.of(index & 255, index >> 8)))
const roots = leaves.map((_, size) => rootHash(leaves.slice(0, size)))

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

/** RFC 6962 section 2.1.1, word for word. */
function naivePath(index: number, hashes: readonly Uint8Array[]): Uint8Array[] {
  if (hashes.length <= 1) return []
  let k = 1
  while (k * 2 < hashes.length) k *= 2
  return index < k
    ? [...naivePath(index, hashes.slice(0, k)), rootHash(hashes.slice(k))]
    : [...naivePath(index - k, hashes.slice(k)), rootHash(hashes.slice(0, k))]
}

/** RFC 6962 section 2.1.2, word for word. */
function naiveConsistency(first: number, hashes: readonly Uint8Array[], known = true): Uint8Array[] {
  if (first === hashes.length) return known ? [] : [rootHash(hashes)]
  let k = 1
  while (k * 2 < hashes.length) k *= 2
  return first <= k
    ? [...naiveConsistency(first, hashes.slice(0, k), known), rootHash(hashes.slice(k))]
    : [...naiveConsistency(first - k, hashes.slice(k), false), rootHash(hashes.slice(0, k))]
}

function fetchSubtree({ level, index }: Subtree): Uint8Array {
  const width = 2 ** level
  return rootHash(leaves.slice(Number(index) * width, (Number(index) + 1) * width))
}

const fetchProof = (path: readonly (readonly Subtree[])[]) =>
  path.map((subtrees) => joinSubtrees(subtrees.map(fetchSubtree)))

function flipBit(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(bytes)
  copy[bit >> 3] = (copy[bit >> 3] as number) ^ (1 << (bit & 7))
  return copy
}

const included = (input: Parameters<typeof verifyInclusion>[0]): boolean => {
  try {
    verifyInclusion(input)
    return true
  } catch {
    return false
  }
}

describe('hashes', () => {
  test('known answers of RFC 6962', () => {
    expect(hex(emptyRoot())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(hex(leafHash(new Uint8Array(0)))).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d')
    expect(hex(nodeHash({ left: Buffer.from('N123'), right: Buffer.from('N456') }))).toBe(
      'aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb',
    )
  })

  test('an injected hash is used everywhere', () => {
    let calls = 0
    const counted = (data: Uint8Array) => {
      calls += 1
      return Uint8Array.from(createHash('sha256').update(data).digest())
    }
    const edge = new RightEdge(undefined, counted)
    edge.append(leafHash(Uint8Array.of(1), counted))
    edge.append(leafHash(Uint8Array.of(2), counted))
    edge.root()
    expect(calls).toBe(3)
  })
})

describe('inclusion', () => {
  test('every index and size up to 64 agrees with the naive tree', () => {
    for (let size = 1; size <= SIZE; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const proof = naivePath(index, leaves.slice(0, size))
        expect(fetchProof(inclusionPath({ index: BigInt(index), size: BigInt(size) }))).toEqual(proof)
        const position = { leafHash: leaves[index] as Uint8Array, leafIndex: BigInt(index), treeSize: BigInt(size) }
        expect(rootFromInclusionProof({ ...position, proof })).toEqual(roots[size])
      }
    }
  })

  test('any index and size agrees with the naive tree', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 299 }), fc.nat(), (size, seed) => {
        const index = seed % size
        const proof = fetchProof(inclusionPath({ index: BigInt(index), size: BigInt(size) }))
        expect(proof).toEqual(naivePath(index, leaves.slice(0, size)))
      }),
      { numRuns: 50 },
    )
  })

  test('every mutation is refused', () => {
    for (const size of [1, 2, 3, 7, 8, 21]) {
      for (let index = 0; index < size; index += 1) {
        const good = {
          leafHash: leaves[index] as Uint8Array,
          leafIndex: BigInt(index),
          treeSize: BigInt(size),
          proof: naivePath(index, leaves.slice(0, size)),
          rootHash: roots[size] as Uint8Array,
        }
        expect(included(good)).toBe(true)
        expect(included({ ...good, leafHash: flipBit(good.leafHash, index) })).toBe(false)
        expect(included({ ...good, rootHash: flipBit(good.rootHash, 255 - index) })).toBe(false)
        expect(() => verifyInclusion({ ...good, proof: [...good.proof, emptyRoot()] })).toThrowCode('PROOF_LENGTH')
        for (let other = 0; other < size; other += 1) {
          if (other !== index) expect(included({ ...good, leafIndex: BigInt(other) })).toBe(false)
        }
        for (const [place, hash] of good.proof.entries()) {
          expect(included({ ...good, proof: good.proof.with(place, flipBit(hash, (index * 37) & 255)) })).toBe(false)
          expect(() => verifyInclusion({ ...good, proof: good.proof.toSpliced(place, 1) })).toThrowCode('PROOF_LENGTH')
        }
        expect(() => verifyInclusion({ ...good, leafIndex: good.treeSize })).toThrowCode('PROOF_INVALID')
      }
    }
  })

  test('another size is refused where it takes another proof', () => {
    const good = { leafHash: leaves[2] as Uint8Array, leafIndex: 2n, proof: naivePath(2, leaves.slice(0, 5)) }
    for (let size = 0n; size <= 40n; size += 1n) {
      const treeSize = size
      // 5 to 8 leaves give this leaf a proof of the same shape: only the signed checkpoint tells those sizes apart.
      expect(included({ ...good, treeSize, rootHash: roots[5] as Uint8Array })).toBe(size >= 5n && size <= 8n)
    }
  })

  test('a node is not a leaf', () => {
    const node = Buffer.concat([leaves[0] as Uint8Array, leaves[1] as Uint8Array])
    const proof = naivePath(0, leaves.slice(0, 4)).slice(1)
    expect(
      included({ leafHash: leafHash(node), leafIndex: 0n, treeSize: 2n, proof, rootHash: roots[4] as Uint8Array }),
    ).toBe(false)
  })

  test('the largest tree takes 63 hashes, and caller mistakes are RangeErrors', () => {
    const hash = emptyRoot()
    const full = { leafHash: hash, leafIndex: 0n, treeSize: MAX_TREE_SIZE, proof: Array(63).fill(hash) }
    expect(rootFromInclusionProof(full)).toHaveLength(32)
    expect(() => rootFromInclusionProof({ ...full, proof: Array(64).fill(hash) })).toThrowCode('PROOF_LENGTH')
    expect(() => rootFromInclusionProof({ ...full, treeSize: 1n << 63n })).toThrow(RangeError)
    expect(() => rootFromInclusionProof({ ...full, leafIndex: -1n })).toThrow(RangeError)
    expect(() => rootFromInclusionProof({ ...full, leafHash: hash.subarray(1) })).toThrow(RangeError)
    expect(() => rootFromInclusionProof({ ...full, proof: full.proof.with(9, new Uint8Array(33)) })).toThrow(RangeError)
    expect(() => rootFromInclusionProof({ leafHash: hash, leafIndex: 0n, treeSize: 0n, proof: [] })).toThrowCode(
      'PROOF_INVALID',
    )
    expect(() => inclusionPath({ index: 3n, size: 3n })).toThrow(RangeError)
  })
})

describe('consistency', () => {
  const head = (size: number) => ({ size: BigInt(size), root: roots[size] as Uint8Array })

  test('every pair of sizes up to 64 agrees with the naive tree', () => {
    for (let second = 0; second <= SIZE; second += 1) {
      for (let first = 0; first <= second; first += 1) {
        const proof = first === 0 ? [] : naiveConsistency(first, leaves.slice(0, second))
        expect(fetchProof(consistencyPath({ first: BigInt(first), second: BigInt(second) }))).toEqual(proof)
        verifyConsistency({ first: head(first), second: head(second), proof })
      }
    }
  })

  test('every mutation is refused', () => {
    for (let second = 1; second <= 20; second += 1) {
      for (let first = 1; first < second; first += 1) {
        const good = {
          first: head(first),
          second: head(second),
          proof: naiveConsistency(first, leaves.slice(0, second)),
        }
        const bad = { ...head(first), root: flipBit(good.first.root, first) }
        expect(() => verifyConsistency({ ...good, first: bad })).toThrowCode('PROOF_INVALID')
        const worse = { ...head(second), root: flipBit(good.second.root, second) }
        expect(() => verifyConsistency({ ...good, second: worse })).toThrowCode('PROOF_INVALID')
        expect(() => verifyConsistency({ ...good, first: good.second, second: good.first })).toThrowCode(
          'PROOF_INVALID',
        )
        expect(() => verifyConsistency({ ...good, proof: [...good.proof, emptyRoot()] })).toThrowCode('PROOF_LENGTH')
        for (const [place, hash] of good.proof.entries()) {
          const flipped = good.proof.with(place, flipBit(hash, (place * 41 + first) & 255))
          expect(() => verifyConsistency({ ...good, proof: flipped })).toThrowCode('PROOF_INVALID')
          expect(() => verifyConsistency({ ...good, proof: good.proof.toSpliced(place, 1) })).toThrowCode(
            'PROOF_LENGTH',
          )
        }
      }
    }
  })

  test('edges: equal sizes, the empty tree, sizes out of range', () => {
    const other = { size: 5n, root: roots[6] as Uint8Array }
    expect(() => verifyConsistency({ first: head(5), second: other, proof: [] })).toThrowCode('PROOF_INVALID')
    expect(() => verifyConsistency({ first: head(5), second: head(5), proof: [emptyRoot()] })).toThrowCode(
      'PROOF_LENGTH',
    )
    expect(() => verifyConsistency({ first: head(0), second: head(5), proof: [emptyRoot()] })).toThrowCode(
      'PROOF_LENGTH',
    )
    const notEmpty = { size: 0n, root: roots[6] as Uint8Array }
    expect(() => verifyConsistency({ first: notEmpty, second: head(6), proof: [] })).toThrowCode('PROOF_INVALID')
    const huge = { size: 1n << 63n, root: emptyRoot() }
    expect(() => verifyConsistency({ first: head(1), second: huge, proof: [] })).toThrow(RangeError)
  })
})

describe('right edge', () => {
  test('grows to the naive root, tells the subtrees it completes, and goes on from its state', () => {
    let edge = new RightEdge()
    expect(edge.root()).toEqual(emptyRoot())
    for (let size = 1; size < 130; size += 1) {
      const completed = edge.append(leaves[size - 1] as Uint8Array)
      for (const subtree of completed) expect(subtree.hash).toEqual(fetchSubtree(subtree))
      const last = BigInt(size)
      const nodes = completed.at(-1) as Subtree
      expect(last % (1n << BigInt(nodes.level))).toBe(0n)
      expect(edge.root()).toEqual(roots[size])
      expect(edge.hashes).toEqual(completeSubtrees({ start: 0n, end: last }).map(fetchSubtree))
      edge = new RightEdge({ size: edge.size, hashes: edge.hashes })
    }
  })

  test('refuses a state that does not fit', () => {
    expect(() => new RightEdge({ size: 3n, hashes: [emptyRoot()] })).toThrow(RangeError)
    expect(() => new RightEdge({ size: 1n, hashes: [new Uint8Array(31)] })).toThrow(RangeError)
    expect(() => new RightEdge({ size: -1n, hashes: [] })).toThrow(RangeError)
    expect(() => new RightEdge().append(new Uint8Array(31))).toThrow(RangeError)
  })
})
