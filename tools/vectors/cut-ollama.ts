/**
 * Requests and responses of Ollama's chat and generate APIs, for `cut.ts`.
 *
 * @module
 */
import { casesOf, UNREAD } from './cut-cases.ts'
import { m, mm, o, s, t, v } from './leaves.ts'
import type { CutInput as In } from './run/cut.ts'
import type { Case } from './topic.ts'

const LINES = 'application/x-ndjson'
const chat = casesOf({ prefix: 'ollama-chat', dialect: 'ollama-chat/1', path: '/api/chat', streams: LINES })
const generate = casesOf({
  prefix: 'ollama-generate',
  dialect: 'ollama-generate/1',
  path: '/api/generate',
  streams: LINES,
})

const HI = '{"message":{"role":"assistant","content":"Hi"},"done":false}'
const DONE = '{"message":{"content":""},"done":true,"done_reason":"stop"}'

const CHAT: readonly Case<In>[] = [
  chat.request(
    'request',
    [
      s('{"model":'),
      v('model', '/model', '"tiny"'),
      s(',"messages":[{"role":"system","content":'),
      v('instructions', '/messages/0/content', '"a"'),
      s('},{"role":"user","content":'),
      v('history', '/messages/1/content', '"b"'),
      s(',"images":['),
      v('history', '/messages/1/images/0', '"AA=="'),
      s(']},{"role":"assistant","thinking":'),
      v('history', '/messages/2/thinking', '"c"'),
      s(',"tool_calls":'),
      v('history', '/messages/2/tool_calls', '[]'),
      s('},{"role":"tool","tool_name":'),
      v('context', '/messages/3/tool_name', '"d"'),
      s(',"content":'),
      v('context', '/messages/3/content', '"e"'),
      s('}],"tools":['),
      v('tools', '/tools/0', '{"type":"function"}'),
      s('],"format":'),
      v('outputFormat', '/format', '"json"'),
      s(',"keep_alive":'),
      v('parameters', '/keep_alive', '"5m"'),
      s('}'),
    ],
    { model: 'tiny' },
  ),
  chat.request('options-are-a-group', [
    s('{"options":{"temperature":'),
    v('parameters', '/options/temperature', '0'),
    s(', "num_ctx":'),
    v('parameters', '/options/num_ctx', '8'),
    s(','),
    m('/options/magic', '"magic":{}'),
    s('},'),
    m('/magic', '"magic":1'),
    s('}'),
  ]),
  chat.request('no-options-are-structure', [s('{"options":{}}')]),
  chat.request('options-that-are-no-object', [s('{"options":'), v('parameters', '/options', '[1]'), s('}')]),
  chat.request('content-of-parts-which-this-api-has-not', [
    s('{"messages":[{"role":"user","content":['),
    v('input', '/messages/0/content/0', '{"type":"text","text":"a"}'),
    s(']}]}'),
  ]),
  chat.request(
    'an-author-of-another-api',
    [s('{"messages":['), v('parameters', '/messages/0', '{"role":"developer","content":"a"}'), s(']}')],
    { hidden: UNREAD },
  ),
  chat.state('of-an-address-in-place-of-a-picture', '{"messages":[{"role":"user","images":["https://a.example/b"]}]}'),
  chat.response('everything', [
    s('{"model":'),
    v('model', '/model', '"m"'),
    s(',"message":{"role":"assistant","content":"'),
    t('output', '/message/content', 'One. '),
    t('output', '/message/content', 'Two.'),
    s('","thinking":'),
    v('metadata', '/message/thinking', '"a. b"'),
    s('},"done":'),
    v('metadata', '/done', 'true'),
    s(',"eval_count":'),
    v('metadata', '/eval_count', '2'),
    s(','),
    mm('/x_count', '"x_count":2'),
    s('}'),
  ]),
  chat.stream('of-lines', [
    ['output', `${HI}\n`],
    ['metadata', `${DONE}\n`],
  ]),
  chat.stream('of-lines-with-blank-ones-and-spaces', [
    ['metadata', '\n'],
    ['metadata', ' \t\r\n'],
    ['output', ` ${HI} \r\n`],
    ['metadata', `${DONE}\n`],
  ]),
  chat.stream('that-was-not-finished', [
    ['output', `${HI}\n`],
    ['rest', HI],
  ]),
  chat.stream('that-ends-in-spaces', [
    ['output', `${HI}\n`],
    ['rest', ' '],
  ]),
  chat.stream('of-two-objects-in-a-line', [['metadata', `${HI}${HI}\n`]]),
  chat.stream('of-carriage-returns', [['rest', `${HI}\r${DONE}\r`]]),
  chat.stream('of-json-lines', [['output', `${HI}\n`]], { contentType: 'Application/JSONL; charset=utf-8' }),
  chat.stream('of-x-json-lines', [['output', `${HI}\n`]], { contentType: 'application/x-jsonlines' }),
  chat.stream('with-a-byte-order-mark', [['metadata', `\ufeff${HI}\n`]]),
  chat.stream('of-nothing', []),
  chat.response('of-server-sent-events-is-read-as-json', [o(`data: ${HI}\n\n`, 'metadata')], {
    contentType: 'text/event-stream',
  }),
  chat.response('of-lines-that-say-they-are-json', [o(`${HI}\n${DONE}\n`, 'metadata')]),
]

const GENERATE: readonly Case<In>[] = [
  generate.request(
    'request',
    [
      s('{"model":'),
      v('model', '/model', '"tiny"'),
      s(',"system":'),
      v('instructions', '/system', '"a"'),
      s(',"template":'),
      v('instructions', '/template', '"{{ .Prompt }}"'),
      s(',"context":'),
      v('history', '/context', '[1,2]'),
      s(',"prompt":'),
      v('input', '/prompt', '"b"'),
      s(',"suffix":'),
      v('input', '/suffix', '"c"'),
      s(',"images":['),
      v('input', '/images/0', '"AA=="'),
      s('],"format":'),
      v('outputFormat', '/format', '{"type":"object"}'),
      s(',"raw":'),
      v('parameters', '/raw', 'true'),
      s(',"options":{"seed":'),
      v('parameters', '/options/seed', '1'),
      s('},'),
      m('/messages', '"messages":[]'),
      s('}'),
    ],
    { model: 'tiny' },
  ),
  generate.request('values-of-other-types', [
    s('{"prompt":'),
    v('input', '/prompt', '["a"]'),
    s(',"images":'),
    v('input', '/images', '"AA=="'),
    s(',"context":'),
    v('history', '/context', 'null'),
    s('}'),
  ]),
  generate.response('everything', [
    s('{"model":'),
    v('model', '/model', '"m"'),
    s(',"response":'),
    v('output', '/response', '"Hi."'),
    s(',"context":'),
    v('metadata', '/context', '[1]'),
    s(',"done":'),
    v('metadata', '/done', 'true'),
    s('}'),
  ]),
  generate.stream('of-lines', [
    ['output', '{"response":"Hi","done":false}\n'],
    ['metadata', '{"response":"","done":true}\n'],
    ['rest', ' '],
  ]),
]

export const OLLAMA: readonly Case<In>[] = [...CHAT, ...GENERATE]
