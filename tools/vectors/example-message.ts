/**
 * The messages of the example run as leaves, written by hand as in `docs/spec/spans.md`, and their disclosure.
 *
 * @module
 */
import { isUtf8 } from 'node:buffer'
import { commitmentTo, type Direction, leafHash, type PlainLeaf, saltOf } from './committed.ts'
import { type Piece, s, t, v } from './leaves.ts'
import { base64Of } from './parts.ts'
import type { Value } from './topic.ts'

export const CHAT = 'openai-chat-completions/1'
export const RUN_ID = '735bad405c42064d968fe9869722539c8983de06c4c8a10d18b784d239e2d039'
const SECRET = Buffer.alloc(32, 4)
const CONTENT = '/messages/1/content'
const ANSWER = '/choices/0/message/content'

export const fact = (kind: string, pointer: string, text: string, role = ''): PlainLeaf => {
  return { kind, role, pointer, offset: 0, bytes: Buffer.from(text) }
}

/** Leaves of a body, with offsets. */
export function bodyOf(pieces: readonly Piece[]): PlainLeaf[] {
  let offset = 0
  return pieces.map(({ text, ...labels }) => {
    const bytes = Buffer.from(text)
    offset += bytes.length
    return { ...labels, offset: offset - bytes.length, bytes }
  })
}

export const REQUEST: readonly PlainLeaf[] = [
  fact('method', '', 'POST'),
  fact('path', '', '/v1/chat/completions'),
  fact('header', 'content-type', 'application/json'),
  fact('unrecorded', 'query', '0'),
  fact('unrecorded', 'header', '1'),
  fact('cutList', '', `[{"end":32,"label":"lamp.txt","pointer":"${CONTENT}","start":9}]`),
  ...bodyOf([
    s('{"model":'),
    v('model', '/model', '"tiny"'),
    s(',"messages":[{"role":"system","content":'),
    v('instructions', '/messages/0/content', '"Answer politely."'),
    s('},{"role":"user","content":"'),
    t('input', CONTENT, 'Context: '),
    t('context', CONTENT, 'The lamp costs 5 euros.'),
    t('input', CONTENT, ' Question: How much?'),
    s('"}],"temperature":'),
    v('parameters', '/temperature', '0'),
    s('}'),
  ]),
]

export const RESPONSE: readonly PlainLeaf[] = [
  fact('status', '', '200'),
  fact('header', 'content-type', 'application/json'),
  fact('unrecorded', 'header', '0'),
  ...bodyOf([
    s('{"id":'),
    v('metadata', '/id', '"chatcmpl-1"'),
    s(',"object":'),
    v('metadata', '/object', '"chat.completion"'),
    s(',"created":'),
    v('metadata', '/created', '1767225601'),
    s(',"model":'),
    v('model', '/model', '"tiny@1"'),
    s(',"choices":[{"index":'),
    v('metadata', '/choices/0/index', '0'),
    s(',"message":{"role":"assistant","content":"'),
    t('output', ANSWER, 'Certainly. '),
    t('output', ANSWER, 'The lamp costs 5 euros.'),
    s('"},"finish_reason":'),
    v('metadata', '/choices/0/finish_reason', '"stop"'),
    s('}]}'),
  ]),
]

const HEAD = ['method', 'path', 'query', 'status', 'header', 'unrecorded', 'cutList']
const bodyLength = (leaves: readonly PlainLeaf[]): number =>
  leaves.filter(({ kind }) => !HEAD.includes(kind)).reduce((sum, { bytes }) => sum + bytes.length, 0)

const saltAt = (direction: Direction, index: number): Buffer => saltOf({ secret: SECRET, direction, index })

/** The commitment to leaves, whatever they are. */
export function commitmentHex(
  direction: Direction,
  leaves: readonly PlainLeaf[],
  dialect = CHAT,
  length = bodyLength(leaves),
): string {
  const leafHashes = leaves.map((leaf, index) => leafHash({ leaf, index, salt: saltAt(direction, index) }))
  return commitmentTo({ direction, dialect, leafHashes, bodyLength: length }).toString('hex')
}

/** Leaves as a disclosure shows them; some of them closed. */
export function shown(
  direction: Direction,
  leaves: readonly PlainLeaf[],
  isClosed: (index: number) => boolean = () => false,
): { readonly [name: string]: Value }[] {
  return leaves.map((leaf, index) => {
    const { bytes, ...labels } = leaf
    const salt = saltAt(direction, index)
    if (isClosed(index)) {
      return { ...labels, length: bytes.length, hash: leafHash({ leaf, index, salt }).toString('hex') }
    }
    const shownBytes = isUtf8(bytes) ? { text: Buffer.from(bytes).toString() } : { base64: base64Of(bytes) }
    return { ...labels, salt: salt.toString('hex'), ...shownBytes }
  })
}
