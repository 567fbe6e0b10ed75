/**
 * Components that are bounded and not fixed, and sources of slots, for `declaration.ts`: each rule kept and broken.
 *
 * @module
 */
import { inPlace, refused, whole } from './declaration-documents.ts'
import { BLIND, digestOf, documentOf, fixed, type Members, made, oneOf, startsWith } from './declared.ts'
import type { DeclarationInput as In } from './run/declaration.ts'
import type { Case, Value } from './topic.ts'

const RULE = 'docs/spec/declaration.md#components'
const SOURCES = 'docs/spec/declaration.md#sources'

const P = 'parameters'
const kept = (name: string, role: string, ...components: readonly Members[]): Case<In> =>
  whole(name, inPlace(role, made(...components)), RULE)
const malformed = refused('DECLARATION_MALFORMED', RULE)
const mismatch = refused('SCHEMA_MISMATCH', RULE)
const broken = (name: string, component: Members, role = P): Case<In> => malformed(name, inPlace(role, made(component)))
const misshapen = (name: string, component: Members, role = P): Case<In> =>
  mismatch(name, inPlace(role, made(component)))

const number = (bounds: Members): Members => ({ name: 'n', number: bounds as Value })
const sized = (maxBytes: Value): Members => ({ name: 'n', maxBytes })
const AB = oneOf(P, 'n', ['a', 'b'])
const [A = null, B = null] = AB['oneOf'] as readonly Value[]
const choice = (...members: readonly Value[]): Members => ({ name: 'n', oneOf: members })
const START = startsWith('instructions', '0', 'Be kind. ')
const prefix = (change: Members): Members => ({
  name: '0',
  prefix: { ...(START['prefix'] as Members), ...change } as Value,
})
const optional = (component: Members): Members => ({ ...component, optional: true })
const ONE = { ...digestOf(P, 'n', 1), name: 'n' }
const SHA = 'ab'.repeat(32)

const KEPT: readonly Case<In>[] = [
  kept('bounded-by-min-and-max', P, number({ max: '0.3', min: '0' })),
  kept('bounded-by-max', P, number({ max: '-1.5' })),
  kept('bounded-by-min-beyond-any-machine-number', P, number({ min: '9007199254740993e0' })),
  kept('bounded-by-numbers-that-round-to-one', P, number({ max: '10000000000000000555e-20', min: '0.1' })),
  kept('bounded-by-large-exponents', P, number({ max: '1e401', min: '1e400' })),
  kept('bounded-by-integer', P, number({ integer: true })),
  kept('bounded-by-integer-in-a-range', P, number({ integer: true, max: '1e+21', min: '-4' })),
  kept('bounded-by-a-choice', P, AB),
  kept('bounded-by-a-choice-of-text-and-json', P, oneOf(P, 'n', ['1', 2, null])),
  kept(
    'bounded-by-a-choice-of-a-text-and-a-number-of-one-digest',
    P,
    choice(...['json', 'text'].map((encoding) => ({ ...digestOf(P, 'n', 1), encoding }))),
  ),
  kept('bounded-by-a-choice-of-models', 'model', oneOf('model', 'model', ['tiny', 'small'])),
  kept('bounded-by-a-choice-of-prompts', 'instructions', oneOf('instructions', '0', ['a', 'b'])),
  kept('bounded-by-a-start', 'instructions', START),
  kept('bounded-by-a-start-and-what-comes-after', 'instructions', prefix({ maxBytesAfter: 0 })),
  kept('bounded-by-a-start-of-a-parameter', P, startsWith(P, 'user', 'tenant-7/')),
  kept('bounded-by-size', P, sized(0)),
  kept(
    'bounded-and-fixed-together',
    'history',
    { ...digestOf('history', '0', 'a'), name: '0' },
    startsWith('history', '1', 'b'),
  ),
  kept('optional-and-fixed', 'tools', optional({ ...digestOf('tools', 'a', { name: 'a' }), name: 'a' })),
  kept('optional-and-bounded', P, optional(number({ max: '1' }))),
  whole('allowed-names-alone', inPlace(P, { state: 'fixed', components: [], allow: ['n'] }), RULE),
  whole(
    'bounded-in-private',
    documentOf(
      {
        model: made(oneOf('model', 'model', ['tiny', 'small'], BLIND)),
        instructions: made(startsWith('instructions', '0', 'Be kind. ', 100, BLIND)),
        parameters: made(number({ max: '0.3' })),
      },
      { privacy: 'private' },
    ),
    RULE,
  ),
  whole('inside', inPlace('context', { state: 'slot', inside: ['history', 'input', 'instructions'] }), SOURCES),
  whole('sources', inPlace('context', { state: 'slot', sources: ['', '*', 'faq.md', 'handbook/*'] }), SOURCES),
  whole(
    'sources-with-other-bounds',
    inPlace('context', { state: 'slot', maxCount: 8, sources: ['x'.repeat(256)] }),
    SOURCES,
  ),
]

const BROKEN: readonly Case<In>[] = [
  broken('number-without-bounds', number({})),
  broken('number-whose-min-is-above-its-max', number({ max: '0', min: '1' })),
  broken('number-whose-min-is-its-max', number({ max: '1', min: '1' })),
  broken('number-whose-min-is-above-by-less-than-rounding', number({ max: '0.1', min: '10000000000000000555e-20' })),
  broken('number-whose-exponents-are-compared-as-text', number({ max: '1e400', min: '1e1000' })),
  broken('number-that-is-not-canonical', number({ max: '0.30' })),
  broken('number-with-an-exponent-that-is-not-canonical', number({ max: '3e-1' })),
  broken('number-that-would-be-rounded', number({ max: '9007199254740993' })),
  broken('number-that-is-minus-zero', number({ max: '-0' })),
  broken('number-that-is-no-number', number({ max: 'NaN' })),
  broken('number-with-a-space', number({ max: ' 1' })),
  broken('number-with-a-plus', number({ max: '+1' })),
  broken('number-that-is-empty', number({ min: '' })),
  broken('integer-with-a-fraction-for-a-bound', number({ integer: true, max: '1.5' })),
  broken('integer-that-is-false', number({ integer: false, max: '1' })),
  misshapen('integer-that-is-a-text', number({ integer: 'true' })),
  misshapen('number-that-is-a-number', number({ max: 1 })),
  misshapen('number-that-is-null', number({ max: null })),
  misshapen('number-with-an-unknown-member', number({ max: '1', step: '1' })),
  misshapen('number-of-101-characters', number({ max: `1${'0'.repeat(100)}` })),
  misshapen('number-that-is-a-list', { name: 'n', number: [] }),
  broken('number-of-a-tool', number({ max: '1' }), 'tools'),
  broken('number-of-a-model', { ...number({ max: '1' }), name: 'model' }, 'model'),
  broken('number-of-a-prompt', { ...number({ max: '1' }), name: '0' }, 'instructions'),
  broken('choice-of-nothing', choice()),
  broken('choice-of-one', choice(A)),
  broken('choice-of-the-same-twice', choice(A, A)),
  broken('choice-not-sorted', choice(B, A)),
  broken(
    'choice-sorted-by-encoding-last-first',
    choice(...['text', 'json'].map((encoding) => ({ ...digestOf(P, 'n', 1), encoding }))),
  ),
  misshapen('choice-of-texts', choice('a', 'b')),
  misshapen('choice-without-encoding', choice({ digest: '00'.repeat(32) }, { digest: SHA })),
  misshapen('choice-of-another-encoding', choice({ digest: '00'.repeat(32), encoding: 'bytes' }, A)),
  misshapen('choice-with-a-short-digest', choice({ digest: '00', encoding: 'text' }, A)),
  misshapen('choice-with-values', choice({ ...(A as Members), value: 'a' } as Value, B)),
  misshapen('choice-with-a-digest-beside-it', { ...AB, digest: SHA, encoding: 'text' }),
  misshapen('choice-with-a-number-beside-it', { ...AB, number: { max: '1' } }),
  misshapen('choice-that-is-an-object', { name: 'n', oneOf: {} }),
  broken('start-of-nothing-in-a-model', startsWith('model', 'model', 'gpt-'), 'model'),
  broken('start-of-a-tool', startsWith('tools', 'a', 'x'), 'tools'),
  broken('start-of-an-output-format', startsWith('outputFormat', 'response_format', 'x'), 'outputFormat'),
  misshapen('start-of-no-bytes', prefix({ bytes: 0 }), 'instructions'),
  misshapen('start-without-bytes', prefix({ bytes: undefined }), 'instructions'),
  misshapen('start-without-digest', prefix({ digest: undefined }), 'instructions'),
  misshapen('start-with-an-encoding', prefix({ encoding: 'text' }), 'instructions'),
  misshapen('start-with-a-fraction-of-a-byte', prefix({ bytes: 1.5 }), 'instructions'),
  misshapen('start-with-a-bound-that-is-negative', prefix({ maxBytesAfter: -1 }), 'instructions'),
  misshapen('start-with-its-text', prefix({ text: 'Be kind. ' }), 'instructions'),
  misshapen('start-with-a-size-beside-it', { ...START, maxBytes: 10 }, 'instructions'),
  broken('size-of-a-tool', sized(1), 'tools'),
  broken('size-of-a-prompt', { name: '0', maxBytes: 1 }, 'instructions'),
  misshapen('size-that-is-a-text', sized('1')),
  misshapen('size-that-is-negative', sized(-1)),
  misshapen('size-that-is-null', sized(null)),
  broken('optional-that-is-false', { ...ONE, optional: false }),
  misshapen('optional-that-is-a-text', { ...ONE, optional: 'yes' }),
  broken('optional-model', optional({ ...digestOf('model', 'model', 'tiny'), name: 'model' }), 'model'),
  broken('optional-prompt', optional({ ...digestOf('history', '0', 'a'), name: '0' }), 'history'),
  broken(
    'optional-output-format',
    optional({ ...digestOf('outputFormat', 'response_format', 'a'), name: 'response_format' }),
    'outputFormat',
  ),
  malformed('bounded-names-twice', inPlace(P, made(number({ max: '1' }), ONE))),
  malformed('bounded-names-not-sorted', inPlace(P, made({ ...ONE, name: 'o' }, number({ max: '1' })))),
  malformed('bounded-and-allowed', inPlace(P, { ...made(number({ max: '1' })), allow: ['n'] })),
  malformed('bounded-sequence-that-begins-at-1', inPlace('history', made(startsWith('history', '1', 'a')))),
  refused('DECLARATION_POLICY_MALFORMED', RULE)(
    'policy-that-is-one-of-two',
    inPlace('policy', made(oneOf('policy', 'strict', ['strict', 'lenient']))),
  ),
  refused('DECLARATION_MALFORMED', RULE)(
    'policy-that-starts-with-strict',
    inPlace('policy', { ...fixed('policy', {}), components: [startsWith('policy', 'strict', 'strict')] as Value }),
  ),
  refused('DECLARATION_MALFORMED', SOURCES)('inside-nothing', inPlace('context', { state: 'slot', inside: [] })),
  refused('DECLARATION_MALFORMED', SOURCES)(
    'inside-another-role',
    inPlace('context', { state: 'slot', inside: ['instructions', 'tools'] }),
  ),
  refused('DECLARATION_MALFORMED', SOURCES)(
    'inside-not-sorted',
    inPlace('context', { state: 'slot', inside: ['instructions', 'history'] }),
  ),
  refused('DECLARATION_MALFORMED', SOURCES)(
    'inside-twice',
    inPlace('context', { state: 'slot', inside: ['input', 'input'] }),
  ),
  refused('DECLARATION_MALFORMED', SOURCES)(
    'inside-of-the-input',
    inPlace('input', { state: 'slot', inside: ['input'] }),
  ),
  refused('DECLARATION_MALFORMED', SOURCES)('sources-of-nothing', inPlace('context', { state: 'slot', sources: [] })),
  refused('DECLARATION_MALFORMED', SOURCES)(
    'sources-twice',
    inPlace('context', { state: 'slot', sources: ['a', 'a'] }),
  ),
  refused('DECLARATION_MALFORMED', SOURCES)(
    'sources-not-sorted',
    inPlace('context', { state: 'slot', sources: ['b', 'a'] }),
  ),
  ...['instructions', 'history', 'input', 'parameters', 'tools'].map((role) =>
    refused('DECLARATION_MALFORMED', SOURCES)(`sources-of-${role}`, inPlace(role, { state: 'slot', sources: ['a'] })),
  ),
  refused('SCHEMA_MISMATCH', SOURCES)('sources-that-are-a-text', inPlace('context', { state: 'slot', sources: 'a' })),
  refused('SCHEMA_MISMATCH', SOURCES)('sources-with-a-number', inPlace('context', { state: 'slot', sources: [1] })),
  refused('SCHEMA_MISMATCH', SOURCES)(
    'source-of-257',
    inPlace('context', { state: 'slot', sources: ['x'.repeat(257)] }),
  ),
  refused('SCHEMA_MISMATCH', SOURCES)(
    'sources-in-a-fixed-role',
    inPlace('context', { ...fixed('context', { 0: 'a' }), sources: ['a'] }),
  ),
]

/** `docs/spec/declaration.md`, "Components" and "Sources", rule by rule. */
export const BOUNDED: readonly Case<In>[] = [...KEPT, ...BROKEN]
