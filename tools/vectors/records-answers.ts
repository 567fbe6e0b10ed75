/**
 * Records of answers of every kind, whole and incomplete, for `records.ts`.
 *
 * @module
 */
import type { PlainLeaf } from './committed.ts'
import { bodyOf, fact, RESPONSE } from './example-message.ts'
import type { Plan } from './issued.ts'
import { mm, type Piece, s, v } from './leaves.ts'
import { CUT_PLAN, NO_ANSWER, NOTHING, ONLY_POLICY, OPAQUE, STREAM } from './plans.ts'
import { type Checks, type Given, INCOMPLETE, type RecordCase, WITHOUT, whole } from './record-case.ts'

const SUBJECTS = 'docs/spec/record.md#subjects'
const COMPLETION = 'docs/spec/record.md#completion'

const json = (status: number, ...pieces: readonly Piece[]): readonly PlainLeaf[] => [
  fact('status', '', String(status)),
  ...RESPONSE.slice(1, 3),
  ...bodyOf(pieces),
]
const ERROR = json(503, s('{"error":'), v('metadata', '/error', '{"message":"overloaded"}'), s('}'))
const ANOMALOUS = json(200, s('{"model":'), v('model', '/model', '"tiny@1"'), s('}'))
const TOOL_CALL = json(
  200,
  s('{"model":'),
  v('model', '/model', '"tiny@1"'),
  s(',"choices":[{"index":'),
  v('metadata', '/choices/0/index', '0'),
  s(',"message":{"role":"assistant","content":'),
  v('output', '/choices/0/message/content', 'null'),
  s(','),
  mm('/choices/0/message/x', '"x":1'),
  s('},"finish_reason":'),
  v('metadata', '/choices/0/finish_reason', '"tool_calls"'),
  s('}]}'),
)
const choice = (index: number, text: string): Piece[] => [
  s(`${index === 0 ? '' : '},'}{"index":`),
  v('metadata', `/choices/${index}/index`, String(index)),
  s(',"message":{"content":'),
  v('output', `/choices/${index}/message/content`, JSON.stringify(text)),
  s('},"finish_reason":'),
  v('metadata', `/choices/${index}/finish_reason`, '"stop"'),
]
/** Structure that stands side by side is one leaf. */
function joined(pieces: readonly Piece[]): Piece[] {
  const list: Piece[] = []
  for (const piece of pieces) {
    const last = list.at(-1)
    if (last?.kind !== 'structure' || piece.kind !== 'structure') list.push(piece)
    else list.splice(-1, 1, { ...last, text: last.text + piece.text })
  }
  return list
}
const TWO = json(
  200,
  ...joined([
    s('{"model":'),
    v('model', '/model', '"tiny@1"'),
    s(',"choices":['),
    ...choice(0, 'Five.'),
    ...choice(1, '5 euros.'),
    s('}]}'),
  ]),
)
const TWO_PLAN: Plan = { response: TWO, outputs: { 0: 'Five.', 1: '5 euros.' } }

const NONE: Checks = {
  ...WITHOUT.output,
  responseBytes: 'notChecked',
  responseClosure: 'notChecked',
  completion: 'ANSWER_INCOMPLETE',
}
const NO_OUTPUT: Given = { output: null }
const REQUIRED = { policy: { require: ['completion'] } } as const

export const ANSWERS: readonly RecordCase[] = [
  whole('streamed', 'trusted kept 0', { rule: COMPLETION, plan: { response: STREAM } }),
  whole('two-outputs-of-which-the-first', 'trusted kept 0', {
    rule: SUBJECTS,
    plan: TWO_PLAN,
    given: { output: 'Five.' },
  }),
  whole('two-outputs-of-which-the-second', 'trusted kept 0', {
    rule: SUBJECTS,
    plan: TWO_PLAN,
    given: { output: '5 euros.' },
  }),
  whole('no-output', 'trusted kept 0', {
    rule: SUBJECTS,
    plan: { response: TOOL_CALL, outputs: {} },
    given: NO_OUTPUT,
    checks: WITHOUT.output,
  }),
  whole('cut-by-the-upstream', 'trusted kept 0', {
    rule: COMPLETION,
    plan: CUT_PLAN,
    given: { output: 'Certainly.' },
    checks: INCOMPLETE,
  }),
  whole('cut-by-the-upstream-where-an-end-is-required', 'trusted kept 5', {
    rule: COMPLETION,
    plan: CUT_PLAN,
    given: { output: 'Certainly.', ...REQUIRED },
    checks: INCOMPLETE,
  }),
  whole('cut-by-the-caller', 'trusted kept 0', {
    rule: COMPLETION,
    plan: { ...CUT_PLAN, completion: 'clientAborted' },
    given: { output: 'Certainly.' },
    checks: INCOMPLETE,
  }),
  whole('error-of-the-upstream', 'trusted kept 0', {
    rule: COMPLETION,
    plan: { response: ERROR, status: 503, outputs: {}, completion: 'error', model: NO_ANSWER },
    given: NO_OUTPUT,
    checks: { ...WITHOUT.output, ...INCOMPLETE },
  }),
  whole('anomalous', 'trusted kept 0', {
    rule: COMPLETION,
    plan: { response: ANOMALOUS, outputs: {}, completion: 'anomalous' },
    given: NO_OUTPUT,
    checks: { ...WITHOUT.output, ...INCOMPLETE },
  }),
  whole('anomalous-and-cut-by-the-caller', 'trusted kept 0', {
    rule: COMPLETION,
    plan: { response: ANOMALOUS, outputs: {}, completion: 'clientAborted' },
    given: NO_OUTPUT,
    checks: { ...WITHOUT.output, ...INCOMPLETE },
  }),
  whole('nothing-came', 'trusted kept 0', { rule: COMPLETION, plan: NOTHING, given: NO_OUTPUT, checks: NONE }),
  whole('nothing-came-since-the-caller-went-away', 'trusted kept 0', {
    rule: COMPLETION,
    plan: { ...NOTHING, completion: 'clientAborted' },
    given: NO_OUTPUT,
    checks: NONE,
  }),
  whole('opaque-and-cut', 'trusted kept 0', {
    rule: COMPLETION,
    plan: { ...OPAQUE, completion: 'upstreamCut' },
    given: { output: null, disclosure: ONLY_POLICY },
    checks: { ...WITHOUT.output, ...INCOMPLETE },
  }),
]
