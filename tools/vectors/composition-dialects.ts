/**
 * Parts of requests of each dialect, and their names, for `composition.ts`.
 *
 * @module
 */
import { json, parts } from './composition-parts.ts'
import type { CompositionInput as In } from './run/composition.ts'
import type { Case } from './topic.ts'

const COMPLETIONS = { path: '/v1/completions' }
const EMBEDDINGS = { path: '/v1/embeddings' }
const RESPONSES = { path: '/v1/responses' }
const MESSAGES = { path: '/v1/messages' }
const GEMINI = { path: '/v1beta/models/tiny:generateContent' }
const CHAT = { path: '/api/chat' }
const GENERATE = { path: '/api/generate' }
/** The model that the path of Gemini names. */
const TINY = ['model', 'model', 'tiny'] as const

const OPENAI: readonly Case<In>[] = [
  parts(
    'completions',
    '{"prompt":["a","b"],"suffix":"c","model":"tiny","best_of":2}',
    [
      ['input', '0', 'a'],
      ['input', '1', 'b'],
      ['input', '2', 'c'],
      ['model', 'model', 'tiny'],
      ['parameters', 'best_of', json('2')],
    ],
    COMPLETIONS,
  ),
  parts('completions-of-tokens', '{"prompt":[1,2]}', [['input', '0', json('[1,2]')]], COMPLETIONS),
  parts(
    'embeddings',
    '{"input":"a","dimensions":8}',
    [
      ['input', '0', 'a'],
      ['parameters', 'dimensions', json('8')],
    ],
    EMBEDDINGS,
  ),
  parts(
    'responses',
    '{"instructions":"a","input":"b","text":{"verbosity":"low","format":{"type":"text"},"x":1},"verbosity":"high","format":1,"truncation":"disabled"}',
    [
      ['instructions', '0', 'a'],
      ['input', '0', 'b'],
      ['parameters', 'verbosity', 'low'],
      ['outputFormat', 'response_format', json('{"type":"text"}')],
      ['parameters', '/text/x', json('1')],
      ['parameters', '/verbosity', 'high'],
      ['parameters', '/format', json('1')],
      ['parameters', 'truncation', 'disabled'],
    ],
    RESPONSES,
  ),
  parts(
    'responses-of-items',
    '{"input":[{"role":"system","content":"a"},{"type":"function_call","name":"f","arguments":"{}"},' +
      '{"type":"function_call_output","call_id":"c","output":"b"},{"role":"user","content":[{"type":"input_text","text":"c"},' +
      '{"type":"refusal","refusal":"d"},{"type":"input_file","filename":"n","file_data":"AA=="}]}]}',
    [
      ['instructions', '0', 'a'],
      ['history', '/input/1/name', 'f'],
      ['history', '/input/1/arguments', '{}'],
      ['context', '/input/2/call_id', 'c'],
      ['context', '0', 'b'],
      ['input', '0', 'c'],
      ['input', '1', 'd'],
      ['context', '/input/3/content/2/filename', 'n'],
      ['context', '1', 'AA=='],
    ],
    RESPONSES,
  ),
  parts(
    'responses-prompt-variables',
    '{"prompt":{"id":"p","variables":{"a":"b"}}}',
    [
      ['parameters', '/prompt/id', 'p'],
      ['input', '/prompt/variables', json('{"a":"b"}')],
    ],
    RESPONSES,
  ),
  parts(
    'responses-tools',
    '{"tools":[{"type":"function","name":"f"},{"type":"mcp","server_label":"s"},{"type":"web_search"},{"name":"","server_label":1,"type":"x"},{}],' +
      '"input":[{"type":"additional_tools","tools":[{"name":"g"}]},{"type":"mcp_list_tools","server_label":"s","tools":null}]}',
    [
      ['tools', 'f', json('{"name":"f","type":"function"}')],
      ['tools', 's', json('{"server_label":"s","type":"mcp"}')],
      ['tools', 'web_search', json('{"type":"web_search"}')],
      ['tools', 'x', json('{"name":"","server_label":1,"type":"x"}')],
      ['tools', '/tools/4', json('{}')],
      ['tools', 'g', json('{"name":"g"}')],
      ['input', '/input/1/server_label', 's'],
      ['tools', 'tools', json('null')],
    ],
    RESPONSES,
  ),
  parts(
    'responses-tools-with-names-that-look-like-others',
    '{"tools":[{"name":"/x"},{"name":"header x"}]}',
    [
      ['tools', '/x', json('{"name":"/x"}')],
      ['tools', 'header x', json('{"name":"header x"}')],
    ],
    RESPONSES,
  ),
  parts(
    'responses-with-two-output-formats',
    '{"text":{"format":1},"input":[{"type":"configuration_update","text":{"format":2}}]}',
    [
      ['outputFormat', 'response_format', json('1')],
      ['outputFormat', '/input/0/text/format', json('2')],
    ],
    RESPONSES,
  ),
]

const OTHERS: readonly Case<In>[] = [
  parts(
    'messages',
    '{"system":[{"type":"text","text":"a","cache_control":{}},{"type":"x"}],"messages":[{"role":"user","content":' +
      '[{"type":"text","text":"b"},{"type":"image","source":{}},{"type":"document","title":"t","source":{"type":"text","data":"c"}},' +
      '{"type":"tool_result","tool_use_id":"u","content":[{"type":"text","text":"d"}]}]}],"max_tokens":1}',
    [
      ['instructions', '0', 'a'],
      ['parameters', '/system/0/cache_control', json('{}')],
      ['instructions', '/system/1', json('{"type":"x"}')],
      ['input', '0', 'b'],
      ['input', '/messages/0/content/1/source', json('{}')],
      ['context', '/messages/0/content/2/title', 't'],
      ['context', '0', 'c'],
      ['input', '/messages/0/content/3/tool_use_id', 'u'],
      ['context', '1', 'd'],
      ['parameters', 'max_tokens', json('1')],
    ],
    MESSAGES,
  ),
  parts(
    'messages-tools-and-groups',
    '{"tools":[{"name":"f"},{"type":"web_search_20250305","name":"web_search"},{"type":"mcp_toolset","mcp_server_name":"s"}],' +
      '"output_config":{"effort":"low","format":{}},"output_format":{},"effort":"high","mcp_servers":[{"type":"url","name":"s"}]}',
    [
      ['tools', 'f', json('{"name":"f"}')],
      ['tools', 'web_search', json('{"name":"web_search","type":"web_search_20250305"}')],
      ['tools', 's', json('{"mcp_server_name":"s","type":"mcp_toolset"}')],
      ['parameters', 'effort', 'low'],
      ['outputFormat', 'response_format', json('{}')],
      ['outputFormat', '/output_format', json('{}')],
      ['parameters', '/effort', 'high'],
      ['parameters', '/mcp_servers/0/name', 's'],
    ],
    MESSAGES,
  ),
  parts(
    'messages-changes-of-tools',
    '{"messages":[{"role":"user","content":[{"type":"tool_addition","tool":{"type":"tool_definition","definition":{"name":"f"}}},' +
      '{"type":"tool_removal","tool":{"type":"tool_reference","name":"g"}},{"type":"compaction","content":"c","tool_changes":[]}]}]}',
    [
      ['tools', 'definition', json('{"name":"f"}')],
      ['tools', 'tool', json('{"name":"g","type":"tool_reference"}')],
      ['input', '0', 'c'],
      ['tools', 'tool_changes', json('[]')],
    ],
    MESSAGES,
  ),
  parts(
    'model-in-the-path-and-in-the-body',
    '{"model":"huge","anthropic_version":"v"}',
    [
      ['parameters', 'header anthropic-beta', 'b'],
      ['model', 'model', 'tiny'],
      ['model', '/model', 'huge'],
      ['parameters', 'anthropic_version', 'v'],
    ],
    { path: '/publishers/anthropic/models/tiny:rawPredict', headers: [['anthropic-beta', 'b']] },
  ),
  parts(
    'gemini',
    '{"systemInstruction":{"parts":[{"text":"a"}]},"contents":[{"parts":[{"text":"b"},{"inlineData":{}},' +
      '{"functionResponse":{"name":"f","response":{"x":1}}}]}],"tools":[{"functionDeclarations":[{"name":"f"}],"codeExecution":{}}],' +
      '"generationConfig":{"temperature":0,"responseSchema":{},"x":1},"temperature":1,"safetySettings":[]}',
    [
      TINY,
      ['instructions', '0', 'a'],
      ['input', '0', 'b'],
      ['input', '/contents/0/parts/1/inlineData', json('{}')],
      ['context', '/contents/0/parts/2/functionResponse/name', 'f'],
      ['context', '0', json('{"x":1}')],
      ['tools', 'f', json('{"name":"f"}')],
      ['tools', 'codeExecution', json('{}')],
      ['parameters', 'temperature', json('0')],
      ['outputFormat', 'response_format', json('{}')],
      ['parameters', '/generationConfig/x', json('1')],
      ['parameters', '/temperature', json('1')],
      ['parameters', 'safetySettings', json('[]')],
    ],
    GEMINI,
  ),
  parts(
    'gemini-system-instruction-with-one-part',
    '{"system_instruction":{"parts":{"text":"a"}}}',
    [TINY, ['instructions', '0', 'a']],
    GEMINI,
  ),
  parts('gemini-of-an-opaque-body', '[]', [], GEMINI),
  parts(
    'ollama-chat',
    '{"messages":[{"role":"user","content":"a","images":["AA=="],"thinking":"t"}],"format":"json","options":{"seed":1,"format":2},"seed":2,"think":true}',
    [
      ['input', '0', 'a'],
      ['input', '/messages/0/images/0', 'AA=='],
      ['input', '/messages/0/thinking', 't'],
      ['outputFormat', 'response_format', 'json'],
      ['parameters', 'seed', json('1')],
      ['parameters', '/options/format', json('2')],
      ['parameters', '/seed', json('2')],
      ['parameters', 'think', json('true')],
    ],
    CHAT,
  ),
  parts(
    'ollama-generate',
    '{"system":"a","template":"t","prompt":"b","suffix":"c","context":[1],"raw":true}',
    [
      ['instructions', '0', 'a'],
      ['instructions', '/template', 't'],
      ['input', '0', 'b'],
      ['input', '1', 'c'],
      ['history', '/context', json('[1]')],
      ['parameters', 'raw', json('true')],
    ],
    GENERATE,
  ),
  parts(
    'query-members-come-before-headers',
    '{"query api-version":1}',
    [
      ['parameters', 'query api-version', '2'],
      ['parameters', 'query beta', ''],
      ['parameters', 'header openai-beta', 'b'],
      ['parameters', '/query api-version', json('1')],
    ],
    { query: 'beta&alt=sse&api-version=2', headers: [['openai-beta', 'b']] },
  ),
  parts(
    'a-passage-in-a-name-is-named-by-its-pointer',
    '{"messages":[{"role":"user","name":"ab","content":"c"},{"role":"tool","content":"d"}]}',
    [
      ['context', '/messages/0/name', 'a', 'input'],
      ['input', '/messages/0/name', 'b'],
      ['input', '0', 'c'],
      ['context', '0', 'd'],
    ],
    { cutListText: '[{"end":1,"label":"x","pointer":"/messages/0/name","start":0}]' },
  ),
  parts(
    'passages-in-other-apis',
    '{"input":["ab","c"]}',
    [
      ['context', '0', 'a', 'input'],
      ['input', '0', 'b'],
      ['input', '1', 'c'],
    ],
    { ...EMBEDDINGS, cutListText: '[{"end":1,"label":"x","pointer":"/input/0","start":0}]' },
  ),
]

export const PARTS_OF_DIALECTS: readonly Case<In>[] = [...OPENAI, ...OTHERS]
