/**
 * Proofs made from tiles, compared with those of a naive tree: of every leaf and every older size, for some sizes.
 */
import { type TileReader, TileTree, tilePath } from '../../src/core/tiles/index.ts'
import { nodeSha256 } from '../../src/node/keys/index.ts'
import type { NaiveTree } from './naive-tree.ts'

export interface CheckTileProofsInput {
  readonly tree: NaiveTree
  readonly sizes: readonly number[]
  /** Asked for each tile once per width. */
  readonly readTile: TileReader
}

export async function checkTileProofs({ tree, sizes, readTile }: CheckTileProofsInput): Promise<void> {
  const read = new Map<string, ReturnType<TileReader>>()
  const readOnce: TileReader = (tile) => {
    const path = tilePath(tile)
    const hashes = read.get(path) ?? readTile(tile)
    read.set(path, hashes)
    return hashes
  }
  for (const size of sizes) {
    const head = { size: BigInt(size), root: tree.root(0, size) }
    const tiles = await TileTree.open({ readTile: readOnce, head, sha256: nodeSha256 })
    for (let at = 0; at < size; at++) {
      const { leafHash, proof } = await tiles.proveInclusion(BigInt(at))
      requireSame([leafHash, ...proof], [tree.leafHash(at), ...tree.path(at, 0, size)], `leaf ${at} of ${size}`)
      const { first, proof: consistency } = await tiles.proveConsistency(BigInt(at))
      requireSame([first.root, ...consistency], [tree.root(0, at), ...tree.consistency(at, size)], `${at} and ${size}`)
    }
  }
}

function requireSame(got: readonly Uint8Array[], want: readonly Uint8Array[], what: string): void {
  if (!Buffer.concat(got).equals(Buffer.concat(want))) throw new Error(`another proof: ${what}`)
}
