/**
 * Answers of the legacy Completions API and of Embeddings, for `answer.ts`.
 *
 * @module
 */
import { type Answer, answersOf, type AnswerInput as In } from './answers.ts'
import type { Case } from './topic.ts'

const JSON_TYPE = 'application/json'
const EVENTS = 'text/event-stream'
const whole = answersOf('completions-whole', 'openai-completions/1', JSON_TYPE)
const stream = answersOf('completions-stream', 'openai-completions/1', EVENTS)
const embeddings = answersOf('embeddings', 'openai-embeddings/1', JSON_TYPE)

const body = (...choices: readonly string[]): string => `{"model":"m","choices":[${choices.join()}]}`
const event = (data: string): string => `data: ${data}\n\n`
const chunk = (...choices: readonly string[]): string => event(body(...choices))
const m = (shape: Answer['shape'], outputs: Answer['outputs'] = {}, ...ends: readonly string[]): Answer => {
  return { model: 'm', shape, outputs, ends }
}
const HI = '{"index":0,"text":"Hi","finish_reason":"stop"}'
const DONE = event('[DONE]')

const WHOLE: readonly Case<In>[] = [
  whole('complete', body(HI), m('complete', { 0: 'Hi' }, 'stop')),
  whole('two-choices', body('{"index":1,"text":"b","finish_reason":"length"}', HI), {
    ...m('complete', { 0: 'Hi', 1: 'b' }, 'stop', 'length'),
  }),
  whole('fingerprint-and-usage', `{"choices":[${HI}],"system_fingerprint":"fp","usage":{"total_tokens":2}}`, {
    shape: 'complete',
    outputs: { 0: 'Hi' },
    ends: ['stop'],
    fingerprint: 'fp',
    usage: '{"total_tokens":2}',
  }),
  whole('error', '{"error":{"message":"no"}}', { shape: 'error' }),
  whole('error-null', `{"error":null,"choices":[${HI}]}`, { shape: 'complete', outputs: { 0: 'Hi' }, ends: ['stop'] }),
  whole('choices-that-are-no-list', '{"choices":{}}', { shape: 'anomalous' }),
  whole('choices-null', '{"choices":null}', { shape: 'anomalous' }),
  whole('without-choices', '{"model":"m"}', m('anomalous')),
  whole('choice-that-is-no-object', body('"Hi"', HI), m('anomalous', { 0: 'Hi' }, 'stop')),
  whole('choice-without-index', body('{"text":"a"}', HI), m('anomalous', { 0: 'Hi' }, 'stop')),
  whole('choice-512', body('{"index":512,"text":"a"}', HI), m('anomalous', { 0: 'Hi' }, 'stop')),
  whole('choice-twice', body(HI, '{"index":0,"text":"!"}'), m('anomalous', { 0: 'Hi!' }, 'stop')),
  whole('without-text', body('{"index":0,"finish_reason":""}'), m('complete', {}, '')),
  whole('text-null', body('{"index":0,"text":null,"finish_reason":"stop"}'), m('complete', {}, 'stop')),
  whole('text-that-is-a-list', body('{"index":0,"text":["Hi"],"finish_reason":"stop"}'), m('anomalous', {}, 'stop')),
  whole('finish-reason-null', body('{"index":0,"text":"Hi","finish_reason":null}'), m('cut', { 0: 'Hi' })),
  whole('finish-reason-that-is-no-text', body('{"index":0,"text":"Hi","finish_reason":1}'), m('cut', { 0: 'Hi' })),
  whole('a-message-is-no-text', body('{"index":0,"message":{"content":"Hi"},"finish_reason":"stop"}'), {
    ...m('complete', {}, 'stop'),
  }),
]

const TEXT = (text: string): string => chunk(`{"index":0,"text":"${text}"}`)
const STOP = chunk('{"index":0,"text":"","finish_reason":"stop"}')

const STREAMS: readonly Case<In>[] = [
  stream('complete', TEXT('H') + TEXT('i') + STOP + DONE, m('complete', { 0: 'Hi' }, 'stop')),
  stream('choice-twice-in-one-chunk', chunk('{"index":0,"text":"a"}', '{"index":0,"text":"b"}') + STOP + DONE, {
    ...m('complete', { 0: 'ab' }, 'stop'),
  }),
  stream('without-end', TEXT('Hi') + STOP, m('cut', { 0: 'Hi' }, 'stop')),
  stream('without-finish-reason', TEXT('Hi') + DONE, m('cut', { 0: 'Hi' })),
  stream('text-after-the-finish-reason', STOP + TEXT('Hi') + DONE, m('anomalous', { 0: 'Hi' }, 'stop')),
  stream('spliced', TEXT('a') + event('{"model":"n","choices":[]}') + STOP + DONE, m('anomalous', { 0: 'a' }, 'stop')),
  stream('two-ids', event('{"id":"a"}') + TEXT('a') + event('{"id":"b"}') + STOP + DONE, {
    ...m('anomalous', { 0: 'a' }, 'stop'),
  }),
  stream('twice', (TEXT('Hi') + STOP + DONE).repeat(2), m('anomalous', { 0: 'HiHi' }, 'stop')),
]

const item = (members: string): string => `{"object":"list","model":"m","data":[${members}]}`

const EMBEDDINGS: readonly Case<In>[] = [
  embeddings(
    'complete',
    '{"model":"m","data":[{"index":0,"embedding":[0.5]},{"index":1,"embedding":"AAA="}],"usage":{"total_tokens":2}}',
    { ...m('complete', {}, 'embedded'), usage: '{"total_tokens":2}' },
  ),
  embeddings('empty', item(''), m('anomalous')),
  embeddings('error', '{"error":"no"}', { shape: 'error' }),
  embeddings('without-data', '{"model":"m"}', m('anomalous')),
  embeddings('data-that-is-no-list', '{"model":"m","data":{}}', m('anomalous')),
  embeddings('element-that-is-no-object', item('[0.5]'), m('anomalous')),
  embeddings('element-without-embedding', item('{"index":0}'), m('anomalous')),
  embeddings('element-whose-embedding-is-an-object', item('{"index":0,"embedding":{}}'), m('anomalous')),
  embeddings('element-without-index', item('{"embedding":[]}'), m('anomalous')),
  embeddings('elements-in-another-order', item('{"index":1,"embedding":[]},{"index":0,"embedding":[]}'), {
    ...m('anomalous'),
  }),
  embeddings('element-left-out', item('{"index":1,"embedding":[]}'), m('anomalous')),
  embeddings('index-written-0-0', item('{"index":0.0,"embedding":[]}'), m('anomalous')),
  embeddings('as-a-stream', event(item('{"index":0,"embedding":[]}')), { shape: 'anomalous' }, { contentType: EVENTS }),
  embeddings('as-a-stream-of-nothing', '', { shape: 'cut' }, { contentType: EVENTS }),
]

export const OPENAI_COMPLETIONS: readonly Case<In>[] = [...WHOLE, ...STREAMS, ...EMBEDDINGS]
