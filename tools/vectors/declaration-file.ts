/**
 * Vectors of the file that a person writes (`docs/spec/declaration.md`, "The file"). Documents by hand; their digests by
 * Node's own means.
 *
 * @module
 */
import { BOUNDED_FILES } from './declaration-file-bounds.ts'
import { FILE, PRIVATE, refused, resolved, role, text } from './declaration-file-case.ts'
import { BLIND, documentOf, fixed, type Members } from './declared.ts'
import { type DeclarationFileInput as In, runDeclarationFile } from './run/declaration-file.ts'
import type { Case, Topic, Value } from './topic.ts'

const malformed = refused('DECLARATION_MALFORMED')
const mismatch = refused('SCHEMA_MISMATCH')
const rules = refused('DECLARATION_POLICY_MALFORMED')
const ROLES = ['model', 'instructions', 'tools', 'context', 'history', 'input', 'parameters', 'outputFormat', 'policy']

const SELF = { rule: 'selfContained', says: 'Nothing stands at the server.' }
const policyOf = (rules: Members): Members => ({ mode: 'observe', rules: rules as Value })
const policyFile = (mode: Members): Members => ({ ...mode, rules: { 'self-contained': SELF, 'a-rule': SELF } })
const policyDocument = (mode: Members): Members =>
  fixed('policy', { 'a-rule': SELF, mode: mode as Value, 'self-contained': SELF })

const CASES: readonly Case<In>[] = [
  resolved('the-example', text(FILE), documentOf()),
  resolved('the-example-private', text(PRIVATE), documentOf({}, { privacy: 'private' })),
  resolved(
    'in-another-order-and-spelling',
    JSON.stringify(Object.fromEntries(Object.entries(FILE).toReversed()), undefined, 1),
    documentOf(),
  ),
  role(
    'states-without-more',
    { tools: 'any', history: 'slot' },
    { tools: { state: 'any' }, history: { state: 'slot' } },
  ),
  role('slot-of-no-bounds', { history: { slot: {} } }, { history: { state: 'slot' } }),
  role('sequence-of-a-list', { history: { fixed: ['a', 'b'] } }, { history: fixed('history', { 0: 'a', 1: 'b' }) }),
  role(
    'text-from-a-file-byte-for-byte',
    { instructions: { fixed: { file: 'p.txt' } } },
    {
      instructions: fixed('instructions', { 0: '\ufeffAnswer.\r\n' }),
    },
    { 'p.txt': '\ufeffAnswer.\r\n' },
  ),
  role(
    'texts-inline-and-from-files',
    { history: { fixed: ['a', { file: 'p.txt' }] } },
    {
      history: fixed('history', { 0: 'a', 1: 'b' }),
    },
    { 'p.txt': 'b' },
  ),
  role(
    'names-are-sorted',
    { tools: { fixed: { '\ufb33': 'c', '\u{1f600}': 'b', a: { x: 1 } } } },
    {
      tools: fixed('tools', { a: { x: 1 }, '\u{1f600}': 'b', '\ufb33': 'c' }),
    },
  ),
  role(
    'allow-is-sorted-and-made-unique',
    { parameters: { fixed: { n: 1 }, allow: ['b', 'a', 'b'] } },
    {
      parameters: { ...fixed('parameters', { n: 1 }), allow: ['a', 'b'] },
    },
  ),
  role(
    'value-from-a-file-of-json',
    { outputFormat: { fixed: { file: 'f.json' } } },
    {
      outputFormat: fixed('outputFormat', { response_format: { a: 2, b: 1 } }),
    },
    { 'f.json': '{ "b": 1.0, "a": 2 }\n' },
  ),
  role(
    'text-from-a-file-of-json',
    { tools: { fixed: { a: { file: 'f.json' } } } },
    {
      tools: fixed('tools', { a: 'x"y' }),
    },
    { 'f.json': ' "x\\"y" ' },
  ),
  role(
    'text-as-output-format',
    { outputFormat: { fixed: 'text' } },
    {
      outputFormat: fixed('outputFormat', { response_format: 'text' }),
    },
  ),
  role(
    'object-with-file-and-more-is-a-value',
    { outputFormat: { fixed: { file: 'x', type: 'y' } } },
    {
      outputFormat: fixed('outputFormat', { response_format: { file: 'x', type: 'y' } }),
    },
  ),
  role(
    'object-whose-file-is-no-text-is-a-value',
    { outputFormat: { fixed: { file: 1 } } },
    {
      outputFormat: fixed('outputFormat', { response_format: { file: 1 } }),
    },
  ),
  resolved(
    'bounds-count-by-their-value',
    text(FILE).replace('{"maxBytes":1000}', '{"maxBytes":1e3,"maxCount":1.0}'),
    documentOf({ context: { state: 'slot', maxBytes: 1000, maxCount: 1 } }),
  ),
  role(
    'header-as-parameter',
    { parameters: { fixed: { 'header openai-beta': 'b' } } },
    {
      parameters: fixed('parameters', { 'header openai-beta': 'b' }),
    },
  ),

  ...ROLES.map((name) =>
    refused('DECLARATION_ROLE_MISSING')(`without-${name.toLowerCase()}`, { ...FILE, [name]: undefined }),
  ),
  mismatch('not-an-object', '[]'),
  mismatch('unknown-member', { ...FILE, models: 'any' }),
  mismatch('without-name', { ...FILE, name: undefined }),
  mismatch('without-privacy', { ...FILE, privacy: undefined }),
  mismatch('another-privacy', { ...FILE, privacy: 'secret' }),
  mismatch('public-with-blind', { ...FILE, blind: BLIND }),
  malformed('private-without-blind', { ...PRIVATE, blind: undefined }),
  malformed('blind-too-short', { ...PRIVATE, blind: 'b1' }),
  malformed('blind-in-uppercase', { ...PRIVATE, blind: 'B1'.repeat(32) }),
  malformed('blind-that-is-null', { ...PRIVATE, blind: null }),
  mismatch('name-that-is-a-number', { ...FILE, name: 1 }),
  mismatch('name-of-201-characters', { ...FILE, name: 'x'.repeat(201) }),
  malformed('name-that-is-empty', { ...FILE, name: '' }),
  malformed('role-null', { ...FILE, input: null }),
  malformed('role-fixed-without-content', { ...FILE, input: 'fixed' }),
  malformed('role-of-another-state', { ...FILE, input: { any: true } }),
  malformed('slot-that-is-a-number', { ...FILE, input: { slot: 1 } }),
  malformed('role-fixed-and-slot', { ...FILE, input: { fixed: 'x', slot: {} } }),
  malformed('role-of-allow-alone', { ...FILE, input: { allow: ['x'] } }),
  malformed('slot-with-allow', { ...FILE, input: { slot: {}, allow: ['x'] } }),
  malformed('bound-that-is-a-text', { ...FILE, input: { slot: { maxBytes: '1' } } }),
  mismatch('bound-with-a-fraction', { ...FILE, input: { slot: { maxBytes: 1.5 } } }),
  mismatch('bound-that-is-negative', { ...FILE, input: { slot: { maxBytes: -1 } } }),
  mismatch('bound-of-2-to-the-53', { ...FILE, input: { slot: { maxBytes: 2 ** 53 } } }),
  mismatch('unknown-bound', { ...FILE, input: { slot: { maxTokens: 1 } } }),
  malformed('list-of-nothing', { ...FILE, history: { fixed: [] } }),
  malformed('map-of-nothing', { ...FILE, tools: { fixed: {} } }),
  mismatch('list-of-1001-texts', { ...FILE, history: { fixed: Array(1001).fill('') } }),
  mismatch('name-of-a-component-of-257', { ...FILE, tools: { fixed: { ['x'.repeat(257)]: 1 } } }),
  malformed('model-that-is-a-number', { ...FILE, model: { fixed: 1 } }),
  malformed('model-that-is-a-list', { ...FILE, model: { fixed: ['tiny'] } }),
  malformed('instructions-that-are-a-map', { ...FILE, instructions: { fixed: { a: 'b' } } }),
  malformed('instructions-whose-file-is-no-text', { ...FILE, instructions: { fixed: { file: 1 } } }),
  malformed('tools-that-are-a-list', { ...FILE, tools: { fixed: ['a'] } }),
  malformed('allow-nothing', { ...FILE, parameters: { fixed: { n: 1 }, allow: [] } }),
  malformed('allow-what-is-fixed', { ...FILE, parameters: { fixed: { n: 1 }, allow: ['n'] } }),
  malformed('allow-that-is-a-text', { ...FILE, parameters: { fixed: { n: 1 }, allow: 'a' } }),
  malformed('allow-a-number', { ...FILE, parameters: { fixed: { n: 1 }, allow: [1] } }),
  role('policy-observed', { policy: policyFile({ mode: 'observe' }) }, { policy: policyDocument({ mode: 'observe' }) }),
  role(
    'policy-enforced',
    { policy: policyFile({ mode: 'enforce', findings: 'strict' }) },
    { policy: policyDocument({ findings: 'strict', mode: 'enforce' }) },
  ),
  role(
    'policy-enforced-with-findings-reported',
    { policy: policyFile({ findings: 'reported', mode: 'enforce' }) },
    { policy: policyDocument({ findings: 'reported', mode: 'enforce' }) },
  ),
  rules('policy-without-a-mode', { ...FILE, policy: policyFile({}) }),
  rules('policy-of-another-mode', { ...FILE, policy: policyFile({ mode: 'warn' }) }),
  rules('policy-observed-with-findings', { ...FILE, policy: policyFile({ mode: 'observe', findings: 'strict' }) }),
  rules('policy-enforced-without-findings', { ...FILE, policy: policyFile({ mode: 'enforce' }) }),
  rules('policy-with-an-unknown-member', { ...FILE, policy: policyFile({ mode: 'observe', level: 1 }) }),
  rules('policy-without-rules', { ...FILE, policy: { mode: 'observe' } }),
  rules('policy-with-no-rule', { ...FILE, policy: { mode: 'observe', rules: {} } }),
  rules('policy-with-a-list-of-rules', { ...FILE, policy: { mode: 'observe', rules: ['x'] } }),
  rules('policy-with-33-rules', {
    ...FILE,
    policy: policyOf(
      Object.fromEntries(
        Array(33)
          .fill(SELF)
          .map((rule, n) => [`r${n}`, rule]),
      ),
    ),
  }),
  rules('rule-named-mode', { ...FILE, policy: policyOf({ mode: SELF }) }),
  rules('rule-named-strict', { ...FILE, policy: policyOf({ strict: SELF }) }),
  rules('rule-named-in-capitals', { ...FILE, policy: policyOf({ Rule: SELF }) }),
  rules('rule-without-a-sentence', { ...FILE, policy: policyOf({ a: { ...SELF, says: ' ' } }) }),
  mismatch('rule-without-says', { ...FILE, policy: policyOf({ a: { rule: 'selfContained' } }) }),
  mismatch('rule-that-is-a-text', { ...FILE, policy: policyOf({ a: 'selfContained' }) }),
  mismatch('rule-with-an-unknown-member', { ...FILE, policy: policyOf({ a: { ...SELF, level: 'high' } }) }),
  mismatch('rule-of-2001-characters', { ...FILE, policy: policyOf({ a: { ...SELF, rule: ' '.repeat(2001) } }) }),
  mismatch('sentence-of-501-characters', { ...FILE, policy: policyOf({ a: { ...SELF, says: 'x'.repeat(501) } }) }),
  ...['selfContained ==', 'unknown', 'size(tools)', "path.matches('a')"].map((rule, index) => ({
    ...refused('DECLARATION_RULE_REFUSED')(`rule-that-is-none-${index}`, {
      ...FILE,
      policy: policyOf({ a: { ...SELF, rule } }),
    }),
    takesRules: true,
  })),
  rules('policy-absent', { ...FILE, policy: 'absent' }),
  rules('policy-fixed-to-strict', { ...FILE, policy: { fixed: 'strict' } }),
  refused('FILE_UNREADABLE')('file-that-is-not-there', { ...FILE, instructions: { fixed: { file: 'p.txt' } } }),
  refused('JSON_DUPLICATE_KEY')('member-twice', text(FILE).replace('"tools":', '"tools":"any","tools":')),
  refused('JSON_NUMBER_RANGE')(
    'value-without-canonical-form',
    text(FILE).replace('"temperature":0', `"temperature":1e${'9'.repeat(1001)}`),
  ),
  refused('JSON_MALFORMED')(
    'file-of-json-that-is-none',
    { ...FILE, outputFormat: { fixed: { file: 'f.json' } } },
    {
      'f.json': '{',
    },
  ),
]

export const declarationFile: Topic<In> = {
  topic: 'declaration-file',
  spec: 'docs/spec/declaration.md',
  about:
    'Declaration files, `fileText`, as JSON, with the files that they name (`files`: path to text), and the document that ' +
    'each becomes, `documentText`, in canonical form. A case with `takesRules` takes an implementation that knows CEL.',
  cases: [...CASES, ...BOUNDED_FILES],
  run: runDeclarationFile,
}
