/**
 * Bounds against what was sent, for `composition.ts`.
 *
 * @module
 */
import { compare, said } from './composition-findings.ts'
import { digestOf, type Members, made, oneOf, startsWith } from './declared.ts'
import type { CompositionInput as In } from './run/composition.ts'
import type { Case, Value } from './topic.ts'

const P = 'parameters'
const BLIND = 'b1'.repeat(32)
const SENT: Members = { parameters: 'withheld' }

/** Parameters `n` of one bound: what is sent within it, and what is not. */
function parameter(name: string, component: Members, within: readonly string[], beyond: readonly string[]) {
  const found = (value: string, index: number, finding: string, suffix: string): Case<In> => {
    const findings = { parameters: [`${finding} n`] }
    const declared = { parameters: made({ ...component, name: 'n' }) }
    const rule = 'docs/spec/composition.md#findings'
    return compare(
      `${name}-${suffix}-${index + 1}`,
      { declared, body: `{"n":${value}}`, rule },
      { findings, states: SENT },
    )
  }
  return [
    ...within.map((value, index) => found(value, index, 'match', 'kept')),
    ...beyond.map((value, index) => found(value, index, 'mismatch', 'broken')),
  ]
}

const number = (bounds: Members): Members => ({ number: bounds as Value })
const HUGE = `1e1${'0'.repeat(1001)}`

const VALUES: readonly Case<In>[] = [
  ...parameter(
    'max',
    number({ max: '0.3', min: '0' }),
    ['0', '0.3', '30E-2', '-0.0', '1e-400'],
    ['0.30000000000000001', '-1e-400', '1e400', '"0.2"', 'null', '[0]', HUGE],
  ),
  ...parameter('max-that-is-negative', number({ max: '-1.5' }), ['-1.5', '-1e400'], ['-1.4', '0']),
  ...parameter('integer', number({ integer: true }), ['7', '70e-1', '-1E2', '0.0'], ['7.5', '"7"', '1e-1', 'true']),
  ...parameter(
    'choice',
    oneOf(P, 'n', ['a', 1, null]),
    ['"a"', '"\\u0061"', '1.0', 'null'],
    ['"1"', '"null"', '"A"', '[1]'],
  ),
  ...parameter(
    'start',
    startsWith(P, 'n', 'é'),
    ['"é"', '"\\u00e9x"'],
    ['"e\\u0301"', '"\\u00c3"', '""', '["é"]', '1'],
  ),
  ...parameter('start-and-slot', startsWith(P, 'n', 'a', 2), ['"a"', '"abc"', '"aé"'], ['"abcd"', '"aéé"', '"ba"']),
  ...parameter(
    'size',
    { maxBytes: 4 },
    ['"abcd"', '"éé"', 'null', '[1]', '1000'],
    ['"abcde"', '[1,2]', '10000', 'false'],
  ),
]

const NUMBER = { name: 'n', number: { max: '1' } }
const OPTIONAL = { parameters: made({ ...NUMBER, optional: true }) }
const MODELS = (blind?: string): Members => ({ model: made(oneOf('model', 'model', ['m', 'n'], blind)) })
const PROMPT = (blind?: string): Members => ({
  instructions: made(startsWith('instructions', '0', 'Be kind. ', 5, blind)),
})
const tool = (name: string, change = ''): string => `{"name":"${name}"${change}}`
const TOOLS: Members = {
  tools: made(...['a', 'b'].map((name) => ({ ...digestOf('tools', name, { name }), name, optional: true }))),
}
const SOURCES: Members = { context: { state: 'slot', sources: ['a*b*c', 'faq.md', 'handbook/*'] } }
const QUERY: Members = { parameters: made(oneOf(P, 'query api-version', ['1', '2'])) }

function cuts(...labels: readonly string[]): string {
  const list = labels.map(
    (label, at) => `{"end":${at + 1},"label":"${label}","pointer":"/messages/0/content","start":${at}}`,
  )
  return `[${list.join()}]`
}
function sources(name: string, labels: readonly string[], finding: string): Case<In> {
  const states = { input: 'withheld', context: 'withheld' }
  const findings = { context: [finding] }
  return compare(
    name,
    { declared: SOURCES, body: said('user', 'abcdefgh'), cuts: cuts(...labels) },
    { findings, states },
  )
}

/** A fixed prompt of which the application calls the last two letters a passage. */
function divided(name: string, context: Members, findings: { readonly [role: string]: readonly string[] }): Case<In> {
  const declared = { instructions: made(digestOfText('abcdef')), ...context }
  const list = '[{"end":8,"label":"kb","pointer":"/messages/0/content","start":6}]'
  const states = { instructions: 'withheld', context: 'withheld' }
  return compare(name, { declared, body: said('system', 'abcdefgh'), cuts: list }, { findings, states })
}
const digestOfText = (text: string) => ({ ...digestOf('instructions', '0', text), name: '0' })
const KEPT = { instructions: ['match 0'] }
const DIVIDED = { instructions: ['match 0', 'undeclared 1'] }

const ROLES: readonly Case<In>[] = [
  divided('passage-in-a-fixed-prompt', { context: { state: 'slot' } }, DIVIDED),
  divided(
    'passage-in-a-fixed-prompt-inside-which-it-may-stand',
    { context: { state: 'slot', inside: ['instructions'] } },
    KEPT,
  ),
  divided(
    'passage-inside-another-role-than-it-may',
    { context: { state: 'slot', inside: ['history', 'input'] } },
    DIVIDED,
  ),
  compare(
    'bounded-and-not-sent',
    { declared: { parameters: made(NUMBER) }, body: '{}' },
    { findings: { parameters: ['missing n'] } },
  ),
  compare('optional-and-not-sent', { declared: OPTIONAL, body: '{}' }, {}),
  compare(
    'optional-and-kept',
    { declared: OPTIONAL, body: '{"n":1}' },
    { findings: { parameters: ['match n'] }, states: SENT },
  ),
  compare(
    'optional-and-broken',
    { declared: OPTIONAL, body: '{"n":2}' },
    { findings: { parameters: ['mismatch n'] }, states: SENT },
  ),
  compare(
    'optional-and-not-sent-and-another-is',
    { declared: OPTIONAL, body: '{"m":1}' },
    { findings: { parameters: ['undeclared 1'] }, states: SENT },
  ),
  compare(
    'allowed-alone',
    { declared: { parameters: { ...made(), allow: ['n'] } }, body: '{"n":[]}' },
    { states: SENT },
  ),
  compare(
    'allowed-alone-and-another',
    { declared: { parameters: { ...made(), allow: ['n'] } }, body: '{"n":1,"m":1}' },
    { findings: { parameters: ['undeclared 1'] }, states: SENT },
  ),
  compare(
    'one-of-two-tools',
    { declared: TOOLS, body: `{"tools":[${tool('b')}]}` },
    { findings: { tools: ['match b'] }, states: { tools: 'withheld' } },
  ),
  compare('none-of-two-tools', { declared: TOOLS, body: '{}' }, {}),
  compare(
    'one-of-two-tools-changed-and-a-third',
    { declared: TOOLS, body: `{"tools":[${tool('c')},${tool('a', ',"strict":true')}]}` },
    { findings: { tools: ['match a', 'undeclared 2'] }, states: { tools: 'withheld' } },
  ),
  compare(
    'one-of-two-models',
    { declared: MODELS(), body: '{"model":"n"}' },
    { findings: { model: ['match model'] }, states: { model: 'present' } },
  ),
  compare(
    'one-of-two-models-in-private',
    { private: true, declared: MODELS(BLIND), body: '{"model":"n"}' },
    { findings: { model: ['match model'] }, states: { model: 'withheld' } },
  ),
  compare(
    'none-of-two-models-but-a-version-of-one',
    { declared: MODELS(), body: '{"model":"n-2026-01-01"}' },
    { findings: { model: ['mismatch model'] }, states: { model: 'present' } },
  ),
  compare(
    'one-of-two-models-with-digests-of-another-name',
    {
      declared: { model: made({ ...oneOf('model', 'other', ['m', 'n'], BLIND), name: 'model' }) },
      private: true,
      body: '{"model":"n"}',
    },
    { findings: { model: ['mismatch model'] }, states: { model: 'withheld' } },
  ),
  compare(
    'a-prompt-that-starts-as-declared',
    { declared: PROMPT(), body: said('system', 'Be kind. Now.') },
    { findings: { instructions: ['match 0'] }, states: { instructions: 'withheld' } },
  ),
  compare(
    'a-prompt-that-starts-as-declared-in-private',
    { private: true, declared: PROMPT(BLIND), body: said('system', 'Be k\\u0069nd. Now.') },
    { findings: { instructions: ['match 0'] }, states: { instructions: 'withheld' } },
  ),
  compare(
    'a-prompt-that-starts-with-another-blind',
    { private: true, declared: PROMPT('5a'.repeat(32)), body: said('system', 'Be kind. Now.') },
    { findings: { instructions: ['mismatch 0'] }, states: { instructions: 'withheld' } },
  ),
  compare(
    'a-prompt-that-goes-on-too-long',
    { declared: PROMPT(), body: said('system', 'Be kind. Today.') },
    { findings: { instructions: ['mismatch 0'] }, states: { instructions: 'withheld' } },
  ),
  compare(
    'a-prompt-that-goes-on-in-another-part',
    { declared: PROMPT(), body: said('system', 'Be kind. ', 'Now.') },
    { findings: { instructions: ['match 0', 'undeclared 1'] }, states: { instructions: 'withheld' } },
  ),
  sources('sources-of-passages', ['faq.md', 'handbook/a/b.md', 'handbook/', 'abc', 'axxbxxc'], 'match'),
  sources('sources-of-a-passage-from-elsewhere', ['faq.md', 'handbook'], 'mismatch'),
  sources('sources-are-not-looked-for-inside', ['x/faq.md'], 'mismatch'),
  sources('sources-have-a-beginning-and-an-end', ['faq.md.txt'], 'mismatch'),
  sources('sources-distinguish-case', ['FAQ.md'], 'mismatch'),
  sources('sources-take-each-piece-in-its-order', ['acb'], 'mismatch'),
  sources('sources-take-no-piece-twice', ['abxb'], 'mismatch'),
  compare(
    'sources-of-a-result-of-a-tool',
    { declared: SOURCES, body: said('tool', 'x') },
    { findings: { context: ['mismatch'] }, states: { context: 'withheld' } },
  ),
  compare('sources-of-nothing-sent', { declared: SOURCES, body: '{}' }, {}),
  compare(
    'a-query-member-that-is-a-parameter',
    { declared: QUERY, body: '{}', query: 'api-version=2&alt=sse' },
    { findings: { parameters: ['match query api-version'] }, states: SENT },
  ),
  compare(
    'a-query-member-as-it-stands',
    { declared: QUERY, body: '{}', query: 'api-version=%32' },
    { findings: { parameters: ['mismatch query api-version'] }, states: SENT },
  ),
  compare(
    'a-query-member-twice',
    { declared: QUERY, body: '{}', query: 'api-version=1&beta&api-version=2' },
    { findings: { parameters: ['match query api-version', 'undeclared 2'] }, states: SENT },
  ),
  compare(
    'a-member-that-is-called-like-one-of-the-query',
    { declared: QUERY, body: '{"query api-version":"1"}', query: 'alt=1' },
    { findings: { parameters: ['missing query api-version', 'undeclared 1'] }, states: SENT },
  ),
]

/** `docs/spec/composition.md`, "Findings": bounds kept and broken. */
export const BOUNDS: readonly Case<In>[] = [...VALUES, ...ROLES]
