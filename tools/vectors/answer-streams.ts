/**
 * Answers that came as streams, whole, cut and mangled, for `answer.ts`.
 *
 * @module
 */
import { type Answer, answersOf, type AnswerInput as In } from './answers.ts'
import type { Case } from './topic.ts'

const read = answersOf('stream', 'openai-chat-completions/1', 'text/event-stream')

const event = (data: string): string => `data: ${data}\n\n`
const DONE = event('[DONE]')
const choice = (members: string, index = '0'): string => `{"index":${index},${members}}`
const chunk = (...choices: readonly string[]): string => event(`{"model":"m","choices":[${choices.join()}]}`)
/** A chunk with text of one choice. */
const text = (content: string, index = '0'): string =>
  chunk(choice(`"delta":{"content":${JSON.stringify(content)}}`, index))
const stop = (index = '0'): string => chunk(choice('"delta":{},"finish_reason":"stop"', index))
const m = (shape: Answer['shape'], outputs: Answer['outputs'] = {}, ends: readonly string[] = ['stop']): Answer => ({
  model: 'm',
  shape,
  outputs,
  ends,
})
const HI = text('H') + text('i.')
const WHOLE = HI + stop() + DONE

/** The whole stream, cut after so many bytes of one of its parts. */
const cutAfter = (name: string, kept: string, outputs: Answer['outputs'], ends: readonly string[] = []): Case<In> =>
  read(`cut-${name}`, kept, {
    ...m('cut', outputs, ends),
    ...(kept.includes('\n\n') ? {} : { model: undefined }),
  } as Answer)

const CUT: readonly Case<In>[] = [
  cutAfter('within-the-first-event', WHOLE.slice(0, 20), {}),
  cutAfter('before-the-blank-line', WHOLE.slice(0, text('H').length - 1), {}),
  cutAfter('after-the-first-event', text('H'), { 0: 'H' }),
  cutAfter('within-the-second-event', text('H') + text('i.').slice(0, 30), { 0: 'H' }),
  cutAfter('before-the-finish-reason', HI, { 0: 'Hi.' }),
  cutAfter('before-the-end', HI + stop(), { 0: 'Hi.' }, ['stop']),
  cutAfter('within-the-end', HI + stop() + DONE.slice(0, -2), { 0: 'Hi.' }, ['stop']),
  cutAfter('before-the-blank-line-of-the-end', HI + stop() + DONE.slice(0, -1), { 0: 'Hi.' }, ['stop']),
  cutAfter('without-finish-reason', HI + DONE, { 0: 'Hi.' }),
  read('cut-in-the-middle-of-a-character', '', m('cut', { 0: 'H' }, []), {
    bodyHex: Buffer.concat([
      Buffer.from(`${text('H')}data: {"choices":[{"index":0,"delta":{"content":"`),
      Buffer.of(0xc3),
    ]).toString('hex'),
  }),
  read('of-nothing', '', { shape: 'cut' }),
  read('of-comments', ': a\n\n: b\n\n', { shape: 'cut' }),
]

const TOOL = choice('"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0}]}')

const WHOLE_ONES: readonly Case<In>[] = [
  read('complete', WHOLE, m('complete', { 0: 'Hi.' })),
  read(
    'text-and-finish-reason-in-one-chunk',
    chunk(choice('"finish_reason":"stop","delta":{"content":"Hi."}')) + DONE,
    {
      ...m('complete', { 0: 'Hi.' }),
    },
  ),
  read('usage-after-the-answer', HI + stop() + event('{"model":"m","choices":[],"usage":{}}') + DONE, {
    ...m('complete', { 0: 'Hi.' }),
    usage: '{}',
  }),
  read('choices-interleaved', text('a') + text('x', '1') + text('b') + text('y', '1') + stop('1') + stop() + DONE, {
    ...m('complete', { 0: 'ab', 1: 'xy' }, ['stop', 'stop']),
  }),
  read('tool-calls-only', chunk(TOOL) + stop() + DONE, m('complete')),
  read('delta-null', chunk(choice('"delta":null,"finish_reason":"stop"')) + DONE, m('complete')),
  read('without-delta', chunk(choice('"finish_reason":"stop"')) + DONE, m('complete')),
  read('with-comments-and-blank-lines', `: keep-alive\n\n\n${WHOLE}\n: bye\n\n`, m('complete', { 0: 'Hi.' })),
  read('with-cr-lf', WHOLE.replaceAll('\n', '\r\n'), m('complete', { 0: 'Hi.' })),
  read('with-cr', WHOLE.replaceAll('\n', '\r'), m('complete', { 0: 'Hi.' })),
  read('with-a-byte-order-mark', `\ufeff${WHOLE}`, m('complete', { 0: 'Hi.' })),
  read('with-data-on-two-lines', WHOLE.replace('"choices":', '\ndata: "choices":'), m('complete', { 0: 'Hi.' })),
  read('a-character-of-two-halves-in-one-string', text('\u{1f600}') + stop() + DONE, m('complete', { 0: '\u{1f600}' })),
  read('a-model-that-comes-later', event('{"choices":[]}') + WHOLE, m('complete', { 0: 'Hi.' })),
  read('a-model-that-is-empty', event('{"model":"","choices":[]}') + WHOLE, m('complete', { 0: 'Hi.' })),
  read('data-around-the-end', `${HI}${stop()}event: x\ndata:[DONE]\n\n`, m('complete', { 0: 'Hi.' })),
  read('empty-event-type-after-the-end', `${WHOLE}event: x\n\n`, m('complete', { 0: 'Hi.' })),
]

/** A chunk with pieces of tool calls. */
const calls = (text: string, index = '0'): string => chunk(choice(`"delta":{"tool_calls":${text}}`, index))
const called = (name: string, text: string, answer: Partial<Answer>): Case<In> =>
  read(`tool-call-${name}`, text + chunk(choice('"delta":{},"finish_reason":"tool_calls"')) + DONE, {
    ...m('complete', {}, ['tool_calls']),
    ...answer,
  })

/** So many tool calls, and one. */
const counted = (name: string, times: number, toolCallCount: number, shape: Answer['shape']): Case<In> =>
  ({
    ...read(
      name,
      [
        'data: {"choices":[{"index":0,"finish_reason":"stop","delta":{"tool_calls":[{"function":{}}',
        { repeat: ',{"function":{}}', times },
        ']}}]}\n\n',
        DONE,
      ],
      m(shape),
    ),
    countOnly: true,
    accept: { toolCallCount, shape },
  }) as Case<In>

const CALLED: readonly Case<In>[] = [
  called(
    'in-pieces',
    calls('[{"index":0,"id":"a","function":{"name":"look","arguments":""}}]') +
      calls('[{"index":0,"function":{"arguments":"{\\"x\\":"}}]') +
      calls('[{"index":1,"id":"b","function":{"name":"say","arguments":"{}"}}]') +
      calls('[{"index":0,"id":"a","function":{"name":"look","arguments":"1}"}}]'),
    {
      calls: [
        { id: 'a', name: 'look', text: '{"x":1}' },
        { id: 'b', name: 'say', text: '{}' },
      ],
    },
  ),
  called('without-index', calls('[{"id":"a","function":{"name":"f"}},{"id":"b","function":{"name":"g"}}]'), {
    calls: [
      { id: 'a', name: 'f' },
      { id: 'b', name: 'g' },
    ],
  }),
  called(
    'of-two-choices',
    calls('[{"index":0,"id":"a","function":{}}]', '1') + calls('[{"index":0,"id":"b","function":{}}]') + stop('1'),
    {
      ends: ['tool_calls', 'stop'],
      calls: [{ choice: 1, id: 'a' }, { id: 'b' }],
    },
  ),
  called(
    'with-two-ids',
    calls('[{"index":0,"id":"a","function":{}}]') + calls('[{"index":0,"id":"b","function":{}}]'),
    {
      shape: 'anomalous',
      calls: [{ id: 'a' }],
    },
  ),
  called(
    'with-two-names',
    calls('[{"index":0,"function":{"name":"f"}}]') + calls('[{"index":0,"function":{"name":"g"}}]'),
    {
      shape: 'anomalous',
      calls: [{ name: 'f' }],
    },
  ),
  read(
    'tool-call-at-place-1501',
    [
      'data: {"model":"m","choices":[{"index":0,"finish_reason":"stop","delta":{"tool_calls":[{"function":{}}',
      { repeat: ',{}', times: 1500 },
      ',{"function":{"name":"last"}}]}}]}\n\n',
      DONE,
    ],
    { ...m('complete'), calls: [{}, { name: 'last' }] },
  ),
  counted('tool-calls-1024', 1023, 1024, 'complete'),
  counted('tool-calls-1025', 1024, 1024, 'anomalous'),
  read('fingerprints', event('{"model":"m","system_fingerprint":"a"}') + event('{"system_fingerprint":"b"}') + WHOLE, {
    ...m('complete', { 0: 'Hi.' }),
    fingerprint: 'b',
  }),
  read('usage-twice', event('{"usage":{"a":1,"b":1}}') + event('{"usage":{"a":2}}') + event('{"usage":null}') + WHOLE, {
    ...m('complete', { 0: 'Hi.' }),
    usage: '{"a":2}',
  }),
]

const MANGLED: readonly Case<In>[] = [
  read('end-with-two-spaces', `${HI}${stop()}data:  [DONE]\n\n`, m('anomalous', { 0: 'Hi.' })),
  read('end-in-lower-case', HI + stop() + event('[done]'), m('anomalous', { 0: 'Hi.' })),
  read('two-models', text('H') + event('{"model":"n","choices":[]}') + stop() + DONE, m('anomalous', { 0: 'H' })),
  read('an-error-at-the-end', HI + event('{"error":{"message":"overloaded"}}'), m('error', { 0: 'Hi.' }, [])),
  read('an-error-after-the-end', WHOLE + event('{"error":1}'), m('error', { 0: 'Hi.' })),
  read(
    'an-error-event-without-error',
    `${HI}event: error\ndata: {"message":"x"}\n\n${DONE}`,
    m('cut', { 0: 'Hi.' }, []),
  ),
  read('data-that-is-no-json', HI + event('oops') + stop() + DONE, m('anomalous', { 0: 'Hi.' })),
  read('data-that-is-a-list', HI + event('[]') + stop() + DONE, m('anomalous', { 0: 'Hi.' })),
  read('data-that-is-empty', `${HI}data\n\n${stop()}${DONE}`, m('anomalous', { 0: 'Hi.' })),
  read('data-with-a-member-twice', HI + event('{"id":1,"id":2}') + stop() + DONE, m('anomalous', { 0: 'Hi.' })),
  read(
    'a-pair-split-between-events',
    event('{"choices":[{"index":0,"delta":{"content":"\\ud83d"}}]}') + stop() + DONE,
    {
      ...m('anomalous'),
    },
  ),
  read('data-after-the-end', WHOLE + text('!'), m('anomalous', { 0: 'Hi.!' })),
  read('the-end-twice', WHOLE + DONE, m('anomalous', { 0: 'Hi.' })),
  read('an-unfinished-event-after-the-end', `${WHOLE}: bye\n`, m('anomalous', { 0: 'Hi.' })),
  read('text-after-the-finish-reason', HI + stop() + text('!') + DONE, m('anomalous', { 0: 'Hi.!' })),
  read('empty-text-after-the-finish-reason', HI + stop() + text('') + DONE, m('complete', { 0: 'Hi.' })),
  read('a-finish-reason-twice', HI + stop() + stop() + DONE, m('anomalous', { 0: 'Hi.' })),
  read('two-ids', event('{"id":"a"}') + event('{"id":"b"}') + WHOLE, m('anomalous', { 0: 'Hi.' })),
  read('ids-that-say-nothing', event('{"id":"a"}') + event('{"id":""}') + event('{"id":1}') + WHOLE, {
    ...m('complete', { 0: 'Hi.' }),
  }),
  read(
    'two-finish-reasons-of-which-the-last-counts',
    HI + stop() + chunk(choice('"delta":{},"finish_reason":"length"')) + DONE,
    m('anomalous', { 0: 'Hi.' }, ['length']),
  ),
  read('no-choice-at-all', event('{"model":"m","choices":[]}') + DONE, m('anomalous', {}, [])),
  read('only-the-end', DONE, { shape: 'anomalous' }),
  read('choices-that-are-no-list', event('{"model":"m","choices":{}}') + WHOLE, m('anomalous', { 0: 'Hi.' })),
  read('a-choice-without-index', chunk('{"delta":{"content":"x"}}') + WHOLE, m('anomalous', { 0: 'Hi.' })),
  read('a-delta-that-is-a-text', chunk(choice('"delta":"x"')) + WHOLE, m('anomalous', { 0: 'Hi.' })),
  read(
    'content-that-is-a-list',
    chunk(choice('"delta":{"content":[{"type":"text","text":"So: "},{"type":"thinking","text":"?"}]}')) + WHOLE,
    {
      ...m('complete', { 0: 'So: Hi.' }),
    },
  ),
  read('content-that-is-an-object', chunk(choice('"delta":{"content":{}}')) + WHOLE, m('anomalous', { 0: 'Hi.' })),
  read(
    'content-of-a-part-that-is-a-text',
    chunk(choice('"delta":{"content":["x"]}')) + WHOLE,
    m('anomalous', { 0: 'Hi.' }),
  ),
  read(
    'a-message-in-place-of-a-delta',
    chunk(choice('"message":{"content":"x"}')) + WHOLE,
    m('complete', { 0: 'Hi.' }),
  ),
  read('a-choice-that-never-finishes', text('x', '1') + WHOLE, m('cut', { 0: 'Hi.', 1: 'x' })),
  read('whole-json-that-says-it-is-a-stream', '{"model":"m","choices":[]}', { shape: 'cut' }),
  read('status-429', WHOLE, m('error', { 0: 'Hi.' }), { status: 429 }),
]

export const STREAMS: readonly Case<In>[] = [...WHOLE_ONES, ...CUT, ...CALLED, ...MANGLED]
