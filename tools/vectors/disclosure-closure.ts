/**
 * Whole messages that were truly committed to, and are cut again, for `disclosure.ts`.
 *
 * @module
 */
import type { ErrorCode } from '../../src/core/errors.ts'
import type { Direction, PlainLeaf } from './committed.ts'
import { entryText, wholeOf } from './cut-list-entries.ts'
import { bodyOf, CHAT, fact, REQUEST, RESPONSE, RUN_ID, shown } from './example-message.ts'
import { o, type Piece, s, v } from './leaves.ts'
import type { DisclosureInput as In } from './run/disclosure.ts'
import type { Case } from './topic.ts'

const RULE = 'docs/spec/spans.md#closure'

const input = (direction: Direction, leaves: readonly PlainLeaf[], dialect: string) => {
  const file = { format: 'colophon/disclosure/v1', runId: RUN_ID, [direction]: shown(direction, leaves) }
  return { operation: 'recut', fileText: JSON.stringify(file), direction, dialect } as const
}
const closed = (name: string, direction: Direction, leaves: readonly PlainLeaf[], dialect = CHAT): Case<In> => {
  return {
    name: `closure-${name}`,
    rule: RULE,
    ...input(direction, leaves, dialect),
    accept: { leaves: leaves.length },
  }
}
function broken(reject: ErrorCode, direction: Direction) {
  return (name: string, leaves: readonly PlainLeaf[], dialect = CHAT): Case<In> => {
    return { name: `closure-${name}`, rule: RULE, ...input(direction, leaves, dialect), reject }
  }
}
const request = broken('CLOSURE_BROKEN', 'request')
const response = broken('CLOSURE_BROKEN', 'response')
const list = broken('CUT_LIST_MALFORMED', 'request')

const at = (place: number, ...by: readonly Partial<PlainLeaf>[]): PlainLeaf[] =>
  REQUEST.flatMap((leaf, index) => (index === place ? by.map((change) => ({ ...leaf, ...change })) : [leaf]))
const text = (bytes: string): Partial<PlainLeaf> => ({ bytes: Buffer.from(bytes) })
const HEAD = REQUEST.slice(0, 6)
/** The example's head without passages. */
const PLAIN_HEAD = [...HEAD.slice(0, 5), fact('cutList', '', '[]')]
const withBody = (...pieces: readonly Piece[]): PlainLeaf[] => [...PLAIN_HEAD, ...bodyOf(pieces)]
const withHeader = (name: string, value: string, role = ''): PlainLeaf[] => [
  ...REQUEST.slice(0, 3),
  fact('header', name, value, role),
  ...REQUEST.slice(3),
]
const withPath = (path: string, ...pieces: readonly Piece[]): PlainLeaf[] => [
  fact('method', '', 'POST'),
  fact('path', '', path),
  ...PLAIN_HEAD.slice(2),
  ...bodyOf(pieces),
]
const withQuery = (name: string, value: string, role = ''): PlainLeaf[] => [
  ...REQUEST.slice(0, 2),
  fact('query', name, value, role),
  ...REQUEST.slice(2),
]
/** The example's passage, said to be the whole of another text. */
const OTHER_TEXT = `[${entryText({ pointer: '/messages/1/content', start: 9, end: 32, label: 'lamp.txt', whole: wholeOf('The lamp costs 6 euros.') })}]`
const METHOD = 0
const PATH = 1
const QUERY_COUNT = 3
const COUNT = 4
const CUT_LIST = 5
const MODEL = 7
const PASSAGE = 12
const OPAQUE_HEAD = [
  fact('method', '', 'POST'),
  fact('path', '', '/v1/audio/speech'),
  ...REQUEST.slice(2, 5),
  fact('cutList', '', '[]'),
]
const MODEL_BODY = [s('{"model":'), v('model', '/model', '"tiny"'), s('}')] as const

export const CLOSURE: readonly Case<In>[] = [
  closed('of-the-request-of-the-example', 'request', REQUEST),
  closed('of-the-response-of-the-example', 'response', RESPONSE),
  closed('of-a-small-request', 'request', withBody(...MODEL_BODY)),
  closed('of-a-body-that-is-not-read', 'request', withBody(o('[]'))),
  closed('of-no-body', 'request', PLAIN_HEAD),
  closed('of-another-api', 'request', [...OPAQUE_HEAD, fact('opaque', '', '{}')], 'opaque/1'),
  closed(
    'of-a-model-in-the-path',
    'request',
    withPath('/v1beta/models/tiny:generateContent', s('{"contents":['), v('parameters', '/contents/0', '"a"'), s(']}')),
    'google-gemini/1',
  ),
  closed(
    'of-completions',
    'request',
    withPath('/v1/completions', s('{"prompt":['), v('input', '/prompt/0', '"a"'), s(']}')),
    'openai-completions/1',
  ),
  closed(
    'of-messages',
    'request',
    withPath('/v1/messages', s('{"system":'), v('instructions', '/system', '"a"'), s('}')),
    'anthropic-messages/1',
  ),
  closed('of-a-query-that-is-a-parameter', 'request', withQuery('api-version', '1', 'parameters')),
  closed('of-a-query', 'request', [
    ...REQUEST.slice(0, 2),
    fact('query', 'alt', 'x=1'),
    fact('query', 'alt', ''),
    ...REQUEST.slice(2),
  ]),
  closed('of-a-header-that-is-a-parameter', 'request', withHeader('openai-beta', 'b', 'parameters')),
  closed('of-counts-of-six-digits', 'request', at(COUNT, text('999999'))),

  request('with-another-role', at(MODEL, { role: 'input' })),
  request('with-another-pointer', at(MODEL, { pointer: '/models' })),
  request('with-another-kind', at(MODEL, { kind: 'member' })),
  request('with-a-value-as-structure', at(MODEL, { kind: 'structure', role: '', pointer: '' })),
  request('with-a-value-in-two-pieces', at(MODEL, text('"ti'), { offset: 12, ...text('ny"') })),
  request('with-an-empty-leaf-more', at(MODEL, { kind: 'structure', role: '', pointer: '', ...text('') }, {})),
  request('with-structure-in-two-pieces', withBody(s('{"model"'), s(':'), ...MODEL_BODY.slice(1))),
  request('with-a-body-that-is-opaque-and-is-not', withBody(o('{"model":"tiny"}'))),
  request('with-a-body-that-is-read-and-is-opaque', withBody(...MODEL_BODY, s('}'))),
  request('with-opaque-bytes-in-a-role', withBody({ ...o('[]'), role: 'input' })),
  request('with-a-passage-that-is-not-on-the-list', at(CUT_LIST, text('[]'))),
  request('with-a-passage-that-is-input', at(PASSAGE, { role: 'input' })),
  request('with-another-method', at(METHOD, text('GET'))),
  request('with-a-method-twice', at(METHOD, {}, {})),
  request('without-a-method', at(METHOD)),
  request('without-a-path', at(PATH)),
  request('with-a-path-of-another-api', at(PATH, text('/v1/audio/speech'))),
  request('of-another-api-read-as-a-chat', [...OPAQUE_HEAD, ...bodyOf(MODEL_BODY)]),
  request('of-a-chat-read-as-opaque', [...PLAIN_HEAD, fact('opaque', '', '{}')], 'opaque/1'),
  request('of-completions-read-as-a-chat', withPath('/v1/completions', ...MODEL_BODY)),
  request('of-a-chat-read-as-completions', withBody(...MODEL_BODY), 'openai-completions/1'),
  request('of-gemini-read-without-a-model', withPath('/v1beta/models/:generateContent', s('{}')), 'google-gemini/1'),
  request('of-a-chat-of-another-api', withPath('/api/chat', ...MODEL_BODY)),
  request(
    'of-a-prompt-of-texts-in-one-value',
    withPath('/v1/completions', s('{"prompt":'), v('input', '/prompt', '["a"]'), s('}')),
    'openai-completions/1',
  ),
  request(
    'of-a-part-of-an-unknown-type-that-is-taken-apart',
    withBody(
      s('{"messages":[{"role":"user","content":[{"type":'),
      v('input', '/messages/0/content/0/type', '"x"'),
      s('}]}]}'),
    ),
  ),
  request('with-a-query-parameter-without-its-role', withQuery('api-version', '1')),
  request('with-a-query-that-is-no-parameter', withQuery('alt', 'sse', 'parameters')),
  request('with-a-role-of-the-method', at(METHOD, { role: 'parameters' })),
  request('with-a-pointer-of-the-method', at(METHOD, { pointer: 'method' })),
  request('without-the-count-of-the-query', at(QUERY_COUNT)),
  request('without-the-count-of-headers', at(COUNT)),
  request('with-a-count-twice', at(COUNT, {}, {})),
  request('with-counts-exchanged', [...REQUEST.slice(0, 3), ...REQUEST.slice(3, 5).toReversed(), ...REQUEST.slice(5)]),
  request('with-a-negative-count', at(COUNT, text('-1'))),
  request('with-a-count-written-01', at(COUNT, text('01'))),
  request('with-a-count-that-is-empty', at(COUNT, text(''))),
  request('with-a-count-of-seven-digits', at(COUNT, text('1000000'))),
  request('with-a-count-that-is-not-utf-8', at(COUNT, { bytes: Buffer.of(0xff) })),
  request('with-a-count-in-other-digits', at(COUNT, text('\u0661'))),
  request('with-a-header-that-is-not-recorded', withHeader('x-api-key', 'k')),
  request('with-a-header-in-upper-case', withHeader('Accept', '*/*')),
  request('with-headers-not-sorted', withHeader('accept', '*/*')),
  request('with-a-header-that-is-no-parameter', withHeader('user-agent', 'x', 'parameters')),
  request('with-a-parameter-without-its-role', withHeader('openai-beta', 'b')),
  request('with-a-status', [...REQUEST.slice(0, 5), fact('status', '', '200'), ...REQUEST.slice(5)]),
  request('with-a-query-member-that-is-not-recorded', [
    ...REQUEST.slice(0, 2),
    fact('query', 'key', 'k'),
    ...REQUEST.slice(2),
  ]),
  request('with-two-query-members-in-one', [
    ...REQUEST.slice(0, 2),
    fact('query', 'alt', 'x&beta=1'),
    ...REQUEST.slice(2),
  ]),
  request('with-a-query-name-that-has-an-equals-sign', [
    ...REQUEST.slice(0, 2),
    fact('query', 'alt=x', 'y'),
    ...REQUEST.slice(2),
  ]),
  request('with-query-members-not-sorted', [
    ...REQUEST.slice(0, 2),
    fact('query', 'beta', '1'),
    fact('query', 'alt', '1'),
    ...REQUEST.slice(2),
  ]),
  request('with-something-after-the-cut-list', [
    ...PLAIN_HEAD,
    fact('header', 'user-agent', 'x'),
    ...bodyOf(MODEL_BODY),
  ]),
  list('with-a-place-of-another-text', at(CUT_LIST, text(OTHER_TEXT))),
  list('with-a-list-that-does-not-apply', at(CUT_LIST, text('[{"end":1,"label":"","pointer":"/model","start":0}]'))),
  list('with-a-list-that-is-not-canonical', at(CUT_LIST, text('[ ]'))),
  list('without-a-list', at(CUT_LIST)),
  broken('VERSION_UNSUPPORTED', 'request')('under-an-unknown-dialect', REQUEST, 'openai-chat-completions/2'),

  response(
    'of-a-response-with-another-role',
    RESPONSE.map((leaf) => (leaf.role === 'output' ? { ...leaf, role: 'metadata' } : leaf)),
  ),
  response(
    'of-a-response-with-metadata-as-output',
    RESPONSE.map((leaf) => (leaf.pointer === '/id' ? { ...leaf, role: 'output' } : leaf)),
  ),
  response('of-a-response-without-status', RESPONSE.slice(1)),
  response('of-a-response-with-a-status-of-words', [fact('status', '', 'OK'), ...RESPONSE.slice(1)]),
  response('of-a-response-without-count', RESPONSE.toSpliced(2, 1)),
  response('of-a-response-with-a-header-of-requests', [
    RESPONSE[0] as PlainLeaf,
    fact('header', 'accept', 'x'),
    ...RESPONSE.slice(1),
  ]),
  response('of-a-response-with-a-cut-list', [...RESPONSE.slice(0, 3), fact('cutList', '', '[]'), ...RESPONSE.slice(3)]),
  response('of-a-response-that-says-it-is-a-stream', [
    RESPONSE[0] as PlainLeaf,
    fact('header', 'content-type', 'text/event-stream'),
    ...RESPONSE.slice(2),
  ]),
  broken('VERSION_UNSUPPORTED', 'response')(
    'of-a-response-under-an-unknown-dialect',
    RESPONSE,
    'openai-chat-completions/2',
  ),
]
