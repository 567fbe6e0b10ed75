/**
 * The tiles of a naive tree, by the words of C2SP tlog-tiles: a tile's hash i is the root over 256^level leaves.
 */
import type { TileCoordinates, TileReader } from '../../src/core/tiles/index.ts'
import type { NaiveTree } from './naive-tree.ts'

/** A reader of the tiles that a tree of `size` leaves has, at their width and no other. */
export const naiveTiles =
  (tree: NaiveTree, size: number = tree.size): TileReader =>
  async (tile) =>
    naiveTile(tree, tile, size)

export function naiveTile(
  tree: NaiveTree,
  { level, index, width }: TileCoordinates,
  size: number = tree.size,
): Uint8Array | undefined {
  const span = 256 ** level
  const first = Number(index) * 256
  const there = Math.min(Math.floor(size / span) - first, 256)
  if (width !== there) return undefined
  return Buffer.concat(Array.from({ length: width }, (_, i) => tree.root((first + i) * span, (first + i + 1) * span)))
}
