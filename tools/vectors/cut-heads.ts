/**
 * Which dialect reads a request, and heads of messages, for `cut.ts`.
 *
 * @module
 */
import type { Header } from '../../src/core/spans/index.ts'
import type { CutInput as In } from './run/cut.ts'
import type { Case } from './topic.ts'

const WHICH = 'docs/spec/dialects.md#which-dialect'
const HEAD = 'docs/spec/spans.md#the-head'
const CHAT = 'openai-chat-completions/1'
const ANTHROPIC = 'anthropic-messages/1'
const GEMINI = 'google-gemini/1'
const GOOGLE = '/v1/projects/p/locations/l/publishers'

const which = (name: string, method: string, path: string, dialect: string): Case<In> => {
  return { name, rule: WHICH, operation: 'chooseDialect', method, path, accept: { dialect } }
}

/** Kind, pointer, text and, of parameters, the role. */
type Fact = readonly [kind: string, pointer: string, text: string, role?: string]

const leavesOf = (facts: readonly Fact[]) =>
  facts.map(([kind, pointer, text, role = '']) => {
    return { kind, role, pointer, offset: 0, hex: Buffer.from(text).toString('hex') }
  })

function request(
  name: string,
  given: { query?: string; headers?: readonly Header[] },
  facts: readonly Fact[],
): Case<In> {
  const { query = '', headers = [] } = given
  const accept = {
    leaves: leavesOf([['method', '', 'POST'], ['path', '', '/v1/chat/completions'], ...facts, ['cutList', '', '[]']]),
  }
  const line = { method: 'POST', path: '/v1/chat/completions', query, headers }
  return { name, rule: HEAD, operation: 'requestHead', ...line, accept }
}
const counts = (query: number, headers: number): Fact[] => [
  ['unrecorded', 'query', String(query)],
  ['unrecorded', 'header', String(headers)],
]
function response(name: string, headers: readonly Header[], facts: readonly Fact[], status = 200): Case<In> {
  const accept = { leaves: leavesOf([['status', '', String(status)], ...facts]) }
  return { name, rule: HEAD, operation: 'responseHead', status, headers, accept }
}

export const HEADS: readonly Case<In>[] = [
  which('dialect-of-chat-completions', 'POST', '/v1/chat/completions', CHAT),
  which('dialect-under-another-prefix', 'POST', '/openai/deployments/x/chat/completions', CHAT),
  which('dialect-of-the-bare-path', 'POST', '/chat/completions', CHAT),
  which('dialect-of-another-method', 'GET', '/v1/chat/completions', 'opaque/1'),
  which('dialect-of-a-method-in-lower-case', 'post', '/v1/chat/completions', 'opaque/1'),
  which('dialect-of-a-path-with-a-slash-more', 'POST', '/v1/chat/completions/', 'opaque/1'),
  which('dialect-of-a-path-in-upper-case', 'POST', '/v1/Chat/Completions', 'opaque/1'),
  which('dialect-of-a-path-that-is-encoded', 'POST', '/v1/chat%2fcompletions', 'opaque/1'),
  which('dialect-of-a-path-without-slash-before', 'POST', '/v1chat/completions', 'opaque/1'),
  which('dialect-of-another-api', 'POST', '/v1/audio/speech', 'opaque/1'),
  which('dialect-of-a-chat-before-that-of-completions', 'POST', '/completions/chat/completions', CHAT),
  which('dialect-of-completions', 'POST', '/v1/completions', 'openai-completions/1'),
  which(
    'dialect-of-completions-under-another-prefix',
    'POST',
    '/openai/deployments/x/completions',
    'openai-completions/1',
  ),
  which('dialect-of-completions-of-an-engine', 'POST', '/engines/tiny/completions', 'openai-completions/1'),
  which('dialect-of-completions-without-a-version', 'POST', '/completions', 'opaque/1'),
  which('dialect-of-messages-without-a-version', 'POST', '/messages', 'opaque/1'),
  which('dialect-of-embeddings-of-a-deployment', 'POST', '/openai/deployments/x/embeddings', 'openai-embeddings/1'),
  which('dialect-of-a-deployment-without-a-name', 'POST', '/openai/deployments//completions', 'opaque/1'),
  which('dialect-of-completions-that-are-read', 'GET', '/v1/completions', 'opaque/1'),
  which('dialect-of-embeddings', 'POST', '/v1/embeddings', 'openai-embeddings/1'),
  which('dialect-of-embeddings-of-another-api', 'POST', '/api/embed', 'opaque/1'),
  which('dialect-of-responses', 'POST', '/v1/responses', 'openai-responses/1'),
  which('dialect-of-a-response-that-is-cancelled', 'POST', '/v1/responses/resp_1/cancel', 'opaque/1'),
  which('dialect-of-messages', 'POST', '/v1/messages', ANTHROPIC),
  which('dialect-of-messages-under-another-prefix', 'POST', '/anthropic/v1/messages', ANTHROPIC),
  which('dialect-of-messages-that-are-counted', 'POST', '/v1/messages/count_tokens', 'opaque/1'),
  which('dialect-of-messages-in-batches', 'POST', '/v1/messages/batches', 'opaque/1'),
  which('dialect-of-raw-predict', 'POST', `${GOOGLE}/anthropic/models/claude-x@1:rawPredict`, ANTHROPIC),
  which('dialect-of-stream-raw-predict', 'POST', `${GOOGLE}/anthropic/models/claude-x:streamRawPredict`, ANTHROPIC),
  which('dialect-of-raw-predict-of-another-publisher', 'POST', `${GOOGLE}/mistralai/models/m:rawPredict`, 'opaque/1'),
  which('dialect-of-generate-content', 'POST', '/v1beta/models/gemini-x:generateContent', GEMINI),
  which('dialect-of-stream-generate-content', 'POST', '/v1beta/models/gemini-x:streamGenerateContent', GEMINI),
  which(
    'dialect-of-generate-content-of-a-publisher',
    'POST',
    `${GOOGLE}/google/models/gemini-x:generateContent`,
    GEMINI,
  ),
  which('dialect-of-generate-content-of-a-tuned-model', 'POST', '/v1beta/tunedModels/t:generateContent', GEMINI),
  which('dialect-of-generate-content-of-an-endpoint', 'POST', '/v1/projects/p/endpoints/1:generateContent', GEMINI),
  which('dialect-of-generate-content-of-a-model-with-a-colon', 'POST', '/models/a:b:generateContent', GEMINI),
  which('dialect-of-generate-content-without-a-model', 'POST', '/v1beta/models/:generateContent', 'opaque/1'),
  which('dialect-of-generate-content-of-two-segments', 'POST', '/v1beta/models/a/b:generateContent', 'opaque/1'),
  which('dialect-of-generate-content-of-other-models', 'POST', '/v1beta/xmodels/a:generateContent', 'opaque/1'),
  which('dialect-of-tokens-that-are-counted', 'POST', '/v1beta/models/gemini-x:countTokens', 'opaque/1'),
  which('dialect-of-ollama-chat', 'POST', '/api/chat', 'ollama-chat/1'),
  which('dialect-of-ollama-generate', 'POST', '/ollama/api/generate', 'ollama-generate/1'),

  request('head-without-headers', {}, counts(0, 0)),
  request(
    'head-of-the-example',
    {
      headers: [
        ['Authorization', 'Bearer a-credential'],
        ['Content-Type', 'application/json'],
      ],
    },
    [['header', 'content-type', 'application/json'], ...counts(0, 1)],
  ),
  request(
    'head-with-every-recorded-header-sorted',
    {
      headers: [
        ['User-Agent', 'a/1'],
        ['OpenAI-Beta', 'b'],
        ['Content-Type', 'application/json'],
        ['Content-Encoding', 'identity'],
        ['Anthropic-Version', 'v'],
        ['ANTHROPIC-BETA', 'c'],
        ['accept', '*/*'],
      ],
    },
    [
      ['header', 'accept', '*/*'],
      ['header', 'anthropic-beta', 'c', 'parameters'],
      ['header', 'anthropic-version', 'v', 'parameters'],
      ['header', 'content-encoding', 'identity'],
      ['header', 'content-type', 'application/json'],
      ['header', 'openai-beta', 'b', 'parameters'],
      ['header', 'user-agent', 'a/1'],
      ...counts(0, 0),
    ],
  ),
  request(
    'headers-of-one-name-keep-their-order',
    {
      headers: [
        ['Accept', 'z'],
        ['accept', 'a'],
        ['ACCEPT', 'm'],
      ],
    },
    [['header', 'accept', 'z'], ['header', 'accept', 'a'], ['header', 'accept', 'm'], ...counts(0, 0)],
  ),
  request(
    'headers-that-are-not-recorded-are-counted',
    {
      headers: [
        ['x-api-key', 'k'],
        ['cookie', 'c'],
        ['accept-language', 'de'],
      ],
    },
    counts(0, 3),
  ),
  request('header-beyond-ascii-is-recorded-in-utf-8', { headers: [['user-agent', 'caf\u00e9']] }, [
    ['header', 'user-agent', 'caf\u00e9'],
    ...counts(0, 0),
  ]),
  request('header-that-is-empty', { headers: [['accept', '']] }, [['header', 'accept', ''], ...counts(0, 0)]),
  request('query-with-every-recorded-member-sorted', { query: 'beta=1&alt=sse&key=secret&api-version=2' }, [
    ['query', 'alt', 'sse'],
    ['query', 'api-version', '2', 'parameters'],
    ['query', 'beta', '1', 'parameters'],
    ...counts(1, 0),
  ]),
  request('query-members-of-one-name-keep-their-order', { query: 'alt=z&alt=a' }, [
    ['query', 'alt', 'z'],
    ['query', 'alt', 'a'],
    ...counts(0, 0),
  ]),
  request('query-stays-encoded', { query: 'alt=a%26b+c&%61lt=x' }, [['query', 'alt', 'a%26b+c'], ...counts(1, 0)]),
  request('query-is-split-at-the-first-equals-sign', { query: 'alt=a=b' }, [['query', 'alt', 'a=b'], ...counts(0, 0)]),
  request('query-member-without-value', { query: 'alt' }, [['query', 'alt', ''], ...counts(0, 0)]),
  request('query-names-keep-their-case', { query: 'Alt=x' }, counts(1, 0)),
  request('query-with-empty-members', { query: '&alt=x&' }, [['query', 'alt', 'x'], ...counts(2, 0)]),

  response(
    'response-head',
    [['Content-Type', 'application/json']],
    [
      ['header', 'content-type', 'application/json'],
      ['unrecorded', 'header', '0'],
    ],
  ),
  response(
    'response-head-with-every-recorded-header-sorted',
    [
      ['X-Request-Id', 'r2'],
      ['set-cookie', 's'],
      ['request-id', 'r1'],
      ['openai-version', '2020-10-01'],
      ['content-type', 'text/event-stream'],
      ['content-encoding', 'gzip'],
      ['server', 'x'],
    ],
    [
      ['header', 'content-encoding', 'gzip'],
      ['header', 'content-type', 'text/event-stream'],
      ['header', 'openai-version', '2020-10-01'],
      ['header', 'request-id', 'r1'],
      ['header', 'x-request-id', 'r2'],
      ['unrecorded', 'header', '2'],
    ],
    503,
  ),
  response('response-head-has-no-parameters', [['openai-beta', 'b']], [['unrecorded', 'header', '1']]),
]
