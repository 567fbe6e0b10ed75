/**
 * Answers of Ollama's chat and generate APIs, for `answer.ts`.
 *
 * @module
 */
import { type Answer, answersOf, type Call, type AnswerInput as In } from './answers.ts'
import type { Case } from './topic.ts'

const LINES = 'application/x-ndjson'
const whole = answersOf('ollama-chat-whole', 'ollama-chat/1', 'application/json')
const stream = answersOf('ollama-chat-stream', 'ollama-chat/1', LINES)
const generate = answersOf('ollama-generate-whole', 'ollama-generate/1', 'application/json')
const generated = answersOf('ollama-generate-stream', 'ollama-generate/1', LINES)

const m = (shape: Answer['shape'], outputs: Answer['outputs'] = {}, ...ends: readonly string[]): Answer => {
  return { model: 'm', shape, outputs, ends }
}
const said = (content: string, more = '"done":false'): string =>
  `{"model":"m","message":{"role":"assistant","content":${content}},${more}}\n`
const END = said('""', '"done":true,"done_reason":"stop"')
const called = (name: string, calls: string, shape: Answer['shape'], ...expected: readonly Call[]): Case<In> =>
  whole(`tool-call-${name}`, `{"model":"m","message":{"content":"","tool_calls":${calls}},"done":true}`, {
    ...m(shape, {}, 'done'),
    calls: expected,
  })

const WHOLE: readonly Case<In>[] = [
  whole('complete', said('"Hi"', '"done":true,"done_reason":"length"'), m('complete', { 0: 'Hi' }, 'length')),
  whole('without-reason', said('"Hi"', '"done":true'), m('complete', { 0: 'Hi' }, 'done')),
  whole('reason-that-is-empty', said('"Hi"', '"done":true,"done_reason":""'), m('complete', { 0: 'Hi' }, '')),
  whole('reason-that-is-no-text', said('"Hi"', '"done":true,"done_reason":1'), m('complete', { 0: 'Hi' }, 'done')),
  whole('usage', said('"Hi"', '"done":true,"eval_count":2.0,"x_count":null,"load_duration":1,"count":3'), {
    ...m('complete', { 0: 'Hi' }, 'done'),
    usage: '{"eval_count":2,"load_duration":1,"x_count":null}',
  }),
  whole('usage-before-the-end', said('"Hi"', '"eval_count":2'), m('cut', { 0: 'Hi' })),
  whole('not-done', said('"Hi"'), m('cut', { 0: 'Hi' })),
  whole('done-that-is-a-text', said('"Hi"', '"done":"true"'), m('cut', { 0: 'Hi' })),
  whole('content-that-is-empty', said('""'), m('cut')),
  whole('without-message', '{"model":"m"}', m('anomalous')),
  whole('without-message-and-done', '{"model":"m","done":true,"done_reason":"load"}', m('complete', {}, 'load')),
  whole('message-that-is-a-text', '{"model":"m","message":"Hi","done":true}', m('anomalous', {}, 'done')),
  whole('message-null', '{"model":"m","message":null,"done":true}', m('complete', {}, 'done')),
  whole('content-null', said('null', '"done":true'), m('complete', {}, 'done')),
  whole('content-that-is-a-list', said('["Hi"]', '"done":true'), m('anomalous', {}, 'done')),
  whole('what-a-model-thinks', '{"model":"m","message":{"thinking":"Hm","content":"Hi"},"done":true}', {
    ...m('complete', { 0: 'Hi' }, 'done'),
  }),
  whole('error', '{"error":"model not found"}', { shape: 'error' }, { status: 404 }),
  whole('error-with-the-status-200', '{"error":""}', { shape: 'error' }),
  whole('two-models-are-one-anomaly-in-a-stream-only', said('"Hi"', '"remote_model":"n","done":true'), {
    ...m('complete', { 0: 'Hi' }, 'done'),
  }),
  called('one', '[{"id":"a","function":{"name":"f","arguments":{"b":1.0,"a":"x"}}}]', 'complete', {
    id: 'a',
    name: 'f',
    text: '{"a":"x","b":1}',
  }),
  called(
    'two-of-one-name',
    '[{"function":{"name":"f"}},{"function":{"name":"f","arguments":"{ }"}}]',
    'complete',
    { name: 'f' },
    { name: 'f', text: '{ }' },
  ),
  called('with-arguments-null', '[{"function":{"name":"f","arguments":null}}]', 'complete', {
    name: 'f',
    text: 'null',
  }),
  called('without-function', '[{"name":"f"},"f",{"function":"f"}]', 'complete'),
  called('that-is-no-list', '{"function":{}}', 'complete'),
]

const STREAMS: readonly Case<In>[] = [
  stream('complete', said('"H"') + said('"i"') + END, m('complete', { 0: 'Hi' }, 'stop')),
  stream('with-cr-lf-and-blank-lines', `\n${said('"H"')}${said('"i"')} \r\n${END}`.replaceAll('}\n', '}\r\n'), {
    ...m('complete', { 0: 'Hi' }, 'stop'),
  }),
  stream('of-nothing', '', { shape: 'cut' }),
  stream('without-end', said('"H"') + said('"i"'), m('cut', { 0: 'Hi' })),
  stream('cut-within-the-end', said('"Hi"') + END.slice(0, -1), m('cut', { 0: 'Hi' })),
  stream(
    'calls-of-two-lines',
    `{"model":"m","message":{"tool_calls":[{"function":{"name":"f"}}]}}\n{"model":"m","message":{"tool_calls":[{"function":{"name":"g"}}]}}\n${END}`,
    {
      ...m('complete', {}, 'stop'),
      calls: [{ name: 'f' }, { name: 'g' }],
    },
  ),
  stream(
    'two-models',
    `${said('"H"')}{"model":"n","message":{"content":"i"}}\n${END}`,
    m('anomalous', { 0: 'Hi' }, 'stop'),
  ),
  stream('an-error-in-the-middle', `${said('"H"')}{"error":"gone"}\n`, m('error', { 0: 'H' })),
  stream('a-line-that-is-no-json', `${said('"H"')}oops\n${END}`, m('anomalous', { 0: 'H' }, 'stop')),
  stream('a-line-that-is-a-list', `[]\n${END}`, m('anomalous', {}, 'stop')),
  stream('two-objects-on-a-line', END.trim() + END, { shape: 'anomalous' }),
  stream('the-end-twice', said('"Hi"') + END + END, m('anomalous', { 0: 'Hi' }, 'stop')),
  stream('text-after-the-end', END + said('"Hi"'), m('anomalous', { 0: 'Hi' }, 'stop')),
  stream('a-blank-line-after-the-end', `${END} \n\n`, m('complete', {}, 'stop')),
  stream('spaces-after-the-end', `${END} `, m('anomalous', {}, 'stop')),
  stream('half-a-line-after-the-end', END + said('"Hi"').slice(0, -1), m('anomalous', {}, 'stop')),
  stream('with-a-done-that-other-apis-have', `${END}[DONE]\n`, m('anomalous', {}, 'stop')),
  stream(
    'that-says-it-is-json',
    said('"H"') + END,
    { model: null, shape: 'anomalous' },
    { contentType: 'application/json' },
  ),
  stream(
    'of-server-sent-events',
    `data: ${END}\n`,
    { model: null, shape: 'anomalous' },
    { contentType: 'text/event-stream' },
  ),
  stream('whole-as-one-line', said('"Hi"', '"done":true'), m('complete', { 0: 'Hi' }, 'done')),
  stream('status-500', said('"Hi"') + END, m('error', { 0: 'Hi' }, 'stop'), { status: 500 }),
]

const GENERATED: readonly Case<In>[] = [
  generate('complete', '{"model":"m","response":"Hi","done":true,"done_reason":"stop","eval_count":1}', {
    ...m('complete', { 0: 'Hi' }, 'stop'),
    usage: '{"eval_count":1}',
  }),
  generate('not-done', '{"model":"m","response":"Hi"}', m('cut', { 0: 'Hi' })),
  generate('response-that-is-no-text', '{"model":"m","response":1,"done":true}', m('anomalous', {}, 'done')),
  generate('response-null', '{"model":"m","response":null,"done":true}', m('complete', {}, 'done')),
  generate(
    'a-message-is-no-response',
    '{"model":"m","message":{"content":"Hi"},"done":true}',
    m('complete', {}, 'done'),
  ),
  generated(
    'complete',
    '{"model":"m","response":"H"}\n{"response":"i","done":true}\n',
    m('complete', { 0: 'Hi' }, 'done'),
  ),
  generated('without-end', '{"model":"m","response":"H"}\n', m('cut', { 0: 'H' })),
]

export const OLLAMA: readonly Case<In>[] = [...WHOLE, ...STREAMS, ...GENERATED]
