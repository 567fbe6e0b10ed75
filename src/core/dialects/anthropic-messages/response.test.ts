import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeUtf8, encodeUtf8 } from '../../bytes/index.ts'
import type { JsonValue } from '../../json/index.ts'
import { dialectById, type ResponseCut } from '../index.ts'

const dialect = dialectById('anthropic-messages/1')
const read = (body: string, options: { contentType?: string; status?: number } = {}): ResponseCut => {
  const { contentType = 'application/json', status = 200 } = options
  return dialect?.cutResponse({ status, contentType, body: encodeUtf8(body) }) as ResponseCut
}

const nameOf = ({ model }: ResponseCut): string => (model.state === 'named' ? model.name : model.state)
const seen = (cut: ResponseCut): string =>
  [
    cut.shape,
    nameOf(cut),
    cut.finishReasons.join(),
    ...cut.outputs.map(({ choice, text }) => `${choice}:${decodeUtf8(text)}`),
    ...cut.toolCalls.map((call) => `${call.id} ${call.name}(${decodeUtf8(call.arguments)})`),
  ].join(' | ')

const message = (content: unknown, more: object = {}): object => {
  return { type: 'message', role: 'assistant', model: 'm', content, stop_reason: 'end_turn', ...more }
}
const whole = (value: object): string => seen(read(JSON.stringify(value)))

describe('a whole answer', () => {
  const text = (text: string) => ({ type: 'text', text })
  test.each<[string, object, string]>([
    ['texts are joined with nothing between', message([text('a'), text('b')]), 'complete | m | end_turn | 0:ab'],
    [
      'calls, of whoever runs them',
      message([
        { type: 'tool_use', id: 'c1', name: 'f', input: { b: 1, a: 2 } },
        { type: 'server_tool_use', id: 'c2', name: 'web_search', input: {} },
        { type: 'mcp_tool_use', id: 'c3', name: 'g', server_name: 's' },
      ]),
      'complete | m | end_turn | c1 f({"a":2,"b":1}) | c2 web_search({}) | c3 g()',
    ],
    [
      'what is no text for people',
      message([
        { type: 'thinking', thinking: 'x' },
        { type: 'compaction', content: 'x' },
        { type: 'novelty', text: 'x' },
      ]),
      'complete | m | end_turn',
    ],
    ['nothing at all', message([]), 'complete | m | end_turn'],
    ['no reason to end', message([text('a')], { stop_reason: null }), 'cut | m |  | 0:a'],
    ['an error', { type: 'error', error: { type: 'overloaded_error' } }, 'error | absent | '],
    ['no content', message(undefined), 'anomalous | m | '],
    ['content that is no list', message('a'), 'anomalous | m | '],
    ['a block that is no object', message(['a']), 'anomalous | m | end_turn'],
    ['a block without a type', message([{ text: 'a' }]), 'anomalous | m | end_turn'],
    ['a text that is none', message([{ type: 'text', text: 1 }]), 'anomalous | m | end_turn'],
  ])('%s', (_, value, shown) => {
    expect(whole(value)).toBe(shown)
  })

  test('a number that has no canonical form makes no reader fail', () => {
    const body = `{"content":[{"type":"tool_use","name":"f","input":1e${'9'.repeat(1001)}}],"stop_reason":"tool_use"}`
    expect(seen(read(body))).toBe('anomalous | absent | tool_use | undefined f()')
  })
})

type Event = { readonly type: string; readonly [name: string]: unknown }

const START: Event = {
  type: 'message_start',
  message: { model: 'm', content: [], stop_reason: null, usage: { input_tokens: 3, output_tokens: 1, speed: 'fast' } },
}
const begin = (index: number, content_block: object = { type: 'text', text: '' }): Event => {
  return { type: 'content_block_start', index, content_block }
}
const fill = (index: number, delta: object): Event => ({ type: 'content_block_delta', index, delta })
const say = (index: number, text: string): Event => fill(index, { type: 'text_delta', text })
const json = (index: number, partial_json: string): Event => fill(index, { type: 'input_json_delta', partial_json })
const end = (index: number): Event => ({ type: 'content_block_stop', index })
const reason = (stop_reason: string | null = 'end_turn', usage: object = { output_tokens: 9 }): Event => {
  return { type: 'message_delta', delta: { stop_reason }, usage }
}
const STOP: Event = { type: 'message_stop' }
const PING: Event = { type: 'ping' }
const CALL = { type: 'tool_use', id: 'c', name: 'f', input: {} }

const frame = (events: readonly Event[]): string =>
  events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('')
const readEvents = (events: readonly Event[]): ResponseCut => read(frame(events), { contentType: 'text/event-stream' })
const stream = (...events: readonly Event[]): string => seen(readEvents(events))

const WHOLE = [
  START,
  begin(0),
  say(0, 'a'),
  PING,
  say(0, 'b'),
  end(0),
  begin(1, CALL),
  json(1, '{}'),
  end(1),
  reason(),
  STOP,
]

describe('a streamed answer', () => {
  test('is read event by event, and shows a leaf of output for each with text', () => {
    const cut = readEvents(WHOLE)
    expect(seen(cut)).toBe('complete | m | end_turn | 0:ab | c f({})')
    expect(cut.leaves.flatMap(({ role }, index) => (role === 'output' ? [index] : []))).toEqual([2, 4])
  })

  test.each<[string, readonly Event[], string]>([
    [
      'text in the first event of a block',
      [START, begin(0, { type: 'text', text: 'a' }), say(0, 'b'), end(0), reason(), STOP],
      'complete | m | end_turn | 0:ab',
    ],
    [
      'a call whose arguments come piece by piece',
      [START, begin(0, CALL), json(0, ''), json(0, '{"a"'), json(0, ':1}'), end(0), reason(), STOP],
      'complete | m | end_turn | c f({"a":1})',
    ],
    [
      'a call whose arguments come at once',
      [START, begin(0, { ...CALL, input: { a: 1 } }), end(0), reason(), STOP],
      'complete | m | end_turn | c f({"a":1})',
    ],
    [
      'a call without arguments',
      [START, begin(0, { ...CALL, input: undefined }), end(0), reason(), STOP],
      'complete | m | end_turn | c f()',
    ],
    [
      'another model that takes over',
      [START, begin(0, { type: 'fallback', to: { model: 'n' } }), end(0), reason(), STOP],
      'complete | n | end_turn',
    ],
    ['no blocks', [START, reason('refusal'), STOP], 'complete | m | refusal'],
    [
      'events and deltas of a later version',
      [{ type: 'novelty' }, START, begin(0), fill(0, { type: 'novelty' }), end(0), reason(), STOP],
      'complete | m | end_turn',
    ],
    [
      'blocks side by side',
      [START, begin(0), begin(1), say(0, 'a'), say(1, 'b'), end(0), end(1), reason(), STOP],
      'complete | m | end_turn | 0:ab',
    ],
    [
      'blocks that an earlier answer began',
      [
        { type: 'message_start', message: { model: 'm', content: [CALL] } },
        begin(0),
        say(0, 'a'),
        end(0),
        reason(),
        STOP,
      ],
      'complete | m | end_turn | 0:a | c f({})',
    ],
    ['a reason and its counts apart', [START, reason(null), reason(), STOP], 'complete | m | end_turn'],

    ['an error', [START, { type: 'error', error: { type: 'overloaded_error' } }], 'error | m | '],
    ['an error of a server in between', [START, { type: 'x', error: 'timeout' }], 'error | m | '],
    ['no reason to end', [START, STOP], 'cut | m | '],
    ['no end', [START, begin(0), say(0, 'a'), end(0), reason()], 'cut | m | end_turn | 0:a'],

    ['two beginnings', [START, START, reason(), STOP], 'anomalous | m | end_turn'],
    ['no beginning', [reason(), STOP], 'anomalous | absent | end_turn'],
    ['a beginning without a message', [{ type: 'message_start' }, reason(), STOP], 'anomalous | absent | end_turn'],
    ['a block before the beginning', [begin(0), START, reason(), STOP], 'anomalous | m | end_turn'],
    ['a block out of order', [START, begin(1), end(1), reason(), STOP], 'anomalous | m | end_turn'],
    ['a block under another index', [START, begin(5), say(0, 'a'), end(0), reason(), STOP], 'anomalous | m | end_turn'],
    ['a block twice', [START, begin(0), end(0), begin(0), end(0), reason(), STOP], 'anomalous | m | end_turn'],
    [
      'a block that is none',
      [START, { type: 'content_block_start', index: 0 }, reason(), STOP],
      'anomalous | m | end_turn',
    ],
    ['a block after the reason to end', [START, reason(), begin(0), end(0), STOP], 'anomalous | m | end_turn'],
    [
      'text after the reason to end',
      [START, begin(0), reason(), say(0, 'a'), end(0), STOP],
      'anomalous | m | end_turn | 0:a',
    ],
    ['a delta of no block', [START, say(0, 'a'), reason(), STOP], 'anomalous | m | end_turn'],
    [
      'a delta of a block that has ended',
      [START, begin(0), end(0), say(0, 'a'), reason(), STOP],
      'anomalous | m | end_turn',
    ],
    [
      'text of a block of another kind',
      [START, begin(0, CALL), say(0, 'a'), end(0), reason(), STOP],
      'anomalous | m | end_turn | 0:a | c f({})',
    ],
    [
      'text of an earlier block',
      [START, begin(0), begin(1), say(1, 'b'), say(0, 'a'), end(0), end(1), reason(), STOP],
      'anomalous | m | end_turn | 0:ba',
    ],
    [
      'text that is none',
      [START, begin(0), fill(0, { type: 'text_delta', text: 1 }), end(0), reason(), STOP],
      'anomalous | m | end_turn',
    ],
    ['arguments of no call', [START, begin(0), json(0, '{}'), end(0), reason(), STOP], 'anomalous | m | end_turn'],
    ['an end of no block', [START, end(0), reason(), STOP], 'anomalous | m | end_turn'],
    ['a block that does not end', [START, begin(0), reason(), STOP], 'anomalous | m | end_turn'],
    ['two reasons to end', [START, reason(), reason(), STOP], 'anomalous | m | end_turn'],
    ['two ends', [...WHOLE, STOP], 'anomalous | m | end_turn | 0:ab | c f({})'],
    ['a sign of life after the end', [...WHOLE, PING], 'anomalous | m | end_turn | 0:ab | c f({})'],
    ['an event without a type', [START, {} as Event, reason(), STOP], 'anomalous | m | end_turn'],
  ])('%s', (_, events, shown) => {
    expect(stream(...events)).toBe(shown)
  })

  test('counts are of the whole message: later ones replace earlier ones, and null none', () => {
    const usageOf = (...all: readonly object[]): JsonValue | undefined =>
      readEvents([START, ...all.map((usage) => reason(null, usage)), reason(), STOP]).usage
    const plain = (value: JsonValue | undefined) =>
      value instanceof Map ? [...value].map(([name, count]) => `${name} ${JSON.stringify(count)}`).sort() : value
    expect(plain(usageOf({ input_tokens: null, output_tokens: 5, iterations: null }))).toEqual(
      plain(usageOf({ input_tokens: 3, iterations: null })),
    )
    const merged = usageOf({ input_tokens: 7 }) as ReadonlyMap<string, JsonValue>
    expect([...merged.keys()]).toEqual(['input_tokens', 'output_tokens', 'speed'])
    expect(JSON.stringify([...merged.values()])).toBe('[{"token":"7"},{"token":"9"},"fast"]')
  })

  test('of which an event is missing, or there twice, is never complete: but for deltas and signs of life', () => {
    const isTraceless = (type: string) => type === 'content_block_delta' || type === 'ping'
    WHOLE.forEach((event, index) => {
      const [before, after] = [WHOLE.slice(0, index), WHOLE.slice(index + 1)]
      const shapes = [readEvents([...before, ...after]).shape, readEvents([...before, event, event, ...after]).shape]
      expect(shapes.includes('complete'), event.type).toBe(isTraceless(event.type))
    })
  })

  test('how its text is divided into events and blocks changes nothing that a person sees', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string({ unit: 'grapheme', maxLength: 4 })), { maxLength: 4 }), (blocks) => {
        const events = blocks.flatMap((pieces, index) => [
          begin(index),
          ...pieces.map((piece) => say(index, piece)),
          end(index),
        ])
        const text = blocks.flat().join('')
        expect(stream(START, ...events, reason(), STOP)).toBe(
          `complete | m | end_turn${text === '' ? '' : ` | 0:${text}`}`,
        )
      }),
      { numRuns: 50 },
    )
  })
})
