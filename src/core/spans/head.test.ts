import { expect, test } from 'vitest'
import { decodeUtf8, encodeUtf8 } from '../bytes/index.ts'
import {
  contentTypeOf,
  type Header,
  recordRequestHead,
  recordResponseHead,
  requestHeadLeaves,
  responseHeadLeaves,
} from './index.ts'

const HEADERS: Header[] = [
  ['User-Agent', 'test'],
  ['Authorization', 'Bearer sk-canary'],
  ['OpenAI-Beta', 'b'],
  ['X-Api-Key', 'canary'],
  ['Cookie', 'canary'],
  ['content-type', 'application/json'],
  ['openai-beta', 'a'],
]

test('a request head keeps the closed list, counts the rest, and holds no credential', () => {
  const query = 'key=canary&api-version=2026&beta&sig=canary&api-version=%32'
  const head = recordRequestHead({ method: 'POST', path: '/v1/x', query, headers: HEADERS })
  const leaves = requestHeadLeaves(head, encodeUtf8('[]'))
  expect(leaves.map(({ kind, role, pointer, bytes }) => [kind, role, pointer, decodeUtf8(bytes)].join(' '))).toEqual([
    'method   POST',
    'path   /v1/x',
    'query parameters api-version 2026',
    'query parameters api-version %32',
    'query parameters beta ',
    'header  content-type application/json',
    'header parameters openai-beta b',
    'header parameters openai-beta a',
    'header  user-agent test',
    'unrecorded  query 2',
    'unrecorded  header 3',
    'cutList   []',
  ])
  expect(JSON.stringify(head)).not.toContain('canary')
})

test('a response head likewise', () => {
  const head = recordResponseHead({
    status: 429,
    headers: [
      ['Set-Cookie', 'canary'],
      ['X-Request-Id', '7'],
    ],
  })
  const leaves = responseHeadLeaves(head)
  expect(leaves.map(({ kind, pointer, bytes }) => [kind, pointer, decodeUtf8(bytes)].join(' '))).toEqual([
    'status  429',
    'header x-request-id 7',
    'unrecorded header 1',
  ])
})

test('two content types are one that is neither', () => {
  const head = recordResponseHead({
    status: 200,
    headers: [
      ['Content-Type', 'a/b'],
      ['content-type', 'c/d'],
    ],
  })
  expect(contentTypeOf(head)).toBe('a/b, c/d')
  expect(contentTypeOf({ headers: [] })).toBeUndefined()
})
