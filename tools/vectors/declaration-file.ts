/**
 * Vectors of the file that a person writes (`docs/spec/declaration.md`, "The file"). Documents by hand; their digests by
 * Node's own means.
 *
 * @module
 */
import type { ErrorCode } from '../../src/core/errors.ts'
import { BLIND, documentOf, fixed, type Members } from './declared.ts'
import { canonical } from './document.ts'
import { type Files, type DeclarationFileInput as In, runDeclarationFile } from './run/declaration-file.ts'
import type { Case, Topic, Value } from './topic.ts'

const RULE = 'docs/spec/declaration.md#the-file'

const FILE: Members = {
  name: 'shop-assistant',
  privacy: 'public',
  model: { fixed: 'tiny' },
  instructions: { fixed: 'Answer politely.' },
  tools: 'absent',
  context: { slot: { maxBytes: 1000 } },
  history: 'absent',
  input: { slot: { maxBytes: 1000 } },
  parameters: { fixed: { temperature: 0 } },
  outputFormat: 'absent',
  policy: 'strict',
}
const PRIVATE: Members = { ...FILE, privacy: 'private', blind: BLIND }
const text = (file: Members): string => JSON.stringify(file)

/** A file, and the document that it must become; `roles` in place of the example's. */
function resolved(name: string, fileText: string, document: Members, files?: Files): Case<In> {
  return {
    name,
    rule: RULE,
    fileText,
    ...(files ? { files } : {}),
    accept: { documentText: canonical(document as Value) },
  }
}
const role = (name: string, changes: Members, roles: Members, files?: Files): Case<In> =>
  resolved(name, text({ ...FILE, ...changes }), documentOf(roles), files)

function refused(reject: ErrorCode) {
  return (name: string, file: Members | string, files?: Files): Case<In> => {
    const fileText = typeof file === 'string' ? file : text(file)
    return { name, rule: RULE, fileText, ...(files ? { files } : {}), reject }
  }
}
const malformed = refused('DECLARATION_MALFORMED')
const mismatch = refused('SCHEMA_MISMATCH')
const rules = refused('DECLARATION_RULES_UNSUPPORTED')
const ROLES = ['model', 'instructions', 'tools', 'context', 'history', 'input', 'parameters', 'outputFormat', 'policy']

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
    'header-as-parameter',
    { parameters: { fixed: { 'header openai-beta': 'b' } } },
    {
      parameters: fixed('parameters', { 'header openai-beta': 'b' }),
    },
  ),

  ...ROLES.map((name) =>
    refused('DECLARATION_ROLE_MISSING')(`without-${name.toLowerCase()}`, { ...FILE, [name]: undefined }),
  ),
  mismatch('unknown-member', { ...FILE, models: 'any' }),
  mismatch('without-name', { ...FILE, name: undefined }),
  mismatch('another-privacy', { ...FILE, privacy: 'secret' }),
  mismatch('public-with-blind', { ...FILE, blind: BLIND }),
  malformed('private-without-blind', { ...PRIVATE, blind: undefined }),
  malformed('blind-too-short', { ...PRIVATE, blind: 'b1' }),
  malformed('name-that-is-empty', { ...FILE, name: '' }),
  malformed('role-null', { ...FILE, input: null }),
  malformed('role-fixed-without-content', { ...FILE, input: 'fixed' }),
  malformed('role-of-another-state', { ...FILE, input: { any: true } }),
  malformed('role-fixed-and-slot', { ...FILE, input: { fixed: 'x', slot: {} } }),
  malformed('role-of-allow-alone', { ...FILE, input: { allow: ['x'] } }),
  malformed('slot-with-allow', { ...FILE, input: { slot: {}, allow: ['x'] } }),
  malformed('bound-that-is-a-text', { ...FILE, input: { slot: { maxBytes: '1' } } }),
  mismatch('bound-with-a-fraction', { ...FILE, input: { slot: { maxBytes: 1.5 } } }),
  mismatch('unknown-bound', { ...FILE, input: { slot: { maxTokens: 1 } } }),
  malformed('list-of-nothing', { ...FILE, history: { fixed: [] } }),
  malformed('map-of-nothing', { ...FILE, tools: { fixed: {} } }),
  malformed('model-that-is-a-number', { ...FILE, model: { fixed: 1 } }),
  malformed('model-that-is-a-list', { ...FILE, model: { fixed: ['tiny'] } }),
  malformed('instructions-that-are-a-map', { ...FILE, instructions: { fixed: { a: 'b' } } }),
  malformed('tools-that-are-a-list', { ...FILE, tools: { fixed: ['a'] } }),
  malformed('allow-nothing', { ...FILE, parameters: { fixed: { n: 1 }, allow: [] } }),
  malformed('allow-what-is-fixed', { ...FILE, parameters: { fixed: { n: 1 }, allow: ['n'] } }),
  malformed('allow-a-number', { ...FILE, parameters: { fixed: { n: 1 }, allow: [1] } }),
  rules('policy-with-rules', { ...FILE, policy: { rules: ['x'] } }),
  rules('policy-absent', { ...FILE, policy: 'absent' }),
  rules('policy-fixed-to-strict', { ...FILE, policy: { fixed: 'strict' } }),
  refused('FILE_UNREADABLE')('file-that-is-not-there', { ...FILE, instructions: { fixed: { file: 'p.txt' } } }),
  refused('JSON_DUPLICATE_KEY')('member-twice', text(FILE).replace('"tools":', '"tools":"any","tools":')),
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
    'each becomes, `documentText`, in canonical form.',
  cases: CASES,
  run: runDeclarationFile,
}
