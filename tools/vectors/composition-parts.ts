/**
 * Parts of requests, and their names, for `composition.ts`.
 *
 * @module
 */
import type { Header } from '../../src/core/spans/index.ts'
import type { Parts } from './parts.ts'
import type { CompositionInput as In } from './run/composition.ts'
import type { Case } from './topic.ts'

const RULE = 'docs/spec/composition.md#parts'

/** Role, name, value and, of passages, the role that they are within. A value is text unless it says otherwise. */
type Part = readonly [role: string, name: string, value: string, within?: string]
type JsonPart = readonly [role: string, name: string, value: { readonly json: string }]

interface More {
  readonly headers?: readonly Header[]
  readonly query?: string
  readonly cutListText?: string
  readonly path?: string
}

export function parts(name: string, bodyText: Parts, list: readonly (Part | JsonPart)[], more: More = {}): Case<In> {
  const accept = {
    parts: list.map(([role, part, value, within]) => ({
      role,
      name: part,
      ...(typeof value === 'string' ? { encoding: 'text', value } : { encoding: 'json', value: value.json }),
      ...(within === undefined ? {} : { within }),
    })),
  }
  return { name: `parts-${name}`, rule: RULE, operation: 'listParts', bodyText, ...more, accept }
}
export const json = (text: string) => ({ json: text })
const tools = (name: string, tool: string, named: string): Case<In> =>
  parts(name, `{"tools":[${tool}]}`, [['tools', named, json(canonicalTool(tool))]])
/** The tools here are written in canonical form but for their white space. */
const canonicalTool = (tool: string): string => tool.replaceAll(' ', '')

export const PARTS: readonly Case<In>[] = [
  parts('none', '{}', []),
  parts('in-the-order-of-the-body', '{"temperature":0,"model":"tiny","messages":[{"role":"system","content":"A."}]}', [
    ['parameters', 'temperature', json('0')],
    ['model', 'model', 'tiny'],
    ['instructions', '0', 'A.'],
  ]),
  parts('strings-are-decoded', '{"user":"\\u00e9\\ud83d\\ude00\\n\\/"}', [['parameters', 'user', 'é😀\n/']]),
  parts('nothing-is-trimmed-or-normalized', '{"user":" e\\u0301\\ufeff "}', [
    ['parameters', 'user', ' e\u0301\ufeff '],
  ]),
  parts('other-values-are-canonical', '{"stop":[ "b", "a" ],"metadata":{"b":1.0,"a":[1e2,-0,0.10]},"seed":1E0}', [
    ['parameters', 'stop', json('["b","a"]')],
    ['parameters', 'metadata', json('{"a":[100,0,0.1],"b":1}')],
    ['parameters', 'seed', json('1')],
  ]),
  parts('numbers-stay-exact', '{"seed":9007199254740993,"top_p":1e400}', [
    ['parameters', 'seed', json('9007199254740993e0')],
    ['parameters', 'top_p', json('1e400')],
  ]),
  parts(
    'a-number-without-canonical-form-is-as-it-was-sent',
    ['{"seed":1e1', { repeat: '0', times: 1000 }, '}'],
    [['parameters', 'seed', json(`1e1${'0'.repeat(1000)}`)]],
  ),
  parts(
    'a-value-with-such-a-number-is-as-it-was-sent',
    ['{"stop":[ 1e1', { repeat: '0', times: 1000 }, ']}'],
    [['parameters', 'stop', json(`[ 1e1${'0'.repeat(1000)}]`)]],
  ),
  parts('literals', '{"stream":true,"logprobs":false,"user":null}', [
    ['parameters', 'stream', json('true')],
    ['parameters', 'logprobs', json('false')],
    ['parameters', 'user', json('null')],
  ]),
  parts(
    'headers-come-first',
    '{"model":"tiny"}',
    [
      ['parameters', 'header anthropic-version', 'v'],
      ['parameters', 'header openai-beta', 'b'],
      ['model', 'model', 'tiny'],
    ],
    {
      headers: [
        ['OpenAI-Beta', 'b'],
        ['Anthropic-Version', 'v'],
        ['Accept', '*/*'],
      ],
    },
  ),
  parts('unknown-members', '{"x":1,"a/b":"t","":[],"\\u0078y":{}}', [
    ['parameters', 'x', json('1')],
    ['parameters', 'a/b', 't'],
    ['parameters', '', json('[]')],
    ['parameters', 'xy', json('{}')],
  ]),
  parts('a-member-that-would-pass-for-a-pointer', '{"/x":1}', [['parameters', '/~1x', json('1')]]),
  parts('a-member-that-would-pass-for-a-header', '{"header openai-beta":"b"}', [
    ['parameters', '/header openai-beta', 'b'],
  ]),
  parts('an-unknown-member-far-inside', '{"messages":[{"role":"user","x":1}]}', [
    ['parameters', '/messages/0/x', json('1')],
  ]),
  parts('messages-of-unknown-authors', '{"messages":[{"role":"x"},"y"]}', [
    ['parameters', '/messages/0', json('{"role":"x"}')],
    ['parameters', '/messages/1', 'y'],
  ]),
  parts('a-model-that-is-no-text', '{"model":1}', [['model', 'model', json('1')]]),
  parts('response-format', '{"response_format":{"type":"text"}}', [
    ['outputFormat', 'response_format', json('{"type":"text"}')],
  ]),
  parts(
    'sequences-are-counted-role-by-role',
    '{"messages":[{"role":"system","content":"a"},{"role":"user","content":"b"},{"role":"assistant","content":"c"},' +
      '{"role":"user","content":[{"type":"text","text":"d"},{"type":"text","text":"e"}]},{"role":"system","content":"f"}]}',
    [
      ['instructions', '0', 'a'],
      ['history', '0', 'b'],
      ['history', '1', 'c'],
      ['input', '0', 'd'],
      ['input', '1', 'e'],
      ['instructions', '1', 'f'],
    ],
  ),
  parts(
    'content-that-is-null-has-its-place',
    '{"messages":[{"role":"user","content":null},{"role":"user","content":"a"}]}',
    [
      ['input', '0', json('null')],
      ['input', '1', 'a'],
    ],
  ),
  parts(
    'what-stands-beside-what-a-message-says-is-named-by-its-pointer',
    '{"messages":[{"role":"system","name":"n","refusal":"r","content":"c","tool_calls":[]}]}',
    [
      ['instructions', '/messages/0/name', 'n'],
      ['instructions', '/messages/0/refusal', 'r'],
      ['instructions', '0', 'c'],
      ['instructions', '/messages/0/tool_calls', json('[]')],
    ],
  ),
  parts(
    'parts-of-other-kinds-are-named-by-their-pointers',
    '{"messages":[{"role":"user","content":[{"type":"refusal","refusal":"r"},{"type":"x","text":"t"},"s"]}]}',
    [
      ['input', '/messages/0/content/0/refusal', 'r'],
      ['input', '/messages/0/content/1', json('{"text":"t","type":"x"}')],
      ['input', '/messages/0/content/2', 's'],
    ],
  ),
  parts(
    'passages',
    '{"messages":[{"role":"user","content":"\\u00e9bc"}]}',
    [
      ['context', '0', 'é', 'input'],
      ['input', '0', 'b'],
      ['context', '1', 'c', 'input'],
    ],
    {
      cutListText:
        '[{"end":6,"label":"x","pointer":"/messages/0/content","start":0},' +
        '{"end":8,"label":"y","pointer":"/messages/0/content","start":7}]',
    },
  ),
  tools('tool-of-a-function', '{"function": {"name":"a"}, "name":"b", "type":"function"}', 'a'),
  tools('tool-of-its-own-kind', '{"custom": {"name":"a"}, "type":"custom"}', 'a'),
  tools('tool-function-before-custom', '{"custom":{"name":"a"},"function":{"name":"b"}}', 'b'),
  tools('tool-function-null', '{"custom":{"name":"a"},"function":null}', 'a'),
  tools('tool-with-a-name', '{"name":"a"}', 'a'),
  tools('tool-whose-function-is-no-object', '{"custom":{"name":"c"},"function":1,"name":"a"}', 'a'),
  tools('tool-whose-function-has-no-name', '{"function":{},"name":"a"}', '/tools/0'),
  tools('tool-with-an-empty-name', '{"name":""}', '/tools/0'),
  tools('tool-with-a-name-that-is-no-text', '{"name":1}', '/tools/0'),
  parts('a-tool-that-is-a-text', '{"tools":["a"]}', [['tools', '/tools/0', 'a']]),
  parts('tools-that-are-no-list', '{"tools":{"name":"a"}}', [['tools', 'tools', json('{"name":"a"}')]]),
  parts('functions-and-a-search', '{"functions":[{"name":"a"}],"web_search_options":{}}', [
    ['tools', 'a', json('{"name":"a"}')],
    ['tools', 'web_search_options', json('{}')],
  ]),
  parts('of-an-opaque-body-none-but-headers', '[]', [['parameters', 'header openai-beta', 'b']], {
    headers: [['openai-beta', 'b']],
  }),
  parts('of-another-api-none', '{"model":"tiny"}', [], { path: '/v1/audio/speech' }),
]
