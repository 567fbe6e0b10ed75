/**
 * Named passages and additions to tools, declared against sent, for `composition.ts`.
 *
 * @module
 */
import { type Expected, compare as found } from './composition-findings.ts'
import { entryText, wholeOf } from './cut-list-entries.ts'
import { fixed, type Members } from './declared.ts'
import type { CompositionInput as In } from './run/composition.ts'
import type { Case } from './topic.ts'

const PASSAGES = 'docs/spec/composition.md#findings'
const ADDITIONS = 'docs/spec/composition.md#findings'

type Entry = Parameters<typeof entryText>[0]
const CONTENT = '/messages/0/content'
const LAMP = 'The lamp.'
const WHOLE: Entry = { pointer: CONTENT, start: 0, end: 9, label: 'a', whole: wholeOf(LAMP) }
const PLACED: Entry = { pointer: CONTENT, start: 0, end: 9, label: 'a' }
const CUT_SHORT: Entry = { ...WHOLE, end: 8 }
const MISSING: Entry = { label: 'b', whole: wholeOf('The door.') }
const UNLOCATED: Entry = { label: 'c', whole: { sha256: 'ab'.repeat(32) } }
const ANY: Members = { context: { state: 'any' } }
const SLOT: Members = { context: { state: 'slot' } }
const SENT = { input: 'withheld', context: 'withheld' }

const named = (name: string, declared: Members, entries: readonly Entry[], expected: Expected): Case<In> =>
  found(
    `passages-${name}`,
    {
      declared,
      body: `{"messages":[{"role":"user","content":"${LAMP} Price?"}]}`,
      cuts: `[${entries.map(entryText).join()}]`,
      rule: PASSAGES,
    },
    expected,
  )
const counted = (finding: string, count: number): Members => ({ finding, count })

const NAMED: readonly Case<In>[] = [
  named('whole', SLOT, [WHOLE], { states: SENT }),
  named('placed', SLOT, [PLACED], { states: SENT }),
  named('truncated', SLOT, [CUT_SHORT], { findings: { context: ['match', counted('mismatch', 1)] }, states: SENT }),
  named('missing', SLOT, [MISSING], {
    findings: { context: ['match', counted('missing', 1)] },
    states: { input: 'withheld' },
  }),
  named('unlocated', SLOT, [UNLOCATED], {
    findings: { context: ['match', counted('unobservable', 1)] },
    states: { input: 'withheld' },
  }),
  named('of-every-kind', SLOT, [CUT_SHORT, MISSING, { ...MISSING, label: 'c' }, { ...UNLOCATED, label: 'd' }], {
    findings: {
      context: ['match', counted('missing', 2), counted('mismatch', 1), counted('unobservable', 1)],
    },
    states: SENT,
  }),
  named('where-context-may-be-anything', ANY, [CUT_SHORT, MISSING, UNLOCATED], { states: SENT }),
  named('where-context-is-absent', { context: { state: 'absent' } }, [WHOLE, MISSING], {
    findings: { context: ['undeclared 1', counted('missing', 1)] },
    states: SENT,
  }),
  named('missing-where-context-is-absent', { context: { state: 'absent' } }, [MISSING], {
    findings: { context: ['match', counted('missing', 1)] },
    states: { input: 'withheld' },
  }),
  named('where-context-is-fixed', { context: fixed('context', { 0: LAMP }) }, [WHOLE, MISSING], {
    findings: { context: ['match 0', counted('missing', 1)] },
    states: SENT,
  }),
  found(
    'passages-where-context-is-unobservable',
    {
      declared: SLOT,
      body: '{"web_search_options":{}}',
      cuts: `[${entryText(MISSING)}]`,
      rule: PASSAGES,
    },
    {
      findings: { context: ['unobservable', counted('missing', 1)] },
      states: { context: { state: 'unobservable', reason: 'server-side: web_search_options' }, tools: 'withheld' },
    },
  ),
]

const TOOL = { type: 'function', function: { name: 'f', parameters: { type: 'object' } } }
const added = (name: string, tool: unknown, findings: readonly string[], allow?: readonly string[]): Case<In> =>
  found(
    `tool-with-${name}`,
    {
      declared: { tools: { ...fixed('tools', { f: TOOL }), ...(allow ? { allow } : {}) } },
      body: `{"tools":[${JSON.stringify(tool)}]}`,
      rule: ADDITIONS,
    },
    { findings: { tools: findings }, states: { tools: 'withheld' } },
  )
const inFunction = (more: Members): unknown => ({ ...TOOL, function: { ...TOOL.function, ...more } })
const inParameters = (more: Members): unknown =>
  inFunction({ parameters: { ...TOOL.function.parameters, ...more } } as Members)

const ADDED: readonly Case<In>[] = [
  added('nothing-more', TOOL, ['match f']),
  added('strict', { ...TOOL, strict: null }, ['match f', 'undeclared 1']),
  added('strict-in-its-function', inFunction({ strict: true }), ['match f', 'undeclared 1']),
  added('strict-that-is-allowed', inFunction({ strict: true }), ['match f'], ['f/strict']),
  added(
    'strict-of-another-tool-allowed',
    inFunction({ strict: true }),
    ['match f', 'undeclared 1'],
    ['g/strict', 'strict'],
  ),
  added('eager-streaming', { ...TOOL, eager_input_streaming: true }, ['match f', 'undeclared 1']),
  added('a-schema', inParameters({ $schema: 'x' }), ['match f', 'undeclared 1']),
  added(
    'additional-properties-and-strict',
    { ...(inParameters({ additionalProperties: false }) as object), strict: true },
    ['match f', 'undeclared 2'],
  ),
  added(
    'four-additions',
    { ...(inParameters({ $schema: 'x', additionalProperties: {} }) as object), strict: 1, eager_input_streaming: 2 },
    ['match f', 'undeclared 4'],
  ),
  added(
    'five-additions',
    {
      ...(inParameters({ $schema: 'x', additionalProperties: {} }) as object),
      strict: 1,
      eager_input_streaming: 2,
      parameters: { $schema: 3 },
    },
    ['mismatch f'],
  ),
  added('an-addition-elsewhere', inFunction({ description: 'x' }), ['mismatch f']),
  added('an-addition-deeper', inParameters({ properties: { $schema: 'x' } }), ['mismatch f']),
  added('an-addition-and-a-change', { ...(inFunction({ name: 'f', description: 'x' }) as object), strict: true }, [
    'mismatch f',
  ]),
  added('a-schema-in-a-list', { ...TOOL, parameters: [{ $schema: 'x' }] }, ['mismatch f']),
]

export const NAMED_AND_ADDED: readonly Case<In>[] = [...NAMED, ...ADDED]
