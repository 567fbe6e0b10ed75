/**
 * Answers of Anthropic Messages, for `answer.ts`.
 *
 * @module
 */
import { type Answer, answersOf, type Call, type AnswerInput as In } from './answers.ts'
import type { Case } from './topic.ts'

const whole = answersOf('messages-whole', 'anthropic-messages/1', 'application/json')
const streamed = answersOf('messages-stream', 'anthropic-messages/1', 'text/event-stream')

const m = (shape: Answer['shape'], outputs: Answer['outputs'] = {}, ...ends: readonly string[]): Answer => {
  return { model: 'm', shape, outputs, ends }
}
const body = (content: string, more = ',"stop_reason":"end_turn"'): string =>
  `{"type":"message","role":"assistant","model":"m","content":${content}${more}}`
const text = (one: string): string => `{"type":"text","text":"${one}"}`
const END = 'end_turn'
const called = (name: string, blocks: string, shape: Answer['shape'], ...calls: readonly Call[]): Case<In> =>
  whole(`tool-call-${name}`, body(`[${blocks}]`), { ...m(shape, {}, END), calls })

const WHOLE: readonly Case<In>[] = [
  whole('complete', body(`[${text('Hi')}]`), m('complete', { 0: 'Hi' }, END)),
  whole('texts-are-joined', body(`[${text('H')},{"type":"thinking","thinking":"Hm"},${text('i')}]`), {
    ...m('complete', { 0: 'Hi' }, END),
  }),
  whole('usage', body('[]', ',"stop_reason":"end_turn","usage":{"output_tokens":2,"input_tokens":1}'), {
    ...m('complete', {}, END),
    usage: '{"input_tokens":1,"output_tokens":2}',
  }),
  whole('without-reason', body(`[${text('Hi')}]`, ''), m('cut', { 0: 'Hi' })),
  whole('reason-null', body(`[${text('Hi')}]`, ',"stop_reason":null'), m('cut', { 0: 'Hi' })),
  whole('without-content', '{"type":"message","model":"m","stop_reason":"end_turn"}', m('anomalous')),
  whole('content-that-is-a-text', body('"Hi"'), m('anomalous')),
  whole('content-null', body('null'), m('anomalous')),
  whole('block-that-is-no-object', body(`["Hi",${text('Hi')}]`), m('anomalous', { 0: 'Hi' }, END)),
  whole('block-without-type', body(`[{"text":"a"},${text('Hi')}]`), m('anomalous', { 0: 'Hi' }, END)),
  whole('block-whose-type-is-no-text', body(`[{"type":1},${text('Hi')}]`), m('anomalous', { 0: 'Hi' }, END)),
  whole('block-of-an-unknown-type', body(`[{"type":"x","text":"a"},${text('Hi')}]`), m('complete', { 0: 'Hi' }, END)),
  whole('text-without-text', body('[{"type":"text"}]'), m('anomalous', {}, END)),
  whole('text-null', body('[{"type":"text","text":null}]'), m('anomalous', {}, END)),
  whole('error', '{"type":"error","error":{"type":"overloaded_error"}}', { shape: 'error' }, { status: 529 }),
  whole('error-with-the-status-200', '{"type":"error","error":"x"}', { shape: 'error' }),
  whole(
    'error-null',
    body(`[${text('Hi')}]`, ',"stop_reason":"end_turn","error":null'),
    m('complete', { 0: 'Hi' }, END),
  ),
  whole('tokens-that-were-counted', '{"input_tokens":3}', { shape: 'anomalous' }),
  called('one', '{"type":"tool_use","id":"a","name":"f","input":{"b":1.0,"a":"x"}}', 'complete', {
    id: 'a',
    name: 'f',
    text: '{"a":"x","b":1}',
  }),
  called(
    'of-each-kind',
    '{"type":"server_tool_use","name":"f","input":{}},{"type":"mcp_tool_use","name":"g","input":[]},{"type":"tool_call","name":"h"}',
    'complete',
    { name: 'f', text: '{}' },
    { name: 'g', text: '[]' },
  ),
  called(
    'of-one-id',
    '{"type":"tool_use","id":"a"},{"type":"tool_use","id":"a"}',
    'complete',
    { id: 'a' },
    { id: 'a' },
  ),
  called('with-an-input-that-is-null', '{"type":"tool_use","input":null}', 'complete', { text: 'null' }),
  called('with-an-input-that-is-a-text', '{"type":"tool_use","input":"x"}', 'complete', { text: '"x"' }),
  whole(
    'tool-call-with-an-input-without-canonical-form',
    [
      '{"model":"m","content":[{"type":"tool_use","name":"f","input":1e1',
      { repeat: '0', times: 1000 },
      '}],"stop_reason":"end_turn"}',
    ],
    {
      ...m('anomalous', {}, END),
      calls: [{ name: 'f' }],
    },
  ),
]

/** Events, whose type stands in a field of their own too. */
const stream = (...data: readonly string[]): string =>
  data.map((one) => `event: ${/"type":"([a-z_]+)/.exec(one)?.[1]}\ndata: ${one}\n\n`).join('')
const START =
  '{"type":"message_start","message":{"type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"usage":{"input_tokens":1,"output_tokens":1}}}'
const BEGIN = '{"input_tokens":1,"output_tokens":1}'
const FINAL = '{"input_tokens":1,"output_tokens":2}'
const start = (block: string, index = '0'): string =>
  `{"type":"content_block_start","index":${index},"content_block":${block}}`
const delta = (members: string, index = '0'): string =>
  `{"type":"content_block_delta","index":${index},"delta":${members}}`
const stop = (index = '0'): string => `{"type":"content_block_stop","index":${index}}`
const piece = (one: string, index = '0'): string => delta(`{"type":"text_delta","text":"${one}"}`, index)
const json = (one: string, index = '0'): string =>
  delta(`{"type":"input_json_delta","partial_json":${JSON.stringify(one)}}`, index)
const REASON =
  '{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":2}}'
const STOP = '{"type":"message_stop"}'
const PING = '{"type":"ping"}'
const CALL = '{"type":"tool_use","id":"a","name":"f","input":{}}'
const BLOCK = [start('{"type":"text","text":""}'), piece('H'), piece('i'), stop()]
const LAST = [REASON, STOP]
const ALL = [START, ...BLOCK, ...LAST]

/** An answer that says `Hi`, or something else, and ends. */
const hi = (shape: Answer['shape'], said = 'Hi'): Answer => ({
  ...m(shape, said === '' ? {} : { 0: said }, END),
  usage: FINAL,
})
const read = (name: string, data: readonly string[], answer: Answer): Case<In> =>
  streamed(name, stream(...data), answer)
/** Of a stream with these events between its beginning and its end. */
const between = (name: string, data: readonly string[], answer: Answer): Case<In> =>
  read(name, [START, ...data, ...LAST], answer)
const call = (name: string, data: readonly string[], shape: Answer['shape'], ...calls: readonly Call[]): Case<In> =>
  between(`tool-call-${name}`, data, { ...hi(shape, ''), calls })

const STREAMS: readonly Case<In>[] = [
  read('complete', ALL, hi('complete')),
  read('with-pings', [START, PING, ...BLOCK, PING, ...LAST], hi('complete')),
  read('of-unknown-events', [START, '{"type":"message_news","index":9}', ...BLOCK, ...LAST], hi('complete')),
  streamed('without-event-fields', ALL.map((one) => `data: ${one}\n\n`).join(''), hi('complete')),
  streamed('with-event-fields-that-differ', stream(...ALL).replaceAll('event: ', 'event: error'), hi('complete')),
  between(
    'of-two-blocks',
    [...BLOCK, start('{"type":"text","text":"!"}', '1'), piece('?', '1'), stop('1')],
    hi('complete', 'Hi!?'),
  ),
  between('of-no-blocks', [], hi('complete', '')),
  between(
    'blocks-open-side-by-side',
    [
      start('{"type":"text","text":""}'),
      start('{"type":"thinking","thinking":""}', '1'),
      piece('H'),
      delta('{"type":"thinking_delta","thinking":"Hm"}', '1'),
      stop('1'),
      piece('i'),
      stop(),
    ],
    hi('complete'),
  ),
  between(
    'texts-side-by-side-out-of-order',
    [start('{"type":"text","text":""}'), start('{"type":"text","text":"H"}', '1'), piece('i'), stop(), stop('1')],
    hi('anomalous'),
  ),
  between(
    'texts-side-by-side-of-which-one-is-empty',
    [
      start('{"type":"text","text":"H"}'),
      start('{"type":"text","text":""}', '1'),
      piece('i'),
      piece('', '1'),
      stop(),
      stop('1'),
    ],
    hi('complete'),
  ),
  between(
    'deltas-of-other-types',
    [
      start('{"type":"text","text":"Hi"}'),
      delta('{"type":"citations_delta","citation":{}}'),
      delta('{"type":"x_delta","text":"?"}'),
      stop(),
    ],
    hi('complete'),
  ),
  read(
    'content-in-the-start-of-the-message',
    [START.replace('"content":[]', `"content":[${text('So: ')},${CALL.replace('{}', '{"x":1}')}]`), ...BLOCK, ...LAST],
    {
      ...hi('complete', 'So: Hi'),
      calls: [{ id: 'a', name: 'f', text: '{"x":1}' }],
    },
  ),
  read(
    'content-of-the-start-that-is-null',
    [START.replace('"content":[]', '"content":null'), ...BLOCK, ...LAST],
    hi('complete'),
  ),
  read(
    'content-of-the-start-that-is-no-list',
    [START.replace('"content":[]', '"content":{}'), ...BLOCK, ...LAST],
    hi('anomalous'),
  ),
  between(
    'another-model-takes-over',
    [
      start('{"type":"text","text":"H"}'),
      stop(),
      start('{"type":"fallback","to":{"model":"n"}}', '1'),
      stop('1'),
      start('{"type":"text","text":"i"}', '2'),
      stop('2'),
    ],
    { ...hi('complete'), model: 'n' },
  ),
  between('another-model-without-a-name', [start('{"type":"fallback","to":{"model":""}}'), stop()], hi('complete', '')),
  read(
    'usage-with-null',
    [
      START,
      ...BLOCK,
      REASON.replace('{"output_tokens":2}', '{"output_tokens":2,"input_tokens":null,"cache":null}'),
      STOP,
    ],
    {
      ...hi('complete'),
      usage: '{"cache":null,"input_tokens":1,"output_tokens":2}',
    },
  ),
  read('usage-that-is-none', [START, ...BLOCK, REASON.replace('{"output_tokens":2}', 'null'), STOP], {
    ...hi('complete'),
    usage: BEGIN,
  }),

  call('in-pieces', [start(CALL), json(''), json('{"x":'), json(' 1}'), stop()], 'complete', {
    id: 'a',
    name: 'f',
    text: '{"x": 1}',
  }),
  call('without-pieces', [start(CALL), json(''), stop()], 'complete', { id: 'a', name: 'f', text: '{}' }),
  call('whose-start-has-its-input', [start(CALL.replace('{}', '{"b":1.0,"a":2}')), stop()], 'complete', {
    id: 'a',
    name: 'f',
    text: '{"a":2,"b":1}',
  }),
  call('whose-start-has-none', [start('{"type":"mcp_tool_use","name":"f"}'), stop()], 'complete', { name: 'f' }),
  call(
    'two',
    [
      start(CALL),
      start('{"type":"server_tool_use","id":"b","name":"g"}', '1'),
      json('1', '1'),
      json('0'),
      stop('1'),
      stop(),
    ],
    'complete',
    { id: 'a', name: 'f', text: '0' },
    { id: 'b', name: 'g', text: '1' },
  ),
  call(
    'whose-piece-is-no-text',
    [start(CALL), delta('{"type":"input_json_delta","partial_json":{}}'), stop()],
    'anomalous',
    { id: 'a', name: 'f', text: '{}' },
  ),
  call('of-a-text-with-an-input', [start('{"type":"text","text":"","input":{}}'), stop()], 'complete'),
  call('of-a-block-that-is-none', [start('{"type":"text","text":""}'), json('{}'), stop()], 'anomalous'),
]

const BROKEN: readonly Case<In>[] = [
  read('of-nothing', [], { shape: 'cut' }),
  read('cut-after-the-start', [START], { ...m('cut'), usage: BEGIN }),
  read('cut-in-a-block', [START, ...BLOCK.slice(0, 2)], { ...m('cut', { 0: 'H' }), usage: BEGIN }),
  read('cut-after-a-block', [START, ...BLOCK], { ...m('cut', { 0: 'Hi' }), usage: BEGIN }),
  read('cut-before-the-end', [START, ...BLOCK, REASON], { ...m('cut', { 0: 'Hi' }, END), usage: FINAL }),
  streamed('cut-within-the-end', stream(...ALL).slice(0, -1), { ...m('cut', { 0: 'Hi' }, END), usage: FINAL }),
  read('end-without-reason', [START, ...BLOCK, STOP], { ...m('cut', { 0: 'Hi' }), usage: BEGIN }),
  read('reason-null', [START, ...BLOCK, REASON.replace('"end_turn"', 'null'), STOP], {
    ...m('cut', { 0: 'Hi' }),
    usage: FINAL,
  }),
  read('without-start', [...BLOCK, ...LAST], { shape: 'anomalous', ends: [END], usage: '{"output_tokens":2}' }),
  read('start-twice', [START, START, ...BLOCK, ...LAST], hi('anomalous')),
  read('start-whose-message-is-null', ['{"type":"message_start","message":null}', ...BLOCK, ...LAST], {
    shape: 'anomalous',
    outputs: { 0: 'Hi' },
    ends: [END],
    usage: '{"output_tokens":2}',
  }),
  read('twice', [...ALL, ...ALL], { ...m('anomalous', { 0: 'Hi' }, END), usage: FINAL }),
  read(
    'spliced',
    [START, ...BLOCK.slice(0, 2), START.replace('"m"', '"n"'), ...BLOCK, ...LAST],
    hi('anomalous', 'HHi'),
  ),
  between('block-twice', [...BLOCK, ...BLOCK], hi('anomalous')),
  between('block-left-out', [start('{"type":"text","text":"Hi"}', '1'), stop('1')], hi('anomalous', '')),
  between('block-without-index', [start('{"type":"text","text":"Hi"}', 'null'), ...BLOCK], hi('anomalous')),
  between('block-whose-index-is-a-text', [start('{"type":"text","text":"Hi"}', '"0"'), ...BLOCK], hi('anomalous')),
  between('block-that-is-no-object', [start('"Hi"'), ...BLOCK], hi('anomalous')),
  between('block-without-type', [start('{"text":"Hi"}'), ...BLOCK], hi('anomalous')),
  between('block-whose-text-is-no-text', [start('{"type":"text","text":1}'), ...BLOCK.slice(1)], hi('anomalous')),
  between('block-without-text', [start('{"type":"text"}'), ...BLOCK.slice(1)], hi('anomalous')),
  read(
    'block-after-the-reason',
    [START, ...BLOCK, REASON, start('{"type":"text","text":"!"}', '1'), STOP],
    hi('anomalous'),
  ),
  read('text-after-the-reason', [START, ...BLOCK.slice(0, 2), REASON, ...BLOCK.slice(2), STOP], hi('anomalous')),
  between('delta-of-no-block', [piece('?'), ...BLOCK], hi('anomalous')),
  between('delta-of-a-block-that-has-ended', [...BLOCK, piece('?')], hi('anomalous')),
  between('delta-that-is-no-object', [...BLOCK.slice(0, 3), delta('"?"'), stop()], hi('anomalous')),
  between('delta-without-type', [...BLOCK.slice(0, 3), delta('{"text":"?"}'), stop()], hi('anomalous')),
  between(
    'delta-whose-text-is-no-text',
    [...BLOCK.slice(0, 3), delta('{"type":"text_delta"}'), stop()],
    hi('anomalous'),
  ),
  between(
    'text-of-a-block-that-has-none',
    [start('{"type":"thinking","thinking":""}'), piece('Hi'), stop()],
    hi('anomalous'),
  ),
  between('stop-of-no-block', [stop('1'), ...BLOCK], hi('anomalous')),
  between('stop-twice', [...BLOCK, stop()], hi('anomalous')),
  between('block-that-does-not-stop', BLOCK.slice(0, 3), hi('anomalous')),
  read('end-before-the-start', [STOP, ...ALL.slice(0, -1)], { ...hi('anomalous') }),
  read(
    'message-delta-that-is-no-object',
    [START, ...BLOCK, '{"type":"message_delta","delta":null,"usage":{"output_tokens":2}}', ...LAST],
    hi('anomalous'),
  ),
  read('two-reasons', [START, ...BLOCK, REASON, ...LAST], hi('anomalous')),
  read('the-end-twice', [...ALL, STOP], hi('anomalous')),
  read('a-ping-after-the-end', [...ALL, PING], hi('anomalous')),
  streamed('a-comment-after-the-end', `${stream(...ALL)}: bye\n\n`, hi('complete')),
  streamed('a-done-that-other-apis-have', `${stream(...ALL)}data: [DONE]\n\n`, hi('anomalous')),
  between('chunk-without-type', ['{"index":0}', ...BLOCK], hi('anomalous')),
  between('chunk-that-is-a-list', ['[]', ...BLOCK], hi('anomalous')),
  read('error', [START, ...BLOCK.slice(0, 2), '{"type":"error","error":{"type":"overloaded_error"}}'], {
    ...m('error', { 0: 'H' }),
    usage: BEGIN,
  }),
  read('error-without-error', [START, '{"type":"error"}'], { ...m('error'), usage: BEGIN }),
  read('error-of-another-type', [START, '{"type":"ping","error":"x"}', ...BLOCK, ...LAST], hi('error')),
  read('error-without-type', ['{"error":"x"}'], { shape: 'error' }),
  streamed(
    'that-says-it-is-json',
    stream(...ALL),
    { model: null, shape: 'anomalous' },
    { contentType: 'application/json' },
  ),
  streamed('status-500', stream(...ALL), hi('error'), { status: 500 }),
]

export const ANTHROPIC_MESSAGES: readonly Case<In>[] = [...WHOLE, ...STREAMS, ...BROKEN]
