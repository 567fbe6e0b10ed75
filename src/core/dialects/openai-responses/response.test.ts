import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeUtf8, encodeUtf8 } from '../../bytes/index.ts'
import type { ResponseCut } from '../dialect.ts'
import { dialectById } from '../index.ts'

const dialect = dialectById('openai-responses/1') as NonNullable<ReturnType<typeof dialectById>>

const read = (body: string, contentType = 'application/json', status = 200): ResponseCut =>
  dialect.cutResponse({ status, contentType, body: encodeUtf8(body) })

/** Shape, reasons, text and calls. */
function seen({ shape, finishReasons, outputs, toolCalls }: ResponseCut): string[] {
  const texts = outputs.map(({ choice, text }) => `${choice}:${decodeUtf8(text)}`)
  const calls = toolCalls.map(({ id, name, arguments: given }) => `${id} ${name}(${decodeUtf8(given)})`)
  return [shape, ...finishReasons, ...texts, ...calls]
}

const part = (text: unknown) => ({ type: 'output_text', text, annotations: [] })
const message = (...content: readonly unknown[]) => ({ type: 'message', role: 'assistant', content })
const CALL = { type: 'function_call', id: 'fc_1', call_id: 'c', name: 'f', arguments: '{"a":1}' }
const response = (output: unknown, more: object = {}) => ({
  id: 'resp_1',
  object: 'response',
  status: 'completed',
  model: 'm',
  output,
  ...more,
})
const whole = (output: unknown, more?: object): string[] => seen(read(JSON.stringify(response(output, more))))

describe('a whole answer', () => {
  test('is one choice: the texts of all messages, in their order', () => {
    const output = [{ type: 'reasoning', summary: [] }, message(part('a'), part('b')), CALL, message(part('c'))]
    expect(whole(output)).toEqual(['complete', 'completed', '0:abc', 'c f({"a":1})'])
  })

  test.each([
    ['nothing to say', [], {}, ['complete', 'completed']],
    ['a refusal', [message({ type: 'refusal', refusal: 'No.' })], {}, ['complete', 'completed']],
    [
      'thoughts',
      [{ type: 'reasoning', content: [{ type: 'reasoning_text', text: 'x' }] }],
      {},
      ['complete', 'completed'],
    ],
    [
      'too long an answer',
      [message(part('a'))],
      { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } },
      ['complete', 'max_output_tokens', '0:a'],
    ],
    ['an end without a reason', [], { status: 'incomplete', incomplete_details: null }, ['complete', 'incomplete']],
    ['one that goes on', [], { status: 'in_progress' }, ['cut']],
    ['one in a queue', [], { status: 'queued' }, ['cut']],
    ['one that was called off', [message(part('a'))], { status: 'cancelled' }, ['cut', '0:a']],
    ['no status', [], { status: undefined }, ['cut']],
    ['a failure', [], { status: 'failed' }, ['error']],
    ['an error', [], { error: { code: 'server_error' } }, ['error', 'completed']],
    ['the sum of its texts', [message(part('a'))], { output_text: 'a' }, ['complete', 'completed', '0:a']],
    ['another text as the sum', [message(part('a'))], { output_text: 'b' }, ['anomalous', 'completed', '0:a']],
    ['a sum of nothing', [], { output_text: 'b' }, ['anomalous', 'completed']],
    ['no output', undefined, {}, ['anomalous', 'completed']],
    ['output of another type', {}, {}, ['anomalous', 'completed']],
    ['an item that is no object', ['x'], {}, ['anomalous', 'completed']],
    ['an item without a type', [{ content: [part('a')] }], {}, ['anomalous', 'completed']],
    ['content that is a text', [{ ...message(), content: 'a' }], {}, ['anomalous', 'completed']],
    ['a part that is no object', [message('a')], {}, ['anomalous', 'completed']],
    ['a part without a type', [message({ text: 'a' })], {}, ['anomalous', 'completed']],
    ['a text that is none', [message(part(5))], {}, ['anomalous', 'completed']],
  ])('%s', (_, output, more, shown) => {
    expect(whole(output, more)).toEqual(shown)
  })

  test.each([
    [{ ...CALL, type: 'custom_tool_call', arguments: undefined, input: 'SELECT 1' }, 'c f(SELECT 1)'],
    [{ type: 'mcp_call', id: 'i', name: 'f', arguments: '{}', output: 'x' }, 'i f({})'],
    [{ type: 'mcp_approval_request', id: 'i', name: 'f', arguments: '{}' }, 'i f({})'],
    [{ type: 'local_shell_call', id: 'i', call_id: 'c', action: { b: 1, a: [] } }, 'c local_shell({"a":[],"b":1})'],
    [{ type: 'shell_call', call_id: 'c', action: { commands: ['ls'] } }, 'c shell({"commands":["ls"]})'],
    [
      { type: 'apply_patch_call', call_id: 'c', operation: { type: 'delete_file' } },
      'c apply_patch({"type":"delete_file"})',
    ],
    [{ type: 'computer_call', call_id: 'c', action: null, actions: [1] }, 'c computer([1])'],
    [{ type: 'computer_call', call_id: 'c', action: { type: 'wait' } }, 'c computer({"type":"wait"})'],
    [{ type: 'web_search_call', id: 'i', action: { type: 'search' } }, 'i web_search({"type":"search"})'],
    [{ type: 'file_search_call', id: 'i', queries: ['q'] }, 'i file_search(["q"])'],
    [{ type: 'code_interpreter_call', id: 'i', code: 'print(1)' }, 'i code_interpreter(print(1))'],
    [{ type: 'image_generation_call', id: 'i', revised_prompt: null }, 'i image_generation()'],
    [{ type: 'tool_search_call', id: 'i', call_id: null, arguments: {} }, 'i tool_search({})'],
    [{ type: 'program', id: 'i', call_id: 'c', code: '1' }, 'c program(1)'],
  ])('a call: %j', (item, shown) => {
    expect(whole([item])).toEqual(['complete', 'completed', shown])
  })

  test('a call whose arguments have no canonical form', () => {
    const body = JSON.stringify(response([{ type: 'shell_call', call_id: 'c', action: 'HERE' }]))
    const [shape] = seen(read(body.replace('"HERE"', `{"a":1e${'9'.repeat(1_100)}}`)))
    expect(shape).toBe('anomalous')
  })

  test('what an HTTP error says is an error', () => {
    expect(read('{"error":{"message":"x"}}', 'application/json', 429).shape).toBe('error')
    expect(read('{"error":{"message":"x"}}').shape).toBe('error')
  })

  test('every byte has a role', () => {
    const body =
      '{"model":"m","x":1,"output":[{"type":"message","content":[{"type":"output_text","text":"a"}]},{"type":"x"}]}'
    const labels = read(body).leaves.filter(({ kind }) => kind !== 'structure')
    expect(labels.map(({ kind, role, pointer }) => `${kind} ${role} ${pointer}`)).toEqual([
      'value model /model',
      'member metadata /x',
      'value output /output/0/content/0/text',
      'value metadata /output/1',
    ])
  })
})

type Event = Readonly<Record<string, unknown>> & { readonly type: string }

const event = (type: string, more: object = {}): Event => ({ type: `response.${type}`, ...more })
const at = (item: number, index = 0) => ({ output_index: item, content_index: index })
const delta = (text: unknown, item = 0, index = 0) => event('output_text.delta', { ...at(item, index), delta: text })
const created = event('created', { response: response([], { status: 'in_progress' }) })
const completed = (output: unknown, more: object = {}) => event('completed', { response: response(output, more) })

const frame = (events: readonly (Event | string)[]): string =>
  events.map((one) => `data: ${typeof one === 'string' ? one : JSON.stringify(one)}\n\n`).join('')
const stream = (...events: readonly (Event | string)[]) => seen(read(frame(events), 'text/event-stream'))

/** A text of these pieces as a server streams it, whole of each part included. */
const textEvents = (item: number, ...pieces: readonly string[]): Event[] => {
  const text = pieces.join('')
  return [
    event('output_item.added', { output_index: item, item: message() }),
    event('content_part.added', { ...at(item), part: part('') }),
    ...pieces.map((piece) => delta(piece, item)),
    event('output_text.done', { ...at(item), text }),
    event('content_part.done', { ...at(item), part: part(text) }),
    event('output_item.done', { output_index: item, item: message(part(text)) }),
  ]
}
const callEvents = (item: number, ...pieces: readonly string[]): Event[] => [
  event('output_item.added', { output_index: item, item: { ...CALL, arguments: '' } }),
  ...pieces.map((piece) => event('function_call_arguments.delta', { output_index: item, delta: piece })),
  event('function_call_arguments.done', { output_index: item, arguments: CALL.arguments }),
  event('output_item.done', { output_index: item, item: CALL }),
]

describe('a streamed answer', () => {
  test('of several items', () => {
    const all = [created, ...textEvents(0, 'Hel', 'lo'), ...callEvents(1, '{"a"', ':1}'), ...textEvents(2, '.')]
    const end = completed([message(part('Hello')), CALL, message(part('.'))])
    expect(stream(...all, end)).toEqual(['complete', 'completed', '0:Hello.', 'c f({"a":1})'])
    const { leaves } = read(frame([...all, end]), 'text/event-stream')
    expect(leaves.filter(({ role }) => role === 'output').map(({ pointer }) => pointer)).toEqual(['/3', '/4', '/15'])
  })

  test('where the server gives arguments in one piece, or says in the first event what others add', () => {
    expect(stream(created, ...callEvents(0), completed([CALL]))).toEqual(['complete', 'completed', 'c f({"a":1})'])
    const added = event('output_item.added', { output_index: 0, item: message(part('a')) })
    expect(stream(created, added, delta('b'), completed([message(part('ab'))]))).toEqual([
      'complete',
      'completed',
      '0:ab',
    ])
  })

  test('of a server that leaves out indexes, by the ids of the items', () => {
    const say = (text: string) => event('output_text.delta', { item_id: 'm', delta: text })
    const more = (text: string) => event('function_call_arguments.delta', { item_id: 'fc_1', delta: text })
    const all = [
      created,
      event('output_item.added', { item: { type: 'reasoning', id: 'r', summary: [] } }),
      event('output_item.added', { item: { ...message(), id: 'm' } }),
      event('content_part.added', { item_id: 'm', part: part('') }),
      say('a'),
      say('b'),
      event('output_item.added', { item: { ...CALL, arguments: '' } }),
      more('{"a"'),
      more(':1}'),
      event('output_text.done', { item_id: 'm', text: 'ab' }),
      event('output_item.done', { item: { ...message(part('ab')), id: 'm' } }),
      event('output_item.done', { item: CALL }),
    ]
    const last = completed([message(part('ab')), CALL])
    expect(stream(...all, last)).toEqual(['complete', 'completed', '0:ab', 'c f({"a":1})'])
    expect(stream(...all.toSpliced(8, 1), last)[0]).toBe('anomalous')
    expect(stream(...all.toSpliced(4, 1), last)[0]).toBe('anomalous')
    expect(stream(...all, event('output_text.done', { item_id: 'r', text: 'ab' }), last)[0]).toBe('anomalous')
  })

  const A = [message(part('a'))]
  const otherWhole = [
    created,
    ...callEvents(0, CALL.arguments).slice(0, 2),
    event('function_call_arguments.done', { output_index: 0, arguments: '{}' }),
  ]
  const said = [created, ...textEvents(0, 'a')]
  const end = completed(A)
  const numbered = (...numbers: readonly unknown[]) =>
    [created, delta('a'), end].map((one, index) => ({ ...one, sequence_number: numbers[index] }))
  test.each<[string, readonly (Event | string)[], string]>([
    ['with numbers', numbered(0, 1, 2), 'complete'],
    ['with numbers from another', numbered(7, 8, 9), 'complete'],
    ['with some numbers', numbered(null, 4, 5), 'complete'],
    ['with a number left out', numbered(0, 1, 3), 'anomalous'],
    ['with a number twice', numbered(0, 1, 1), 'anomalous'],
    ['with numbers in another order', numbered(0, 2, 1), 'anomalous'],
    ['with a number that is none', numbered(0, '1', 2), 'anomalous'],
    ['with a first number that is none', numbered('1', null, null), 'anomalous'],
    ['with a number that is no integer', numbered(0, 1, 2.5), 'anomalous'],
    ['nothing', [], 'cut'],
    ['without an end', said, 'cut'],
    ['with nothing but [DONE]', ['[DONE]'], 'anomalous'],
    ['with [DONE] for an end', [...said, '[DONE]'], 'cut'],
    ['with [DONE] after its end', [...said, end, '[DONE]'], 'complete'],
    ['with [DONE] twice', [...said, end, '[DONE]', '[DONE]'], 'anomalous'],
    ['with [DONE] before its end', [...said, '[DONE]', end], 'anomalous'],
    ['with an event after its end', [...said, end, event('keepalive')], 'anomalous'],
    ['with an event after [DONE]', [...said, end, '[DONE]', event('keepalive')], 'anomalous'],
    ['with two ends', [...said, end, end], 'anomalous'],
    ['with another kind of event', [created, event('keepalive'), delta('a'), end], 'complete'],
    ['with a second beginning', [created, created, delta('a'), end], 'anomalous'],
    ['of another response at its end', [...said, completed(A, { id: 'resp_2' })], 'anomalous'],
    ['of another model at its end', [...said, completed(A, { model: 'n' })], 'anomalous'],
    ['with another status at its end', [...said, completed(A, { status: 'incomplete' })], 'anomalous'],
    ['without a status at its end', [...said, completed(A, { status: undefined })], 'complete'],
    ['with an end that has no response', [...said, event('completed')], 'anomalous'],
    [
      'that is too long',
      [...said, event('incomplete', { response: response(A, { status: 'incomplete' }) })],
      'complete',
    ],
    ['that fails', [...said, event('failed', { response: response(A, { status: 'failed' }) })], 'error'],
    ['with an error', [...said, { type: 'error', code: 'x' }], 'error'],
    ['with an error of a server in between', [...said, '{"error":{"message":"x"}}'], 'error'],
    ['with an event without a type', [...said, '{}', end], 'anomalous'],
    ['with an event that is no JSON', [...said, '{', end], 'anomalous'],
    ['without its pieces', [created, end], 'anomalous'],
    ['with another text at its end', [...said, completed([message(part('b'))])], 'anomalous'],
    ['with nothing at its end', [...said, completed([])], 'anomalous'],
    ['with more at its end', [...said, completed([...A, message(part('b'))])], 'anomalous'],
    ['with another sum at its end', [...said, completed(A, { output_text: 'b' })], 'anomalous'],
    [
      'with another whole of a part',
      [created, delta('a'), event('output_text.done', { ...at(0), text: 'b' }), end],
      'anomalous',
    ],
    [
      'with a whole of another part',
      [created, delta('a'), event('output_text.done', { ...at(1), text: 'a' }), end],
      'anomalous',
    ],
    ['with a whole that is no text', [created, delta('a'), event('output_text.done', at(0)), end], 'anomalous'],
    [
      'with another part',
      [created, delta('a'), event('content_part.done', { ...at(0), part: part('b') }), end],
      'anomalous',
    ],
    ['with a part that is none', [created, event('content_part.added', at(0)), delta('a'), end], 'anomalous'],
    [
      'with another item',
      [created, delta('a'), event('output_item.done', { ...at(0), item: message(part('b')) }), end],
      'anomalous',
    ],
    ['with an item that is none', [created, event('output_item.added', at(0)), delta('a'), end], 'anomalous'],
    [
      'with an item without an index',
      [created, event('output_item.added', { item: message() }), delta('a'), end],
      'anomalous',
    ],
    ['with text that is none', [created, delta('a'), delta(5), end], 'anomalous'],
    ['with text without a place', [created, event('output_text.delta', { delta: 'a' }), end], 'anomalous'],
    [
      'with text of an earlier part',
      [created, delta('b', 1), delta('a', 0), completed([message(part('b')), message(part('a'))])],
      'anomalous',
    ],
    [
      'with a piece of a call that has not begun',
      [created, ...callEvents(0, '{"a":1}').slice(1), completed([CALL])],
      'anomalous',
    ],
    ['with another whole of arguments', [...otherWhole, completed([CALL])], 'anomalous'],
    ['with other arguments in pieces', [created, ...callEvents(0, '{}'), completed([CALL])], 'anomalous'],
    [
      'with arguments that are no text',
      [
        created,
        callEvents(0)[0] as Event,
        event('function_call_arguments.delta', { output_index: 0 }),
        completed([CALL]),
      ],
      'anomalous',
    ],
    ['with another call at its end', [created, ...callEvents(0), completed([{ ...CALL, name: 'g' }])], 'anomalous'],
    ['without its call at its end', [created, ...callEvents(0), completed([])], 'anomalous'],
    ['with a call only at its end', [created, completed([CALL])], 'anomalous'],
    [
      'with another name of a call',
      [
        created,
        ...callEvents(0).slice(0, 1),
        event('output_item.done', { output_index: 0, item: { ...CALL, name: 'g' } }),
        completed([CALL]),
      ],
      'anomalous',
    ],
  ])('%s', (_, events, shape) => {
    expect(stream(...events)[0]).toBe(shape)
  })

  test('text that does not fit is no text that is taken back', () => {
    expect(stream(created, event('output_text.delta', { delta: 'a' }), delta('b'), end)).toEqual([
      'anomalous',
      'completed',
      '0:ab',
    ])
  })

  test('bytes after the end are an anomaly, a comment is none', () => {
    const body = frame([...said, end])
    const shape = (more: string): string => read(body + more, 'text/event-stream').shape
    expect([shape(''), shape(': colophon\n\n'), shape(': colophon'), shape('data: {')]).toEqual([
      'complete',
      'complete',
      'anomalous',
      'anomalous',
    ])
  })

  test('how an answer is divided into events changes nothing that a person sees', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 4 })), (pieces) => {
        const text = pieces.join('')
        const shown = stream(created, ...textEvents(0, ...pieces), completed([message(part(text))]))
        expect(shown).toEqual(['complete', 'completed', ...(text === '' ? [] : [`0:${text}`])])
      }),
      { numRuns: 50 },
    )
  })
})
