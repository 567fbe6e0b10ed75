/**
 * Bodies of responses, for `cut.ts`.
 *
 * @module
 */

import { mm, o, type Piece, placesOf, s, t, textOfPieces, v } from './leaves.ts'
import type { Parts } from './parts.ts'
import type { CutInput as In } from './run/cut.ts'
import type { Case } from './topic.ts'

const TABLE = 'docs/spec/dialects/openai-chat-completions.md#response-table'
const STREAMS = 'docs/spec/dialects.md#streams'
const OPAQUE_RULE = 'docs/spec/dialects.md#the-opaque-dialect'
const CHAT = { operation: 'cutResponse', dialect: 'openai-chat-completions/1' } as const

const whole = (name: string, pieces: readonly Piece[], more: Partial<In> = {}): Case<In> => ({
  name: `response-${name}`,
  rule: TABLE,
  ...CHAT,
  status: 200,
  contentType: 'application/json',
  bodyText: textOfPieces(pieces),
  ...more,
  accept: { leaves: placesOf(pieces) },
})

const x = (pointer: string, text: string): Piece => v('metadata', pointer, text)

const WHOLE: readonly Case<In>[] = [
  whole('of-everything-that-is-known', [
    s('{"id":'),
    x('/id', '"c"'),
    s(',"object":'),
    x('/object', '"chat.completion"'),
    s(',"created":'),
    x('/created', '1'),
    s(',"model":'),
    v('model', '/model', '"tiny@1"'),
    s(',"choices":[{"index":'),
    x('/choices/0/index', '0'),
    s(',"message":{"role":"assistant","content":'),
    v('output', '/choices/0/message/content', '"Hi."'),
    s(',"refusal":'),
    x('/choices/0/message/refusal', 'null'),
    s(',"annotations":'),
    x('/choices/0/message/annotations', '[]'),
    s(',"audio":'),
    x('/choices/0/message/audio', 'null'),
    s(',"tool_calls":'),
    x('/choices/0/message/tool_calls', '[{"id":"t"}]'),
    s(',"function_call":'),
    x('/choices/0/message/function_call', 'null'),
    s('},"logprobs":'),
    x('/choices/0/logprobs', 'null'),
    s(',"finish_reason":'),
    x('/choices/0/finish_reason', '"stop"'),
    s('}],"usage":'),
    x('/usage', '{"total_tokens":2}'),
    s(',"service_tier":'),
    x('/service_tier', '"default"'),
    s(',"system_fingerprint":'),
    x('/system_fingerprint', 'null'),
    s(',"error":'),
    x('/error', 'null'),
    s('}'),
  ]),
  whole('with-unknown-members', [
    s('{'),
    mm('/x', '"x":{"model":1}'),
    s(',"choices":[{'),
    mm('/choices/0/delta', '"delta":{}'),
    s(',"message":{'),
    mm('/choices/0/message/reasoning', '"reasoning":"because"'),
    s('}}]}'),
  ]),
  whole('with-values-of-other-forms', [
    s('{"model":'),
    v('model', '/model', 'null'),
    s(',"choices":['),
    x('/choices/0', '1'),
    s(',{"message":'),
    x('/choices/1/message', '"Hi."'),
    s('},{"message":{"role":'),
    x('/choices/2/message/role', '"user"'),
    s(',"content":'),
    v('output', '/choices/2/message/content', '[{"type":"text"}]'),
    s('}}]}'),
  ]),
  whole('with-choices-that-are-no-list', [s('{"choices":'), x('/choices', '{}'), s('}')]),
  whole('with-no-choices', [s('{"choices":[]}')]),
  whole('of-an-error', [s('{"error":'), x('/error', '{"message":"no"}'), s('}')], { status: 500 }),
  whole('of-another-type-is-read-all-the-same', [s('{"model":'), v('model', '/model', '"m"'), s('}')], {
    contentType: 'text/plain; charset=latin1',
  }),
  whole('that-is-a-list', [o('[]', 'metadata')]),
  whole('that-is-no-json', [o('<html>', 'metadata')], { status: 502, contentType: 'text/html' }),
  whole('with-a-member-twice', [o('{"id":1,"id":2}', 'metadata')]),
  whole('that-is-empty', []),
  whole('with-too-many-leaves', [], {
    bodyText: ['{"choices":[0', { repeat: ',0', times: 24999 }, ']}'],
  }),
].map((one) => (one.name === 'response-with-too-many-leaves' ? opaqueOf(one, 13 + 2 * 24999 + 2) : one))

function opaqueOf(one: Case<In>, length: number): Case<In> {
  return {
    ...one,
    accept: { leaves: [{ kind: 'opaque', role: 'metadata', pointer: '', offset: 0, length }] },
  } as Case<In>
}

const OUTPUTS = 'docs/spec/spans.md#outputs'
const CONTENT = '/choices/0/message/content'

/** An answer whose text is cut into these pieces, which are written as they stand between the quotes. */
const pieced = (name: string, ...texts: readonly string[]): Case<In> => ({
  ...whole(`text-${name}`, [
    s('{"choices":[{"message":{"content":"'),
    ...texts.map((text) => t('output', CONTENT, text)),
    s('"}}]}'),
  ]),
  rule: OUTPUTS,
})
/** An answer whose text is one value, or another value. */
const uncut = (name: string, token: string): Case<In> => ({
  ...whole(`text-${name}`, [s('{"choices":[{"message":{"content":'), v('output', CONTENT, token), s('}}]}')]),
  rule: OUTPUTS,
})

const A = 'a'
const TEXTS: readonly Case<In>[] = [
  pieced('of-sentences', 'One. ', 'Two!  ', 'Three? ', 'Four.'),
  pieced('of-lines', 'a\\n', 'b\\n\\n  ', 'c'),
  pieced('with-tabs-and-carriage-returns-after-marks', 'a.\\t', 'b.\\r\\n', 'c'),
  pieced('of-a-script-without-spaces', '好。', '是！！', '吗？ ', '是'),
  pieced('with-wide-spaces', 'a.\u3000', 'b\\n\u3000', 'c'),
  pieced('with-marks-and-spaces-as-escapes', 'a\\u002e\\u0020', 'b\\u000A', 'c\\u3002', 'd'),
  pieced('that-begins-with-lines', '\\n\\n', 'a'),
  pieced('of-257-bytes', A.repeat(256), A),
  pieced('of-513-bytes', A.repeat(256), A.repeat(256), A),
  pieced('with-a-sequence-at-byte-256', `${A.repeat(255)}`, 'é'),
  pieced('with-an-escape-at-byte-256', `${A.repeat(252)}`, '\\u00e9'),
  pieced('with-a-pair-of-escapes-at-byte-256', `${A.repeat(248)}`, '\\ud83d\\ude00'),
  pieced('with-a-line-end-at-byte-256', `${A.repeat(255)}`, '\\n\\n', 'b'),
  uncut('of-one-sentence', '"One."'),
  uncut('of-one-sentence-and-a-space', '"One. "'),
  uncut('with-points-inside-words', '"1.5 of a.b/c?d=e!f"'),
  uncut('with-spaces-and-tabs-only', '"a\\tb c\\rd"'),
  uncut('with-a-mark-before-a-quote', '"\\"a.\\" b"'),
  uncut('with-a-mark-before-a-no-break-space', '"a.\u00a0b"'),
  uncut('with-a-backslash-before-n', '"a\\\\nb"'),
  uncut('with-other-wide-marks', '"a\uff0e b\uff61c"'),
  uncut('of-256-bytes', `"${A.repeat(256)}"`),
  uncut('of-nothing', '""'),
  uncut('that-is-no-string', '["a. b"]'),
  {
    ...uncut('elsewhere-is-not-cut', '"x"'),
    bodyText: '{"id":"a. b","choices":[{"message":{"refusal":"a. b"}}]}',
    accept: {
      leaves: placesOf([
        s('{"id":'),
        x('/id', '"a. b"'),
        s(',"choices":[{"message":{"refusal":'),
        x('/choices/0/message/refusal', '"a. b"'),
        s('}}]}'),
      ]),
    },
  } as Case<In>,
  bounded('of-20000-pieces', [19999], 20002),
  bounded('of-20001-pieces', [20000], 3),
  bounded('of-20000-pieces-in-two', [9999, 9999], 20003),
  bounded('of-20001-pieces-in-two', [9999, 10000], 10004),
]

/** As many lines as are told, and one, in each choice. */
function bounded(name: string, lines: readonly number[], leafCount: number): Case<In> {
  const choices = lines.flatMap(
    (times, index): Parts => [`${index === 0 ? '' : ','}{"message":{"content":"`, { repeat: 'a\\n', times }, 'a"}}'],
  )
  const bodyText: Parts = ['{"choices":[', ...choices, ']}']
  return {
    ...whole(`text-${name}`, [], { bodyText, countOnly: true }),
    rule: OUTPUTS,
    accept: { leafCount },
  } as Case<In>
}

/** An event that adds text, an event that adds none, and what follows the last one. */
const text = (bytes: string): Omit<Piece, 'pointer'> => ({ kind: 'event', role: 'output', text: bytes })
const none = (bytes: string): Omit<Piece, 'pointer'> => ({ kind: 'event', role: 'metadata', text: bytes })
const rest = (bytes: string): Omit<Piece, 'pointer'> => ({ kind: 'opaque', role: 'metadata', text: bytes })

function stream(name: string, events: readonly Omit<Piece, 'pointer'>[], more: Partial<In> = {}): Case<In> {
  const pieces = events.map((event, index): Piece => ({ ...event, pointer: `/${index}` }))
  return {
    ...whole(name, pieces, { contentType: 'text/event-stream', ...more }),
    name: `stream-${name}`,
    rule: STREAMS,
  }
}

const HI = '{"choices":[{"index":0,"delta":{"content":"Hi."}}]}'
const EMPTY = '{"choices":[{"index":0,"delta":{"content":""}}]}'
const STOP = '{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}'

const STREAMED: readonly Case<In>[] = [
  stream('of-the-specification', [
    text(`: hello\ndata: ${HI}\n\n`),
    none(`data: ${STOP}\n\n`),
    none('data: [DONE]\n\n'),
  ]),
  stream('with-cr-lf', [text(`data: ${HI}\r\n\r\n`), none('data: [DONE]\r\n\r\n')]),
  stream('with-cr', [text(`data: ${HI}\r\r`), none('data: [DONE]\r\r')]),
  stream('with-mixed-line-ends', [text(`id: 1\rdata: ${HI}\r\n\n`), none('data: [DONE]\n\r\n')]),
  stream('with-a-byte-order-mark', [text(`\ufeffdata: ${HI}\n\n`), none('data: [DONE]\n\n')]),
  stream('with-a-byte-order-mark-later', [text(`data: ${HI}\n\n`), none(`\ufeffdata: ${HI}\n\n`)]),
  stream('with-blank-lines', [none('\n'), none('\r\n'), text(`data: ${HI}\n\n`), none('\n'), none('\r')]),
  stream('with-other-fields', [text(`event: message\nid: 1\nretry: 10\n:\nfoo\ndata: ${HI}\n\n`)]),
  stream('with-comments-only', [none(': a\n\n'), none(':\n:\n\n')]),
  stream('without-space-after-the-colon', [text(`data:${HI}\n\n`)]),
  stream('with-two-spaces-after-the-colon', [text(`data:  ${HI}\n\n`)]),
  stream('with-data-on-two-lines', [text(`data: {"choices":\ndata: [{"index":0,"delta":{"content":"Hi."}}]}\n\n`)]),
  stream('with-fields-that-are-not-data', [none(`Data: ${HI}\ndatax: ${HI}\ndata : ${HI}\n data: ${HI}\n\n`)]),
  stream('with-data-without-a-colon', [none('data\n\n')]),
  stream('with-text-that-is-empty', [none(`data: ${EMPTY}\n\n`)]),
  stream('that-was-not-finished', [text(`data: ${HI}\n\n`), rest(`data: ${HI}\n`)]),
  stream('that-was-cut-within-a-line', [text(`data: ${HI}\n\n`), rest('data: {"cho')]),
  stream('that-was-cut-after-cr', [rest(`data: ${HI}\r`)]),
  stream('of-one-line-end', [none('\n')]),
  stream('of-nothing', []),
  stream('of-a-byte-order-mark-only', [rest('\ufeff')]),
  stream('with-parameters-in-its-type', [text(`data: ${HI}\n\n`)], { contentType: ' Text/Event-Stream ; charset=x' }),
  stream('of-a-status-above-400', [text(`data: ${HI}\n\n`)], { status: 503 }),
]

const blank = (count: number): Parts => [{ repeat: '\n', times: count }]

const BOUNDED: readonly Case<In>[] = [
  { ...stream('of-250000-events', []), bodyText: blank(250000), countOnly: true, accept: { leafCount: 250000 } },
  opaqueOf({ ...stream('of-250001-events', []), bodyText: blank(250001) }, 250001),
] as readonly Case<In>[]

const OPAQUE: readonly Case<In>[] = [
  {
    name: 'opaque-dialect-of-a-response',
    rule: OPAQUE_RULE,
    operation: 'cutResponse',
    dialect: 'opaque/1',
    status: 200,
    contentType: 'application/json',
    bodyText: '{"model":"x"}',
    accept: { leaves: placesOf([o('{"model":"x"}')]) },
  },
]

export const RESPONSES: readonly Case<In>[] = [...WHOLE, ...TEXTS, ...STREAMED, ...BOUNDED, ...OPAQUE]
