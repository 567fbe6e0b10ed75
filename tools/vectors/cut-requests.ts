/**
 * Bodies of Chat Completions requests that are read, for `cut.ts`.
 *
 * @module
 */

import { type Hidden, reasons, UNREAD } from './cut-cases.ts'
import { m, type Piece, placesOf, s, t, textOfPieces, v } from './leaves.ts'
import type { CutInput as In } from './run/cut.ts'
import type { Case } from './topic.ts'

const CUT = 'docs/spec/spans.md#the-cut'
const TABLE = 'docs/spec/dialects/openai-chat-completions.md#request-table'
const MESSAGES = 'docs/spec/dialects.md#messages'
const LIST = 'docs/spec/spans.md#cut-list'
const ASKED = 'docs/spec/dialects.md#the-model-asked-for'

interface More {
  readonly cutListText?: string
  /** The name of the model that is asked for. */
  readonly model?: string
  readonly hidden?: readonly Hidden[]
}

function request(rule: string) {
  return (name: string, pieces: readonly Piece[], { model, hidden = [], ...more }: More = {}): Case<In> => ({
    name,
    rule,
    operation: 'cutRequest',
    dialect: 'openai-chat-completions/1',
    path: '/v1/chat/completions',
    bodyText: textOfPieces(pieces),
    ...more,
    accept: {
      leaves: placesOf(pieces),
      model: model === undefined ? { state: 'absent' } : { state: 'named', name: model },
      unobservable: reasons(hidden),
    },
  })
}
const cut = request(CUT)
const table = request(TABLE)
const asked = request(ASKED)

const TEMPERATURE = [v('parameters', '/temperature', '0'), s('}')]

const VALUES: readonly Case<In>[] = [
  cut('empty-object', [s('{}')]),
  cut('nothing-but-white-space-and-braces', [s(' {\r\n\t} ')]),
  cut(
    'white-space-is-structure',
    [
      s('\n{ "model"\t: '),
      v('model', '/model', '"tiny"'),
      s(' , "temperature" :\r\n'),
      v('parameters', '/temperature', '0'),
      s('\n}\n'),
    ],
    { model: 'tiny' },
  ),
  cut('offsets-count-bytes', [s('{"user":'), v('parameters', '/user', '"é😀"'), s(',"temperature":'), ...TEMPERATURE]),
  cut('a-known-name-written-with-escapes', [s('{"\\u0074emp\\u0065rature":'), ...TEMPERATURE]),
  cut('names-are-compared-by-case', [s('{'), m('/Temperature', '"Temperature":0'), s('}')]),
  cut('an-unknown-member-is-one-span-with-its-name', [
    s('{"temperature":'),
    v('parameters', '/temperature', '0'),
    s(', '),
    m('/foo', '"foo" :\t[1, {"model": "x"}]'),
    s(' }'),
  ]),
  cut('unknown-members-side-by-side', [s('{'), m('/a', '"a":1'), s(','), m('/b', '"b":{}'), s('}')]),
  cut('an-unknown-name-with-slash-and-tilde', [s('{'), m('/a~1b~0c~01', '"a/b~c~1":1'), s('}')]),
  cut('an-unknown-name-written-with-escapes', [s('{'), m('/é😀"', '"\\u00e9\\ud83d\\ude00\\"":1'), s('}')]),
  cut('an-unknown-name-that-is-empty', [s('{'), m('/', '"":1'), s('}')]),
  cut('an-unknown-name-that-is-a-number', [s('{'), m('/0', '"0":1'), s('}')]),
  cut('an-unknown-name-proto', [s('{'), m('/__proto__', '"__proto__":{"model":"x"}'), s('}')]),
  cut('numbers-of-any-size-are-values', [
    s('{"seed":'),
    v('parameters', '/seed', '123456789012345678901234567890'),
    s(',"top_p":'),
    v('parameters', '/top_p', '-0.0e-999'),
    s('}'),
  ]),
  cut('values-of-parameters-are-not-looked-into', [
    s('{"metadata":'),
    v('parameters', '/metadata', '{"model": "x", "a": [ ]}'),
    s(',"stop":'),
    v('parameters', '/stop', '["a", "b"]'),
    s(',"logit_bias":'),
    v('parameters', '/logit_bias', '{}'),
    s('}'),
  ]),
]

const PLACES: readonly Case<In>[] = [
  asked('the-model', [s('{"model":'), v('model', '/model', '"tiny"'), s('}')], { model: 'tiny' }),
  asked('the-model-is-decoded', [s('{"model":'), v('model', '/model', '"t\\u0069ny"'), s('}')], { model: 'tiny' }),
  asked('the-model-may-be-empty', [s('{"model":'), v('model', '/model', '""'), s('}')], { model: '' }),
  {
    ...asked('a-model-of-a-deployment', [s('{"model":'), v('model', '/model', '"huge"'), s('}')], { model: 'tiny' }),
    path: '/openai/deployments/tiny/chat/completions',
  } as Case<In>,
  asked('a-model-that-is-a-number', [s('{"model":'), v('model', '/model', '1'), s('}')]),
  asked('a-model-that-is-null', [s('{"model":'), v('model', '/model', 'null'), s('}')]),
  table('tools', [
    s('{"tools":['),
    v('tools', '/tools/0', '{"type":"function","function":{"name":"a"}}'),
    s(', '),
    v('tools', '/tools/1', '"b"'),
    s(']}'),
  ]),
  table('no-tools-are-structure', [s('{"tools":[ ],"functions":[]}')]),
  table('tools-that-are-no-list', [s('{"tools":'), v('tools', '/tools', '{"0":1}'), s('}')]),
  table('functions', [s('{"functions":['), v('tools', '/functions/0', '{"name":"a"}'), s(']}')]),
  table('response-format', [
    s('{"response_format":'),
    v('outputFormat', '/response_format', '{"type":"text"}'),
    s('}'),
  ]),
  table('messages-that-are-no-list', [s('{"messages":'), v('parameters', '/messages', '{"role":"user"}'), s('}')], {
    hidden: UNREAD,
  }),
  table('no-messages-are-structure', [s('{"messages":[]}')]),
  table('everything-that-a-message-knows', [
    s('{"messages":[{"role":"user","content":'),
    v('input', '/messages/0/content', '"a"'),
    s(',"name":'),
    v('input', '/messages/0/name', '"b"'),
    s(',"refusal":'),
    v('input', '/messages/0/refusal', 'null'),
    s(',"audio":'),
    v('input', '/messages/0/audio', '{}'),
    s(',"tool_calls":'),
    v('input', '/messages/0/tool_calls', '[{"id":"c"}]'),
    s(',"tool_call_id":'),
    v('input', '/messages/0/tool_call_id', '"c"'),
    s(',"function_call":'),
    v('input', '/messages/0/function_call', '{}'),
    s(','),
    m('/messages/0/temperature', '"temperature":1'),
    s('}]}'),
  ]),
  table('content-that-is-null', [
    s('{"messages":[{"role":"user","content":'),
    v('input', '/messages/0/content', 'null'),
    s('}]}'),
  ]),
  table('content-that-is-an-object', [
    s('{"messages":[{"role":"user","content":'),
    v('input', '/messages/0/content', '{"type":"text","text":"a"}'),
    s('}]}'),
  ]),
  table('content-of-parts', [
    s('{"messages":[{"role":"user","content":[{"type":"text","text":'),
    v('input', '/messages/0/content/0/text', '"a"'),
    s('},{"type":"image_url","image_url":'),
    v('input', '/messages/0/content/1/image_url', '{"url":"data:x"}'),
    s('},{"type":"input_audio","input_audio":'),
    v('input', '/messages/0/content/2/input_audio', '{}'),
    s('},{"type":"file","file":'),
    v('context', '/messages/0/content/3/file', '{}'),
    s('},{"type":"refusal","refusal":'),
    v('input', '/messages/0/content/4/refusal', '"no"'),
    s('}]}]}'),
  ]),
  table('no-parts-are-structure', [s('{"messages":[{"role":"user","content":[]}]}')]),
  table('parts-that-are-no-objects', [
    s('{"messages":[{"role":"user","content":['),
    v('input', '/messages/0/content/0', '"a"'),
    s(','),
    v('input', '/messages/0/content/1', '[]'),
    s(']}]}'),
  ]),
  table('a-part-of-an-unknown-type', [
    s('{"messages":[{"role":"user","content":['),
    v('input', '/messages/0/content/0', '{"type":"Text", "text":"a"}'),
    s(']}]}'),
  ]),
  table('a-type-that-is-no-text', [
    s('{"messages":[{"role":"user","content":['),
    v('input', '/messages/0/content/0', '{"type":null,"text":"a"}'),
    s(']}]}'),
  ]),
  table('a-part-without-type', [
    s('{"messages":[{"role":"user","content":['),
    v('input', '/messages/0/content/0', '{"text":"a"}'),
    s(']}]}'),
  ]),
  table('a-type-written-with-escapes-and-last', [
    s('{"messages":[{"role":"user","content":[{"text":'),
    v('input', '/messages/0/content/0/text', '"a"'),
    s(',"type":"t\\u0065xt"}]}]}'),
  ]),
  table('a-member-of-another-type-of-part-is-unknown', [
    s('{"messages":[{"role":"user","content":[{"type":"text",'),
    m('/messages/0/content/0/file', '"file":{}'),
    s('}]}]}'),
  ]),
  table('an-unknown-member-of-a-part', [
    s('{"messages":[{"role":"system","content":[{'),
    m('/messages/0/content/0/cache_control', '"cache_control":{}'),
    s(',"type":"te\\u0078t"}]}]}'),
  ]),
]

/** A message whose content is `"N"`, N being its place. */
const message = (author: string, role: string, index: number): Piece[] => [
  s(`${index === 0 ? '{"messages":[' : '},'}{"role":"${author}","content":`),
  v(role, `/messages/${index}/content`, `"${index}"`),
]
/** Authors and the roles that their messages must have. */
const turns = (name: string, ...authors: readonly (readonly [string, string])[]): Case<In> =>
  request(MESSAGES)(name, [...authors.flatMap(([author, role], index) => message(author, role, index)), s('}]}')])

const ROLES: readonly Case<In>[] = [
  turns('one-question', ['system', 'instructions'], ['user', 'input']),
  turns('two-questions-without-an-answer', ['user', 'input'], ['user', 'input']),
  turns('a-conversation', ['system', 'instructions'], ['user', 'history'], ['assistant', 'history'], ['user', 'input']),
  turns(
    'instructions-anywhere',
    ['user', 'history'],
    ['developer', 'instructions'],
    ['assistant', 'history'],
    ['system', 'instructions'],
    ['user', 'input'],
    ['system', 'instructions'],
  ),
  turns('a-result-that-answers-the-latest-turn', ['user', 'history'], ['assistant', 'history'], ['tool', 'context']),
  turns(
    'results-of-earlier-turns',
    ['user', 'history'],
    ['assistant', 'history'],
    ['tool', 'history'],
    ['function', 'history'],
    ['assistant', 'history'],
    ['user', 'input'],
    ['tool', 'context'],
    ['function', 'context'],
  ),
  turns('an-assistant-at-the-end-begins-the-answer', ['user', 'input'], ['assistant', 'input']),
  turns(
    'two-assistants-at-the-end',
    ['user', 'history'],
    ['assistant', 'history'],
    ['user', 'input'],
    ['assistant', 'input'],
    ['assistant', 'input'],
  ),
  turns('assistants-alone', ['assistant', 'input'], ['assistant', 'input']),
  turns('an-assistant-first', ['assistant', 'history'], ['user', 'input']),
  turns('a-result-alone', ['tool', 'context']),
  request(MESSAGES)(
    'an-unknown-author-is-one-value-and-counts-for-nothing',
    [
      s('{"messages":['),
      v('parameters', '/messages/0', '{"role":"User","content":"x"}'),
      s(',{"role":"user","content":'),
      v('input', '/messages/1/content', '"a"'),
      s('},{"role":"assistant","content":'),
      v('input', '/messages/2/content', '"b"'),
      s('},'),
      v('parameters', '/messages/3', '{"role":"narrator"}'),
      s(']}'),
    ],
    { hidden: UNREAD },
  ),
  request(MESSAGES)(
    'a-message-without-author',
    [s('{"messages":['), v('parameters', '/messages/0', '{"content":"x"}'), s(']}')],
    { hidden: UNREAD },
  ),
  request(MESSAGES)(
    'messages-that-are-no-objects',
    [
      s('{"messages":['),
      v('parameters', '/messages/0', '"user"'),
      s(', '),
      v('parameters', '/messages/1', '[]'),
      s(','),
      v('parameters', '/messages/2', 'null'),
      s(']}'),
    ],
    { hidden: UNREAD },
  ),
  request(MESSAGES)(
    'an-author-that-is-no-text',
    [s('{"messages":['), v('parameters', '/messages/0', '{"role":["user"],"content":"x"}'), s(']}')],
    { hidden: UNREAD },
  ),
  request(MESSAGES)('an-author-written-with-escapes-and-last', [
    s('{"messages":[{"content":'),
    v('instructions', '/messages/0/content', '"x"'),
    s(',"role":"syst\\u0065m"}]}'),
  ]),
]

const list = (...cuts: readonly (readonly [pointer: string, start: number, end: number])[]): More => ({
  cutListText: `[${cuts.map(([pointer, start, end]) => `{"end":${end},"label":"x","pointer":"${pointer}","start":${start}}`).join()}]`,
})
const CONTENT = '/messages/0/content'
const USER = '{"messages":[{"role":"user","content":"'
const END = s('"}]}')
const passages = request(LIST)

const PASSAGES: readonly Case<In>[] = [
  passages(
    'passage-in-the-middle',
    [
      s(USER),
      t('input', CONTENT, 'Context: '),
      t('context', CONTENT, 'The lamp.'),
      t('input', CONTENT, ' Price?'),
      END,
    ],
    list([CONTENT, 9, 18]),
  ),
  passages('passage-that-is-everything', [s(USER), t('context', CONTENT, 'The lamp.'), END], list([CONTENT, 0, 9])),
  passages(
    'passages-side-by-side',
    [s(USER), t('context', CONTENT, 'ab'), t('context', CONTENT, 'cd'), t('input', CONTENT, 'e'), END],
    list([CONTENT, 0, 2], [CONTENT, 2, 4]),
  ),
  passages(
    'passages-with-text-between',
    [s(USER), t('context', CONTENT, 'a'), t('input', CONTENT, 'b'), t('context', CONTENT, 'c'), END],
    list([CONTENT, 0, 1], [CONTENT, 2, 3]),
  ),
  passages(
    'passage-of-characters-of-two-three-and-four-bytes',
    [s(USER), t('input', CONTENT, 'é'), t('context', CONTENT, '€😀'), t('input', CONTENT, 'é'), END],
    list([CONTENT, 2, 9]),
  ),
  passages(
    'passage-of-escapes',
    [s(USER), t('input', CONTENT, '\\"'), t('context', CONTENT, '\\n\\u00e9'), t('input', CONTENT, '\\\\'), END],
    list([CONTENT, 2, 10]),
  ),
  passages(
    'passage-of-a-pair-that-is-written-as-two-escapes',
    [s(USER), t('input', CONTENT, 'a'), t('context', CONTENT, '\\ud83D\\uDe00'), t('input', CONTENT, 'b'), END],
    list([CONTENT, 1, 13]),
  ),
  passages(
    'passages-in-instructions-and-history',
    [
      s('{"messages":[{"role":"system","content":"'),
      t('instructions', CONTENT, 'a'),
      t('context', CONTENT, 'b'),
      s('"},{"role":"assistant","content":"'),
      t('context', '/messages/1/content', 'c'),
      t('history', '/messages/1/content', 'd'),
      s('"},{"role":"user","content":'),
      v('input', '/messages/2/content', '"e"'),
      s('}]}'),
    ],
    list([CONTENT, 1, 2], ['/messages/1/content', 0, 1]),
  ),
  passages(
    'passage-in-a-part',
    [
      s('{"messages":[{"role":"user","content":[{"type":"text","text":"'),
      t('context', `${CONTENT}/0/text`, 'ab'),
      t('input', `${CONTENT}/0/text`, 'c'),
      s('"}]}]}'),
    ],
    list([`${CONTENT}/0/text`, 0, 2]),
  ),
  passages(
    'passage-in-a-result-is-context-in-context',
    [s('{"messages":[{"role":"tool","content":"'), t('context', CONTENT, 'a'), t('context', CONTENT, 'b'), END],
    list([CONTENT, 0, 1]),
  ),
  passages(
    'passage-in-a-name',
    [s('{"messages":[{"role":"user","name":"'), t('context', '/messages/0/name', 'a'), END],
    list(['/messages/0/name', 0, 1]),
  ),
]

export const REQUESTS: readonly Case<In>[] = [...VALUES, ...PLACES, ...ROLES, ...PASSAGES]
