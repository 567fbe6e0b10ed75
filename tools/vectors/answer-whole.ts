/**
 * Answers that came as one JSON object, for `answer.ts`.
 *
 * @module
 */
import { type Answer, answersOf, type Call, type AnswerInput as In } from './answers.ts'
import type { Case } from './topic.ts'

const read = answersOf('whole', 'openai-chat-completions/1', 'application/json')

/** A choice, as it stands in a body. */
function choice(
  content: string,
  { index = '0', end = '"stop"' }: { index?: string; end?: string | null } = {},
): string {
  const reason = end === null ? '' : `,"finish_reason":${end}`
  return `{"index":${index},"message":{"role":"assistant","content":${content}}${reason}}`
}
const body = (...choices: readonly string[]): string => `{"model":"m","choices":[${choices.join()}]}`
/** Of a body with the model m, whose one choice stopped. */
const m = (shape: Answer['shape'], outputs: Answer['outputs'] = {}, ends: readonly string[] = ['stop']): Answer => ({
  model: 'm',
  shape,
  outputs,
  ends,
})
const HI = choice('"Hi."')
/** A choice that calls tools. */
const called = (name: string, calls: string, ...expected: readonly Call[]): Case<In> =>
  read(name, body(`{"index":0,"message":{"tool_calls":${calls}},"finish_reason":"tool_calls"}`), {
    ...m('complete', {}, ['tool_calls']),
    calls: expected,
  })

export const ANSWERS: readonly Case<In>[] = [
  read('complete', body(HI), m('complete', { 0: 'Hi.' })),
  read('output-is-not-trimmed', body(choice('" Hi.\\n"')), m('complete', { 0: ' Hi.\n' })),
  read('output-is-decoded', body(choice('"\\u00e9\\ud83d\\ude00é\\""')), m('complete', { 0: 'é😀é"' })),
  read('output-is-not-normalized', body(choice('"e\\u0301\\ufeff"')), m('complete', { 0: 'e\u0301\ufeff' })),
  read('outputs-in-the-order-of-choices', body(choice('"b"', { index: '2' }), choice('"a"', { index: '1' })), {
    ...m('complete', { 1: 'a', 2: 'b' }, ['stop', 'stop']),
  }),
  read('choices-are-numbers-not-texts', body(choice('"b"', { index: '10' }), choice('"a"', { index: '9' })), {
    ...m('complete', { 9: 'a', 10: 'b' }, ['stop', 'stop']),
  }),
  read('without-empty-outputs', body(choice('""', { end: '"length"' }), choice('"a"', { index: '1' })), {
    ...m('complete', { 1: 'a' }, ['length', 'stop']),
  }),
  read('content-null', body(choice('null', { end: '"tool_calls"' })), m('complete', {}, ['tool_calls'])),
  read('without-content', body('{"index":0,"message":{},"finish_reason":"stop"}'), m('complete')),
  read('any-finish-reason', body(choice('"Hi"', { end: '""' })), m('complete', { 0: 'Hi' }, [''])),
  read('without-finish-reason', body(choice('"Hi"', { end: null })), m('cut', { 0: 'Hi' }, [])),
  read('finish-reason-null', body(choice('"Hi"', { end: 'null' })), m('cut', { 0: 'Hi' }, [])),
  read('finish-reason-that-is-no-text', body(choice('"Hi"', { end: '1' })), m('cut', { 0: 'Hi' }, [])),
  read('one-choice-of-two-is-not-finished', body(HI, choice('"a"', { index: '1', end: null })), {
    ...m('cut', { 0: 'Hi.', 1: 'a' }),
  }),
  read('choice-511', body(choice('"a"', { index: '511' })), m('complete', { 511: 'a' })),
  read('choice-512', body(choice('"a"', { index: '512' })), m('anomalous', {}, [])),
  read('choice-1-0', body(choice('"a"', { index: '1.0' })), m('anomalous', {}, [])),
  read('choice-minus-0', body(choice('"a"', { index: '-0' })), m('anomalous', {}, [])),
  read('choice-0e0', body(choice('"a"', { index: '0e0' })), m('anomalous', {}, [])),
  read('choice-that-is-a-text', body(choice('"a"', { index: '"0"' })), m('anomalous', {}, [])),
  read('choice-without-index', body('{"message":{"content":"a"},"finish_reason":"stop"}'), m('anomalous', {}, [])),
  read('choice-that-is-no-object', body('"Hi."', HI), m('anomalous', { 0: 'Hi.' })),
  read('choice-twice', body(HI, choice('"a"')), m('anomalous', { 0: 'Hi.a' })),
  read(
    'choice-twice-and-finished-once',
    body(choice('"H"', { end: null }), choice('"i."')),
    m('anomalous', { 0: 'Hi.' }),
  ),
  read('choice-without-message', body('{"index":0,"finish_reason":"stop"}'), m('anomalous')),
  read('message-null', body('{"index":0,"message":null,"finish_reason":"stop"}'), m('anomalous')),
  read('message-that-is-a-text', body('{"index":0,"message":"Hi.","finish_reason":"stop"}'), m('anomalous')),
  read('delta-is-no-message', body('{"index":0,"delta":{"content":"Hi."},"finish_reason":"stop"}'), m('anomalous')),
  read(
    'content-of-parts',
    body(choice('[{"type":"text","text":"Hi"},{"type":"x","text":"?"},{"type":"text","text":"."}]')),
    {
      ...m('complete', { 0: 'Hi.' }),
    },
  ),
  read('content-of-no-parts', body(choice('[]')), m('complete')),
  read('content-of-a-part-without-text', body(choice('[{"type":"text"},{"type":"text","text":null}]')), m('complete')),
  read('content-of-a-part-whose-text-is-none', body(choice('[{"type":"text","text":1}]')), m('anomalous')),
  read('content-of-a-part-without-type', body(choice('[{"text":"Hi."}]')), m('anomalous')),
  read('content-of-a-part-that-is-no-object', body(choice('["Hi."]')), m('anomalous')),
  read('content-that-is-a-number', body(choice('1')), m('anomalous')),
  read('no-choices', body(), m('anomalous', {}, [])),
  read('without-choices', '{"model":"m"}', m('anomalous', {}, [])),
  read('choices-that-are-an-object', '{"model":"m","choices":{"0":1}}', m('anomalous', {}, [])),
  read('choices-null', '{"model":"m","choices":null}', m('anomalous', {}, [])),
  read('without-model', `{"choices":[${HI}]}`, { shape: 'complete', outputs: { 0: 'Hi.' }, ends: ['stop'] }),
  read('model-that-is-empty', `{"model":"","choices":[${HI}]}`, {
    shape: 'complete',
    outputs: { 0: 'Hi.' },
    ends: ['stop'],
  }),
  read('model-that-is-no-text', `{"model":["m"],"choices":[${HI}]}`, {
    shape: 'complete',
    outputs: { 0: 'Hi.' },
    ends: ['stop'],
  }),
  read(
    'fingerprint-and-usage',
    `{"model":"m","choices":[${HI}],"system_fingerprint":"fp_1","usage":{"total_tokens":2.0,"prompt_tokens":1}}`,
    { ...m('complete', { 0: 'Hi.' }), fingerprint: 'fp_1', usage: '{"prompt_tokens":1,"total_tokens":2}' },
  ),
  read('fingerprint-that-is-empty', `{"model":"m","choices":[${HI}],"system_fingerprint":""}`, {
    ...m('complete', { 0: 'Hi.' }),
  }),
  read('usage-that-is-no-object', `{"model":"m","choices":[${HI}],"usage":[1]}`, m('complete', { 0: 'Hi.' })),
  called(
    'tool-calls',
    '[{"id":"a","type":"function","function":{"name":"look","arguments":"{\\"x\\": 1}"}},' +
      '{"id":"b","type":"custom","custom":{"name":"say","input":"Hi."}}]',
    { id: 'a', name: 'look', text: '{"x": 1}' },
    { id: 'b', name: 'say', text: 'Hi.' },
  ),
  called('tool-call-of-a-function-before-custom', '[{"custom":{"name":"c"},"function":{"name":"f"}}]', { name: 'f' }),
  called('tool-call-whose-function-is-null', '[{"custom":{"name":"c"},"function":null}]', { name: 'c' }),
  called('tool-call-whose-function-is-a-text', '[{"custom":{"name":"c"},"function":"f"}]'),
  called('tool-call-with-arguments-that-are-no-text', '[{"id":1,"function":{"name":"","arguments":{}}}]', {}),
  called(
    'tool-call-with-arguments-before-input',
    '[{"function":{"input":"i","arguments":null}},{"function":{"input":"i","arguments":"a"}}]',
    { text: 'i' },
    { text: 'a' },
  ),
  called('tool-calls-that-are-none', '["a",{},{"function":[]}]'),
  called('tool-calls-that-are-no-list', '{"function":{"name":"f"}}'),
  read('error', '{"error":{"message":"no"}}', { shape: 'error' }),
  read('error-with-an-answer', `{"model":"m","choices":[${HI}],"error":""}`, m('error', { 0: 'Hi.' })),
  read('error-null', `{"model":"m","choices":[${HI}],"error":null}`, m('complete', { 0: 'Hi.' })),
  read('status-399', body(HI), m('complete', { 0: 'Hi.' }), { status: 399 }),
  read('status-400', body(HI), m('error', { 0: 'Hi.' }), { status: 400 }),
  read('status-500-and-no-json', 'Bad Gateway', { model: null, shape: 'error' }, { status: 502 }),
  read('an-error-outweighs-an-anomaly', '{"error":1,"choices":1}', { shape: 'error' }),
  read('no-json', '<html>', { model: null, shape: 'anomalous' }, { contentType: 'text/html' }),
  read('a-list', `[${body(HI)}]`, { model: null, shape: 'anomalous' }),
  read('cut-short', body(HI).slice(0, -1), { model: null, shape: 'anomalous' }),
  read('a-member-twice', '{"model":"m","model":"n"}', { model: null, shape: 'anomalous' }),
  read('empty', '', { model: null, shape: 'anomalous' }),
  read('not-utf-8', '', { model: null, shape: 'anomalous' }, { bodyHex: '7b226d6f64656c223a22ff227d' }),
  read('half-a-surrogate-pair', body(choice('"\\ud83d"')), { model: null, shape: 'anomalous' }),
  read('another-type', body(HI), m('complete', { 0: 'Hi.' }), { contentType: 'text/plain' }),
  read('a-stream-that-says-it-is-json', `data: ${body(HI)}\n\ndata: [DONE]\n\n`, { model: null, shape: 'anomalous' }),
]
