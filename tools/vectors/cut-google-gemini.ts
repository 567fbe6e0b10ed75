/**
 * Requests and responses of Gemini, for `cut.ts`. Each name is taken in camelCase and in snake_case.
 *
 * @module
 */
import { casesOf, type Hidden, UNREAD } from './cut-cases.ts'
import { m, mm, o, type Piece, s, t, v } from './leaves.ts'
import type { CutInput as In } from './run/cut.ts'
import type { Case } from './topic.ts'

const { request, state, response, stream } = casesOf({
  prefix: 'gemini',
  dialect: 'google-gemini/1',
  path: '/v1beta/models/tiny:generateContent',
  streams: 'text/event-stream',
})

/** The model stands in the path. */
const TINY = { model: 'tiny' }
const asked = (name: string, path: string, model: string): Case<In> => ({
  ...request(`model-${name}`, [s('{}')], { path, model }),
  rule: 'docs/spec/dialects.md#the-model-asked-for',
})
/** A member at the top that is one value. */
const top = (name: string, role: string, member: string, token: string): Case<In> =>
  request(name, [s(`{"${member}":`), v(role, `/${member}`, token), s('}')], TINY)

/** A turn whose one part is a text. */
const turn = (index: number, author: string, role: string): Piece[] => [
  s(`${index === 0 ? '{"contents":[' : '}]},'}{${author}"parts":[{"text":`),
  v(role, `/contents/${index}/parts/0/text`, `"${index}"`),
]

const REQUESTS: readonly Case<In>[] = [
  asked('in-the-path', '/v1beta/models/gemini-x:streamGenerateContent', 'gemini-x'),
  asked('stays-encoded', '/v1beta/models/gemini%2Dx:generateContent', 'gemini%2Dx'),
  asked('with-a-colon', '/v1beta/models/a:b:generateContent', 'a:b'),
  asked('of-an-endpoint', '/v1/projects/p/locations/l/endpoints/42:generateContent', '42'),
  request(
    'model-in-the-body-is-an-unknown-member',
    [s('{'), m('/model', '"model":"models/huge"'), s(',"contents":[]}')],
    TINY,
  ),
  request(
    'request',
    [
      s('{"systemInstruction":{"role":"system","parts":[{"text":'),
      v('instructions', '/systemInstruction/parts/0/text', '"a"'),
      s('},{"text":'),
      v('instructions', '/systemInstruction/parts/1/text', '"b"'),
      s('}]},"contents":[{"role":"user","parts":[{"text":'),
      v('input', '/contents/0/parts/0/text', '"c"'),
      s('},{"inlineData":'),
      v('input', '/contents/0/parts/1/inlineData', '{"mimeType":"image/png","data":"AA=="}'),
      s('}]}],"tools":[{"functionDeclarations":['),
      v('tools', '/tools/0/functionDeclarations/0', '{"name":"f"}'),
      s(','),
      v('tools', '/tools/0/functionDeclarations/1', '{"name":"g"}'),
      s(']}],"generationConfig":{"temperature":'),
      v('parameters', '/generationConfig/temperature', '0'),
      s(',"responseSchema":'),
      v('outputFormat', '/generationConfig/responseSchema', '{}'),
      s(','),
      m('/generationConfig/magic', '"magic":1'),
      s('},"safetySettings":'),
      v('parameters', '/safetySettings', '[]'),
      s('}'),
    ],
    TINY,
  ),
  request(
    'request-in-snake-case',
    [
      s('{"system_instruction":{"parts":{"text":'),
      v('instructions', '/system_instruction/parts/text', '"a"'),
      s('}},"contents":[{"parts":[{"inline_data":'),
      v('input', '/contents/0/parts/0/inline_data', '{}'),
      s(',"video_metadata":'),
      v('input', '/contents/0/parts/0/video_metadata', '{}'),
      s('}]}],"tools":[{"function_declarations":['),
      v('tools', '/tools/0/function_declarations/0', '{"name":"f"}'),
      s(']}],"generation_config":{"max_output_tokens":'),
      v('parameters', '/generation_config/max_output_tokens', '1'),
      s(',"response_json_schema":'),
      v('outputFormat', '/generation_config/response_json_schema', '{}'),
      s('}}'),
    ],
    TINY,
  ),
  request(
    'both-cases-side-by-side',
    [
      s('{"toolConfig":'),
      v('parameters', '/toolConfig', '{}'),
      s(',"tool_config":'),
      v('parameters', '/tool_config', '{}'),
      s(',"generationConfig":{"topK":'),
      v('parameters', '/generationConfig/topK', '1'),
      s(',"top_k":'),
      v('parameters', '/generationConfig/top_k', '2'),
      s('}}'),
    ],
    TINY,
  ),
  request(
    'names-in-neither-case',
    [s('{'), m('/Contents', '"Contents":[]'), s(','), m('/tool-config', '"tool-config":{}'), s('}')],
    TINY,
  ),
  request(
    'system-instruction-with-parts-that-are-an-object',
    [s('{"systemInstruction":{"parts":{"text":'), v('instructions', '/systemInstruction/parts/text', '"a"'), s('}}}')],
    TINY,
  ),
  request(
    'system-instruction-with-an-unknown-member',
    [
      s('{"systemInstruction":{"role":'),
      v('instructions', '/systemInstruction/role', '"tool"'),
      s(',"parts":[{'),
      m('/systemInstruction/parts/0/inlineData', '"inlineData":{}'),
      s('},'),
      v('instructions', '/systemInstruction/parts/1', '"a"'),
      s(']}}'),
    ],
    TINY,
  ),
  top('system-instruction-that-is-a-text', 'instructions', 'systemInstruction', '"a"'),
  request('contents-that-are-an-object', [s('{"contents":'), v('parameters', '/contents', '{"parts":[]}'), s('}')], {
    ...TINY,
    hidden: UNREAD,
  }),
  request(
    'tools-that-are-an-object',
    [s('{"tools":{"computerUse":'), v('tools', '/tools/computerUse', '1'), s('}}')],
    TINY,
  ),
  top('tools-that-are-a-text', 'tools', 'tools', '"googleSearch"'),
  top('generation-config-that-is-a-list', 'parameters', 'generationConfig', '[]'),
  request(
    'parts-that-are-an-object',
    [s('{"contents":[{"parts":{"text":'), v('input', '/contents/0/parts/text', '"a"'), s('}}]}')],
    TINY,
  ),
  request(
    'parts-that-are-a-text',
    [s('{"contents":[{"parts":'), v('input', '/contents/0/parts', '"a"'), s('}]}')],
    TINY,
  ),
  request(
    'tools-of-the-server-beside-functions',
    [
      s('{"tools":['),
      v('tools', '/tools/0', '"googleSearch"'),
      s(',{"computerUse":'),
      v('tools', '/tools/1/computerUse', '{}'),
      s(',"functionDeclarations":'),
      v('tools', '/tools/1/functionDeclarations', '{}'),
      s(','),
      m('/tools/1/newTool', '"newTool":{}'),
      s('}]}'),
    ],
    TINY,
  ),
  request(
    'a-conversation',
    [
      ...turn(0, '"role":"user",', 'history'),
      ...turn(1, '"role":"model",', 'history'),
      ...turn(2, '"role":"user",', 'input'),
      s('}]}]}'),
    ],
    TINY,
  ),
  request(
    'turns-without-an-author-are-of-the-user',
    [...turn(0, '', 'history'), ...turn(1, '"role":"model",', 'history'), ...turn(2, '', 'input'), s('}]}]}')],
    TINY,
  ),
  request(
    'turns-of-unknown-authors',
    [
      s('{"contents":['),
      v('parameters', '/contents/0', '{"role":"assistant","parts":[]}'),
      s(','),
      v('parameters', '/contents/1', '{"role":null}'),
      s(','),
      v('parameters', '/contents/2', '"a"'),
      s(']}'),
    ],
    { ...TINY, hidden: UNREAD },
  ),
  request(
    'results-of-functions',
    [
      s('{"contents":[{"role":"user","parts":[{"text":'),
      v('history', '/contents/0/parts/0/text', '"a"'),
      s(',"functionResponse":{"name":'),
      v('history', '/contents/0/parts/0/functionResponse/name', '"f"'),
      s('}}]},{"role":"model","parts":[{"functionCall":'),
      v('history', '/contents/1/parts/0/functionCall', '{"name":"f"}'),
      s('}]},{"role":"user","parts":[{"functionResponse":{"id":'),
      v('context', '/contents/2/parts/0/functionResponse/id', '"1"'),
      s(',"response":'),
      v('context', '/contents/2/parts/0/functionResponse/response', '{"price":5}'),
      s(','),
      m('/contents/2/parts/0/functionResponse/x', '"x":1'),
      s('}},{"function_response":{"will_continue":'),
      v('context', '/contents/2/parts/1/function_response/will_continue', 'true'),
      s('}},{"text":'),
      v('input', '/contents/2/parts/2/text', '"b"'),
      s('}]},{"role":"function","parts":[{"functionResponse":'),
      v('context', '/contents/3/parts/0/functionResponse', 'null'),
      s('},{"codeExecutionResult":'),
      v('context', '/contents/3/parts/1/codeExecutionResult', '{}'),
      s('}]}]}'),
    ],
    TINY,
  ),
]

const CACHED: readonly Hidden[] = ['instructions', 'tools', 'context', 'history'].map((role) => [role, 'cachedContent'])
/** A tool of the server's own, in both cases. */
function tool(name: string, camel: string, snake: string, ...roles: readonly string[]): Case<In>[] {
  const hidden = roles.map((role): Hidden => [role, camel])
  return [
    state(name, `{"tools":[{"functionDeclarations":[]},{"${camel}":{}}]}`, ...hidden),
    state(`${name}-in-snake-case`, `{"tools":[{"${snake}":null}]}`, ...hidden),
  ]
}

const STATE: readonly Case<In>[] = [
  state('file', '{"contents":[{"parts":[{"fileData":{"fileUri":"https://a.example/f"}}]}]}', ['input', 'fileUri']),
  state('file-in-snake-case', '{"contents":[{"parts":[{"file_data":{"file_uri":"gs://a/f"}}]}]}', ['input', 'fileUri']),
  state('file-that-is-null', '{"contents":[{"parts":[{"fileData":{"fileUri":null}}]}]}', ['input', 'fileUri']),
  state('file-in-history', '{"contents":[{"parts":[{"fileData":{"fileUri":1}}]},{"role":"model"},{"parts":[]}]}', [
    'history',
    'fileUri',
  ]),
  state('file-in-two-cases', '{"contents":[{"parts":[{"fileData":{"file_uri":"gs://a/f"}}]}]}', ['input', 'fileUri']),
  state('file-in-two-cases-again', '{"contents":[{"parts":[{"file_data":{"fileUri":"gs://a/f"}}]}]}', [
    'input',
    'fileUri',
  ]),
  ...['functionResponse', 'function_response'].flatMap((response, at) =>
    ['"fileData":{"fileUri"', '"file_data":{"fileUri"', '"fileData":{"file_uri"', '"file_data":{"file_uri"'].map(
      (file, place) =>
        state(
          `file-of-a-function-${4 * at + place + 1}`,
          `{"contents":[{"parts":[{"${response}":{"parts":[{${file}:"gs://a/f"}}]}}]}]}`,
          ['context', 'fileUri'],
        ),
    ),
  ),
  state(
    'file-of-an-unknown-author',
    '{"contents":[{"role":"x","parts":[{"fileData":{"fileUri":"gs://a/f"}}]}]}',
    ...UNREAD,
  ),
  state('file-in-parts-that-are-an-object', '{"contents":[{"parts":{"fileData":{"fileUri":"gs://a/f"}}}]}', [
    'input',
    'fileUri',
  ]),
  state(
    'file-of-a-function-in-parts-that-are-an-object',
    '{"contents":[{"parts":{"function_response":{"parts":[{"fileData":{"fileUri":"gs://a/f"}}]}}}]}',
    ['context', 'fileUri'],
  ),
  state('cached-content', '{"cachedContent":"cachedContents/1"}', ...CACHED),
  state('cached-content-in-snake-case', '{"cached_content":""}', ...CACHED),
  state('cached-content-in-both-cases', '{"cached_content":"a","cachedContent":"b"}', ...CACHED),
  state('cached-content-that-is-null', '{"cachedContent":null}'),
  ...tool('google-search', 'googleSearch', 'google_search', 'context'),
  ...tool('google-search-retrieval', 'googleSearchRetrieval', 'google_search_retrieval', 'context'),
  ...tool('enterprise-web-search', 'enterpriseWebSearch', 'enterprise_web_search', 'context'),
  ...tool('google-maps', 'googleMaps', 'google_maps', 'context'),
  ...tool('url-context', 'urlContext', 'url_context', 'context'),
  ...tool('file-search', 'fileSearch', 'file_search', 'context'),
  state('retrieval', '{"tools":[{"retrieval":{"vertexRagStore":{}}}]}', ['context', 'retrieval']),
  ...tool('code-execution', 'codeExecution', 'code_execution', 'context'),
  ...tool('mcp-servers', 'mcpServers', 'mcp_servers', 'context', 'tools'),
  ...tool('parallel-ai-search', 'parallelAiSearch', 'parallel_ai_search', 'context'),
  ...tool('exa-ai-search', 'exaAiSearch', 'exa_ai_search', 'context'),
  state('a-tool-of-the-callers-own', '{"tools":[{"functionDeclarations":[{"name":"googleSearch"}],"computerUse":{}}]}'),
  state('tools-that-are-an-object', '{"tools":{"googleSearch":{}}}', ['context', 'googleSearch']),
  state(
    'servers-in-tools-that-are-an-object',
    '{"tools":{"mcpServers":[]}}',
    ['context', 'mcpServers'],
    ['tools', 'mcpServers'],
  ),
  state('store', '{"store":true}'),
  state('a-picture-in-the-request', '{"contents":[{"parts":[{"inlineData":{"data":"https://a.example/b"}}]}]}'),
]

const HI = '{"candidates":[{"content":{"parts":[{"text":"Hi"}],"role":"model"}}]}'
const END = '{"candidates":[{"finishReason":"STOP","index":0}]}'

const RESPONSES: readonly Case<In>[] = [
  response('everything', [
    s('{"candidates":[{"content":{"parts":[{"text":"'),
    t('output', '/candidates/0/content/parts/0/text', 'One. '),
    t('output', '/candidates/0/content/parts/0/text', 'Two.'),
    s('","thoughtSignature":'),
    v('metadata', '/candidates/0/content/parts/0/thoughtSignature', '"AA=="'),
    s('},{"functionCall":'),
    v('metadata', '/candidates/0/content/parts/1/functionCall', '{}'),
    s('}],"role":"model"},"finishReason":'),
    v('metadata', '/candidates/0/finishReason', '"STOP"'),
    s(','),
    mm('/candidates/0/x', '"x":1'),
    s('}],"usageMetadata":'),
    v('metadata', '/usageMetadata', '{}'),
    s(',"modelVersion":'),
    v('model', '/modelVersion', '"tiny-001"'),
    s(','),
    mm('/model', '"model":"x"'),
    s('}'),
  ]),
  response('in-snake-case-is-unknown', [s('{'), mm('/model_version', '"model_version":"x"'), s('}')]),
  response('with-values-of-other-types', [
    s('{"candidates":[{"content":{"role":'),
    v('metadata', '/candidates/0/content/role', '"user"'),
    s(',"parts":['),
    v('metadata', '/candidates/0/content/parts/0', '"a. b"'),
    s(']}},{"content":'),
    v('metadata', '/candidates/1/content', 'null'),
    s('}]}'),
  ]),
  response('that-is-a-list', [
    s('[{"candidates":[{"content":{"parts":[{"text":'),
    v('output', '/0/candidates/0/content/parts/0/text', '"Hi"'),
    s('}]}}]},\n{"candidates":[{"finishReason":'),
    v('metadata', '/1/candidates/0/finishReason', '"STOP"'),
    s('}]},'),
    v('metadata', '/2', '[{}]'),
    s(']'),
  ]),
  response('that-is-a-list-of-nothing', [s('[ ]')]),
  response('that-is-a-text', [o('"Hi"', 'metadata')]),
  stream('of-chunks', [
    ['output', `data: ${HI}\r\n\r\n`],
    ['metadata', `data: ${END}\r\n\r\n`],
  ]),
  stream('of-what-a-model-thinks', [
    ['metadata', 'data: {"candidates":[{"content":{"parts":[{"text":"Hm","thought":true}]}}]}\n\n'],
    ['output', `data: ${HI}\n\n`],
  ]),
  stream('of-lists', [['metadata', `data: [${HI}]\n\n`]]),
]

export const GOOGLE_GEMINI: readonly Case<In>[] = [...REQUESTS, ...STATE, ...RESPONSES]
