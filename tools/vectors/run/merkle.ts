/**
 * How this implementation runs a case of `merkle`.
 *
 * @module
 */
import { leafHash, rootHash, verifyConsistency, verifyInclusion } from '../../../src/core/merkle/index.ts'
import { bytesOfHex, hexOf } from '../parts.ts'
import type { Value } from '../topic.ts'

export type MerkleInput = {
  readonly operation: keyof typeof OPERATIONS
  readonly entries?: readonly string[]
  readonly leafHashHex?: string
  readonly index?: string
  readonly size?: string
  readonly rootHashHex?: string
  readonly first?: Head
  readonly second?: Head
  readonly hashes?: readonly string[]
}

export type Head = { readonly size: string; readonly rootHashHex: string }

export const OPERATIONS = {
  hashTree:
    'The tree over `entries` (each in hexadecimal), in their order: `leafHashes` in hexadecimal, and `rootHashHex`.',
  verifyInclusion:
    'Whether `hashes` (in hexadecimal) prove that the leaf with the hash `leafHashHex` is at `index` in the tree with ' +
    '`size` leaves and the root `rootHashHex`; `accept` is empty.',
  verifyConsistency:
    'Whether `hashes` prove that the tree `second` begins with the tree `first`, each with its `size` and ' +
    '`rootHashHex`; `accept` is empty.',
}

export const runMerkle = ({
  operation,
  entries = [],
  leafHashHex = '',
  index = '',
  size = '',
  rootHashHex = '',
  ...rest
}: MerkleInput): Value => {
  const proof = (rest.hashes ?? []).map(bytesOfHex)
  switch (operation) {
    case 'hashTree': {
      const leaves = entries.map((entry) => leafHash(bytesOfHex(entry)))
      return { leafHashes: hexes(leaves), rootHashHex: hexOf(rootHash(leaves)) }
    }
    case 'verifyInclusion':
      verifyInclusion({
        leafHash: bytesOfHex(leafHashHex),
        leafIndex: BigInt(index),
        treeSize: BigInt(size),
        rootHash: bytesOfHex(rootHashHex),
        proof,
      })
      return {}
    case 'verifyConsistency':
      verifyConsistency({ first: headOf(rest.first), second: headOf(rest.second), proof })
      return {}
  }
}

const headOf = (given: Head | undefined) => ({
  size: BigInt(given?.size ?? 0),
  root: bytesOfHex(given?.rootHashHex ?? ''),
})

const hexes = (hashes: readonly Uint8Array[]): string[] => hashes.map(hexOf)
