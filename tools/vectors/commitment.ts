/**
 * Vectors of `docs/spec/commitment.md`. Expectations by the plain definitions in `committed.ts`.
 *
 * @module
 */
import { commitmentTo, type Direction, leafHash, type PlainLeaf, rootOf, saltOf } from './committed.ts'
import { sha256, u64 } from './layout.ts'
import { hexOf } from './parts.ts'
import { type CommitmentInput as In, OPERATIONS, runCommitment } from './run/commitment.ts'
import type { Case, Topic } from './topic.ts'

const SECRET = Buffer.alloc(32, 4)
const CHAT = 'openai-chat-completions/1'
const concat = (list: readonly Uint8Array[]): string => hexOf(Buffer.concat(list))
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

function salts(name: string, direction: Direction, count: number, secret: Uint8Array = SECRET): Case<In> {
  const accept = { saltsHex: concat(range(count).map((index) => saltOf({ secret, direction, index }))) }
  const input = { direction, secretHex: hexOf(secret), count }
  return { name, rule: 'docs/spec/commitment.md#salts', operation: 'deriveSalts', ...input, accept }
}

const LEAF = { kind: 'value', role: 'model', pointer: '/model', offset: 9, bytes: Buffer.from('"tiny"') }
const SALT = Buffer.from('c77c3f29d0bbff4a18d195e8fa175e7b', 'hex')

function leaf(name: string, change: Partial<PlainLeaf>, index = 7, salt: Uint8Array = SALT): Case<In> {
  const whole = { ...LEAF, ...change }
  const { bytes, ...labels } = whole
  const accept = { hashHex: hexOf(leafHash({ leaf: whole, index, salt })) }
  const input = { leaf: labels, index, saltHex: hexOf(salt), bytesHex: hexOf(bytes) }
  return { name, rule: 'docs/spec/commitment.md#leaves', operation: 'hashLeaf', ...input, accept }
}

function commit(
  name: string,
  count: number,
  more: { direction?: Direction; dialect?: string; bodyLength?: number } = {},
) {
  const { direction = 'request', dialect = CHAT, bodyLength = 173 } = more
  const leafHashes = range(count).map((index) => sha256(u64(index)))
  const rule = count === 17 ? 'docs/spec/commitment.md#the-commitment' : 'docs/spec/commitment.md#the-tree'
  const accept = { commitmentHex: hexOf(commitmentTo({ direction, dialect, leafHashes, bodyLength })) }
  const input = {
    direction,
    dialect,
    bodyLength,
    leafHashesHex: concat(leafHashes),
    rootHex: hexOf(rootOf(leafHashes)),
  }
  return { name, rule, operation: 'commit', ...input, accept } as const
}

function message(name: string, direction: Direction, dialect: string, leaves: readonly PlainLeaf[]): Case<In> {
  const saltsOf = leaves.map((_, index) => saltOf({ secret: SECRET, direction, index }))
  const hashes = leaves.map((one, index) => leafHash({ leaf: one, index, salt: saltsOf[index] as Buffer }))
  const bodyLength = leaves.slice(leaves.findIndex(isOfBody)).reduce((sum, { bytes }) => sum + bytes.length, 0)
  const accept = {
    saltsHex: concat(saltsOf),
    leafHashesHex: concat(hashes),
    commitmentHex: hexOf(commitmentTo({ direction, dialect, leafHashes: hashes, bodyLength })),
  }
  const shown = leaves.map(({ bytes, ...labels }) => ({ ...labels, hex: hexOf(bytes) }))
  const input = { direction, dialect, secretHex: hexOf(SECRET), leaves: shown, bodyLength }
  const rule = 'docs/spec/commitment.md#the-commitment'
  return { name, rule, operation: 'commitMessage', ...input, accept }
}

const isOfBody = ({ kind }: { readonly kind: string }): boolean =>
  ['structure', 'value', 'text', 'member', 'event', 'opaque'].includes(kind)

const fact = (kind: string, pointer: string, text: string): PlainLeaf => {
  return { kind, role: '', pointer, offset: 0, bytes: Buffer.from(text) }
}
const HEAD = [
  fact('method', '', 'POST'),
  fact('path', '', '/v1/chat/completions'),
  fact('unrecorded', 'query', '0'),
  fact('unrecorded', 'header', '1'),
  fact('cutList', '', '[]'),
]
const structure = (offset: number, text: string): PlainLeaf => ({ ...fact('structure', '', text), offset })

const CASES: readonly Case<In>[] = [
  salts('salts-of-a-request', 'request', 3),
  salts('salts-of-a-response', 'response', 3),
  salts('salts-of-another-secret', 'request', 2, Buffer.alloc(32, 5)),
  salts('salts-across-a-byte', 'request', 258),

  leaf('leaf-of-the-example', {}),
  leaf('leaf-of-another-salt', {}, 7, Buffer.alloc(16, 1)),
  leaf('leaf-of-another-index', {}, 8),
  leaf('leaf-of-another-kind', { kind: 'text' }),
  leaf('leaf-of-another-role', { role: 'input' }),
  leaf('leaf-of-another-pointer', { pointer: '/models' }),
  leaf('leaf-of-another-offset', { offset: 10 }),
  leaf('leaf-of-other-bytes', { bytes: Buffer.from('"Tiny"') }),
  leaf('leaf-whose-role-ends-where-its-pointer-begins', { role: 'model/', pointer: 'model' }),
  leaf('leaf-of-structure', { kind: 'structure', role: '', pointer: '', bytes: Buffer.from('{') }),
  leaf('leaf-of-no-bytes', { kind: 'header', role: '', pointer: 'accept', offset: 0, bytes: Buffer.of() }),
  leaf('leaf-of-bytes-that-are-no-text', { kind: 'opaque', role: '', pointer: '', bytes: Buffer.of(0, 255, 128) }),
  leaf('leaf-with-a-pointer-outside-ascii', { pointer: '/caf\u00e9\u{1f600}' }),
  leaf('leaf-far-behind', { offset: 2 ** 40 }, 2 ** 33),

  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 17].map((count) => commit(`tree-of-${count}`, count)),
  commit('commitment-of-another-direction', 17, { direction: 'response' }),
  commit('commitment-of-another-dialect', 17, { dialect: 'opaque/1' }),
  commit('commitment-of-another-length', 17, { bodyLength: 174 }),
  commit('commitment-of-a-body-of-nothing', 17, { bodyLength: 0 }),

  message('message-without-body', 'request', CHAT, HEAD),
  message('message-that-is-opaque', 'request', 'opaque/1', [...HEAD, fact('opaque', '', 'x=1')]),
  message('message-of-a-chat', 'request', CHAT, [...HEAD, structure(0, '{"model":'), LEAF, structure(15, '}')]),
  message('message-that-answers', 'response', CHAT, [
    fact('status', '', '200'),
    fact('unrecorded', 'header', '0'),
    structure(0, '{"model":'),
    LEAF,
    structure(15, '}'),
  ]),
]

export const commitment: Topic<In> = {
  topic: 'commitment',
  spec: 'docs/spec/commitment.md',
  about: 'Salts, leaf hashes, and the commitments over them.',
  operations: OPERATIONS,
  cases: CASES,
  run: runCommitment,
}
