/**
 * The leaf hashes of one tile's worth of entries, made from the entries themselves.
 *
 * Where entries and stored tile differ, one of the two was changed. Which one is told by what stands above: the hash that
 * the next level has for a full tile, the signed root for the last one. So one changed byte is one problem, and the rest of
 * the tree can still be checked.
 *
 * @module
 */
import { equalBytes } from '../../core/bytes/index.ts'
import type { Sha256 } from '../../core/hash/index.ts'
import { HASH_SIZE, leafHash, RightEdge } from '../../core/merkle/index.ts'
import { TILE_WIDTH } from '../../core/tiles/index.ts'
import type { DerivedTree } from './derived-tree.ts'
import type { Findings } from './findings.ts'
import type { CheckableLog } from './ports.ts'

export interface LeafReader {
  readonly log: CheckableLog
  readonly tree: DerivedTree
  /** Leaves in the whole log. */
  readonly size: bigint
  /** As the log signed it; undefined where that is not known. */
  readonly signedRoot: Uint8Array | undefined
  readonly hash: Sha256
  readonly findings: Findings
}

type Leaves = readonly (Uint8Array | undefined)[]

/** The next leaves, at most 256. @returns undefined where neither the entries nor the tile has one of them */
export async function readLeaves(input: LeafReader): Promise<readonly Uint8Array[] | undefined> {
  const { tree, size, findings } = input
  const start = tree.size
  const width = Number(size - start < TILE_WIDTH ? size - start : BigInt(TILE_WIDTH))
  const derived = await leavesOfEntries(input, { start, width })
  const stored = await leavesOfTile(input, { start, width })
  const differ = derived.flatMap((leaf, at) => (leaf !== undefined && !isSame(leaf, stored[at]) ? [at] : []))
  const entriesWrong = differ.length > 0 && (await isVouchedFor(stored, input)) && !(await isVouchedFor(derived, input))
  if (entriesWrong) {
    for (const at of differ) {
      findings.problem('ENTRY_CHANGED', `entry ${start + BigInt(at)}`, 'its hash is not the one that the tree has')
    }
  }
  const leaves = derived.map((leaf, at) => (entriesWrong ? stored[at] : (leaf ?? stored[at])))
  return isWhole(leaves) ? leaves : undefined
}

interface Range {
  readonly start: bigint
  readonly width: number
}

async function leavesOfEntries({ log, hash, findings }: LeafReader, { start, width }: Range): Promise<Leaves> {
  try {
    const entries = await log.readEntries({ start, end: start + BigInt(width) })
    if (entries.length === width) return entries.map((entry) => leafHash(entry, hash))
  } catch {
    // One of them: they are read one by one.
  }
  const leaves: (Uint8Array | undefined)[] = []
  for (let at = start; at < start + BigInt(width); at++) {
    const entries = await findings.attempt('ENTRY_MISSING', `entry ${at}`, () =>
      log.readEntries({ start: at, end: at + 1n }),
    )
    const [entry] = entries ?? []
    if (entries?.length === 0) findings.problem('ENTRY_MISSING', `entry ${at}`, 'the entry is not there')
    leaves.push(entry === undefined ? undefined : leafHash(entry, hash))
  }
  return leaves
}

/** What the stored tile has, as far as it goes. What is wrong with it is told where tiles are compared. */
async function leavesOfTile({ log }: LeafReader, { start, width }: Range): Promise<Leaves> {
  const tile = await readTileOrNothing(log, { level: 0, index: start / BigInt(TILE_WIDTH) })
  return Array.from({ length: width }, (_, at) => hashAt(tile, at))
}

async function isVouchedFor(leaves: Leaves, { log, tree, size, signedRoot, hash }: LeafReader): Promise<boolean> {
  if (!isWhole(leaves)) return false
  if (tree.size + BigInt(leaves.length) === size && signedRoot !== undefined) {
    return isSame(tree.rootWith(leaves), signedRoot)
  }
  if (leaves.length < TILE_WIDTH) return false
  const edge = new RightEdge(undefined, hash)
  for (const leaf of leaves) edge.append(leaf)
  const position = tree.size / BigInt(TILE_WIDTH)
  const parent = await readTileOrNothing(log, { level: 1, index: position / BigInt(TILE_WIDTH) })
  return isSame(edge.root(), hashAt(parent, Number(position % BigInt(TILE_WIDTH))))
}

const readTileOrNothing = (log: CheckableLog, key: { level: number; index: bigint }): Promise<Uint8Array | undefined> =>
  log.readTile(key).catch(() => undefined)

const hashAt = (tile: Uint8Array | undefined, at: number): Uint8Array | undefined =>
  tile !== undefined && tile.length >= (at + 1) * HASH_SIZE
    ? tile.subarray(at * HASH_SIZE, (at + 1) * HASH_SIZE)
    : undefined

const isSame = (left: Uint8Array, right: Uint8Array | undefined): boolean =>
  right !== undefined && equalBytes({ left, right })

const isWhole = (leaves: Leaves): leaves is readonly Uint8Array[] => leaves.every((leaf) => leaf !== undefined)
