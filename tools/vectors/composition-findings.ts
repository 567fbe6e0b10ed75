/**
 * Declared against sent, for `composition.ts`: what a record shows of it.
 *
 * @module
 */
import type { Header } from '../../src/core/spans/index.ts'
import { documentOf, fixed, type Members } from './declared.ts'
import type { CompositionInput as In } from './run/composition.ts'
import type { Case, Value } from './topic.ts'

const RULE = 'docs/spec/composition.md#findings'
const RECORD = 'docs/spec/composition.md#in-the-record'

const ROLES = ['model', 'instructions', 'tools', 'context', 'history', 'input', 'parameters', 'outputFormat']

export interface Given {
  /** What the declaration says of roles; the others may be anything. */
  readonly declared?: Members
  readonly private?: true
  readonly body: string
  readonly headers?: readonly Header[]
  readonly query?: string
  readonly cuts?: string
  readonly rule?: string
}

export interface Expected {
  /** Of the roles that are not one match without a name; a list each. */
  readonly findings?: Readonly<Record<string, readonly (string | Members)[]>>
  /** Of the roles that are not absent. */
  readonly states?: Members
}

/** `match temperature`: a finding and the name that it is about. `undeclared 2`: a finding and its number. */
function findingOf(role: string, text: string | Members): Value {
  if (typeof text !== 'string') return { role, ...text }
  const [finding = '', ...rest] = text.split(' ')
  if (rest.length === 0) return { role, finding }
  return finding === 'undeclared' ? { role, finding, count: Number(rest[0]) } : { role, finding, name: rest.join(' ') }
}

const stateOf = (state: Value | undefined): Value =>
  typeof state === 'string' ? { state } : (state ?? { state: 'absent' })

export function compare(name: string, given: Given, { findings = {}, states = {} }: Expected): Case<In> {
  const any = Object.fromEntries(ROLES.map((role) => [role, { state: 'any' }]))
  const document = documentOf({ ...any, ...given.declared }, given.private ? { privacy: 'private' } : {})
  const of = ROLES.flatMap((role) => (findings[role] ?? ['match']).map((text) => findingOf(role, text)))
  const kept = of.every((one) => (one as Members)['finding'] === 'match')
  const accept = {
    findings: [...of, findingOf('policy', kept ? 'match strict' : 'mismatch strict')],
    result: kept ? 'kept' : 'broken',
    roles: {
      ...Object.fromEntries(ROLES.map((role) => [role, stateOf(states[role])])),
      policy: { state: 'present' },
    },
  }
  return { name, rule: given.rule ?? RULE, ...requestOf(given), documentText: JSON.stringify(document), accept }
}

function requestOf({ body, headers, query, cuts }: Given) {
  const more = {
    ...(headers ? { headers } : {}),
    ...(query ? { query } : {}),
    ...(cuts ? { cutListText: cuts } : {}),
  }
  return { operation: 'compare', bodyText: body, ...more } as const
}

export const said = (author: string, ...contents: readonly string[]): string =>
  `{"messages":[${contents.map((content) => `{"role":"${author}","content":"${content}"}`).join()}]}`

const BLIND = 'b1'.repeat(32)
const PROMPTS = (blind?: string): Members => ({ instructions: fixed('instructions', { 0: 'Be kind.' }, blind) })
const PARAMETERS = { parameters: fixed('parameters', { stop: 'x', temperature: 0 }) }
const INSTRUCTIONS = { instructions: 'withheld' }
const SENT = { parameters: 'withheld' }
const ABSENT = { state: 'absent' }
const NUMBERS = (names: Members): Members => ({ parameters: { ...PARAMETERS.parameters, ...names } })

const FIXED: readonly Case<In>[] = [
  compare(
    'fixed-and-sent',
    { declared: PROMPTS(), body: said('system', 'Be kind.') },
    {
      findings: { instructions: ['match 0'] },
      states: INSTRUCTIONS,
    },
  ),
  compare(
    'fixed-and-sent-in-private',
    { private: true, declared: PROMPTS(BLIND), body: said('system', 'Be kind.') },
    {
      findings: { instructions: ['match 0'] },
      states: INSTRUCTIONS,
    },
  ),
  compare(
    'fixed-and-sent-by-a-developer-with-escapes',
    { declared: PROMPTS(), body: said('developer', 'Be k\\u0069nd.') },
    {
      findings: { instructions: ['match 0'] },
      states: INSTRUCTIONS,
    },
  ),
  compare(
    'fixed-and-sent-with-a-space-more',
    { declared: PROMPTS(), body: said('system', 'Be kind. ') },
    {
      findings: { instructions: ['mismatch 0'] },
      states: INSTRUCTIONS,
    },
  ),
  compare(
    'fixed-with-another-blind',
    { private: true, declared: PROMPTS('5a'.repeat(32)), body: said('system', 'Be kind.') },
    {
      findings: { instructions: ['mismatch 0'] },
      states: INSTRUCTIONS,
    },
  ),
  compare('fixed-and-not-sent', { declared: PROMPTS(), body: '{}' }, { findings: { instructions: ['missing 0'] } }),
  compare(
    'fixed-and-sent-twice',
    { declared: PROMPTS(), body: said('system', 'Be kind.', 'Be kind.', 'x') },
    {
      findings: { instructions: ['match 0', 'undeclared 2'] },
      states: INSTRUCTIONS,
    },
  ),
  compare(
    'fixed-sequence-in-another-order',
    {
      declared: { instructions: fixed('instructions', { 0: 'a', 1: 'b' }) },
      body: said('system', 'b', 'a'),
    },
    { findings: { instructions: ['mismatch 0', 'mismatch 1'] }, states: INSTRUCTIONS },
  ),
  compare(
    'fixed-and-sent-as-a-name',
    { declared: PROMPTS(), body: '{"messages":[{"role":"system","name":"Be kind."}]}' },
    { findings: { instructions: ['missing 0', 'undeclared 1'] }, states: INSTRUCTIONS },
  ),
  compare(
    'fixed-and-sent-by-a-user',
    { declared: { ...PROMPTS(), input: ABSENT }, body: said('user', 'Be kind.') },
    { findings: { instructions: ['missing 0'], input: ['undeclared 1'] }, states: { input: 'withheld' } },
  ),
  compare(
    'parameters-of-both-encodings',
    { declared: PARAMETERS, body: '{"temperature":-0.0,"stop":"\\u0078"}' },
    {
      findings: { parameters: ['match stop', 'match temperature'] },
      states: SENT,
    },
  ),
  compare(
    'a-number-sent-as-text',
    { declared: PARAMETERS, body: '{"temperature":"0","stop":"x"}' },
    {
      findings: { parameters: ['match stop', 'mismatch temperature'] },
      states: SENT,
    },
  ),
  compare(
    'a-parameter-that-was-not-declared',
    { declared: PARAMETERS, body: '{"temperature":0,"stop":"x","n":1,"seed":2}' },
    {
      findings: { parameters: ['match stop', 'match temperature', 'undeclared 2'] },
      states: SENT,
    },
  ),
  compare(
    'a-parameter-that-may-be-sent',
    { declared: NUMBERS({ allow: ['n', 'seed'] }), body: '{"temperature":0,"stop":"x","n":1}' },
    { findings: { parameters: ['match stop', 'match temperature'] }, states: SENT },
  ),
  compare(
    'a-parameter-that-may-be-sent-and-one-that-may-not',
    { declared: NUMBERS({ allow: ['n'] }), body: '{"temperature":0,"stop":"x","n":1,"N":1}' },
    { findings: { parameters: ['match stop', 'match temperature', 'undeclared 1'] }, states: SENT },
  ),
  compare(
    'a-header-that-is-declared',
    {
      declared: { parameters: fixed('parameters', { 'header openai-beta': 'b' }) },
      body: '{}',
      headers: [['OpenAI-Beta', 'b']],
    },
    { findings: { parameters: ['match header openai-beta'] }, states: SENT },
  ),
  compare(
    'a-header-that-is-not-declared',
    { declared: { parameters: ABSENT }, body: '{}', headers: [['anthropic-beta', 'b']] },
    { findings: { parameters: ['undeclared 1'] }, states: SENT },
  ),
  compare(
    'tools-by-name-in-any-order',
    {
      declared: { tools: fixed('tools', { a: { name: 'a', v: 1 }, b: { name: 'b' } }) },
      body: '{"tools":[{"name":"b"},{"v":1,"name":"a"},{"name":"a","v":1}]}',
    },
    { findings: { tools: ['match a', 'match b', 'undeclared 1'] }, states: { tools: 'withheld' } },
  ),
  compare(
    'the-first-of-two-tools-of-one-name-counts',
    {
      declared: { tools: fixed('tools', { a: { name: 'a', v: 1 } }) },
      body: '{"tools":[{"name":"a","v":1},{"name":"a","v":2}]}',
    },
    { findings: { tools: ['match a', 'undeclared 1'] }, states: { tools: 'withheld' } },
  ),
  compare(
    'the-model-is-shown',
    { declared: { model: fixed('model', { model: 'm' }) }, body: '{"model":"m"}' },
    {
      findings: { model: ['match model'] },
      states: { model: 'present' },
    },
  ),
  compare(
    'another-model',
    { declared: { model: fixed('model', { model: 'm' }) }, body: '{"model":"n"}' },
    {
      findings: { model: ['mismatch model'] },
      states: { model: 'present' },
    },
  ),
]

const passage = (pointer: string, end: number): string =>
  `[{"end":${end},"label":"x","pointer":"${pointer}","start":0}]`

const STATES: readonly Case<In>[] = [
  compare('absent-and-not-sent', { declared: { tools: ABSENT }, body: '{"tools":[]}' }, {}),
  compare(
    'absent-and-sent',
    { declared: { tools: ABSENT }, body: '{"tools":[1,2]}' },
    {
      findings: { tools: ['undeclared 2'] },
      states: { tools: 'withheld' },
    },
  ),
  compare(
    'absent-and-sent-as-a-passage',
    {
      declared: { instructions: ABSENT, context: { state: 'slot' } },
      body: said('system', 'Be evil.'),
      cuts: passage('/messages/0/content', 8),
    },
    { findings: { instructions: ['undeclared 1'] }, states: { instructions: 'withheld', context: 'withheld' } },
  ),
  compare(
    'absent-and-sent-as-a-part-and-a-passage',
    {
      declared: { input: ABSENT },
      body: said('user', 'abc'),
      cuts: passage('/messages/0/content', 1),
    },
    { findings: { input: ['undeclared 2'] }, states: { input: 'withheld', context: 'withheld' } },
  ),
  compare('slot-and-not-sent', { declared: { input: { state: 'slot' } }, body: '{}' }, {}),
  compare(
    'slot-within-its-bytes',
    { declared: { input: { state: 'slot', maxBytes: 3 } }, body: said('user', 'é', '\\n') },
    {
      states: { input: 'withheld' },
    },
  ),
  compare(
    'slot-beyond-its-bytes',
    { declared: { input: { state: 'slot', maxBytes: 3 } }, body: said('user', 'é', 'ab') },
    {
      findings: { input: ['mismatch'] },
      states: { input: 'withheld' },
    },
  ),
  compare(
    'slot-of-no-bytes',
    { declared: { input: { state: 'slot', maxBytes: 0 } }, body: said('user', '') },
    {
      states: { input: 'withheld' },
    },
  ),
  compare(
    'slot-within-its-count',
    { declared: { input: { state: 'slot', maxCount: 2, minCount: 2 } }, body: said('user', '', '') },
    {
      states: { input: 'withheld' },
    },
  ),
  compare(
    'slot-beyond-its-count',
    { declared: { input: { state: 'slot', maxCount: 1 } }, body: said('user', '', '') },
    {
      findings: { input: ['mismatch'] },
      states: { input: 'withheld' },
    },
  ),
  compare(
    'slot-below-its-count',
    { declared: { input: { state: 'slot', minCount: 1 } }, body: '{}' },
    {
      findings: { input: ['mismatch'] },
    },
  ),
  compare(
    'slot-that-breaks-two-bounds',
    { declared: { input: { state: 'slot', maxBytes: 0, maxCount: 0 } }, body: said('user', 'a') },
    {
      findings: { input: ['mismatch'] },
      states: { input: 'withheld' },
    },
  ),
  compare(
    'a-passage-counts-as-context-only',
    {
      declared: { input: { state: 'slot', maxBytes: 1 }, context: { state: 'slot', maxBytes: 2 } },
      body: said('user', 'abc'),
      cuts: passage('/messages/0/content', 2),
    },
    { states: { input: 'withheld', context: 'withheld' } },
  ),
  compare('any-and-not-sent', { body: '{}' }, {}),
  compare('any-and-sent', { body: '{"model":"m","n":1}' }, { states: { model: 'present', parameters: 'withheld' } }),
  compare(
    'private-shows-no-model',
    { private: true, body: '{"model":"m"}', rule: RECORD },
    { states: { model: 'withheld' } },
  ),
  compare(
    'a-model-that-is-no-text-is-not-shown',
    { body: '{"model":{}}', rule: RECORD },
    { states: { model: 'withheld' } },
  ),
  compare(
    'a-model-of-1025-characters-is-not-shown',
    { body: `{"model":"${'x'.repeat(1025)}"}`, rule: RECORD },
    {
      states: { model: 'withheld' },
    },
  ),
]

const SEARCH = 'server-side: web_search_options'
const FILES = '{"messages":[{"role":"user","content":[{"image_url":"a:"},{"video_url":{"url":"a:"}}]}]}'
const untold = (reason: string): Value => ({ state: 'unobservable', reason })
const NO_JSON = 'opaque: the body is not one strict JSON object of bounded size'
const OPAQUE = Object.fromEntries(ROLES.map((role) => [role, untold(NO_JSON)]))

const UNTOLD: readonly Case<In>[] = [
  compare(
    'unobservable-and-absent',
    { declared: { context: ABSENT, tools: ABSENT }, body: '{"web_search_options":{}}' },
    {
      findings: { context: ['unobservable'], tools: ['undeclared 1'] },
      states: { context: untold(SEARCH), tools: 'withheld' },
    },
  ),
  compare(
    'unobservable-and-any',
    { body: '{"web_search_options":{}}' },
    {
      states: { context: untold(SEARCH), tools: 'withheld' },
    },
  ),
  compare(
    'unobservable-for-two-reasons',
    { declared: { input: { state: 'slot' } }, body: FILES },
    {
      findings: { input: ['unobservable', 'unobservable'] },
      states: { input: untold('server-side: image_url') },
    },
  ),
  compare('opaque-and-any', { body: '[]' }, { states: OPAQUE }),
  compare(
    'opaque-and-declared',
    { declared: { tools: ABSENT, ...PROMPTS() }, body: '[]' },
    {
      findings: { tools: ['unobservable'], instructions: ['unobservable'] },
      states: OPAQUE,
    },
  ),
  compare(
    'opaque-with-a-header',
    { declared: { parameters: ABSENT }, body: '[]', headers: [['openai-beta', 'b']] },
    { findings: { parameters: ['unobservable'] }, states: OPAQUE },
  ),
]

const UNDECLARED: Case<In> = {
  name: 'without-declaration',
  rule: RECORD,
  ...requestOf({ body: '{"model":"m","n":1}' }),
  accept: {
    findings: [],
    result: 'undeclared',
    roles: {
      ...Object.fromEntries(ROLES.map((role) => [role, ABSENT])),
      model: { state: 'withheld' },
      parameters: { state: 'withheld' },
      policy: ABSENT,
    },
  },
}

export const FINDINGS: readonly Case<In>[] = [...FIXED, ...STATES, ...UNTOLD, UNDECLARED]
