/**
 * Requests and responses of Anthropic Messages, for `cut.ts`.
 *
 * @module
 */
import { casesOf, type Hidden, UNREAD } from './cut-cases.ts'
import { m, mm, type Piece, s, t, v } from './leaves.ts'
import type { CutInput as In } from './run/cut.ts'
import type { Case } from './topic.ts'

const PATH = '/v1/messages'
const { request, state, response, stream } = casesOf({
  prefix: 'messages',
  dialect: 'anthropic-messages/1',
  path: PATH,
  streams: 'text/event-stream',
})

const ONE = '/messages/0/content'
/** The one message of a user, whose blocks these are. */
const blocks = (name: string, ...pieces: readonly Piece[]): Case<In> =>
  request(name, [s('{"messages":[{"role":"user","content":['), ...pieces, s(']}]}')].reduce(joined, []))

/** Structure that follows structure is one leaf. */
function joined(pieces: Piece[], piece: Piece): Piece[] {
  const last = pieces.at(-1)
  if (last?.kind !== 'structure' || piece.kind !== 'structure') return [...pieces, piece]
  return [...pieces.slice(0, -1), s(last.text + piece.text)]
}

const at = (member: string): string => `${ONE}/0/${member}`
const input = (member: string, token: string): Piece => v('input', at(member), token)
const context = (member: string, token: string): Piece => v('context', at(member), token)
const parameter = (member: string, token: string): Piece => v('parameters', at(member), token)

const REQUESTS: readonly Case<In>[] = [
  request(
    'request',
    [
      s('{"model":'),
      v('model', '/model', '"tiny"'),
      s(',"max_tokens":'),
      v('parameters', '/max_tokens', '9'),
      s(',"system":'),
      v('instructions', '/system', '"a"'),
      s(',"messages":[{"role":"user","content":'),
      v('input', '/messages/0/content', '"b"'),
      s('}],"tools":['),
      v('tools', '/tools/0', '{"name":"f"}'),
      s('],"temperature":'),
      v('parameters', '/temperature', '0'),
      s(','),
      m('/seed', '"seed":1'),
      s('}'),
    ],
    { model: 'tiny' },
  ),
  {
    ...request(
      'model-in-the-path',
      [s('{"anthropic_version":'), v('parameters', '/anthropic_version', '"v"'), s('}')],
      {
        path: '/v1/projects/p/locations/l/publishers/anthropic/models/claude-x@1:streamRawPredict',
        model: 'claude-x@1',
      },
    ),
    rule: 'docs/spec/dialects.md#the-model-asked-for',
  },
  {
    ...request('model-in-the-path-and-in-the-body', [s('{"model":'), v('model', '/model', '"huge"'), s('}')], {
      path: '/publishers/anthropic/models/tiny:rawPredict',
      model: 'tiny',
    }),
    rule: 'docs/spec/dialects.md#the-model-asked-for',
  },
  request('system-of-blocks', [
    s('{"system":[{"type":"text","text":'),
    v('instructions', '/system/0/text', '"a"'),
    s(',"cache_control":'),
    v('parameters', '/system/0/cache_control', '{"type":"ephemeral"}'),
    s('},'),
    v('instructions', '/system/1', '{"type":"image","text":"b"}'),
    s(','),
    v('instructions', '/system/2', '"c"'),
    s(']}'),
  ]),
  request('system-that-is-an-object', [s('{"system":'), v('instructions', '/system', '{"type":"text"}'), s('}')]),
  request(
    'instructions-in-the-conversation',
    [
      s('{"messages":[{"role":"user","content":'),
      v('history', '/messages/0/content', '"a"'),
      s('},{"role":"system","content":'),
      v('instructions', '/messages/1/content', '"b"'),
      s('},{"role":"assistant","content":'),
      v('history', '/messages/2/content', '"c"'),
      s('},{"role":"user","content":'),
      v('input', '/messages/3/content', '"d"'),
      s(',"clear_at":'),
      v('parameters', '/messages/3/clear_at', '1'),
      s('},{"role":"assistant","content":'),
      v('input', '/messages/4/content', '"e"'),
      s('},'),
      v('parameters', '/messages/5', '{"role":"tool","content":"f"}'),
      s(']}'),
    ],
    { hidden: UNREAD },
  ),
  blocks(
    'text-and-picture',
    s('{"type":"text","text":'),
    input('text', '"a"'),
    s(',"citations":'),
    input('citations', 'null'),
    s('},{"type":"image","source":'),
    v('input', `${ONE}/1/source`, '{"type":"base64","data":"AA=="}'),
    s(',"transformations":'),
    v('parameters', `${ONE}/1/transformations`, '{}'),
    s(','),
    m(`${ONE}/1/text`, '"text":"b"'),
    s('}'),
  ),
  blocks('a-block-of-an-unknown-type', v('input', `${ONE}/0`, '{"type":"video","text":"a"}')),
  blocks('a-block-without-type', v('input', `${ONE}/0`, '{"text":"a"}')),
  blocks(
    'a-document-of-text',
    s('{"type":"document","source":{"type":"text","media_type":"text/plain","data":'),
    context('source/data', '"a"'),
    s('},"title":'),
    context('title', '"b"'),
    s(',"context":'),
    context('context', '"c"'),
    s(',"citations":'),
    parameter('citations', '{"enabled":true}'),
    s('}'),
  ),
  blocks(
    'a-document-of-another-media-type',
    s('{"type":"document","source":{"type":"text","media_type":'),
    context('source/media_type', '"text/html"'),
    s(',"data":'),
    context('source/data', '"a"'),
    s('}}'),
  ),
  blocks(
    'a-document-of-blocks',
    s('{"type":"document","source":{"type":"content","content":[{"type":"text","text":'),
    context('source/content/0/text', '"a"'),
    s(',"cache_control":'),
    parameter('source/content/0/cache_control', '{}'),
    s('},{"type":"image","source":'),
    context('source/content/1/source', '{}'),
    s('},'),
    context('source/content/2', '{"type":"document"}'),
    s(']}}'),
  ),
  blocks(
    'a-document-whose-content-is-a-text',
    s('{"type":"document","source":{"type":"content","content":'),
    context('source/content', '"a"'),
    s('}}'),
  ),
  blocks(
    'a-document-as-pdf',
    s('{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":'),
    context('source/data', '"AA=="'),
    s('}}'),
  ),
  blocks(
    'a-document-of-an-unknown-source',
    s('{"type":"document","source":'),
    context('source', '{"type":"stream","data":"a"}'),
    s('}'),
  ),
  blocks(
    'a-search-result',
    s('{"type":"search_result","source":'),
    context('source', '"https://a.example"'),
    s(',"title":'),
    context('title', '"a"'),
    s(',"content":[{"type":"text","text":'),
    context('content/0/text', '"b"'),
    s('}],"citations":'),
    parameter('citations', '{}'),
    s('}'),
  ),
  blocks(
    'a-search-result-whose-content-is-a-text',
    s('{"type":"search_result","content":'),
    context('content', '"a"'),
    s('}'),
  ),
  request('calls-and-results', [
    s('{"messages":[{"role":"user","content":'),
    v('history', '/messages/0/content', '"a"'),
    s('},{"role":"assistant","content":[{"type":"thinking","thinking":'),
    v('history', '/messages/1/content/0/thinking', '"b"'),
    s('},{"type":"tool_use","id":'),
    v('history', '/messages/1/content/1/id', '"t"'),
    s(',"name":'),
    v('history', '/messages/1/content/1/name', '"f"'),
    s(',"input":'),
    v('history', '/messages/1/content/1/input', '{"type":"text"}'),
    s('}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":'),
    v('input', '/messages/2/content/0/tool_use_id', '"t"'),
    s(',"content":'),
    v('context', '/messages/2/content/0/content', '"c"'),
    s('},{"type":"tool_result","content":[{"type":"text","text":'),
    v('context', '/messages/2/content/1/content/0/text', '"d"'),
    s('},{"type":"document","source":{"type":"text","data":'),
    v('context', '/messages/2/content/1/content/1/source/data', '"e"'),
    s('}},{"type":"tool_reference","tool_name":'),
    v('context', '/messages/2/content/1/content/2/tool_name', '"g"'),
    s('},'),
    v('context', '/messages/2/content/1/content/3', '{"type":"tool_result"}'),
    s('],"is_error":'),
    v('input', '/messages/2/content/1/is_error', 'false'),
    s('}]}]}'),
  ]),
  request('a-result-of-an-earlier-turn-is-history', [
    s('{"messages":[{"role":"user","content":[{"type":"document","source":{"type":"text","data":'),
    v('history', '/messages/0/content/0/source/data', '"a"'),
    s('}}]},{"role":"assistant","content":'),
    v('history', '/messages/1/content', '"b"'),
    s('},{"role":"user","content":'),
    v('input', '/messages/2/content', '"c"'),
    s('}]}'),
  ]),
  blocks(
    'what-tools-of-the-server-gave-back',
    s('{"type":"server_tool_use","name":'),
    input('name', '"web_search"'),
    s('},{"type":"web_search_tool_result","content":['),
    v('context', `${ONE}/1/content/0`, '{"type":"web_search_result","title":"a"}'),
    s('],"tool_use_id":'),
    v('input', `${ONE}/1/tool_use_id`, '"t"'),
    s('},{"type":"web_search_tool_result","content":'),
    v('context', `${ONE}/2/content`, '{"type":"web_search_tool_result_error"}'),
    s('},{"type":"web_fetch_tool_result","content":{"type":"web_fetch_result","url":'),
    v('context', `${ONE}/3/content/url`, '"a:b"'),
    s(',"content":{"type":"document","source":{"type":"text","data":'),
    v('context', `${ONE}/3/content/content/source/data`, '"a"'),
    s('}}}},{"type":"bash_code_execution_tool_result","content":{"type":"bash_code_execution_result","stdout":'),
    v('context', `${ONE}/4/content/stdout`, '"a"'),
    s(',"return_code":'),
    v('context', `${ONE}/4/content/return_code`, '0'),
    s('}},{"type":"code_execution_tool_result","content":'),
    v('context', `${ONE}/5/content`, '{"type":"bash_code_execution_result"}'),
    s('}'),
  ),
  blocks(
    'servers-of-tools-and-changes-of-tools',
    s('{"type":"mcp_tool_use","server_name":'),
    input('server_name', '"a"'),
    s('},{"type":"mcp_tool_result","content":[{"type":"text","text":'),
    v('context', `${ONE}/1/content/0/text`, '"b"'),
    s('}]},{"type":"mcp_tool_listing","tools":['),
    v('tools', `${ONE}/2/tools/0`, '{"name":"f"}'),
    s(']},{"type":"tool_addition","tool":{"type":"tool_definition","definition":'),
    v('tools', `${ONE}/3/tool/definition`, '{"name":"g"}'),
    s('}},{"type":"tool_removal","tool":'),
    v('tools', `${ONE}/4/tool`, '{"type":"tool_reference","name":"f"}'),
    s('},{"type":"compaction","content":'),
    v('input', `${ONE}/5/content`, '"c"'),
    s(',"tool_changes":'),
    v('tools', `${ONE}/5/tool_changes`, '[]'),
    s('},{"type":"fallback","to":'),
    v('input', `${ONE}/6/to`, '{}'),
    s('}'),
  ),
  request(
    'parameters-and-groups',
    [
      s('{"output_config":{"effort":'),
      v('parameters', '/output_config/effort', '"low"'),
      s(',"format":'),
      v('outputFormat', '/output_config/format', '{}'),
      s(','),
      m('/output_config/x', '"x":1'),
      s('},"output_format":'),
      v('outputFormat', '/output_format', '{}'),
      s(',"mcp_servers":[{"type":"url","url":'),
      v('parameters', '/mcp_servers/0/url', '"https://a.example"'),
      s(',"authorization_token":'),
      v('parameters', '/mcp_servers/0/authorization_token', '"secret"'),
      s('},{"type":'),
      v('parameters', '/mcp_servers/1/type', '"stdio"'),
      s('},'),
      v('parameters', '/mcp_servers/2', '"a"'),
      s(']}'),
    ],
    {
      hidden: [
        ['tools', 'mcp_servers'],
        ['context', 'mcp_servers'],
      ],
    },
  ),
]

/** A message of a user with these blocks, which leans on the server. */
const leans = (name: string, text: string, ...hidden: readonly Hidden[]): Case<In> =>
  state(name, `{"messages":[{"role":"user","content":[${text}]}]}`, ...hidden)
const hides = (what: string, ...roles: readonly string[]): Hidden[] => roles.map((role) => [role, what])
const source = (type: string, members: string): string => `{"type":"${type}","source":{${members}}}`
const result = (members: string): string => `{"type":"tool_result","content":[{"type":"x","source":{${members}}}]}`
const fetched = (members: string): string =>
  `{"type":"web_fetch_tool_result","content":{"content":{"source":{${members}}}}}`
const nested = (members: string): string => `"content":[{"source":{${members}}}]`
/** One tool of this type. */
const tool = (name: string, type: string, ...hidden: readonly Hidden[]): Case<In> =>
  state(`tool-${name}`, `{"tools":[{"type":${type}}]}`, ...hidden)

const [FILE, URL] = ['"type":"file","file_id":"f"', '"type":"url","url":"a:b"']
const SERVER_TOOLS = [
  ...['web_search_20250305', 'web_search_20260209', 'web_search_20260318'],
  ...['web_fetch_20250910', 'web_fetch_20260209', 'web_fetch_20260309', 'web_fetch_20260318'],
  ...['code_execution_20250522', 'code_execution_20250825', 'code_execution_20260120', 'code_execution_20260521'],
  'advisor_20260301',
]
const CALLERS_TOOLS = [
  ...['custom', 'mcp_toolset', 'memory_20250818', 'bash_20241022', 'bash_20250124'],
  ...['computer_20241022', 'computer_20250124', 'computer_20251124'],
  ...['computer_toolset_20260801', 'browser_toolset_20260801'],
  ...['text_editor_20241022', 'text_editor_20250124', 'text_editor_20250429', 'text_editor_20250728'],
  ...['tool_search_tool_bm25', 'tool_search_tool_bm25_20251119'],
  ...['tool_search_tool_regex', 'tool_search_tool_regex_20251119'],
]
const tools = (types: readonly string[]): string => `{"tools":[${types.map((type) => `{"type":"${type}"}`).join()}]}`

const STATE: readonly Case<In>[] = [
  state(
    'thread',
    '{"thread":{"previous_message_id":"m"}}',
    ...hides('previous_message_id', 'instructions', 'tools', 'context', 'history'),
  ),
  state('thread-without-message', '{"thread":{"previous_message_id":null}}'),
  state('thread-that-is-a-text', '{"thread":"previous_message_id"}'),
  leans('picture-at-the-server', source('image', FILE), ['input', 'file_id']),
  leans('picture-at-an-address', source('image', URL), ['input', 'url']),
  leans('picture-in-the-request', source('image', '"type":"base64","data":"https://a.example"')),
  leans('picture-whose-file-is-null', source('image', '"file_id":null'), ['input', 'file_id']),
  leans('document-at-the-server', source('document', FILE), ['context', 'file_id']),
  leans('document-at-an-address', source('document', URL), ['context', 'url']),
  leans(
    'document-with-a-picture',
    source('document', nested(`${FILE},"url":1`)),
    ['context', 'file_id'],
    ['context', 'url'],
  ),
  leans('block-of-another-type-with-a-source', source('search_result', FILE)),
  leans('result-with-a-document', result(`${FILE},"url":1`), ['context', 'file_id'], ['context', 'url']),
  leans(
    'result-with-a-document-with-a-picture',
    result(nested(`${FILE},"url":1`)),
    ['context', 'file_id'],
    ['context', 'url'],
  ),
  leans('document-that-was-fetched', fetched(`${FILE},"url":1`), ['context', 'file_id'], ['context', 'url']),
  leans(
    'document-that-was-fetched-with-a-picture',
    fetched(nested(`${FILE},"url":1`)),
    ['context', 'file_id'],
    ['context', 'url'],
  ),
  leans('upload', '{"type":"container_upload","file_id":null}', ['context', 'file_id']),
  leans('file-that-code-made', '{"type":"x","content":{"content":[{"file_id":"f"}]}}', ['context', 'file_id']),
  leans('signature', '{"type":"thinking","signature":"s"}', ['input', 'signature']),
  leans('signature-that-is-empty', '{"type":"thinking","signature":""}'),
  leans('signature-that-is-no-text', '{"type":"thinking","signature":1}'),
  leans('signature-of-another-block', '{"type":"text","signature":"s"}'),
  leans('redacted-thinking', '{"type":"redacted_thinking","data":null}', ['input', 'redacted_thinking']),
  leans('redacted-thinking-without-data', '{"type":"redacted_thinking"}'),
  leans('compaction-block', '{"type":"compaction","encrypted_content":"e"}', ['input', 'encrypted_content']),
  leans('compaction-block-that-is-readable', '{"type":"compaction","content":"c","encrypted_content":null}'),
  leans('web-search-result', '{"type":"web_search_tool_result","content":[{"encrypted_content":null}]}', [
    'context',
    'encrypted_content',
  ]),
  leans('web-search-error', '{"type":"web_search_tool_result","content":{"encrypted_content":"e"}}'),
  leans('encrypted-output', '{"type":"code_execution_tool_result","content":{"encrypted_stdout":""}}', [
    'context',
    'encrypted_stdout',
  ]),
  leans('advice', '{"type":"advisor_tool_result","content":{"encrypted_content":"e"}}', [
    'context',
    'encrypted_content',
  ]),
  state(
    'in-history',
    '{"messages":[{"role":"assistant","content":[{"type":"thinking","signature":"s"},{"type":"container_upload","file_id":1}]},{"role":"user"}]}',
    ['history', 'file_id'],
    ['history', 'signature'],
  ),
  state(
    'in-instructions',
    `{"messages":[{"role":"system","content":[${source('image', FILE)},${source('document', FILE)}]}]}`,
    ['instructions', 'file_id'],
    ['context', 'file_id'],
  ),
  state('of-an-unknown-author', `{"messages":[{"role":"x","content":[${source('image', FILE)}]}]}`, ...UNREAD),
  state('container', '{"container":"c"}', ['context', 'container']),
  state('container-that-is-empty', '{"container":""}', ['context', 'container']),
  state('container-that-is-null', '{"container":null}'),
  state('container-with-id', '{"container":{"id":"c","skills":[]}}', ['context', 'container']),
  state('container-without-id', '{"container":{"id":null}}'),
  state('skills', '{"container":{"skills":[{"type":"anthropic"}]}}', ...hides('skills', 'instructions', 'context')),
  state('servers-of-tools', '{"mcp_servers":[null]}', ...hides('mcp_servers', 'tools', 'context')),
  state('servers-of-tools-none', '{"mcp_servers":[]}'),
  state('servers-of-tools-that-are-no-list', '{"mcp_servers":{"url":"a:b"}}'),
  state('tools-of-the-server', tools(SERVER_TOOLS), ...SERVER_TOOLS.map((type): Hidden => ['context', type])),
  state('tools-of-the-caller', tools(CALLERS_TOOLS)),
  tool('of-a-type-with-escapes', '"web\\u005fsearch_20250305"', ['context', 'web_search_20250305']),
  tool('of-an-unknown-type', '"web_search_29990101"', ['context', 'unknown tool']),
  tool('of-an-empty-type', '""', ['context', 'unknown tool']),
  tool('of-a-type-that-is-null', 'null'),
  tool('without-type', '{"name":"f"}'),
  leans('tool-that-is-added', '{"type":"tool_addition","tool":{"definition":{"type":"web_search_20250305"}}}', [
    'context',
    'web_search_20250305',
  ]),
  leans('tool-of-an-unknown-type-that-is-added', '{"type":"tool_addition","tool":{"definition":{"type":"x"}}}', [
    'context',
    'unknown tool',
  ]),
  leans('tool-that-is-removed', '{"type":"tool_removal","tool":{"definition":{"type":"web_search_20250305"}}}'),
  state(
    'context-management',
    '{"context_management":{"edits":[{}]}}',
    ...hides('context_management', 'context', 'history'),
  ),
  state('context-management-without-edits', '{"context_management":{"edits":[]}}'),
  state('compaction', '{"compaction":{}}', ['instructions', 'compaction']),
  state('compaction-that-is-null', '{"compaction":null}'),
  state(
    'caching-hides-nothing',
    '{"cache_control":{},"diagnostics":{},"fallbacks":[{}],"messages":[{"role":"user","content":[{"type":"text","cache_control":{}}]}]}',
  ),
]

const HI =
  'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}\n\n'
const START =
  'event: message_start\ndata: {"type":"message_start","message":{"type":"message","model":"m","content":[],"usage":{}}}\n\n'
const BLOCK =
  'event: content_block_start\ndata: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}\n\n'

const RESPONSES: readonly Case<In>[] = [
  response('everything', [
    s('{"id":'),
    v('metadata', '/id', '"msg_1"'),
    s(',"type":"message","role":"assistant","model":'),
    v('model', '/model', '"m"'),
    s(',"content":['),
    v('metadata', '/content/0', '{"type":"thinking","thinking":"a"}'),
    s(',{"type":"text","text":"'),
    t('output', '/content/1/text', 'One. '),
    t('output', '/content/1/text', 'Two.'),
    s('","citations":'),
    v('metadata', '/content/1/citations', 'null'),
    s('},'),
    v('metadata', '/content/2', '{"type":"tool_use","input":{}}'),
    s('],"stop_reason":'),
    v('metadata', '/stop_reason', '"end_turn"'),
    s(','),
    mm('/x', '"x":1'),
    s('}'),
  ]),
  response(
    'of-an-error',
    [
      s('{"type":"error","error":'),
      v('metadata', '/error', '{"type":"overloaded_error"}'),
      s(',"request_id":'),
      v('metadata', '/request_id', '"r"'),
      s('}'),
    ],
    { status: 529 },
  ),
  response('of-another-type', [
    s('{"type":'),
    v('metadata', '/type', '"completion"'),
    s(',"role":'),
    v('metadata', '/role', '"user"'),
    s(',"content":'),
    v('metadata', '/content', '"Hi. You."'),
    s('}'),
  ]),
  stream('of-text', [
    ['metadata', START],
    ['metadata', BLOCK],
    ['output', HI],
    ['metadata', 'event: ping\ndata: {"type":"ping"}\n\n'],
    ['metadata', 'event: message_stop\ndata: {"type":"message_stop"}\n\n'],
  ]),
  stream('of-text-in-the-start-of-a-block', [
    ['metadata', START],
    ['output', BLOCK.replace('"text":""', '"text":"Hi"')],
    ['output', HI],
  ]),
  stream('of-text-without-a-block', [['metadata', HI]]),
  stream('of-what-a-model-thinks', [
    ['metadata', START],
    ['metadata', BLOCK.replace('"type":"text"', '"type":"thinking"')],
    ['metadata', HI.replace('"text_delta","text"', '"thinking_delta","thinking"')],
    ['output', HI],
  ]),
]

export const ANTHROPIC_MESSAGES: readonly Case<In>[] = [...REQUESTS, ...STATE, ...RESPONSES]
