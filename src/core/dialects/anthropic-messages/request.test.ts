import { describe, expect, test } from 'vitest'
import { decodeUtf8, encodeUtf8, joinBytes } from '../../bytes/index.ts'
import { dialectFor, type RequestCut } from '../index.ts'

const PATH = '/v1/messages'

function cut(body: object, path = PATH): RequestCut {
  const request = { method: 'POST', path }
  return dialectFor(request).cutRequest({
    ...request,
    contentType: 'application/json',
    body: encodeUtf8(JSON.stringify(body)),
    cutList: [],
  })
}

/** `role name = value` of each part, of the body of a request or of one whose last message holds these blocks. */
const partsIn = (body: object): string[] =>
  cut(body).parts.map(({ role, name, value }) => `${role} ${name} = ${decodeUtf8(value)}`)
const partsOfBlocks = (...content: readonly object[]): string[] => partsIn({ messages: [{ role: 'user', content }] })

const stateIn = (body: object): string[] =>
  cut(body).unobservable.map(({ role, reason }) => `${role} ${reason.replace('server-side: ', '')}`)
const stateOfBlocks = (...content: readonly object[]): string[] => stateIn({ messages: [{ role: 'user', content }] })

const FILE = { type: 'file', file_id: 'file_1' }
const URL_SOURCE = { type: 'url', url: 'https://example.org/a' }

describe('which requests it reads', () => {
  test.each([
    ['/v1/messages', 'anthropic-messages/1'],
    ['/anthropic/v1/messages', 'anthropic-messages/1'],
    ['/v1/projects/p/locations/l/publishers/anthropic/models/claude-x@1:rawPredict', 'anthropic-messages/1'],
    ['/v1/projects/p/locations/l/publishers/anthropic/models/claude-x@1:streamRawPredict', 'anthropic-messages/1'],
    ['/v1/projects/p/locations/l/publishers/mistralai/models/m:rawPredict', 'opaque/1'],
    ['/v1/messages/count_tokens', 'opaque/1'],
    ['/v1/messages/batches', 'opaque/1'],
    ['/v1/complete', 'opaque/1'],
    ['/model/anthropic.claude-x/invoke', 'opaque/1'],
    ['/model/anthropic.claude-x/invoke-with-response-stream', 'opaque/1'],
  ])('%s: %s', (path, id) => {
    expect(dialectFor({ method: 'POST', path }).id).toBe(id)
  })

  test('the model stands in the body, or in the path', () => {
    expect(cut({ model: 'claude-x' }).model).toEqual({ state: 'named', name: 'claude-x' })
    const atGoogle = cut({ anthropic_version: 'v' }, '/publishers/anthropic/models/claude-x@1:rawPredict')
    expect(atGoogle.model).toEqual({ state: 'named', name: 'claude-x@1' })
    expect(atGoogle.parts.map(({ role, name, at }) => `${role} ${name} ${at}`)).toEqual([
      'model model path',
      'parameters anthropic_version /anthropic_version',
    ])
  })
})

describe('roles and names', () => {
  test('of what the clients send', () => {
    const body = {
      model: 'claude-mock',
      max_tokens: 16,
      system: [{ type: 'text', text: 'You are terse.', cache_control: { type: 'ephemeral' } }],
      messages: [
        {
          role: 'user',
          content: [
            {
              type: 'document',
              source: { type: 'text', media_type: 'text/plain', data: 'Café 😀 costs 1.0 EUR' },
              title: 'doc1',
              context: 'a menu',
              citations: { enabled: true },
            },
            { type: 'text', text: 'What is in doc1?' },
          ],
        },
      ],
      tools: [
        { name: 'lookup', input_schema: {} },
        { type: 'web_search_20260318', name: 'web_search' },
      ],
      temperature: 0,
      output_config: { effort: 'high', format: { type: 'json_schema', schema: {} } },
    }
    expect(partsIn(body)).toEqual([
      'model model = claude-mock',
      'parameters max_tokens = 16',
      'instructions 0 = You are terse.',
      'parameters /system/0/cache_control = {"type":"ephemeral"}',
      'context 0 = Café 😀 costs 1.0 EUR',
      'context /messages/0/content/0/title = doc1',
      'context /messages/0/content/0/context = a menu',
      'parameters /messages/0/content/0/citations = {"enabled":true}',
      'input 0 = What is in doc1?',
      'tools lookup = {"input_schema":{},"name":"lookup"}',
      'tools web_search = {"name":"web_search","type":"web_search_20260318"}',
      'parameters temperature = 0',
      'parameters effort = high',
      'outputFormat response_format = {"schema":{},"type":"json_schema"}',
    ])
  })

  test('of instructions as a text, and in the course of a conversation', () => {
    const body = {
      system: 'a',
      messages: [
        { role: 'user', content: 'q' },
        { role: 'assistant', content: 'r' },
        { role: 'user', content: 's' },
        { role: 'system', content: 'b', clear_at: 'never' },
        { role: 'assistant', content: 'begun' },
      ],
    }
    expect(partsIn(body)).toEqual([
      'instructions 0 = a',
      'history 0 = q',
      'history 1 = r',
      'input 0 = s',
      'instructions 1 = b',
      'parameters /messages/3/clear_at = never',
      'input 1 = begun',
    ])
  })

  test('of a round of calls: the results of the latest are context, of earlier ones history', () => {
    const call = (id: string) => ({ type: 'tool_use', id, name: 'f', input: { a: 1 } })
    const result = (id: string, content: unknown) => ({ type: 'tool_result', tool_use_id: id, content })
    const messages = [
      { role: 'user', content: 'q' },
      { role: 'assistant', content: [call('c1')] },
      { role: 'user', content: [result('c1', 'one')] },
      { role: 'assistant', content: [call('c2')] },
      { role: 'user', content: [result('c2', [{ type: 'text', text: 'two' }]), { type: 'text', text: 'and?' }] },
    ]
    const told = partsIn({ messages }).filter((part) => /^\w+ \d/.test(part))
    expect(told).toEqual(['history 0 = q', 'history 1 = one', 'context 0 = two', 'input 0 = and?'])
    expect(partsIn({ messages })).toContain('history /messages/1/content/0/input = {"a":1}')
    expect(partsIn({ messages })).toContain('input /messages/4/content/0/tool_use_id = c2')
  })

  test.each<[string, object, readonly string[]]>([
    ['an image', { type: 'image', source: FILE }, ['input BLOCK/source = {"file_id":"file_1","type":"file"}']],
    [
      'a document of blocks',
      {
        type: 'document',
        source: {
          type: 'content',
          content: [
            { type: 'text', text: 'a' },
            { type: 'image', source: FILE },
          ],
        },
      },
      ['context 0 = a', 'context BLOCK/source/content/1/source = {"file_id":"file_1","type":"file"}'],
    ],
    ['a document of one text', { type: 'document', source: { type: 'content', content: 'a' } }, ['context 0 = a']],
    [
      'a PDF',
      { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'JVBE' } },
      ['context 0 = JVBE'],
    ],
    [
      'a document of another media type',
      { type: 'document', source: { type: 'text', media_type: 'say this', data: 'a' } },
      ['context BLOCK/source/media_type = say this', 'context 0 = a'],
    ],
    [
      'a document at a URL',
      { type: 'document', source: URL_SOURCE },
      ['context BLOCK/source/url = https://example.org/a'],
    ],
    [
      'a search result',
      { type: 'search_result', source: 's', title: 't', content: [{ type: 'text', text: 'a' }], citations: {} },
      ['context BLOCK/source = s', 'context BLOCK/title = t', 'context 0 = a', 'parameters BLOCK/citations = {}'],
    ],
    [
      'a tool’s result',
      {
        type: 'tool_result',
        tool_use_id: 'c',
        is_error: false,
        content: [
          { type: 'text', text: 'a' },
          { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'b' } },
          { type: 'search_result', source: 's', title: 't', content: [{ type: 'text', text: 'd' }] },
          { type: 'tool_reference', tool_name: 'f' },
          { type: 'novelty', say: 'e' },
        ],
      },
      [
        'input BLOCK/tool_use_id = c',
        'input BLOCK/is_error = false',
        'context 0 = a',
        'context 1 = b',
        'context BLOCK/content/2/source = s',
        'context BLOCK/content/2/title = t',
        'context 2 = d',
        'context BLOCK/content/3/tool_name = f',
        'context BLOCK/content/4 = {"say":"e","type":"novelty"}',
      ],
    ],
    [
      'what was fetched',
      {
        type: 'web_fetch_tool_result',
        tool_use_id: 'c',
        content: {
          type: 'web_fetch_result',
          url: 'u',
          content: { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'page' } },
        },
      },
      ['input BLOCK/tool_use_id = c', 'context BLOCK/content/url = u', 'context 0 = page'],
    ],
    [
      'what was run',
      {
        type: 'bash_code_execution_tool_result',
        content: { type: 'bash_code_execution_result', stdout: 'out', stderr: '', return_code: 0, content: [] },
      },
      ['context 0 = out', 'context 1 = ', 'context BLOCK/content/return_code = 0', 'context 2 = []'],
    ],
    [
      'an error of a server’s tool',
      { type: 'web_search_tool_result', content: { type: 'web_search_tool_result_error', error_code: 'unavailable' } },
      ['context 0 = {"error_code":"unavailable","type":"web_search_tool_result_error"}'],
    ],
    [
      'tools of a server of tools',
      { type: 'mcp_tool_listing', mcp_server_name: 's', tools: [{ name: 'f', input_schema: {} }] },
      ['input BLOCK/mcp_server_name = s', 'tools f = {"input_schema":{},"name":"f"}'],
    ],
    ['a block of a later version', { type: 'novelty', text: 'a' }, ['input BLOCK = {"text":"a","type":"novelty"}']],
    ['a member of a later version', { type: 'text', text: 'a', x: 1 }, ['input 0 = a', 'parameters BLOCK/x = 1']],
  ])('of %s', (_, block, parts) => {
    expect(partsOfBlocks(block)).toEqual(parts.map((part) => part.replace('BLOCK', '/messages/0/content/0')))
  })

  test('the token of a server of tools is a part of its own, and no tool', () => {
    const server = { type: 'url', name: 's', url: 'https://s.example', authorization_token: 'secret' }
    expect(partsIn({ mcp_servers: [server] })).toEqual([
      'parameters /mcp_servers/0/name = s',
      'parameters /mcp_servers/0/url = https://s.example',
      'parameters /mcp_servers/0/authorization_token = secret',
    ])
  })

  test('the tools of a server of tools are named by it', () => {
    expect(partsIn({ tools: [{ type: 'mcp_toolset', mcp_server_name: 's' }] })).toEqual([
      'tools s = {"mcp_server_name":"s","type":"mcp_toolset"}',
    ])
  })

  test('a member of output_config stands for none at the top', () => {
    expect(partsIn({ effort: 'low', output_config: { effort: 'high', x: 1 } })).toEqual([
      'parameters /effort = low',
      'parameters effort = high',
      'parameters /output_config/x = 1',
    ])
  })

  test('every byte is in one leaf', () => {
    const body = { system: 'a', messages: [{ role: 'user', content: [{ type: 'text', text: 'b' }] }] }
    expect(decodeUtf8(joinBytes(cut(body).leaves.map(({ bytes }) => bytes)))).toBe(JSON.stringify(body))
  })
})

describe('state at the server', () => {
  test.each<[string, object, readonly string[]]>([
    [
      'a thread',
      { thread: { type: 'continue', previous_message_id: 'msg_1' } },
      ['instructions', 'tools', 'context', 'history'].map((role) => `${role} previous_message_id`),
    ],
    ['a new thread', { thread: { type: 'create' } }, []],
    ['a container', { container: 'container_1' }, ['context container']],
    ['a container’s id', { container: { id: 'container_1' } }, ['context container']],
    ['no container', { container: null }, []],
    ['skills', { container: { skills: [{ skill_id: 'pdf' }] } }, ['instructions skills', 'context skills']],
    ['servers of tools', { mcp_servers: [{ name: 's' }] }, ['tools mcp_servers', 'context mcp_servers']],
    ['no servers of tools', { mcp_servers: [] }, []],
    ['a server’s tool', { tools: [{ type: 'web_fetch_20260318' }] }, ['context web_fetch_20260318']],
    ['a tool of a later version', { tools: [{ type: 'web_fetch_20991231' }] }, ['context unknown tool']],
    [
      'tools of the caller',
      { tools: [{ name: 'f' }, { type: 'custom' }, { type: 'memory_20250818' }, { type: 'tool_search_tool_bm25' }] },
      [],
    ],
    [
      'a conversation that the server edits',
      { context_management: { edits: [{ type: 'clear_tool_uses_20250919' }] } },
      ['context context_management', 'history context_management'],
    ],
    ['a conversation that it does not', { context_management: { edits: [] } }, []],
    ['a prompt of the server’s own', { compaction: { type: 'summarize' } }, ['instructions compaction']],
    ['what is kept of the same bytes', { cache_control: { type: 'ephemeral' }, fallbacks: 'default' }, []],
  ])('%s', (_, body, state) => {
    expect(stateIn(body)).toEqual(state)
  })

  test.each<[string, object, readonly string[]]>([
    ['a picture in a file', { type: 'image', source: FILE }, ['input file_id']],
    ['a picture at a URL', { type: 'image', source: URL_SOURCE }, ['input url']],
    ['a picture', { type: 'image', source: { type: 'base64', data: 'AA==' } }, []],
    ['a document in a file', { type: 'document', source: FILE }, ['context file_id']],
    ['a document at a URL', { type: 'document', source: URL_SOURCE }, ['context url']],
    [
      'a picture in a document',
      { type: 'document', source: { type: 'content', content: [{ type: 'image', source: FILE }] } },
      ['context file_id'],
    ],
    [
      'a picture in a tool’s result',
      { type: 'tool_result', content: [{ type: 'image', source: URL_SOURCE }] },
      ['context url'],
    ],
    [
      'a picture in a document in a tool’s result',
      {
        type: 'tool_result',
        content: [{ type: 'document', source: { type: 'content', content: [{ type: 'image', source: FILE }] } }],
      },
      ['context file_id'],
    ],
    ['a file in a container', { type: 'container_upload', file_id: 'file_1' }, ['context file_id']],
    [
      'a file that code wrote',
      { type: 'code_execution_tool_result', content: { type: 'code_execution_result', content: [{ file_id: 'f' }] } },
      ['context file_id'],
    ],
    [
      'what was found on the web',
      { type: 'web_search_tool_result', content: [{ type: 'web_search_result', encrypted_content: 'x' }] },
      ['context encrypted_content'],
    ],
    ['what was thought', { type: 'thinking', thinking: 'a', signature: 'x' }, ['input signature']],
    ['what was thought, unsigned', { type: 'thinking', thinking: 'a', signature: '' }, []],
    ['what was thought in secret', { type: 'redacted_thinking', data: 'x' }, ['input redacted_thinking']],
    ['a summary', { type: 'compaction', content: 'a', encrypted_content: null }, []],
    ['a secret summary', { type: 'compaction', content: null, encrypted_content: 'x' }, ['input encrypted_content']],
    [
      'a server’s tool that is added later',
      { type: 'tool_addition', tool: { type: 'tool_definition', definition: { type: 'advisor_20260301' } } },
      ['context advisor_20260301'],
    ],
    ['a text of that name', { type: 'text', text: 'a', source: FILE, file_id: 'f' }, []],
  ])('%s', (_, block, state) => {
    expect(stateOfBlocks(block)).toEqual(state)
  })

  test('before the latest turn it hides the history', () => {
    const messages = [
      { role: 'user', content: [{ type: 'document', source: FILE }] },
      { role: 'assistant', content: [{ type: 'thinking', thinking: '', signature: 'x' }] },
      { role: 'user', content: [{ type: 'document', source: URL_SOURCE }] },
    ]
    expect(stateIn({ messages })).toEqual(['history file_id', 'context url', 'history signature'])
  })
})
