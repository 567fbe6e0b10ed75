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
import { JsonKind, type JsonTape, type ObjectReader, readObject, scanJson, valueAt } from '../json/index.ts'
import { ROLES } from '../roles/index.ts'
import {
  BODY_KINDS,
  type Direction,
  HEAD_KINDS,
  type Leaf,
  type LeafLabel,
  MAX_BODY_LEAVES,
  MAX_HEAD_LEAVES,
  MAX_POINTER,
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
const MAX_LEAVES = MAX_BODY_LEAVES + MAX_HEAD_LEAVES
/** Two directions; a leaf is an object of at most seven members. */
const MAX_NODES = MAX_LEAVES * 32
/** Objects and arrays, which take the most memory: leaves, and what a declaration and its contents are made of. */
const MAX_CONTAINERS = MAX_LEAVES * 2 + 25_000
const KINDS = [...HEAD_KINDS, ...BODY_KINDS] as const

/**
 * Readable JSON with a final newline: bytes that are text stand as `text`, others as `base64`.
 *
 * @throws {ColophonError} JSON_TOO_LARGE: what cannot be read again is not written
 */
export function formatDisclosure(disclosure: Disclosure): Uint8Array {
  const { runId, declaration, request, response } = disclosure
  requireSize(sizeOfContents(disclosure))
  const value = {
    format: FORMAT,
    runId,
    ...(declaration === undefined ? {} : { declaration: declarationValue(declaration) }),
    ...(request === undefined ? {} : { request: request.map(leafValue) }),
    ...(response === undefined ? {} : { response: response.map(leafValue) }),
  }
  const bytes = encodeUtf8(`${JSON.stringify(value, undefined, 1)}\n`)
  requireSize(bytes.length)
  return bytes
}

/** What the file is larger than, before it is made. */
function sizeOfContents({ declaration, request = [], response = [] }: Disclosure): number {
  const contents = (declaration?.contents ?? []).map(({ value }) => value.length)
  const leaves = [...request, ...response].map((leaf) => (leaf.state === 'open' ? leaf.bytes.length : 0))
  return [...contents, ...leaves].reduce((sum, size) => sum + size, 0)
}

function requireSize(sizeBytes: number): void {
  if (sizeBytes <= MAX_BYTES) return
  throw new ColophonError(
    'JSON_TOO_LARGE',
    `the disclosure has ${sizeBytes} bytes or more, want at most ${MAX_BYTES}`,
    {
      hint: 'The record is as good without it.',
    },
  )
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
  const bytes = isText(leaf.bytes) ? { text: decodeUtf8(leaf.bytes) } : { base64: encodeBase64(leaf.bytes) }
  return { kind, role, pointer, offset, salt: encodeHex(leaf.salt), ...bytes }
}

/** UTF-8 without control characters, which JSON would write at six times their length. */
const isText = (bytes: Uint8Array): boolean =>
  isUtf8(bytes) && bytes.every((byte) => byte >= 0x20 || byte === TAB || byte === LF || byte === CR)

const TAB = 0x09
const LF = 0x0a
const CR = 0x0d

/** @throws {ColophonError} DISCLOSURE_MALFORMED */
export function parseDisclosure(bytes: Uint8Array): Disclosure {
  try {
    const tape = scanJson(bytes, { maxBytes: MAX_BYTES, maxNodes: MAX_NODES })
    requireFewContainers(tape)
    return readDisclosure(readObject(valueAt(tape, 0), ''))
  } catch (cause) {
    if (!ColophonError.is(cause)) throw cause
    throw new ColophonError('DISCLOSURE_MALFORMED', cause.message, { ...(cause.at ? { at: cause.at } : {}), cause })
  }
}

/** Before values are made of them, so that a small file cannot take a large memory. */
function requireFewContainers({ kind, count }: JsonTape): void {
  let containers = 0
  for (let node = 0; node < count; node += 1) {
    if (kind[node] === JsonKind.object || kind[node] === JsonKind.array) containers += 1
  }
  if (containers <= MAX_CONTAINERS) return
  throw new ColophonError('JSON_TOO_LARGE', `JSON has more than ${MAX_CONTAINERS} objects and arrays`)
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
    pointer: reader.string('pointer', { max: MAX_POINTER }),
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
