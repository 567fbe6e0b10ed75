/**
 * How this implementation runs a case of `commitment`.
 *
 * @module
 */

import { sha256 as coreSha256 } from '../../../src/core/hash/index.ts'
import {
  commitmentOf,
  type Direction,
  deriveSalts,
  hashLeaves,
  type Leaf,
  type LeafKind,
  leafHashOf,
} from '../../../src/core/spans/index.ts'
import { bytesOfHex, hexOf } from '../parts.ts'
import type { Value } from '../topic.ts'

export type CommitmentInput = {
  readonly operation: keyof typeof OPERATIONS
  readonly direction?: Direction
  readonly dialect?: string
  readonly secretHex?: string
  readonly count?: number
  readonly leaf?: Labels
  readonly index?: number
  readonly saltHex?: string
  readonly bytesHex?: string
  readonly leaves?: readonly (Labels & { readonly hex: string })[]
  readonly leafHashesHex?: string
  readonly rootHex?: string
  readonly bodyLength?: number
}

export type Labels = { readonly kind: string; readonly role: string; readonly pointer: string; readonly offset: number }

export const OPERATIONS = {
  deriveSalts: 'The salts of the first `count` leaves: `saltsHex`, one after the other.',
  hashLeaf: 'The hash of a `leaf` at `index`, with its salt and bytes: `hashHex`.',
  commit: 'The `commitmentHex` over `leafHashesHex`, one after the other. `rootHex` is a step on the way, to compare.',
  commitMessage: 'Of a message whose `leaves` have their bytes as `hex`: salts, leaf hashes and commitment.',
}

export const runCommitment = (input: CommitmentInput): Value => {
  const { operation, direction = 'request', dialect = '', index = 0, bodyLength = 0, leaves = [] } = input
  const secret = bytesOfHex(input.secretHex ?? '')
  const hash = coreSha256
  const commitTo = (leafHashes: readonly Uint8Array[]): string =>
    hexOf(commitmentOf({ direction, dialect, leafHashes, bodyLength, hash }))
  switch (operation) {
    case 'deriveSalts':
      return { saltsHex: hexOf(deriveSalts({ secret, direction, count: input.count ?? 0 })) }
    case 'hashLeaf': {
      const leaf = leafOf(input.leaf as Labels, bytesOfHex(input.bytesHex ?? ''))
      return { hashHex: hexOf(leafHashOf({ leaf, index, salt: bytesOfHex(input.saltHex ?? ''), hash })) }
    }
    case 'commit': {
      const bytes = bytesOfHex(input.leafHashesHex ?? '')
      return {
        commitmentHex: commitTo(range(bytes.length / 32).map((place) => bytes.subarray(place * 32, place * 32 + 32))),
      }
    }
    case 'commitMessage': {
      const salts = deriveSalts({ secret, direction, count: leaves.length })
      const whole = leaves.map(({ hex, ...labels }) => leafOf(labels, bytesOfHex(hex)))
      const leafHashes = hashLeaves({ leaves: whole, salts, hash })
      return { saltsHex: hexOf(salts), leafHashesHex: concat(leafHashes), commitmentHex: commitTo(leafHashes) }
    }
  }
}

const leafOf = (labels: Labels, bytes: Uint8Array): Leaf => ({ ...labels, kind: labels.kind as LeafKind, bytes })

const concat = (list: readonly Uint8Array[]): string => list.map(hexOf).join('')

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index)
