/**
 * A disclosed message against its commitment: do these leaves hash to what was committed to, and do they tile a body
 * (`docs/spec/disclosure.md`, "Opening")?
 *
 * @module
 */
import { equalBytes, joinBytes } from '../bytes/index.ts'
import type { DisclosedLeaf } from '../disclosure/index.ts'
import { ColophonError } from '../errors.ts'
import type { Sha256 } from '../hash/index.ts'
import { commitmentOf, type Direction, HEAD_KINDS, type Leaf, leafHashOf } from '../spans/index.ts'

export interface OpenedMessage {
  /** The leaves that are open, each proven at its place. */
  readonly open: readonly Leaf[]
  readonly closedCount: number
  /** Every leaf in order, where all of them are open. */
  readonly all: readonly Leaf[] | undefined
}

export interface OpenMessageInput {
  readonly leaves: readonly DisclosedLeaf[]
  readonly direction: Direction
  readonly dialect: string
  /** 32 bytes. */
  readonly commitment: Uint8Array
  readonly hash: Sha256
}

/** @throws {ColophonError} DISCLOSURE_MISMATCH */
export function openMessage({ leaves, direction, dialect, commitment, hash }: OpenMessageInput): OpenedMessage {
  if (leaves.length === 0) throw mismatch(`the ${direction} has no leaves`)
  const bodyLength = lengthOfBody(leaves, direction)
  const leafHashes = leaves.map((leaf, index) =>
    leaf.state === 'closed' ? leaf.hash : leafHashOf({ leaf, index, salt: leaf.salt, hash }),
  )
  const opened = commitmentOf({ direction, dialect, leafHashes, bodyLength, hash })
  if (!equalBytes({ left: opened, right: commitment })) {
    throw mismatch(`the ${direction}'s leaves do not open the commitment`)
  }
  const open = leaves.filter((leaf) => leaf.state === 'open')
  const closedCount = leaves.length - open.length
  return { open, closedCount, all: closedCount === 0 ? open : undefined }
}

const HEAD: ReadonlySet<string> = new Set(HEAD_KINDS)

export const isHeadLeaf = ({ kind }: { readonly kind: string }): boolean => HEAD.has(kind)

/** The bytes of a whole message's body. */
export const bodyOf = (leaves: readonly Leaf[]): Uint8Array =>
  joinBytes(leaves.filter((leaf) => !isHeadLeaf(leaf)).map(({ bytes }) => bytes))

/** Head leaves first, then the body's, which tile it from its first byte. */
function lengthOfBody(leaves: readonly DisclosedLeaf[], direction: Direction): number {
  const headCount = leaves.findIndex((leaf) => !isHeadLeaf(leaf))
  const body = headCount < 0 ? [] : leaves.slice(headCount)
  let end = 0
  for (const leaf of body) {
    if (isHeadLeaf(leaf)) throw mismatch(`a head leaf of the ${direction} stands among those of the body`)
    if (leaf.offset !== end) throw mismatch(`the ${direction}'s leaves leave a gap or overlap at byte ${end}`)
    end += leaf.state === 'closed' ? leaf.length : leaf.bytes.length
    if (!Number.isSafeInteger(end)) throw mismatch(`the ${direction}'s leaves are longer than any body`)
  }
  return end
}

const mismatch = (message: string): ColophonError => new ColophonError('DISCLOSURE_MISMATCH', message)
