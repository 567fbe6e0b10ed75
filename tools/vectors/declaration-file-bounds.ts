/**
 * Bounds, as a person writes them, for `declaration-file.ts`.
 *
 * @module
 */
import { FILE, PRIVATE, refused, resolved, role, text } from './declaration-file-case.ts'
import { BLIND, digestOf, documentOf, type Members, made, oneOf, startsWith } from './declared.ts'
import type { DeclarationFileInput as In } from './run/declaration-file.ts'
import type { Case, Value } from './topic.ts'

const P = 'parameters'
const named = (name: string, component: Members): Members => ({ ...component, name })
const bounded = (name: string, bound: Value, component: Members): Case<In> =>
  role(name, { parameters: { within: { n: bound } } }, { parameters: made(named('n', component)) })
const spelled = (name: string, bound: string, component: Members): Case<In> =>
  resolved(
    name,
    text({ ...FILE, parameters: { within: { n: 0 } } }).replace('{"n":0}', `{"n":${bound}}`),
    documentOf({ parameters: made(named('n', component)) }),
  )
const malformed = (name: string, changes: Members): Case<In> =>
  refused('DECLARATION_MALFORMED')(name, { ...FILE, ...changes })
const mismatch = (name: string, changes: Members): Case<In> => refused('SCHEMA_MISMATCH')(name, { ...FILE, ...changes })
const unbounded = (name: string, bound: Value): Case<In> => malformed(name, { parameters: { within: { n: bound } } })

/** `startsWith` with `then`; made of entries, for the linter takes an object with a `then` for a promise. */
const begun = (start: Value, then: Value): Members =>
  Object.fromEntries([
    ['startsWith', start],
    ['then', then],
  ])
const thenOnly = (then: Value): Value => Object.fromEntries([['then', then]])

const TOOLS = { a: { name: 'a' }, b: { name: 'b' } }
const toolsOf = (...optional: readonly string[]): Members =>
  made(
    ...Object.entries(TOOLS).map(([name, tool]) => ({
      ...digestOf('tools', name, tool),
      name,
      ...(optional.includes(name) ? { optional: true } : {}),
    })),
  )

const KEPT: readonly Case<In>[] = [
  bounded('within-min-and-max', { min: 0, max: 0.3 }, { number: { max: '0.3', min: '0' } }),
  spelled('within-numbers-by-their-value', '{"max":30e-2,"min":-0.0}', { number: { max: '0.3', min: '0' } }),
  spelled('within-a-number-that-is-not-rounded', '{"max":9007199254740993}', { number: { max: '9007199254740993e0' } }),
  bounded('within-integers', { integer: true }, { number: { integer: true } }),
  bounded(
    'within-integers-in-a-range',
    { min: 1, integer: true, max: 4 },
    { number: { integer: true, max: '4', min: '1' } },
  ),
  bounded('within-a-choice', { oneOf: ['low', 'high', 1] }, oneOf(P, 'n', ['low', 'high', 1])),
  bounded('within-a-start', begun('a/', 'slot'), startsWith(P, 'n', 'a/')),
  bounded('within-a-start-and-a-slot', begun('é', { slot: { maxBytes: 9 } }), startsWith(P, 'n', 'é', 9)),
  bounded('within-a-size', { maxBytes: 64 }, { maxBytes: 64 }),
  role(
    'fixed-and-within-and-optional-and-allowed',
    { parameters: { fixed: { z: 1, a: 'x' }, within: { n: { max: 1 } }, optional: ['z', 'n', 'z'], allow: ['b'] } },
    {
      parameters: {
        ...made(
          named('a', digestOf(P, 'a', 'x')),
          { name: 'n', number: { max: '1' }, optional: true },
          { ...named('z', digestOf(P, 'z', 1)), optional: true },
        ),
        allow: ['b'],
      },
    },
  ),
  role('allowed-names-alone', { parameters: { allow: ['b', 'a'] } }, { parameters: { ...made(), allow: ['a', 'b'] } }),
  role('some-tools-optional', { tools: { fixed: TOOLS, optional: ['b'] } }, { tools: toolsOf('b') }),
  role('any-subset-of-tools', { tools: { optional: ['b', 'a'], fixed: TOOLS } }, { tools: toolsOf('a', 'b') }),
  role(
    'tool-that-is-one-of-two',
    { tools: { within: { a: { oneOf: [1, { file: 'f.json' }] } } } },
    { tools: made(oneOf('tools', 'a', [1, 2])) },
    { 'f.json': ' 2.0' },
  ),
  role(
    'one-of-several-models',
    { model: { oneOf: ['small', 'tiny'] } },
    { model: made(oneOf('model', 'model', ['small', 'tiny'])) },
  ),
  role(
    'one-of-several-formats',
    { outputFormat: { oneOf: ['text', { type: 'json' }], allow: ['x'] } },
    { outputFormat: { ...made(oneOf('outputFormat', 'response_format', ['text', { type: 'json' }])), allow: ['x'] } },
  ),
  role(
    'one-of-several-prompts',
    { instructions: { oneOf: ['a', { file: 'p.txt' }] } },
    { instructions: made(oneOf('instructions', '0', ['a', 'b\n'])) },
    { 'p.txt': 'b\n' },
  ),
  role(
    'prompt-that-starts-with-a-file',
    { instructions: { ...begun({ file: 'p.txt' }, { slot: { maxBytes: 2000 } }), allow: ['1'] } },
    { instructions: { ...made(startsWith('instructions', '0', 'Be kind.\r\n', 2000)), allow: ['1'] } },
    { 'p.txt': 'Be kind.\r\n' },
  ),
  role(
    'sources-are-sorted-and-made-unique',
    { context: { slot: { maxCount: 8, sources: ['handbook/*', 'faq.md', 'faq.md'] } } },
    { context: { state: 'slot', maxCount: 8, sources: ['faq.md', 'handbook/*'] } },
  ),
  resolved(
    'bounds-in-private',
    text({
      ...PRIVATE,
      model: { oneOf: ['small', 'tiny'] },
      instructions: begun('Be kind. ', 'slot'),
      parameters: { within: { n: { oneOf: [1, '1'] } } },
    }),
    documentOf(
      {
        model: made(oneOf('model', 'model', ['small', 'tiny'], BLIND)),
        instructions: made(startsWith('instructions', '0', 'Be kind. ', undefined, BLIND)),
        parameters: made(oneOf(P, 'n', [1, '1'], BLIND)),
      },
      { privacy: 'private' },
    ),
  ),
]

const BROKEN: readonly Case<In>[] = [
  unbounded('within-a-value', 0.3),
  unbounded('within-a-list', [0, 1]),
  unbounded('within-nothing-said', {}),
  unbounded('within-an-unknown-word', { maximum: 1 }),
  unbounded('within-two-kinds-of-bounds', { max: 1, oneOf: [1, 2] }),
  unbounded('within-a-size-and-a-choice', { maxBytes: 1, oneOf: [1, 2] }),
  unbounded('within-numbers-in-texts', { max: '0.3' }),
  unbounded('within-a-min-above-a-max', { min: 2, max: 1 }),
  unbounded('within-a-min-that-is-the-max', { min: 1, max: 1 }),
  unbounded('within-integers-with-a-fraction', { integer: true, min: 0.5 }),
  unbounded('within-integers-said-otherwise', { integer: false }),
  unbounded('within-integers-said-as-a-text', { integer: 'yes' }),
  unbounded('within-a-choice-of-one', { oneOf: [1] }),
  unbounded('within-a-choice-of-none', { oneOf: [] }),
  unbounded('within-a-choice-that-is-a-map', { oneOf: { a: 1 } }),
  unbounded('within-a-choice-of-one-value-twice', { oneOf: ['a', 'a'] }),
  unbounded('within-a-start-without-then', { startsWith: 'a' }),
  unbounded('within-then-without-a-start', thenOnly('slot')),
  unbounded('within-a-start-and-then-absent', begun('a', 'absent')),
  unbounded('within-a-start-and-an-empty-slot', begun('a', { slot: {} })),
  unbounded('within-a-start-and-a-slot-of-counts', begun('a', { slot: { maxBytes: 1, maxCount: 1 } })),
  unbounded('within-a-start-that-is-empty', begun('', 'slot')),
  unbounded('within-a-start-that-is-a-number', begun(1, 'slot')),
  unbounded('within-a-size-that-is-a-text', { maxBytes: '1' }),
  mismatch('within-a-size-that-is-negative', { parameters: { within: { n: { maxBytes: -1 } } } }),
  refused('SCHEMA_MISMATCH')(
    'within-a-number-of-101-digits',
    text({ ...FILE, parameters: { within: { n: { max: 1 } } } }).replace('"max":1', `"max":${'9'.repeat(101)}`),
  ),
  unbounded('within-a-slot', 'slot'),
  malformed('within-nothing', { parameters: { within: {} } }),
  malformed('within-that-is-a-list', { parameters: { within: [{ n: { max: 1 } }] } }),
  malformed('within-and-fixed-to-nothing', { parameters: { fixed: {}, within: { n: { max: 1 } } } }),
  malformed('within-and-fixed', { parameters: { fixed: { n: 1 }, within: { n: { max: 1 } } } }),
  malformed('within-and-allowed', { parameters: { within: { n: { max: 1 } }, allow: ['n'] } }),
  malformed('within-of-a-model', { model: { within: { model: { maxBytes: 1 } } } }),
  malformed('optional-of-nothing', { parameters: { fixed: { n: 1 }, optional: [] } }),
  malformed('optional-and-nothing-else', { parameters: { optional: ['n'] } }),
  malformed('optional-and-neither-fixed-nor-bounded', { parameters: { fixed: { n: 1 }, optional: ['m'] } }),
  malformed('optional-and-allowed-alone', { parameters: { allow: ['m'], optional: ['m'] } }),
  malformed('optional-that-is-a-text', { parameters: { fixed: { n: 1 }, optional: 'n' } }),
  malformed('optional-that-is-true', { parameters: { fixed: { n: 1 }, optional: true } }),
  malformed('optional-model', { model: { fixed: 'tiny', optional: ['model'] } }),
  malformed('optional-slot', { parameters: { slot: {}, optional: ['n'] } }),
  malformed('parameters-that-are-one-of-two', { parameters: { oneOf: [{ n: 1 }, { n: 2 }] } }),
  malformed('tools-within-numbers', { tools: { within: { a: { max: 1 } } } }),
  malformed('tools-within-a-size', { tools: { within: { a: { maxBytes: 1 } } } }),
  malformed('tools-within-a-start', { tools: { within: { a: begun('a', 'slot') } } }),
  malformed('model-that-is-one-of-one', { model: { oneOf: ['tiny'] } }),
  malformed('model-that-is-one-of-numbers', { model: { oneOf: [1, 2] } }),
  malformed('model-that-is-fixed-and-one-of-two', { model: { fixed: 'a', oneOf: ['a', 'b'] } }),
  malformed('model-that-starts-with-a-text', { model: begun('gpt-', 'slot') }),
  malformed('model-within-numbers', { model: { max: 1 } }),
  malformed('model-of-a-size', { model: { maxBytes: 1 } }),
  malformed('format-that-starts-with-a-text', { outputFormat: begun('a', 'slot') }),
  malformed('prompt-that-starts-without-then', { instructions: { startsWith: 'a' } }),
  malformed('prompt-that-starts-with-a-list', { instructions: begun(['a'], 'slot') }),
  malformed('prompt-that-starts-and-is-fixed', { instructions: { fixed: 'a', ...begun('a', 'slot') } }),
  malformed('prompt-that-is-one-of-lists', { instructions: { oneOf: [['a'], ['b']] } }),
  malformed('inside-nothing', { context: { slot: { inside: [] } } }),
  malformed('inside-another-role', { context: { slot: { inside: ['model'] } } }),
  malformed('sources-of-nothing', { context: { slot: { sources: [] } } }),
  malformed('sources-that-are-a-text', { context: { slot: { sources: 'faq.md' } } }),
  malformed('sources-with-a-number', { context: { slot: { sources: [1] } } }),
  malformed('sources-of-the-input', { input: { slot: { sources: ['a'] } } }),
  mismatch('source-of-257-characters', { context: { slot: { sources: ['x'.repeat(257)] } } }),
  refused('FILE_UNREADABLE')('start-in-a-file-that-is-not-there', {
    ...FILE,
    instructions: begun({ file: 'p.txt' }, 'slot'),
  }),
  refused('JSON_NUMBER_RANGE')(
    'within-a-number-without-canonical-form',
    text({ ...FILE, parameters: { within: { n: { max: 1 } } } }).replace('"max":1', `"max":1e${'9'.repeat(1001)}`),
  ),
]

/** `docs/spec/declaration.md`, "The file": bounds, each form kept and broken. */
export const BOUNDED_FILES: readonly Case<In>[] = [...KEPT, ...BROKEN]
