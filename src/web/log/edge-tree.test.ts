import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NaiveTree } from '../../../test/support/naive-tree.ts'
import { nodeSha256 } from '../../node/keys/node-sha256.ts'
import { EdgeTree, edgeTiles } from './edge-tree.ts'

/** Appends groups to a fast tree and a naive one and compares everything that the fast one says. */
class Comparison {
  readonly naive = new NaiveTree()
  readonly tiles = new Map<string, Uint8Array>()
  fast = new EdgeTree({ size: 0, tiles: [] }, nodeSha256)

  #entry(): Uint8Array {
    return Uint8Array.from([this.naive.size >> 16, this.naive.size >> 8, this.naive.size])
  }

  append(count: number): void {
    const base = this.naive.size
    for (let i = 0; i < count; i++) {
      this.naive.add(this.#entry())
      this.fast.append(this.naive.leafHash(base + i))
    }
  }

  /** @param stride proofs to compare: every stride-th, and the last */
  check(base: number, stride = 1): void {
    const { root, proofs } = this.fast.prove()
    expect(root).toEqual(this.naive.root())
    expect(this.fast.root()).toEqual(root)
    expect(proofs.length).toBe(this.naive.size - base)
    for (let i = 0; i < proofs.length; i++) {
      if (i % stride === 0 || i === proofs.length - 1) expect(proofs[i]).toEqual(this.naive.path(base + i))
    }
    for (const tile of this.fast.changedTiles()) this.tiles.set(`${tile.level}/${tile.index}`, tile.hashes)
  }

  /** A tree made anew from the tiles that were given out. */
  reload(): void {
    const tiles = edgeTiles(this.naive.size).map(({ level, index, width }) => {
      const hashes = this.tiles.get(`${level}/${index}`) as Uint8Array
      expect(hashes.length).toBe(width * 32)
      return hashes
    })
    this.fast = new EdgeTree({ size: this.naive.size, tiles }, nodeSha256)
    expect(this.fast.root()).toEqual(this.naive.root())
  }
}

test('roots, proofs and tiles are those of RFC 6962, for groups of any size, also after rollback and reload', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          count: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constantFrom(253, 254, 255, 256, 257, 258, 700)),
          rolledBack: fc.constantFrom(0, 0, 1, 3, 300),
          reload: fc.boolean(),
        }),
        { minLength: 1, maxLength: 6 },
      ),
      (groups) => {
        const comparison = new Comparison()
        for (const { count, rolledBack, reload } of groups) {
          const base = comparison.naive.size
          for (let i = 0; i < rolledBack; i++) comparison.fast.append(new Uint8Array(32).fill(i))
          comparison.fast.rollback()
          expect(comparison.fast.size).toBe(base)
          comparison.append(count)
          comparison.check(base, 7)
          if (reload) comparison.reload()
          else comparison.fast.settle()
        }
      },
    ),
    { numRuns: 40 },
  )
})

test('every proof of every group in the first 600 sizes', () => {
  const comparison = new Comparison()
  for (let size = 1; size <= 600; size++) {
    comparison.append(1)
    comparison.check(size - 1)
    comparison.fast.settle()
  }
})

test('65,534 to 65,538: a tile fills on two levels at once', () => {
  const comparison = new Comparison()
  comparison.append(65_534)
  comparison.check(0, 251)
  comparison.fast.settle()
  for (const count of [1, 1, 1, 1, 255, 256]) {
    const base = comparison.naive.size
    comparison.append(count)
    comparison.check(base)
    comparison.reload()
  }
  expect([...comparison.tiles.keys()].filter((name) => !name.startsWith('0/')).sort()).toEqual(['1/0', '1/1', '2/0'])
})

test('a group that crosses 65,536 rolls back to what was there', () => {
  const comparison = new Comparison()
  comparison.append(65_535)
  comparison.check(0, 1000)
  comparison.fast.settle()
  for (let i = 0; i < 600; i++) comparison.fast.append(new Uint8Array(32).fill(7))
  comparison.fast.rollback()
  expect(comparison.fast.root()).toEqual(comparison.naive.root())
  comparison.append(2)
  comparison.check(65_535)
})

test('memory stays one tile per level', () => {
  const tree = new EdgeTree({ size: 0, tiles: [] }, nodeSha256)
  for (let i = 0; i < 3000; i++) tree.append(new Uint8Array(32))
  tree.settle()
  tree.append(new Uint8Array(32))
  expect(tree.changedTiles().map(({ level, index }) => `${level}/${index}`)).toEqual(['0/11'])
})
