import { describe, expect, test } from 'vitest'
import { decodeUtf8, encodeUtf8 } from '../bytes/index.ts'
import { type Dialect, dialectById } from '../dialects/index.ts'
import { closeLeaf, type DisclosedLeaf } from '../disclosure/index.ts'
import { sha256 } from '../hash/index.ts'
import { findExcerpt, leavesOfExcerpt } from './index.ts'

const chat = dialectById('openai-chat-completions/1') as Dialect

/** Of a response, all open but those that `isOpen` refuses. */
function leavesOf(body: string, contentType: string, isOpen: (leaf: DisclosedLeaf) => boolean = () => true) {
  const { leaves } = chat.cutResponse({ status: 200, contentType, body: encodeUtf8(body) })
  return leaves.map((leaf, index): DisclosedLeaf => {
    const open = { state: 'open' as const, ...leaf, salt: new Uint8Array(16) }
    return isOpen(open) ? open : closeLeaf({ leaf: open, index, hash: sha256 })
  })
}
const find = (leaves: readonly DisclosedLeaf[], excerpt: string) => findExcerpt({ leaves, dialect: chat, excerpt })
const answer = (...texts: readonly string[]): string =>
  JSON.stringify({ choices: texts.map((content, index) => ({ index, message: { content }, finish_reason: 'stop' })) })
const bytesAt = (body: string, { offset, end }: { readonly offset: number; readonly end: number }): string =>
  decodeUtf8(encodeUtf8(body).subarray(offset, end))

describe('of one JSON body', () => {
  const body = answer('Certainly. The lamp costs 5 euros. Say "yes". Bye.', 'Five. The lamp.')
  const leaves = leavesOf(body, 'application/json')

  test('a text within a sentence, of several sentences, or the whole', () => {
    const [place] = find(leaves, 'lamp costs 5')
    expect(place).toMatchObject({ at: '/choices/0/message/content', text: 'The lamp costs 5 euros. ' })
    expect(place?.first).toBe(place?.last)
    expect(bytesAt(body, place as never)).toBe('The lamp costs 5 euros. ')
    const [both] = find(leaves, 'euros. Say "y')
    expect(both?.text).toBe('The lamp costs 5 euros. Say "yes". ')
    expect(bytesAt(body, both as never)).toBe('The lamp costs 5 euros. Say \\"yes\\". ')
    expect(find(leaves, 'Certainly. The lamp costs 5 euros. Say "yes". Bye.')).toHaveLength(1)
  })

  test('every place, one after another', () => {
    expect(find(leaves, 'The lamp').map(({ at }) => at)).toEqual([0, 1].map((n) => `/choices/${n}/message/content`))
    expect(find(leavesOf(answer('aaaa'), 'application/json'), 'aa')).toHaveLength(2)
    expect(find(leavesOf(answer('a'.repeat(1000)), 'application/json'), 'a')).toHaveLength(100)
  })

  test.each([
    ['a text that is not there', 'The lamp costs 6 euros.'],
    ['other letters', 'the lamp costs 5 euros'],
    ['other spaces', 'lamp  costs'],
    ['two choices as one', 'Bye.Five.'],
    ['what stands outside the text', 'finish_reason'],
  ])('not %s', (_, excerpt) => {
    expect(find(leaves, excerpt)).toEqual([])
  })

  test('not what is closed, nor across it', () => {
    const partly = leavesOf(body, 'application/json', ({ kind, offset }) => {
      return kind !== 'text' || !bytesAt(body, { offset, end: offset + 8 }).startsWith('The lamp')
    })
    expect(find(partly, 'The lamp costs')).toEqual([])
    expect(find(partly, 'Certainly. Say')).toEqual([])
    expect(find(partly, 'Say')).toHaveLength(1)
  })
})

describe('of a stream', () => {
  const delta = (content: string, index = 0): string =>
    `data: ${JSON.stringify({ choices: [{ index, delta: { content } }] })}\n\n`
  const body = [
    ': hello\n\n',
    delta('The la'),
    delta('mp costs'),
    ': ping\n\n',
    delta(' 5 eu'),
    delta('ros. Bye.'),
    'data: [DONE]\n\n',
  ]
  const leaves = leavesOf(body.join(''), 'text/event-stream')

  test('the events that hold it, and what stands between them', () => {
    const [place] = find(leaves, 'lamp costs 5')
    expect(place).toMatchObject({ first: 1, last: 4, at: '/1', text: 'The lamp costs 5 eu' })
    expect(bytesAt(body.join(''), place as never)).toBe(body.slice(1, 5).join(''))
    expect(find(leaves, 'ros')).toMatchObject([{ first: 5, last: 5 }])
  })

  test('not across a closed event, whatever it is called', () => {
    const partly = leavesOf(
      body.join(''),
      'text/event-stream',
      ({ role, pointer }) => role === 'output' || pointer === '/0',
    )
    expect(find(partly, 'lamp costs 5')).toEqual([])
    expect(find(partly, 'The lamp costs')).toHaveLength(1)
  })

  test('each choice by itself', () => {
    const mixed = [delta('a1', 0), delta('b1', 1), delta('a2', 0), delta('b2', 1)].join('')
    const all = leavesOf(mixed, 'text/event-stream')
    expect(find(all, 'a1a2')).toMatchObject([{ first: 0, last: 2 }])
    expect(find(all, 'b1b2')).toMatchObject([{ first: 1, last: 3 }])
    expect(find(all, 'a1b1')).toEqual([])
  })
})

describe('of a stream whose events rest on others', () => {
  const claude = dialectById('anthropic-messages/1') as Dialect
  const event = (type: string, more: object): string => `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`
  const delta = (index: number, delta_: object): string => event('content_block_delta', { index, delta: delta_ })
  const body = [
    event('message_start', { message: { role: 'assistant', model: 'm', content: [] } }),
    event('content_block_start', { index: 0, content_block: { type: 'thinking', thinking: '' } }),
    delta(0, { type: 'thinking_delta', thinking: 'secret' }),
    event('content_block_stop', { index: 0 }),
    event('content_block_start', { index: 1, content_block: { type: 'text', text: '' } }),
    delta(1, { type: 'text_delta', text: 'Certainly. ' }),
    delta(1, { type: 'text_delta', text: 'The lamp costs' }),
    event('ping', {}),
    delta(1, { type: 'text_delta', text: ' 5 euros.' }),
    event('content_block_stop', { index: 1 }),
  ]
  const cut = claude.cutResponse({ status: 200, contentType: 'text/event-stream', body: encodeUtf8(body.join('')) })
  const leaves = cut.leaves.map((leaf): DisclosedLeaf => ({ state: 'open', ...leaf, salt: new Uint8Array(16) }))
  const excerpt = 'costs 5'

  test('those that begin message and blocks are opened too, and no thought or other word', () => {
    const indexes = leavesOfExcerpt({ leaves, dialect: claude, excerpt })
    expect(indexes).toEqual([0, 1, 4, 6, 7, 8])
    const partly = leaves.map((leaf, index) =>
      indexes.includes(index) ? leaf : closeLeaf({ leaf, index, hash: sha256 }),
    )
    expect(findExcerpt({ leaves: partly, dialect: claude, excerpt })).toMatchObject([{ first: 6, last: 8 }])
  })

  test('of other streams only those that hold it', () => {
    expect(leavesOfExcerpt({ leaves, dialect: claude, excerpt: 'no such' })).toEqual([])
    const chunk = (content: string): string =>
      `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`
    const all = leavesOf(`: hi\n\n${chunk('a')}${chunk('b')}${chunk('c')}`, 'text/event-stream')
    expect(leavesOfExcerpt({ leaves: all, dialect: chat, excerpt: 'bc' })).toEqual([2, 3])
  })

  test('lines of JSON are events', () => {
    const ollama = dialectById('ollama-chat/1') as Dialect
    const line = (content: string): string =>
      `${JSON.stringify({ model: 'm', message: { role: 'assistant', content }, done: false })}\n`
    const lines = encodeUtf8(['a b', ' c', ' d'].map(line).join(''))
    const read = ollama.cutResponse({ status: 200, contentType: 'application/x-ndjson', body: lines })
    const all = read.leaves.map((leaf): DisclosedLeaf => ({ state: 'open', ...leaf, salt: new Uint8Array(16) }))
    expect(leavesOfExcerpt({ leaves: all, dialect: ollama, excerpt: 'b c' })).toEqual([0, 1])
  })
})

test('a leaf that is said to be an event and is none, or several, shows nothing', () => {
  const chunk = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'a' } }] })}\n\n`
  const label = {
    state: 'open',
    kind: 'event',
    role: 'output',
    pointer: '/0',
    offset: 0,
    salt: new Uint8Array(16),
  } as const
  for (const text of [chunk + chunk, chunk.trimEnd(), `${chunk}: more`]) {
    expect(find([{ ...label, bytes: encodeUtf8(text) }], 'a')).toEqual([])
  }
  expect(find([{ ...label, bytes: encodeUtf8(chunk) }], 'a')).toHaveLength(1)
  expect(find([{ ...label, role: 'metadata', bytes: encodeUtf8(chunk) }], 'a')).toEqual([])
})

test('what is labelled as output and is no text shows nothing', () => {
  const label = { state: 'open', role: 'output', pointer: '/x', offset: 0, salt: new Uint8Array(16) } as const
  const kinds = ['value', 'text', 'structure', 'opaque', 'event', 'member'] as const
  for (const bytes of [
    Uint8Array.of(0xff),
    encodeUtf8('"'),
    encodeUtf8('{"a":'),
    encodeUtf8('["a"]'),
    new Uint8Array(0),
  ]) {
    expect(
      find(
        kinds.map((kind) => ({ ...label, kind, bytes })),
        'a',
      ),
    ).toEqual([])
  }
})

test('an empty excerpt is a mistake of the caller', () => {
  expect(() => find([], '')).toThrow(RangeError)
})
