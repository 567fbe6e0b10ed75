/**
 * Bodies of requests that are not read, and content types by which they are, for `cut.ts`.
 *
 * @module
 */

import { placesOf, s, textOfPieces, v } from './leaves.ts'
import { bytesOfHex, bytesOfText, type Parts } from './parts.ts'
import type { CutInput as In } from './run/cut.ts'
import type { Case, Value } from './topic.ts'

const JSON_RULE = 'docs/spec/dialects.md#when-a-request-is-json'
const BOUND = 'docs/spec/spans.md#the-cut'
const OPAQUE_RULE = 'docs/spec/dialects.md#the-opaque-dialect'
const CHAT = 'openai-chat-completions/1'
const PATH = '/v1/chat/completions'

const ROLES = ['model', 'instructions', 'tools', 'context', 'history', 'input', 'parameters', 'outputFormat']
const NO_TYPE = 'opaque: the content type is not JSON'
const NO_JSON = 'opaque: the body is not one strict JSON object of bounded size'

/** One leaf, and every role untold. */
const untold = (length: number, reason: string): Value => ({
  leaves: length === 0 ? [] : [{ kind: 'opaque', role: '', pointer: '', offset: 0, length }],
  model: { state: 'unobservable' },
  unobservable: ROLES.map((role) => ({ role, reason })),
})

const SMALL = [s('{"model":'), v('model', '/model', '"tiny"'), s('}')]
const SMALL_TEXT = textOfPieces(SMALL)

const json = (name: string, contentType?: string): Case<In> => ({
  name: `type-${name}`,
  rule: JSON_RULE,
  operation: 'cutRequest',
  dialect: CHAT,
  path: PATH,
  ...(contentType === undefined ? {} : { contentType }),
  bodyText: SMALL_TEXT,
  accept: { leaves: placesOf(SMALL), model: { state: 'named', name: 'tiny' }, unobservable: [] },
})
const other = (name: string, contentType: string): Case<In> => ({
  name: `type-${name}`,
  rule: JSON_RULE,
  operation: 'cutRequest',
  dialect: CHAT,
  path: PATH,
  contentType,
  bodyText: SMALL_TEXT,
  accept: untold(SMALL_TEXT.length, NO_TYPE),
})

const TYPES: readonly Case<In>[] = [
  json('none'),
  json('json', 'application/json'),
  json('json-in-any-case', 'Application/JSON'),
  json('json-with-charset', 'application/json; charset=utf-8'),
  json('json-with-charset-in-quotes', 'application/json;charset="UTF-8"'),
  json('json-with-charset-without-hyphen', 'application/json; Charset = utf8'),
  json('json-with-spaces-round-it', ' application/json ; q=1'),
  json('json-of-a-kind', 'application/problem+json'),
  json('json-of-a-kind-with-every-character', 'application/a9.!#$&^_-+json'),
  json('json-with-a-parameter-that-ends-in-charset', 'application/json; xcharset=latin1'),
  other('empty', ''),
  other('json-with-a-no-break-space', 'application/json\u00a0'),
  other('json-with-a-kelvin-sign', 'application/\u212a+json'),
  other('text', 'text/plain'),
  other('text-json', 'text/json'),
  other('json-lines', 'application/jsonl'),
  other('json-of-no-kind', 'application/+json'),
  other('json-of-two-kinds', 'application/a+b+json'),
  other('json-twice', 'application/json, application/json'),
  other('charset-latin-1', 'application/json; charset=iso-8859-1'),
  other('charset-utf-16', 'application/json;charset=utf-16'),
  other('charset-empty', 'application/json; charset='),
  other('charset-in-single-quotes', "application/json; charset='utf-8'"),
  other('second-charset', 'application/json; charset=utf-8; charset=utf-7'),
  other('charset-inside-quotes', 'application/json; a="; charset=x"'),
]

const unread = (name: string, body: { bodyText: Parts } | { bodyHex: Parts }, rule = JSON_RULE): Case<In> => {
  const bytes = 'bodyText' in body ? bytesOfText(body.bodyText) : bytesOfHex(body.bodyHex)
  const accept = untold(bytes.length, NO_JSON)
  return { name: `body-${name}`, rule, operation: 'cutRequest', dialect: CHAT, path: PATH, ...body, accept }
}
const bounded = (name: string, bodyText: Parts, leafCount: number): Case<In> => ({
  name: `body-${name}`,
  rule: BOUND,
  operation: 'cutRequest',
  dialect: CHAT,
  path: PATH,
  bodyText,
  countOnly: true,
  accept: { leafCount, model: { state: 'absent' }, unobservable: [] },
})

/** 2 N + 3 leaves: N + 1 values, and structure before, between and after them. */
const tools = (count: number): Parts => ['{"tools":[0', { repeat: ',0', times: count }, ']}']
/** An unknown member whose pointer has so many characters. */
const named = (characters: number): Parts => ['{"', { repeat: 'x', times: characters - 1 }, '":0}']

const BODIES: readonly Case<In>[] = [
  unread('empty', { bodyText: '' }),
  unread('a-list', { bodyText: '[{"model":"tiny"}]' }),
  unread('a-text', { bodyText: '"{}"' }),
  unread('null', { bodyText: 'null' }),
  unread('cut-short', { bodyText: '{"model":"tiny"' }),
  unread('with-something-after-it', { bodyText: '{"model":"tiny"}{}' }),
  unread('with-a-comma-too-many', { bodyText: '{"model":"tiny",}' }),
  unread('with-a-byte-order-mark', { bodyHex: 'efbbbf7b7d' }),
  unread('in-utf-16', { bodyHex: '7b007d00' }),
  unread('not-utf-8', { bodyHex: '7b226d6f64656c223a22ff227d' }),
  unread('half-a-surrogate-pair', { bodyText: '{"model":"\\ud83d"}' }),
  unread('half-a-surrogate-pair-in-a-name', { bodyText: '{"\\ude00":1}' }),
  unread('a-member-twice', { bodyText: '{"model":"tiny","model":"huge"}' }),
  unread('a-member-twice-by-an-escape', { bodyText: '{"model":"tiny","\\u006dodel":"huge"}' }),
  unread('an-unknown-member-twice-far-inside', { bodyText: '{"metadata":{"a":[{"b":1,"b":1}]}}' }),
  unread('nan', { bodyText: '{"temperature":NaN}' }),
  unread('a-number-with-a-leading-zero', { bodyText: '{"temperature":01}' }),
  unread('a-control-character-in-a-string', { bodyText: '{"user":"a\tb"}' }),
  unread('129-levels', {
    bodyText: ['{"stop":', { repeat: '[', times: 128 }, { repeat: ']', times: 128 }, '}'],
  }),
  bounded('128-levels', ['{"stop":', { repeat: '[', times: 127 }, { repeat: ']', times: 127 }, '}'], 3),
  bounded('49999-leaves', tools(24998), 49999),
  unread('50001-leaves', { bodyText: tools(24999) }, BOUND),
  bounded('pointer-of-65536', named(65536), 3),
  unread('pointer-of-65537', { bodyText: named(65537) }, BOUND),
  {
    name: 'opaque-dialect',
    rule: OPAQUE_RULE,
    operation: 'cutRequest',
    dialect: 'opaque/1',
    path: '/v1/audio/speech',
    contentType: 'application/json',
    bodyText: SMALL_TEXT,
    accept: untold(SMALL_TEXT.length, 'opaque: no dialect reads this API'),
  },
  {
    name: 'opaque-dialect-of-nothing',
    rule: OPAQUE_RULE,
    operation: 'cutRequest',
    dialect: 'opaque/1',
    path: '/v1/audio/speech',
    bodyText: '',
    accept: untold(0, 'opaque: no dialect reads this API'),
  },
]

export const OPAQUE: readonly Case<In>[] = [...TYPES, ...BODIES]
