/**
 * Answers of Gemini, for `answer.ts`.
 *
 * @module
 */
import { type Answer, answersOf, type Call, events, type AnswerInput as In } from './answers.ts'
import type { Case } from './topic.ts'

const whole = answersOf('gemini-whole', 'google-gemini/1', 'application/json')
const stream = answersOf('gemini-stream', 'google-gemini/1', 'text/event-stream')

const m = (shape: Answer['shape'], outputs: Answer['outputs'] = {}, ...ends: readonly string[]): Answer => {
  return { model: 'm', shape, outputs, ends }
}
const body = (...candidates: readonly string[]): string => `{"modelVersion":"m","candidates":[${candidates.join()}]}`
const parts = (text: string, more = ''): string => `{"content":{"role":"model","parts":[${text}]}${more}}`
const STOP = ',"finishReason":"STOP"'
const HI = parts('{"text":"Hi"}', STOP)
const END = body('{"finishReason":"STOP","index":0}')
const text = (one: string, more = ''): string => body(parts(`{"text":"${one}"}`, more))
const called = (name: string, list: string, shape: Answer['shape'], ...calls: readonly Call[]): Case<In> =>
  whole(`tool-call-${name}`, body(parts(list, STOP)), { ...m(shape, {}, 'STOP'), calls })

const WHOLE: readonly Case<In>[] = [
  whole('complete', body(HI), m('complete', { 0: 'Hi' }, 'STOP')),
  whole('usage', '{"usageMetadata":{"totalTokenCount":3},"candidates":[{"finishReason":"STOP"}]}', {
    shape: 'complete',
    ends: ['STOP'],
    usage: '{"totalTokenCount":3}',
  }),
  whole('texts-are-joined', body(parts('{"text":"H"},{"text":""},{"text":"i"}', STOP)), {
    ...m('complete', { 0: 'Hi' }, 'STOP'),
  }),
  whole('what-a-model-thinks', body(parts('{"text":"Hm","thought":true},{"text":"Hi","thought":false}', STOP)), {
    ...m('complete', { 0: 'Hi' }, 'STOP'),
  }),
  whole('two-candidates', body(HI, parts('{"text":"b"}', ',"index":1,"finishReason":"MAX_TOKENS"')), {
    ...m('complete', { 0: 'Hi', 1: 'b' }, 'STOP', 'MAX_TOKENS'),
  }),
  whole('candidate-twice', body(HI, parts('{"text":"!"}', ',"index":0')), m('anomalous', { 0: 'Hi!' }, 'STOP')),
  whole('without-reason', body(parts('{"text":"Hi"}')), m('cut', { 0: 'Hi' })),
  whole('reason-that-is-no-text', body(parts('{"text":"Hi"}', ',"finishReason":1')), m('cut', { 0: 'Hi' })),
  whole('model-under-another-name', '{"model":"m","candidates":[{"finishReason":"STOP"}]}', {
    shape: 'complete',
    ends: ['STOP'],
  }),
  whole('error', '{"error":{"code":429}}', { shape: 'error' }, { status: 429 }),
  whole('error-null', `{"error":null,"candidates":[${HI}]}`, {
    shape: 'complete',
    outputs: { 0: 'Hi' },
    ends: ['STOP'],
  }),
  whole(
    'prompt-that-was-blocked',
    '{"modelVersion":"m","promptFeedback":{"blockReason":"SAFETY"}}',
    m('complete', {}, 'SAFETY'),
  ),
  whole('prompt-that-was-not-blocked', '{"modelVersion":"m","promptFeedback":{}}', m('anomalous')),
  whole('blocked-and-answered', `{"modelVersion":"m","promptFeedback":{"blockReason":"X"},"candidates":[${HI}]}`, {
    ...m('anomalous', { 0: 'Hi' }, 'X'),
  }),
  whole('without-candidates', '{"modelVersion":"m"}', m('anomalous')),
  whole('candidates-null', '{"modelVersion":"m","candidates":null}', m('anomalous')),
  whole(
    'candidates-that-are-no-list-and-a-block',
    '{"modelVersion":"m","candidates":{},"promptFeedback":{"blockReason":"X"}}',
    {
      ...m('anomalous', {}, 'X'),
    },
  ),
  whole('candidate-that-is-no-object', body('"Hi"', HI), m('anomalous', { 0: 'Hi' }, 'STOP')),
  whole(
    'candidate-whose-index-is-a-text',
    body(parts('{"text":"a"}', ',"index":"0"'), HI),
    m('anomalous', { 0: 'Hi' }, 'STOP'),
  ),
  whole(
    'candidate-whose-index-is-null',
    body(parts('{"text":"a"}', ',"index":null'), HI),
    m('anomalous', { 0: 'Hi' }, 'STOP'),
  ),
  whole('candidate-512', body(parts('{"text":"a"}', ',"index":512'), HI), m('anomalous', { 0: 'Hi' }, 'STOP')),
  whole('content-null', body('{"content":null,"finishReason":"STOP"}'), m('complete', {}, 'STOP')),
  whole('content-that-is-a-text', body('{"content":"Hi","finishReason":"STOP"}'), m('anomalous', {}, 'STOP')),
  whole('content-without-parts', body('{"content":{"role":"model"},"finishReason":"STOP"}'), m('complete', {}, 'STOP')),
  whole('parts-that-are-no-list', body('{"content":{"parts":{}},"finishReason":"STOP"}'), m('anomalous', {}, 'STOP')),
  whole('part-that-is-no-object', body(parts('"Hi"', STOP)), m('anomalous', {}, 'STOP')),
  whole('text-null', body(parts('{"text":null}', STOP)), m('complete', {}, 'STOP')),
  whole('text-that-is-no-text', body(parts('{"text":["Hi"]}', STOP)), m('anomalous', {}, 'STOP')),
  whole(
    'thought-that-is-no-literal',
    body(parts('{"text":"Hi","thought":"true"}', STOP)),
    m('complete', { 0: 'Hi' }, 'STOP'),
  ),
  called('one', '{"functionCall":{"id":"a","name":"f","args":{"b":1.0,"a":[]}}}', 'complete', {
    id: 'a',
    name: 'f',
    text: '{"a":[],"b":1}',
  }),
  called(
    'without-args',
    '{"functionCall":{"name":"f"}},{"functionCall":{"name":"g","args":null}}',
    'complete',
    { name: 'f' },
    { name: 'g' },
  ),
  called(
    'in-pieces',
    '{"functionCall":{"name":"f","partialArgs":[1]}},{"functionCall":{"partialArgs":[2],"id":"a"}}',
    'complete',
    {
      id: 'a',
      name: 'f',
      text: '[1][2]',
    },
  ),
  called(
    'that-begins-without-a-name',
    '{"functionCall":{"args":{}}},{"functionCall":{"args":{}}},{"functionCall":{"name":"f"}}',
    'complete',
    { text: '{}{}' },
    { name: 'f' },
  ),
  called('with-two-ids', '{"functionCall":{"name":"f","id":"a"}},{"functionCall":{"id":"b"}}', 'anomalous', {
    id: 'a',
    name: 'f',
  }),
  called(
    'with-an-empty-name',
    '{"functionCall":{"name":"f"}},{"functionCall":{"name":"","args":{}}}',
    'complete',
    { name: 'f' },
    { text: '{}' },
  ),
  called('that-is-no-object', '{"functionCall":"f"}', 'complete'),
  whole('list', `[${text('H')},${text('i')},${END}]`, m('complete', { 0: 'Hi' }, 'STOP')),
  whole('list-of-one', `[${body(HI)}]`, m('complete', { 0: 'Hi' }, 'STOP')),
  whole('list-without-end', `[${text('H')},${text('i')}]`, m('cut', { 0: 'Hi' })),
  whole('list-of-nothing', '[]', { shape: 'cut' }),
  whole('list-with-something-else', `[${body(HI)},[]]`, m('anomalous', { 0: 'Hi' }, 'STOP')),
  whole('list-of-two-models', `[${text('H')},{"modelVersion":"n"},${END}]`, m('anomalous', { 0: 'H' }, 'STOP')),
  whole('list-cut-short', `[${text('H')},`, { model: null, shape: 'anomalous' }),
  whole('a-text', '"Hi"', { model: null, shape: 'anomalous' }),
]

const STREAMS: readonly Case<In>[] = [
  stream('complete', events(text('H'), text('i'), END), m('complete', { 0: 'Hi' }, 'STOP')),
  stream('end-with-the-last-text', events(text('H'), text('i', STOP)), m('complete', { 0: 'Hi' }, 'STOP')),
  stream('without-end', events(text('H'), text('i')), m('cut', { 0: 'Hi' })),
  stream(
    'one-candidate-of-two-goes-on',
    events(text('H', STOP), text('b', ',"index":1')),
    m('cut', { 0: 'H', 1: 'b' }, 'STOP'),
  ),
  stream('of-nothing', '', { shape: 'cut' }),
  stream('usage-after-the-end', events(text('Hi', STOP), '{"usageMetadata":{"a":1}}'), {
    ...m('complete', { 0: 'Hi' }, 'STOP'),
    usage: '{"a":1}',
  }),
  stream('cut-within-an-event', events(text('H')) + events(text('i', STOP)).slice(0, -1), m('cut', { 0: 'H' })),
  stream('half-an-event-after-the-reason', `${events(text('Hi', STOP))}data: {`, m('cut', { 0: 'Hi' }, 'STOP')),
  stream('text-after-the-reason', events(text('H', STOP), text('i')), m('anomalous', { 0: 'Hi' }, 'STOP')),
  stream('two-reasons', events(text('H', STOP), END), m('anomalous', { 0: 'H' }, 'STOP')),
  stream(
    'with-a-done-that-other-apis-have',
    `${events(text('Hi', STOP))}data: [DONE]\n\n`,
    m('anomalous', { 0: 'Hi' }, 'STOP'),
  ),
  stream('an-error-in-the-middle', events(text('H'), '{"error":{}}'), m('error', { 0: 'H' })),
  stream('two-ids', events('{"responseId":"a"}', text('H'), '{"responseId":"b"}', END), {
    ...m('anomalous', { 0: 'H' }, 'STOP'),
  }),
  stream('two-models', events(text('H'), '{"modelVersion":"n"}', END), m('anomalous', { 0: 'H' }, 'STOP')),
  stream(
    'a-call-in-pieces',
    events(body(parts('{"functionCall":{"name":"f"}}')), body(parts('{"functionCall":{"args":{}}}', STOP))),
    {
      ...m('complete', {}, 'STOP'),
      calls: [{ name: 'f', text: '{}' }],
    },
  ),
]

export const GOOGLE_GEMINI: readonly Case<In>[] = [...WHOLE, ...STREAMS]
