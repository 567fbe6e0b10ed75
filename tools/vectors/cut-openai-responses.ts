/**
 * Requests and responses of the Responses API, for `cut.ts`.
 *
 * @module
 */
import { casesOf, type Hidden, UNREAD } from './cut-cases.ts'
import { m, mm, type Piece, s, t, v } from './leaves.ts'
import type { CutInput as In } from './run/cut.ts'
import type { Case } from './topic.ts'

const { request, state, response, stream } = casesOf({
  prefix: 'responses',
  dialect: 'openai-responses/1',
  path: '/v1/responses',
  streams: 'text/event-stream',
})

/** A member at the top that is one value. */
const top = (name: string, role: string, member: string, token: string): Case<In> =>
  request(name, [s(`{"${member}":`), v(role, `/${member}`, token), s('}')])

/** An input of these items. */
const input = (name: string, pieces: readonly Piece[], ...hidden: readonly Hidden[]): Case<In> => {
  const [first, last] = [pieces[0] as Piece, pieces.at(-1) as Piece]
  return request(`input-${name}`, [s(`{"input":[${first.text}`), ...pieces.slice(1, -1), s(`${last.text}]}`)], {
    hidden,
  })
}
const I = (place: string): string => `/input/${place}`

const REQUESTS: readonly Case<In>[] = [
  request(
    'request',
    [
      s('{"model":'),
      v('model', '/model', '"tiny"'),
      s(',"instructions":'),
      v('instructions', '/instructions', '"a"'),
      s(',"input":'),
      v('input', '/input', '"b"'),
      s(',"tools":['),
      v('tools', '/tools/0', '{"type":"function","name":"f"}'),
      s('],"text":{"verbosity":'),
      v('parameters', '/text/verbosity', '"low"'),
      s(',"format":'),
      v('outputFormat', '/text/format', '{"type":"text"}'),
      s(','),
      m('/text/x', '"x":1'),
      s('},"temperature":'),
      v('parameters', '/temperature', '0'),
      s(','),
      m('/messages', '"messages":[]'),
      s('}'),
    ],
    { model: 'tiny' },
  ),
  top('input-that-is-an-object', 'input', 'input', '{"role":"user"}'),
  top('input-that-is-null', 'input', 'input', 'null'),
  top('instructions-that-are-a-list', 'instructions', 'instructions', '[{"role":"system"}]'),
  top('text-that-is-a-text', 'parameters', 'text', '"format"'),
  top('tools-that-are-an-object', 'tools', 'tools', '{"type":"mcp"}'),
  request('input-of-nothing', [s('{"input":[ ]}')]),
  request(
    'prompt',
    [
      s('{"prompt":{"id":'),
      v('parameters', '/prompt/id', '"p"'),
      s(',"variables":'),
      v('input', '/prompt/variables', '{"a":"b"}'),
      s(','),
      m('/prompt/x', '"x":1'),
      s('},"model":'),
      v('model', '/model', '"tiny"'),
      s('}'),
    ],
    {
      model: 'tiny',
      hidden: [
        ['instructions', 'prompt'],
        ['tools', 'prompt'],
        ['context', 'prompt'],
        ['history', 'prompt'],
        ['input', 'prompt'],
        ['outputFormat', 'prompt'],
        ['parameters', 'prompt'],
      ],
    },
  ),
  input('of-messages', [
    s('{"type":"message","role":"developer","content":'),
    v('instructions', I('0/content'), '"a"'),
    s('},{"role":"user","content":[{"type":"input_text","text":'),
    v('history', I('1/content/0/text'), '"b"'),
    s(',"prompt_cache_breakpoint":'),
    v('parameters', I('1/content/0/prompt_cache_breakpoint'), '{}'),
    s('},{"type":"input_image","detail":'),
    v('history', I('1/content/1/detail'), '"low"'),
    s('}]},{"type":"message","role":"assistant","id":'),
    v('history', I('2/id'), '"msg_1"'),
    s(',"content":[{"type":"output_text","text":'),
    v('history', I('2/content/0/text'), '"c"'),
    s(',"annotations":'),
    v('history', I('2/content/0/annotations'), '[]'),
    s('},{"type":"refusal","refusal":'),
    v('history', I('2/content/1/refusal'), '"no"'),
    s('}]},{"role":"user","content":'),
    v('input', I('3/content'), '"d"'),
    s('}'),
  ]),
  input('of-messages-with-parts-of-unknown-types', [
    s('{"role":"user","content":['),
    v('input', I('0/content/0'), '{"type":"text","text":"a"}'),
    s(','),
    v('input', I('0/content/1'), '"b"'),
    s(',{"type":"input_text",'),
    m(I('0/content/2/x'), '"x":1'),
    s('}]}'),
  ]),
  input('of-a-message-of-an-unknown-type', [
    s('{"type":'),
    v('input', I('0/type'), '"note"'),
    s(',"role":"user","content":'),
    v('input', I('0/content'), '"a"'),
    s('}'),
  ]),
  input('of-a-message-whose-type-is-no-text', [s('{"type":'), v('input', I('0/type'), 'null'), s(',"role":"user"}')]),
  input(
    'of-unknown-items',
    [
      s(''),
      v('parameters', I('0'), '{"type":"compaction_trigger"}'),
      s(','),
      v('parameters', I('1'), '"a"'),
      s(','),
      v('parameters', I('2'), '{"role":"tool","content":"a"}'),
      s(','),
      v('parameters', I('3'), '{"type":"message","content":"a"}'),
      s(','),
      v('parameters', I('4'), '[]'),
      s(''),
    ],
    ...UNREAD,
  ),
  input('of-an-item-without-type-and-role', [s('{'), m(I('0/text'), '"text":"a"'), s('}')]),
  input('of-a-file', [
    s('{"role":"user","content":[{"type":"input_file","filename":'),
    v('history', I('0/content/0/filename'), '"a.pdf"'),
    s(',"file_data":'),
    v('history', I('0/content/0/file_data'), '"data:application/pdf;base64,AA=="'),
    s('}]},{"role":"assistant"},{"role":"user","content":[{"type":"input_file","file_data":'),
    v('context', I('2/content/0/file_data'), '"AA=="'),
    s('},{"type":"input_audio","input_audio":'),
    v('input', I('2/content/1/input_audio'), '{}'),
    s('}]}'),
  ]),
  input('of-calls-and-their-outputs', [
    s('{"role":"user","content":'),
    v('history', I('0/content'), '"a"'),
    s('},{"type":"function_call","name":'),
    v('history', I('1/name'), '"f"'),
    s(',"arguments":'),
    v('history', I('1/arguments'), '"{}"'),
    s('},{"type":"function_call_output","call_id":'),
    v('context', I('2/call_id'), '"c"'),
    s(',"output":'),
    v('context', I('2/output'), '"b"'),
    s('},{"type":"custom_tool_call_output","output":[{"type":"input_text","text":'),
    v('context', I('3/output/0/text'), '"c"'),
    s('},{"type":"input_file","file_data":'),
    v('context', I('3/output/1/file_data'), '"AA=="'),
    s('}]},{"type":"shell_call_output","output":[{"stdout":'),
    v('context', I('4/output/0/stdout'), '"d"'),
    s(',"outcome":'),
    v('context', I('4/output/0/outcome'), '{}'),
    s('}]},{"type":"mcp_approval_response","approve":'),
    v('input', I('5/approve'), 'true'),
    s('}'),
  ]),
  input('of-a-call-of-an-unknown-kind-with-a-role', [
    s('{"role":"user","content":'),
    v('history', I('0/content'), '"a"'),
    s('},{"type":"function_call",'),
    m(I('1/role'), '"role":"user"'),
    s('},{"type":"function_call_output","output":'),
    v('context', I('2/output'), '1'),
    s('}'),
  ]),
  input('of-what-tools-of-the-server-found', [
    s('{"type":"file_search_call","queries":'),
    v('history', I('0/queries'), '["q"]'),
    s(',"results":[{"text":'),
    v('history', I('0/results/0/text'), '"a"'),
    s(',"filename":'),
    v('history', I('0/results/0/filename'), '"b"'),
    s('}]},{"type":"code_interpreter_call","outputs":[{"type":"logs","logs":'),
    v('history', I('1/outputs/0/logs'), '"c"'),
    s('},{"type":"image","url":'),
    v('history', I('1/outputs/1/url'), '"data:,x"'),
    s('}]},{"role":"user"},{"type":"mcp_call","output":'),
    v('context', I('3/output'), '"d"'),
    s(',"arguments":'),
    v('input', I('3/arguments'), '"{}"'),
    s('}'),
  ]),
  input('of-tools-and-changes', [
    s('{"type":"additional_tools","role":"developer","tools":['),
    v('tools', I('0/tools/0'), '{"type":"function","name":"f"}'),
    s(']},{"type":"tool_search_output","tools":['),
    v('tools', I('1/tools/0'), '{"type":"function","name":"g"}'),
    s(']},{"type":"mcp_list_tools","tools":'),
    v('tools', I('2/tools'), 'null'),
    s('},{"type":"configuration_update","reasoning":'),
    v('parameters', I('3/reasoning'), '{}'),
    s(',"text":{"format":'),
    v('outputFormat', I('3/text/format'), '{}'),
    s(','),
    m(I('3/text/verbosity'), '"verbosity":"low"'),
    s('}}'),
  ]),
  input(
    'of-what-a-model-thinks',
    [
      s('{"type":"reasoning","summary":[{"type":"summary_text","text":'),
      v('history', I('0/summary/0/text'), '"a"'),
      s('}],"encrypted_content":'),
      v('history', I('0/encrypted_content'), '"e"'),
      s('},{"role":"user","content":'),
      v('input', I('1/content'), '"b"'),
      s('}'),
    ],
    ['history', 'encrypted_content'],
  ),
]

const hides = (what: string, ...roles: readonly string[]): Hidden[] => roles.map((role) => [role, what])
/** One item that leans on the server. */
const item = (name: string, text: string, ...hidden: readonly Hidden[]): Case<In> =>
  state(name, `{"input":[${text}]}`, ...hidden)
/** A part of a question, and of what a tool gave back. */
const part = (name: string, text: string, ...hidden: readonly Hidden[]): Case<In>[] => [
  item(name, `{"role":"user","content":[${text}]}`, ...hidden),
  item(
    `${name}-of-an-output`,
    `{"type":"function_call_output","output":[${text}]}`,
    ...hidden.map(([, what]): Hidden => ['context', what]),
  ),
]
/** A tool at the top, and one that the input brings. */
const tool = (name: string, members: string, ...hidden: readonly Hidden[]): Case<In>[] => [
  state(`tool-${name}`, `{"tools":[{${members}}]}`, ...hidden),
  item(`tool-of-the-input-${name}`, `{"type":"additional_tools","tools":[{${members}}]}`, ...hidden),
]
const REFERENCE = hides('item_reference', 'instructions', 'tools', 'input', 'context')
const SERVERS_TOOLS = [
  ...['file_search', 'web_search', 'web_search_2025_08_26', 'web_search_preview', 'web_search_preview_2025_03_11'],
  ...['code_interpreter', 'image_generation', 'programmatic_tool_calling'],
]
const CALLERS_TOOLS = [
  ...['function', 'custom', 'namespace', 'computer', 'computer_use', 'computer_use_preview'],
  ...['local_shell', 'shell', 'apply_patch', 'tool_search'],
]
const tools = (types: readonly string[]): string => `{"tools":[${types.map((type) => `{"type":"${type}"}`).join()}]}`

const STATE: readonly Case<In>[] = [
  state(
    'previous-response',
    '{"previous_response_id":"r"}',
    ...hides('previous_response_id', 'instructions', 'tools', 'history'),
  ),
  state('previous-response-that-is-null', '{"previous_response_id":null}'),
  state(
    'conversation',
    '{"conversation":{"id":"c"}}',
    ...hides('conversation', 'instructions', 'tools', 'context', 'history', 'input'),
  ),
  state('conversation-that-is-null', '{"conversation":null}'),
  state(
    'prompt-without-model',
    '{"prompt":{"id":"p"}}',
    ...hides('prompt', 'instructions', 'tools', 'context', 'history', 'input', 'outputFormat', 'parameters', 'model'),
  ),
  state(
    'prompt-with-a-model-that-is-null',
    '{"model":null,"prompt":"p"}',
    ...hides('prompt', 'instructions', 'tools', 'context', 'history', 'input', 'outputFormat', 'parameters', 'model'),
  ),
  state('prompt-that-is-null', '{"prompt":null}'),
  item('item-reference', '{"type":"item_reference","id":"i"}', ...REFERENCE),
  item('item-reference-without-id', '{"type":"item_reference"}'),
  item('item-reference-without-type', '{"id":"i"}', ...REFERENCE),
  item(
    'item-reference-whose-type-is-null',
    '{"type":null,"role":null,"id":"i"}',
    ...hides('item_reference', 'instructions', 'tools'),
    ...UNREAD,
  ),
  item('id-of-a-message', '{"role":"assistant","id":"i"}'),
  item('id-of-an-item-with-a-type', '{"type":"program","id":"i"}'),
  ...part('picture-at-an-address', '{"type":"input_image","image_url":"https://a.example/b"}', ['input', 'image_url']),
  ...part('picture-at-the-server', '{"type":"input_image","file_id":"f"}', ['input', 'file_id']),
  ...part('screenshot-at-an-address', '{"type":"computer_screenshot","image_url":"a:b"}', ['input', 'image_url']),
  ...part('screenshot-at-the-server', '{"type":"computer_screenshot","file_id":"f"}', ['input', 'file_id']),
  ...part('picture-in-the-request', '{"type":"input_image","image_url":"data:image/png;base64,AA==","file_id":null}'),
  ...part('file-data-that-is-an-address', '{"type":"input_file","file_data":"a:b"}', ['context', 'file_data']),
  ...part('file-at-an-address', '{"type":"input_file","file_url":"a:b"}', ['context', 'file_url']),
  ...part('file-at-the-server', '{"type":"input_file","file_id":"f"}', ['context', 'file_id']),
  ...part('file-in-the-request', '{"type":"input_file","file_data":"AA==","file_url":null,"file_id":null}'),
  ...part('encrypted-part', '{"type":"encrypted_content","encrypted_content":"e"}', ['input', 'encrypted_content']),
  ...part('file-of-a-part-of-another-type', '{"type":"input_text","file_id":"f","image_url":"a:b"}'),
  item('screenshot-of-a-computer', '{"type":"computer_call_output","output":{"image_url":"a:b"}}', [
    'context',
    'image_url',
  ]),
  item('screenshot-of-a-computer-at-the-server', '{"type":"computer_call_output","output":{"file_id":"f"}}', [
    'context',
    'file_id',
  ]),
  item('screenshot-of-a-computer-in-the-request', '{"type":"computer_call_output","output":{"image_url":"data:,"}}'),
  item('reasoning-by-its-id', '{"type":"reasoning","id":"r","summary":[]}', ['input', 'reasoning']),
  item('reasoning-without-content', '{"type":"reasoning","encrypted_content":null,"content":null}', [
    'input',
    'reasoning',
  ]),
  item('reasoning-with-content', '{"type":"reasoning","content":[]}'),
  item('reasoning-encrypted', '{"type":"reasoning","encrypted_content":"e"}', ['input', 'encrypted_content']),
  item('compaction', '{"type":"compaction","encrypted_content":"e"}', ['input', 'encrypted_content']),
  item('picture-that-was-made', '{"type":"image_generation_call","id":"i"}', ['input', 'image_generation_call']),
  item('picture-that-was-made-and-is-sent', '{"type":"image_generation_call","result":"AA=="}'),
  item('web-search-without-results', '{"type":"web_search_call"}', ['context', 'web_search_call']),
  item('web-search-with-results', '{"type":"web_search_call","results":[]}'),
  item('file-search-without-results', '{"type":"file_search_call","results":null}', ['context', 'file_search_call']),
  item('file-search-with-results', '{"type":"file_search_call","results":[]}'),
  item('code-without-outputs', '{"type":"code_interpreter_call"}', ['context', 'code_interpreter_call']),
  item('code-with-outputs', '{"type":"code_interpreter_call","outputs":[{"url":"data:,"}]}'),
  item('code-with-a-picture-at-an-address', '{"type":"code_interpreter_call","outputs":[{"url":"a:b"}]}', [
    'context',
    'outputs',
  ]),
  item(
    'in-history',
    '{"type":"web_search_call"},{"type":"reasoning"},{"role":"user"}',
    ['history', 'reasoning'],
    ['history', 'web_search_call'],
  ),
  item('of-an-unknown-author', '{"type":"x","content":[{"type":"input_image","file_id":"f"}]}', ...UNREAD),
  state('input-that-is-a-text', '{"input":"file_id"}'),
  state('tools-of-the-server', tools(SERVERS_TOOLS), ...SERVERS_TOOLS.map((type): Hidden => ['context', type])),
  state('tools-of-the-caller', tools(CALLERS_TOOLS)),
  ...tool('that-is-a-search', '"type":"web_search"', ['context', 'web_search']),
  ...tool('of-an-unknown-type', '"type":"telepathy"', ['context', 'unknown tool']),
  ...tool('whose-type-is-no-text', '"type":1'),
  ...tool('of-mcp', '"type":"mcp","server_label":"a"', ['context', 'mcp'], ['tools', 'mcp']),
  ...tool('with-vector-stores', '"type":"function","vector_store_ids":["v"]', ['context', 'vector_store_ids']),
  ...tool('without-vector-stores', '"type":"function","vector_store_ids":[]'),
  ...tool('with-a-container', '"type":"function","container":"c"', ['context', 'container']),
  ...tool('with-files-in-a-container', '"type":"function","container":{"type":"auto","file_ids":["f"]}', [
    'context',
    'file_ids',
  ]),
  ...tool('with-an-environment', '"type":"shell","environment":{"type":"container_auto"}', ['context', 'environment']),
  ...tool('with-a-local-environment', '"type":"shell","environment":{"type":"local","skills":[{"path":"p"}]}'),
  ...tool('with-files-in-an-environment', '"type":"shell","environment":{"file_ids":["f"]}', ['context', 'file_ids']),
  ...tool(
    'with-skills',
    '"type":"shell","environment":{"skills":[{"skill_id":"s"}]}',
    ['instructions', 'skills'],
    ['context', 'skills'],
  ),
  ...tool('with-a-mask-at-the-server', '"type":"function","input_image_mask":{"file_id":"f"}', [
    'tools',
    'input_image_mask',
  ]),
  ...tool('with-a-mask-at-an-address', '"type":"function","input_image_mask":{"image_url":"a:b"}', [
    'tools',
    'input_image_mask',
  ]),
  ...tool('with-a-mask-in-the-request', '"type":"function","input_image_mask":{"image_url":"data:,","file_id":null}'),
  state('context-management', '{"context_management":[{}]}', ...hides('context_management', 'context', 'history')),
  state('context-management-of-nothing', '{"context_management":[]}'),
  state('truncation', '{"truncation":"auto"}', ['history', 'truncation']),
  state('truncation-disabled', '{"truncation":"disabled"}'),
  state('truncation-that-is-null', '{"truncation":null}'),
  state('what-hides-nothing', '{"store":true,"background":true,"prompt_cache_key":"k"}'),
]

const event = (data: string): string => `data: ${data}\n\n`
const DELTA = '{"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"Hi"}'
const DONE = '{"type":"response.output_text.done","output_index":0,"content_index":0,"text":"Hi"}'

const RESPONSES: readonly Case<In>[] = [
  response('everything', [
    s('{"id":'),
    v('metadata', '/id', '"resp_1"'),
    s(',"status":'),
    v('metadata', '/status', '"completed"'),
    s(',"model":'),
    v('model', '/model', '"m"'),
    s(',"output":['),
    v('metadata', '/output/0', '{"type":"reasoning","summary":[]}'),
    s(',{"type":"message","id":'),
    v('metadata', '/output/1/id', '"msg_1"'),
    s(',"role":"assistant","content":[{"type":"output_text","text":"'),
    t('output', '/output/1/content/0/text', 'One. '),
    t('output', '/output/1/content/0/text', 'Two.'),
    s('","annotations":'),
    v('metadata', '/output/1/content/0/annotations', '[]'),
    s('},{"type":"refusal","refusal":'),
    v('metadata', '/output/1/content/1/refusal', '"A. b"'),
    s('},'),
    v('metadata', '/output/1/content/2', '{"type":"x"}'),
    s(']},'),
    v('metadata', '/output/2', '{"type":"function_call"}'),
    s('],"output_text":'),
    v('metadata', '/output_text', '"Hi."'),
    s(',"temperature":'),
    v('metadata', '/temperature', '1'),
    s(','),
    mm('/x', '"x":1'),
    s('}'),
  ]),
  response('of-other-types', [s('{"output":'), v('metadata', '/output', '{"0":1}'), s('}')]),
  stream('of-text', [
    [
      'metadata',
      event('{"type":"response.output_item.added","output_index":0,"item":{"type":"message","content":[]}}'),
    ],
    ['output', event(DELTA)],
    ['metadata', event(DONE)],
    ['metadata', event('[DONE]')],
  ]),
  stream('of-text-that-a-part-begins-with', [
    [
      'output',
      event(
        '{"type":"response.content_part.added","output_index":0,"content_index":0,"part":{"type":"output_text","text":"Hi"}}',
      ),
    ],
    ['metadata', event('{"type":"response.refusal.delta","delta":"no"}')],
  ]),
]

export const OPENAI_RESPONSES: readonly Case<In>[] = [...REQUESTS, ...STATE, ...RESPONSES]
