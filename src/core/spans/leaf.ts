/**
 * A leaf of a commitment: one span of a message, or one fact of its head, with everything that gives it meaning
 * (`docs/spec/commitment.md`, "Leaves").
 *
 *     leaf hash = SHA-256("colophon/leaf/v1\n" ‖ lp(salt) ‖ lp(kind) ‖ lp(role) ‖ lp(pointer)
 *                         ‖ u64(index) ‖ u64(offset) ‖ u64(length) ‖ bytes)
 *
 * lp(x) is the length of x in 4 bytes and then x; all integers are big-endian. The salt is 16 unpredictable bytes, new
 * for every leaf of every run, so that a closed leaf confirms no guess about what it holds.
 *
 * @module
 */
import { ByteWriter, encodeUtf8 } from '../bytes/index.ts'
import type { Sha256 } from '../hash/index.ts'

/** Leaves of the head, in the order they stand in a commitment; body leaves follow by offset. */
export const HEAD_KINDS = ['method', 'path', 'query', 'status', 'header', 'unrecorded', 'cutList'] as const

/**
 * - `structure`: brackets, keys, white space and the discriminators a dialect names
 * - `value`: one whole JSON value
 * - `text`: a piece of a JSON string between its quotes, where a cut list divides it
 * - `member`: key and value of an object member that the dialect does not know
 * - `event`: one server-sent event with its framing
 * - `opaque`: bytes that the dialect cannot read
 */
export const BODY_KINDS = ['structure', 'value', 'text', 'member', 'event', 'opaque'] as const

export type LeafKind = (typeof HEAD_KINDS)[number] | (typeof BODY_KINDS)[number]

/** What a leaf says about its bytes. */
export interface LeafLabel {
  readonly kind: LeafKind
  /** A role of a request; `model`, `output` or `metadata` in a response; empty for structure and head facts. */
  readonly role: string
  /** JSON Pointer of the value; name of a header or query member; empty where there is none. */
  readonly pointer: string
  /** First byte in the body; 0 for the head. */
  readonly offset: number
}

export interface Leaf extends LeafLabel {
  readonly bytes: Uint8Array
}

export const SALT_BYTES = 16

/** Most leaves of a body; what would have more is one opaque leaf, so that hashing and disclosing stay bounded. */
export const MAX_BODY_LEAVES = 250_000

/** Most leaves of a head. A recorder refuses a longer one. */
export const MAX_HEAD_LEAVES = 10_000

/** Most UTF-16 code units of a pointer. A body whose cut has a longer one is one opaque leaf. */
export const MAX_POINTER = 65_536

const TAG = 'colophon/leaf/v1'

export interface LeafHashInput {
  readonly leaf: Leaf
  readonly index: number
  readonly salt: Uint8Array
  readonly hash: Sha256
}

/** @returns 32 bytes */
export function leafHashOf({ leaf, index, salt, hash }: LeafHashInput): Uint8Array {
  if (salt.length !== SALT_BYTES) throw new RangeError(`salt: got ${salt.length} bytes, want ${SALT_BYTES}`)
  return hash(
    new ByteWriter()
      .tag(TAG)
      .prefixed(salt)
      .prefixed(encodeUtf8(leaf.kind))
      .prefixed(encodeUtf8(leaf.role))
      .prefixed(encodeUtf8(leaf.pointer))
      .u64(index)
      .u64(leaf.offset)
      .u64(leaf.bytes.length)
      .raw(leaf.bytes)
      .finish(),
  )
}
