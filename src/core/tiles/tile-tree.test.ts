import { describe, expect, test } from 'vitest'
import { naiveTile, naiveTiles } from '../../../test/support/naive-tiles.ts'
import { NaiveTree } from '../../../test/support/naive-tree.ts'
import { nodeSha256 } from '../../node/keys/index.ts'
import { type TileCoordinates, type TileReader, TileTree, tilePath } from './index.ts'

/** Two full tiles of level 1 would take 131,072 leaves; one and a bit takes enough. */
const LARGE = 65_536 + 256 + 300

const tree = new NaiveTree()
for (let i = 0; i < LARGE; i++) tree.add(Buffer.from(`entry ${i}`))

const headOf = (size: number) => ({ size: BigInt(size), root: tree.root(0, size) })

const open = (size: number, readTile: TileReader = naiveTiles(tree, size)) =>
  TileTree.open({ readTile, head: headOf(size), sha256: nodeSha256 })

/** Reads what a tree of `size` has, with one tile replaced. */
const spoiled =
  (size: number, path: string, change: (hashes: Uint8Array) => Uint8Array | undefined): TileReader =>
  async (tile) => {
    const hashes = naiveTile(tree, tile, size)
    return hashes !== undefined && tilePath(tile) === path ? change(hashes) : hashes
  }

const flipped = (hashes: Uint8Array, at: number): Uint8Array =>
  Uint8Array.from(hashes, (byte, i) => (i === at ? byte ^ 1 : byte))

const SIZES = [1, 2, 255, 256, 257, 511, 512, 1000, 65_535, 65_536, 65_537, LARGE]

describe.each(SIZES)('a tree of %i leaves', (size) => {
  const someUpTo = (end: number): number[] =>
    [0, 1, 2, 254, 255, 256, 257, 300, 511, 512, 65_534, 65_535, 65_536, 65_537, end - 1, end].filter(
      (at) => at >= 0 && at <= end,
    )

  test('proves every inclusion and consistency as the naive tree does', async () => {
    const tiles = await open(size)
    for (const index of someUpTo(size - 1)) {
      const { leafHash, proof } = await tiles.proveInclusion(BigInt(index))
      expect([leafHash, ...proof]).toEqual([tree.leafHash(index), ...tree.path(index, 0, size)])
    }
    for (const first of someUpTo(size)) {
      const { first: older, proof } = await tiles.proveConsistency(BigInt(first))
      expect(older).toEqual(headOf(first))
      expect(proof).toEqual(tree.consistency(first, size))
    }
  })
})

test('an empty tree has a root and no tiles', async () => {
  const tiles = await open(0)
  expect(await tiles.rootHash(0n)).toEqual(tree.root(0, 0))
  expect(await tiles.proveConsistency(0n)).toMatchObject({ proof: [] })
  const head = { size: 0n, root: tree.root(0, 1) }
  await expect(TileTree.open({ readTile: naiveTiles(tree, 0), head })).rejects.toThrowCode('TILE_MISMATCH')
})

test('each tile is read once, at its width', async () => {
  const read: string[] = []
  const counted: TileReader = (tile) => {
    read.push(tilePath(tile))
    return naiveTiles(tree)(tile)
  }
  const tiles = await open(LARGE, counted)
  expect(read.sort()).toEqual(['tile/0/258.p/44', 'tile/1/001.p/2', 'tile/2/000.p/1'])
  read.length = 0
  await Promise.all([tiles.proveInclusion(5n), tiles.proveInclusion(6n), tiles.proveConsistency(7n)])
  expect(read.sort()).toEqual(['tile/0/000', 'tile/1/000'])
})

test('no more than 64 full tiles are kept, and a proof still reads each once', async () => {
  let reads = 0
  const tiles = await open(LARGE, (tile) => {
    reads += 1
    return naiveTiles(tree)(tile)
  })
  for (let tile = 0; tile < 100; tile++) await tiles.proveInclusion(BigInt(tile * 256))
  reads = 0
  await tiles.proveInclusion(99n * 256n + 3n)
  expect(reads).toBe(0)
  await tiles.proveInclusion(3n)
  expect(reads).toBeGreaterThan(0)
})

test('a tile that has grown since is as good', async () => {
  const grown: TileReader = async ({ level, index }: TileCoordinates) => {
    const width = Math.min(Math.floor(1000 / 256 ** level) - Number(index) * 256, 256)
    return naiveTile(tree, { level, index, width }, 1000)
  }
  const tiles = await open(600, grown)
  const { proof } = await tiles.proveInclusion(599n)
  expect(proof).toEqual(tree.path(599, 0, 600))
})

test('a tile that is not the tree’s is named', async () => {
  const size = LARGE
  for (const at of [0, 31, 32 * 44 - 1]) {
    await expect(
      open(
        size,
        spoiled(size, 'tile/0/258.p/44', (hashes) => flipped(hashes, at)),
      ),
    ).rejects.toThrowCode('TILE_MISMATCH')
  }
  // Only together do the tiles of the edge vouch for the root: any of them may be the wrong one.
  await expect(
    open(
      size,
      spoiled(size, 'tile/1/001.p/2', (hashes) => flipped(hashes, 0)),
    ),
  ).rejects.toMatchObject({
    code: 'TILE_MISMATCH',
    at: 'tile/0/258.p/44, tile/1/001.p/2, tile/2/000.p/1',
  })
  for (const [path, at] of [
    ['tile/0/003', 32 * 200],
    ['tile/1/000', 32 * 77 + 9],
  ] as const) {
    const tiles = await open(
      size,
      spoiled(size, path, (hashes) => flipped(hashes, at)),
    )
    await expect(tiles.proveInclusion(3n * 256n)).rejects.toMatchObject({ code: 'TILE_MISMATCH', at: path })
    await expect(tiles.proveConsistency(800n)).rejects.toMatchObject({ code: 'TILE_MISMATCH', at: path })
    // Proofs that do not need it are as good as ever.
    await expect(tiles.proveInclusion(BigInt(size - 1))).resolves.toBeDefined()
  }
})

test('a tile is read again after it was wrong', async () => {
  let isWrong = true
  const tiles = await open(
    1000,
    spoiled(1000, 'tile/0/001', (hashes) => (isWrong ? flipped(hashes, 1) : hashes)),
  )
  await expect(tiles.proveInclusion(256n)).rejects.toThrowCode('TILE_MISMATCH')
  isWrong = false
  await expect(tiles.proveInclusion(256n)).resolves.toBeDefined()
})

test.each<[string, (hashes: Uint8Array) => Uint8Array | undefined, string]>([
  ['missing', () => undefined, 'TILE_NOT_FOUND'],
  ['empty', () => new Uint8Array(0), 'TILE_MALFORMED'],
  ['a byte short', (hashes) => hashes.subarray(1), 'TILE_MALFORMED'],
  ['a hash short', (hashes) => hashes.subarray(32), 'TILE_MALFORMED'],
  ['a byte long', (hashes) => Buffer.concat([hashes, Buffer.alloc(1)]), 'TILE_MALFORMED'],
  ['longer than a full one', (hashes) => Buffer.concat([hashes, Buffer.alloc(8192)]), 'TILE_MALFORMED'],
])('a tile that is %s is named', async (_, change, code) => {
  await expect(open(300, spoiled(300, 'tile/0/001.p/44', change))).rejects.toMatchObject({
    code,
    at: 'tile/0/001.p/44',
  })
  const tiles = await open(300, spoiled(300, 'tile/0/000', change))
  await expect(tiles.proveInclusion(0n)).rejects.toMatchObject({ code, at: 'tile/0/000' })
})

test('what is not in the tree is a caller mistake', async () => {
  const tiles = await open(300)
  await expect(tiles.proveInclusion(300n)).rejects.toThrow(RangeError)
  await expect(tiles.leafHash(-1n)).rejects.toThrow(RangeError)
  await expect(tiles.proveConsistency(301n)).rejects.toThrow(RangeError)
  await expect(tiles.rootHash(301n)).rejects.toThrow(RangeError)
})
