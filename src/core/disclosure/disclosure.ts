/**
 * The disclosure file: openings of a run's commitments, the issuer's to hand out (`docs/spec/disclosure.md`).
 *
 * Every leaf of a message stands in it, in order. An open one shows its bytes and salt; a closed one shows its hash and
 * what the issuer says of it, which nothing proves. With all leaves open the whole message can be cut again and nothing
 * can hide in it.
 *
 * The file is hostile input like everything else: what it says counts only as far as it meets the record's commitments.
 *
 * @module
 */
import { decodeHex, decodeUtf8, encodeBase64, encodeHex, encodeUtf8, isUtf8 } from '../bytes/index.ts'
import { type ComponentContent, type Declaration, type Encoding, parseDeclaration } from '../declaration/index.ts'
import { ColophonError } from '../errors.ts'
import { type ObjectReader, parseJson, readObject } from '../json/index.ts'
import { ROLES } from '../roles/index.ts'
import {
  BODY_KINDS,
  type Direction,
  HEAD_KINDS,
  type Leaf,
  type LeafLabel,
  MAX_BODY_LEAVES,
  SALT_BYTES,
} from '../spans/index.ts'

export type DisclosedLeaf =
  | (Leaf & { readonly state: 'open'; readonly salt: Uint8Array })
  | (LeafLabel & { readonly state: 'closed'; readonly length: number; readonly hash: Uint8Array })

export interface DisclosedDeclaration {
  /** Whole: a private one with its blind. */
  readonly document: Declaration
  /** What the fixed components' digests are of; may be only some of them. */
  readonly contents: readonly ComponentContent[]
}

export interface Disclosure {
  readonly runId: string
  readonly declaration?: DisclosedDeclaration
  readonly request?: readonly DisclosedLeaf[]
  readonly response?: readonly DisclosedLeaf[]
}

const FORMAT = 'colophon/disclosure/v1'
const MAX_BYTES = 128 << 20
/** Of one direction: those of the largest body and of a head. */
const MAX_LEAVES = MAX_BODY_LEAVES + 10_000
/** Two directions; a leaf is an object of at most seven members. */
const MAX_NODES = MAX_LEAVES * 32
const KINDS = [...HEAD_KINDS, ...BODY_KINDS] as const

/** Readable JSON with a final newline: bytes that are valid UTF-8 stand as `text`, others as `base64`. */
export function formatDisclosure(disclosure: Disclosure): Uint8Array {
  const { runId, declaration, request, response } = disclosure
  const value = {
    format: FORMAT,
    runId,
    ...(declaration === undefined ? {} : { declaration: declarationValue(declaration) }),
    ...(request === undefined ? {} : { request: request.map(leafValue) }),
    ...(response === undefined ? {} : { response: response.map(leafValue) }),
  }
  return encodeUtf8(`${JSON.stringify(value, undefined, 1)}\n`)
}

function declarationValue({ document, contents }: DisclosedDeclaration): object {
  return {
    document,
    contents: contents.map(({ role, name, encoding, value }) => ({ role, name, encoding, value: decodeUtf8(value) })),
  }
}

function leafValue(leaf: DisclosedLeaf): object {
  const { kind, role, pointer, offset } = leaf
  if (leaf.state === 'closed') return { kind, role, pointer, offset, length: leaf.length, hash: encodeHex(leaf.hash) }
  const bytes = isUtf8(leaf.bytes) ? { text: decodeUtf8(leaf.bytes) } : { base64: encodeBase64(leaf.bytes) }
  return { kind, role, pointer, offset, salt: encodeHex(leaf.salt), ...bytes }
}

/** @throws {ColophonError} DISCLOSURE_MALFORMED */
export function parseDisclosure(bytes: Uint8Array): Disclosure {
  try {
    return readDisclosure(readObject(parseJson(bytes, { maxBytes: MAX_BYTES, maxNodes: MAX_NODES }), ''))
  } catch (cause) {
    if (!ColophonError.is(cause)) throw cause
    throw new ColophonError('DISCLOSURE_MALFORMED', cause.message, { ...(cause.at ? { at: cause.at } : {}), cause })
  }
}

function readDisclosure(reader: ObjectReader): Disclosure {
  reader.literal('format', FORMAT)
  const disclosure: Disclosure = {
    runId: reader.hex('runId', 32),
    ...(reader.has('declaration') ? { declaration: readDeclaration(reader.object('declaration')) } : {}),
    ...readLeaves(reader, 'request'),
    ...readLeaves(reader, 'response'),
  }
  reader.end()
  return disclosure
}

function readDeclaration(reader: ObjectReader): DisclosedDeclaration {
  const document = parseDeclaration(reader.value('document'), '/declaration/document')
  const contents = reader.array('contents', { max: 10_000 }).map((item): ComponentContent => {
    const content = readObject(item.value, item.at)
    const read = {
      role: content.oneOf('role', ROLES),
      name: content.string('name', { max: 256 }),
      encoding: content.oneOf('encoding', ['text', 'json'] as const) as Encoding,
      value: encodeUtf8(content.string('value', { max: MAX_BYTES })),
    }
    content.end()
    return read
  })
  reader.end()
  return { document, contents }
}

function readLeaves(reader: ObjectReader, direction: Direction): { [K in Direction]?: DisclosedLeaf[] } {
  if (!reader.has(direction)) return {}
  const leaves = reader.array(direction, { max: MAX_LEAVES }).map(({ value, at }) => readLeaf(readObject(value, at)))
  return { [direction]: leaves }
}

function readLeaf(reader: ObjectReader): DisclosedLeaf {
  const label: LeafLabel = {
    kind: reader.oneOf('kind', KINDS),
    role: reader.string('role', { max: 64 }),
    pointer: reader.string('pointer', { max: 65_536 }),
    offset: reader.integer('offset'),
  }
  const leaf: DisclosedLeaf = reader.has('hash')
    ? { state: 'closed', ...label, length: reader.integer('length'), hash: decodeHex(reader.hex('hash', 32), {}) }
    : { state: 'open', ...label, salt: decodeHex(reader.hex('salt', SALT_BYTES), {}), bytes: readBytes(reader) }
  reader.end()
  return leaf
}

function readBytes(reader: ObjectReader): Uint8Array {
  if (reader.has('base64')) return reader.base64('base64')
  return encodeUtf8(reader.string('text', { max: MAX_BYTES }))
}
