/**
 * Plans of runs of every kind, for cases of `records.ts`.
 *
 * @module
 */
import type { PlainLeaf } from './committed.ts'
import { documentOf, fixed, type Members } from './declared.ts'
import { bodyOf, fact, REQUEST, RESPONSE } from './example-message.ts'
import { CONTENTS, contentValue, KEPT, MODELS, type Plan } from './issued.ts'
import { o, type Piece } from './leaves.ts'
import type { Value } from './topic.ts'

const PRIVATE_ROLES = { ...(KEPT['roles'] as Members), model: { state: 'withheld' } }
export const PRIVATE: Plan = {
  document: documentOf({}, { privacy: 'private' }),
  composition: { ...KEPT, roles: PRIVATE_ROLES },
  model: { intended: { state: 'withheld' }, requested: { state: 'withheld' }, responded: { state: 'withheld' } },
}
const ROLES = Object.keys(KEPT['roles'] as Members)
const all = (state: Value, but: Members = {}): Members => ({
  ...Object.fromEntries(ROLES.map((role) => [role, state])),
  ...but,
})
const ANY: Members = documentOf(
  Object.fromEntries(ROLES.filter((role) => role !== 'policy').map((role) => [role, { state: 'any' }])),
)
const MATCHES: Value = [
  ...ROLES.slice(0, 8).map((role) => ({ finding: 'match', role })),
  { finding: 'match', name: 'strict', role: 'policy' },
]
export const ONLY_POLICY = (file: Members): Members => ({
  ...file,
  declaration: { document: ANY as Value, contents: CONTENTS.slice(3).map(contentValue) },
})
const UNTOLD = { state: 'unobservable' }

export const UNDECLARED: Plan = {
  document: null,
  composition: {
    findings: [],
    result: 'undeclared',
    roles: { ...(KEPT['roles'] as Members), model: { state: 'withheld' }, policy: { state: 'absent' } },
  },
  model: { intended: { state: 'absent' }, requested: { state: 'withheld' }, responded: { state: 'withheld' } },
}

/** The example with another temperature, and a record that says so. */
export const HOT: Plan = {
  request: REQUEST.map((leaf) => (leaf.pointer === '/temperature' ? { ...leaf, bytes: Buffer.from('1') } : leaf)),
  composition: {
    ...KEPT,
    findings: (KEPT['findings'] as Members[]).map((one) =>
      one['name'] === 'temperature' || one['role'] === 'policy' ? { ...one, finding: 'mismatch' } : one,
    ) as Value,
    result: 'broken',
  },
}

const OPAQUE_REQUEST: readonly PlainLeaf[] = [
  fact('method', '', 'POST'),
  fact('path', '', '/v1/audio/speech'),
  fact('header', 'anthropic-version', '2023-06-01', 'parameters'),
  fact('header', 'content-type', 'application/json'),
  fact('unrecorded', 'query', '0'),
  fact('unrecorded', 'header', '1'),
  fact('cutList', '', '[]'),
  ...bodyOf([o('{"model":"x","max_tokens":1,"messages":[]}')]),
]
const opaque = (reason: string): Members => ({
  result: 'kept',
  findings: MATCHES,
  roles: all({ state: 'unobservable', reason }, { policy: { state: 'present' } }),
})
export const OPAQUE: Plan = {
  document: ANY,
  dialect: 'opaque/1',
  request: OPAQUE_REQUEST,
  response: [...RESPONSE.slice(0, 3), ...bodyOf([o('{"content":[]}')])],
  outputs: {},
  composition: opaque('opaque: no dialect reads this API'),
  model: { intended: { state: 'absent' }, requested: UNTOLD, responded: UNTOLD },
}
export const NOT_JSON: Plan = {
  document: ANY,
  request: [
    ...REQUEST.slice(0, 2),
    fact('header', 'content-type', 'text/plain'),
    ...REQUEST.slice(3, 5),
    fact('cutList', '', '[]'),
    ...bodyOf([o('{}')]),
  ],
  composition: opaque('opaque: the content type is not JSON'),
  model: { ...MODELS, intended: { state: 'absent' }, requested: UNTOLD },
}

const event = (data: string): string => `data: ${data}\n\n`
const delta = (content: string): string =>
  event(JSON.stringify({ model: 'tiny@1', choices: [{ index: 0, delta: { content } }] }))
const STOP = event('{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}')
const DONE = event('[DONE]')

/** A stream: its events, `output` where they add text, and what follows the last. */
function streamed(...events: readonly (readonly [role: 'output' | 'metadata', text: string])[]): readonly PlainLeaf[] {
  const pieces = events.map(([role, text], index): Piece => {
    return { kind: text.endsWith('\n\n') ? 'event' : 'opaque', role, pointer: `/${index}`, text }
  })
  return [
    fact('status', '', '200'),
    fact('header', 'content-type', 'text/event-stream'),
    fact('unrecorded', 'header', '0'),
    ...bodyOf(pieces),
  ]
}
export const STREAM = streamed(
  ['output', delta('Certainly.')],
  ['output', delta(' The lamp costs 5 euros.')],
  ['metadata', STOP],
  ['metadata', DONE],
)
const CUT = streamed(['output', delta('Certainly.')], ['metadata', 'data: {"cho'])
export const CUT_PLAN: Plan = { response: CUT, outputs: { 0: 'Certainly.' }, completion: 'upstreamCut' }

export const NO_ANSWER = { ...MODELS, responded: { state: 'absent' } }
export const NOTHING: Plan = { response: null, outputs: {}, completion: 'error', model: NO_ANSWER }

/** Two models are declared, and one of them under the name by which one is asked for. */
export const TWO_MODELS: Plan = {
  document: documentOf({ model: fixed('model', { also: 'other', model: 'tiny' }) }),
  composition: {
    ...KEPT,
    findings: [
      { finding: 'missing', name: 'also', role: 'model' },
      ...(KEPT['findings'] as Members[]).map((one) =>
        one['role'] === 'policy' ? { ...one, finding: 'mismatch' } : one,
      ),
    ] as Value,
    result: 'broken',
  },
}
/** The model is declared as JSON, which no request can send as a name. */
export const MODEL_OF_JSON: Plan = {
  document: documentOf({ model: fixed('model', { model: { name: 'tiny' } }) }),
  composition: {
    ...KEPT,
    findings: (KEPT['findings'] as Members[]).map((one) =>
      one['role'] === 'policy' || one['role'] === 'model' ? { ...one, finding: 'mismatch' } : one,
    ) as Value,
    result: 'broken',
  },
  model: { ...MODELS, intended: { state: 'absent' } },
}
