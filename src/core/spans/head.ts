/**
 * The head of a message as leaves: method, path, status, and the query members and headers of a closed list
 * (`docs/spec/spans.md`, "The head").
 *
 * The list is an allow-list, so that no credential can reach a commitment; what is not on it is counted. Headers and
 * query members that change what a model does are parameters; the others are facts about the message.
 *
 * @module
 */
import { encodeUtf8 } from '../bytes/index.ts'
import { type Leaf, type LeafKind, MAX_HEAD_LEAVES } from './leaf.ts'

export type Header = readonly [name: string, value: string]

export interface RequestHead {
  readonly method: string
  /** Without the query, as it stands in the request line. */
  readonly path: string
  /** Recorded members, names and values as they stand, sorted by name. */
  readonly query: readonly Header[]
  /** Recorded headers, names in lower case, sorted by name. */
  readonly headers: readonly Header[]
  readonly unrecordedQuery: number
  readonly unrecordedHeaders: number
}

export interface ResponseHead {
  readonly status: number
  readonly headers: readonly Header[]
  readonly unrecordedHeaders: number
}

const PARAMETER_HEADERS = new Set(['anthropic-beta', 'anthropic-version', 'openai-beta'])
const REQUEST_HEADERS = new Set([...PARAMETER_HEADERS, 'accept', 'content-encoding', 'content-type', 'user-agent'])
const RESPONSE_HEADERS = new Set(['content-encoding', 'content-type', 'openai-version', 'request-id', 'x-request-id'])
const PARAMETER_QUERY = new Set(['api-version', 'beta'])
const QUERY_MEMBERS = new Set([...PARAMETER_QUERY, 'alt'])

export function recordRequestHead(request: {
  readonly method: string
  readonly path: string
  /** Without `?`; empty where there is none. */
  readonly query: string
  readonly headers: readonly Header[]
}): RequestHead {
  const members = request.query === '' ? [] : request.query.split('&').map(splitMember)
  const query = sorted(members.filter(([name]) => QUERY_MEMBERS.has(name)))
  const headers = recorded(request.headers, REQUEST_HEADERS)
  return {
    method: request.method,
    path: request.path,
    query,
    headers,
    unrecordedQuery: members.length - query.length,
    unrecordedHeaders: request.headers.length - headers.length,
  }
}

export function recordResponseHead(response: {
  readonly status: number
  readonly headers: readonly Header[]
}): ResponseHead {
  const headers = recorded(response.headers, RESPONSE_HEADERS)
  return { status: response.status, headers, unrecordedHeaders: response.headers.length - headers.length }
}

export function requestHeadLeaves(head: RequestHead, cutList: Uint8Array): Leaf[] {
  return [
    fact('method', '', head.method),
    fact('path', '', head.path),
    ...head.query.map(([name, value]) => fact('query', name, value, queryRole(name))),
    ...head.headers.map(([name, value]) => fact('header', name, value, headerRole(name))),
    fact('unrecorded', 'query', String(head.unrecordedQuery)),
    fact('unrecorded', 'header', String(head.unrecordedHeaders)),
    { kind: 'cutList', role: '', pointer: '', offset: 0, bytes: cutList },
  ]
}

export function responseHeadLeaves(head: ResponseHead): Leaf[] {
  return [
    fact('status', '', String(head.status)),
    ...head.headers.map(([name, value]) => fact('header', name, value)),
    fact('unrecorded', 'header', String(head.unrecordedHeaders)),
  ]
}

/** Leaves of a head that are there whatever it holds. */
const FIXED_LEAVES = 5

/** Largest count of what is not recorded. */
const MAX_COUNT = 999_999

/** Whether a verifier takes the leaves of a head. */
export function isBoundedHead(head: RequestHead | ResponseHead): boolean {
  const [query, unrecordedQuery] = 'query' in head ? [head.query.length, head.unrecordedQuery] : [0, 0]
  return (
    query + head.headers.length + FIXED_LEAVES <= MAX_HEAD_LEAVES &&
    Math.max(unrecordedQuery, head.unrecordedHeaders) <= MAX_COUNT
  )
}

/** What a message says of its body's form; two such headers as one, as RFC 9110 §5.3 joins them. */
export function contentTypeOf({ headers }: { readonly headers: readonly Header[] }): string | undefined {
  const values = headers.filter(([name]) => name === 'content-type').map(([, value]) => value)
  return values.length === 0 ? undefined : values.join(', ')
}

/** `parameters` for a query member that changes what the model does, else empty. */
export const queryRole = (name: string): string => (PARAMETER_QUERY.has(name) ? 'parameters' : '')

/** The same for a header. */
export const headerRole = (name: string): string => (PARAMETER_HEADERS.has(name) ? 'parameters' : '')

const fact = (kind: LeafKind, pointer: string, text: string, role = ''): Leaf => {
  return { kind, role, pointer, offset: 0, bytes: encodeUtf8(text) }
}

function recorded(headers: readonly Header[], names: ReadonlySet<string>): Header[] {
  return sorted(headers.map(([name, value]): Header => [name.toLowerCase(), value]).filter(([name]) => names.has(name)))
}

/** Stable: headers of one name keep their order. */
const sorted = (pairs: readonly Header[]): Header[] =>
  [...pairs].sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))

function splitMember(member: string): Header {
  const equals = member.indexOf('=')
  return equals < 0 ? [member, ''] : [member.slice(0, equals), member.slice(equals + 1)]
}
