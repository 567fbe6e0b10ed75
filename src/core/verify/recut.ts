/**
 * Closure: a whole message cut again by the verifier, so that labels are recomputed from the bytes and not believed
 * (`docs/spec/spans.md`, "Closure").
 *
 * @module
 */
import { decodeUtf8, equalBytes } from '../bytes/index.ts'
import { type Sent, sentOf } from '../composition/index.ts'
import { type Dialect, dialectById, dialectFor, type RequestCut, type ResponseCut } from '../dialects/index.ts'
import { ColophonError } from '../errors.ts'
import {
  contentTypeOf,
  type Header,
  type Leaf,
  type LeafKind,
  parseCutList,
  recordRequestHead,
  recordResponseHead,
  requestHeadLeaves,
  responseHeadLeaves,
} from '../spans/index.ts'
import { bodyOf } from './open-message.ts'

export interface RecutRequest {
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly cut: RequestCut
  /** Body and headers together. */
  readonly sent: Sent
}

/** @throws {ColophonError} CLOSURE_BROKEN, VERSION_UNSUPPORTED (another dialect), CUT_LIST_MALFORMED */
export function recutRequest(leaves: readonly Leaf[], dialectId: string): RecutRequest {
  const dialect = knownDialect(dialectId)
  const method = factOf(leaves, 'method')
  const path = factOf(leaves, 'path')
  // Another one, which reads less of them, would hide what the bytes say.
  if (dialectFor({ method, path }) !== dialect) throw broken('requests of this method and path have another dialect')
  const cutListBytes = leaves.find(({ kind }) => kind === 'cutList')?.bytes ?? new Uint8Array(0)
  const query = pairsOf(leaves, 'query')
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
  const recorded = recordRequestHead({ method, path, query, headers: pairsOf(leaves, 'header') })
  const head = {
    ...recorded,
    unrecordedQuery: countOf(leaves, 'query'),
    unrecordedHeaders: countOf(leaves, 'header'),
  }
  const contentType = contentTypeOf(head)
  const cutList = parseCutList(cutListBytes)
  const cut = dialect.cutRequest({ method, path, contentType, body: bodyOf(leaves), cutList })
  requireSame(leaves, [...requestHeadLeaves(head, cutListBytes), ...cut.leaves])
  return { method, path, cut, sent: sentOf({ head, body: cut }) }
}

/** @throws {ColophonError} CLOSURE_BROKEN, VERSION_UNSUPPORTED (another dialect) */
export function recutResponse(leaves: readonly Leaf[], dialectId: string): { cut: ResponseCut; status: number } {
  const dialect = knownDialect(dialectId)
  const status = decimal(factOf(leaves, 'status'))
  const recorded = recordResponseHead({ status, headers: pairsOf(leaves, 'header') })
  const head = { ...recorded, unrecordedHeaders: countOf(leaves, 'header') }
  const contentType = contentTypeOf(head)
  const cut = dialect.cutResponse({ status, contentType, body: bodyOf(leaves) })
  requireSame(leaves, [...responseHeadLeaves(head), ...cut.leaves])
  return { cut, status }
}

function knownDialect(id: string): Dialect {
  const dialect = dialectById(id)
  if (dialect !== undefined) return dialect
  throw new ColophonError('VERSION_UNSUPPORTED', 'this verifier does not know the dialect of the message')
}

/** Leaf by leaf: label, place and bytes. */
function requireSame(got: readonly Leaf[], want: readonly Leaf[]): void {
  if (got.length !== want.length) throw broken(`the message has ${got.length} spans, its bytes make ${want.length}`)
  got.forEach((leaf, index) => {
    const other = want[index] as Leaf
    const same =
      leaf.kind === other.kind &&
      leaf.role === other.role &&
      leaf.pointer === other.pointer &&
      leaf.offset === other.offset &&
      equalBytes({ left: leaf.bytes, right: other.bytes })
    if (!same) throw broken(`span ${index} is labelled otherwise than the bytes say`)
  })
}

function factOf(leaves: readonly Leaf[], kind: LeafKind): string {
  const leaf = leaves.find((one) => one.kind === kind)
  if (leaf === undefined) throw broken(`the message has no ${kind}`)
  return textOf(leaf)
}

const pairsOf = (leaves: readonly Leaf[], kind: LeafKind): Header[] =>
  leaves.filter((leaf) => leaf.kind === kind).map((leaf) => [leaf.pointer, textOf(leaf)])

function countOf(leaves: readonly Leaf[], of: string): number {
  const leaf = leaves.find(({ kind, pointer }) => kind === 'unrecorded' && pointer === of)
  if (leaf === undefined) throw broken(`the message does not count its unrecorded ${of} members`)
  return decimal(textOf(leaf))
}

function decimal(text: string): number {
  if (!/^(0|[1-9][0-9]{0,5})$/.test(text)) throw broken('a count or a status is not a decimal number')
  return Number(text)
}

function textOf({ bytes, kind }: Leaf): string {
  try {
    return decodeUtf8(bytes)
  } catch {
    throw broken(`a ${kind} is not UTF-8`)
  }
}

const broken = (message: string): ColophonError => new ColophonError('CLOSURE_BROKEN', message)
