/**
 * Declarations that are not in order, and runs that do not fit theirs.
 *
 * @module
 */
import { chmodSync } from 'node:fs'
import type { ErrorCode } from '../../src/core/errors.ts'
import type { BadInput } from './bad-input.ts'
import { all, FILE_CANARY, linkLoop, type Plant, remove, replace, write } from './mischief.ts'

const FILE = 'declaration.yaml'

const edited = (what: string, from: string | RegExp, to: string, code: ErrorCode, names: string): BadInput => ({
  what,
  words: ['declare', FILE],
  plant: replace(FILE, from, to),
  code,
  names,
})

const inJson = (what: string, text: string, code: ErrorCode, names: string): BadInput => ({
  what,
  words: ['declare', 'declaration.json'],
  plant: write('declaration.json', text),
  code,
  names,
})

/** In a folder where the instructions of the declaration are a file. */
const withFile = (what: string, path: string, plant: Plant, code: ErrorCode, names: string): BadInput => ({
  what,
  words: ['declare', FILE],
  plant: all(replace(FILE, 'fixed: Answer politely and thank the customer.', `fixed: {file: ${path}}`), plant),
  code,
  names,
})

const ruled = (rule: string): string => `policy: {mode: observe, rules: {no-x: ${rule}}}`

const RUN = ['run', FILE, '--out', 'new.txt']
const ASKED = [...RUN, '--input', 'y']

const nothing: Plant = () => {}

/** Bounds that are none, each with the word that is wrong. */
function bounded(): readonly BadInput[] {
  const parameters = (what: string, text: string, names: string) =>
    edited(what, 'fixed: {temperature: 0}', text, 'DECLARATION_MALFORMED', names)
  const model = (what: string, text: string, names: string) =>
    edited(what, 'fixed: colophon-tiny', text, 'DECLARATION_MALFORMED', names)
  return [
    parameters('a bound that is a value', 'within: {temperature: 0.3}', 'min, max or integer'),
    parameters('a bound of a misspelt word', 'within: {temperature: {maximum: 0.3}}', 'min, max or integer'),
    parameters('a max that is no number', 'within: {temperature: {max: low}}', 'max is a number'),
    parameters('a min above the max', 'within: {temperature: {min: 1, max: 0}}', 'min is not below max'),
    parameters('a min that is the max', 'within: {temperature: {min: 1, max: 1}}', 'fix'),
    parameters('an integer with a fraction', 'within: {n: {integer: true, max: 1.5}}', 'integer'),
    parameters('an integer that is none', 'within: {n: {integer: false}}', 'integer: true'),
    parameters('a choice of one', 'within: {effort: {oneOf: [low]}}', 'say fixed'),
    parameters('a choice of the same twice', 'within: {effort: {oneOf: [1, 1.0]}}', 'twice'),
    parameters('a start without what comes after it', 'within: {user: {startsWith: a}}', 'then'),
    parameters('fixed and bounded', 'fixed: {n: 1}\n  within: {n: {max: 1}}', 'both'),
    parameters('optional and nowhere', 'fixed: {n: 1}\n  optional: [m]', 'optional'),
    parameters('a role that says nothing', 'optional: [n]', 'optional'),
    model('a model within numbers', 'within: {model: {max: 1}}', 'oneOf'),
    model('a model by its beginning', 'startsWith: colophon\n  then: slot', 'start'),
    edited(
      'sources of the input',
      'slot: {maxBytes: 4000}',
      'slot: {sources: [a]}',
      'DECLARATION_MALFORMED',
      'sources',
    ),
    edited(
      'no source',
      'slot: {maxCount: 4, maxBytes: 2000}',
      'slot: {sources: []}',
      'DECLARATION_MALFORMED',
      'sources',
    ),
  ]
}

export const DECLARATION_ROWS: readonly BadInput[] = [
  edited('a misspelt role', 'instructions:', 'instrutcions:', 'DECLARATION_ROLE_MISSING', 'instructions'),
  edited('a role is missing', 'history: absent', '', 'DECLARATION_ROLE_MISSING', 'history'),
  edited('a state that there is not', 'history: absent', 'history: none', 'DECLARATION_MALFORMED', 'history'),
  edited('no name', 'name: shop-assistant', '', 'DECLARATION_MALFORMED', 'name'),
  edited('an empty name', 'name: shop-assistant', 'name: ""', 'DECLARATION_MALFORMED', 'name'),
  edited('a privacy that there is not', 'privacy: private', 'privacy: secret', 'DECLARATION_MALFORMED', 'privacy'),
  edited('a private declaration without a blind', /blind: .*/, '', 'DECLARATION_MALFORMED', 'blind'),
  edited('a public declaration with a blind', 'privacy: private', 'privacy: public', 'DECLARATION_MALFORMED', 'blind'),
  edited('a blind that is too short', /blind: .*/, 'blind: abcd', 'DECLARATION_MALFORMED', 'blind'),
  edited('a blind in capitals', /blind: .*/, `blind: ${'AB'.repeat(32)}`, 'DECLARATION_MALFORMED', 'blind'),
  edited('a bound that is no number', 'maxBytes: 4000', 'maxBytes: lots', 'DECLARATION_MALFORMED', 'maxBytes'),
  edited('a bound below zero', 'maxBytes: 4000', 'maxBytes: -1', 'DECLARATION_MALFORMED', 'maxBytes'),
  edited('a bound that there is not', 'maxBytes: 4000', 'maxWords: 4000', 'DECLARATION_MALFORMED', 'maxWords'),
  ...bounded(),
  edited('rules', 'policy: strict', `policy: {fixed: "input.size() < 9"}`, 'DECLARATION_POLICY_MALFORMED', 'policy'),
  edited(
    'a rule of a misspelt fact',
    'policy: strict',
    ruled(`{rule: "tols.size() == 0", says: No tools.}`),
    'DECLARATION_RULE_REFUSED',
    'line 1, column 1',
  ),
  edited(
    'a rule cut short',
    'policy: strict',
    ruled(`{rule: "tools ==", says: No.}`),
    'DECLARATION_RULE_REFUSED',
    'no-x',
  ),
  edited(
    'a rule with a regular expression',
    'policy: strict',
    ruled(`{rule: "path.matches('(a+)+b')", says: No.}`),
    'DECLARATION_RULE_REFUSED',
    'matches',
  ),
  edited('a rule without a sentence', 'policy: strict', ruled('{rule: "true"}'), 'DECLARATION_MALFORMED', 'no-x'),
  edited(
    'a mode that there is not',
    'policy: strict',
    'policy: {mode: warn, rules: {a: {rule: "true", says: Yes.}}}',
    'DECLARATION_POLICY_MALFORMED',
    'mode',
  ),
  edited(
    'the same role twice',
    'history: absent',
    'history: absent\nhistory: any',
    'YAML_UNSUPPORTED',
    'declaration.yaml:',
  ),
  edited('an anchor', 'history: absent', 'history: &a absent', 'YAML_UNSUPPORTED', 'declaration.yaml:'),
  edited('an alias', 'history: absent', 'history: *a', 'YAML_UNSUPPORTED', 'declaration.yaml:'),
  edited('a tag', 'history: absent', 'history: !!str absent', 'YAML_UNSUPPORTED', 'declaration.yaml:'),
  edited(
    'a merge key',
    'parameters:\n  fixed: {temperature: 0}',
    'parameters:\n  fixed: {<<: {temperature: 0}}',
    'YAML_UNSUPPORTED',
    'declaration.yaml:',
  ),
  edited(
    'a second document',
    'history: absent',
    'history: absent\n---\nname: b',
    'YAML_UNSUPPORTED',
    'declaration.yaml',
  ),
  edited('a directive', /^/, '%YAML 1.1\n---\n', 'YAML_UNSUPPORTED', 'declaration.yaml:'),
  edited(
    'a number that JSON does not write',
    'temperature: 0',
    'temperature: .inf',
    'YAML_UNSUPPORTED',
    'declaration.yaml:',
  ),
  edited('a key that is no string', 'temperature: 0', '1: 0', 'YAML_UNSUPPORTED', 'declaration.yaml:'),
  edited(
    'a bracket that is never closed',
    'temperature: 0}',
    `temperature: 0, n: ${FILE_CANARY}`,
    'DECLARATION_MALFORMED',
    'declaration.yaml:',
  ),
  edited(
    'a tab for a blank',
    '  fixed: colophon-tiny',
    '\tfixed: colophon-tiny',
    'DECLARATION_MALFORMED',
    'declaration.yaml:',
  ),
  edited(
    'more than 64 levels',
    'temperature: 0',
    `x: ${'['.repeat(70)}${']'.repeat(70)}`,
    'YAML_UNSUPPORTED',
    'declaration.yaml:',
  ),
  inJson(
    'a declaration in JSON with a key twice',
    '{"name": "a", "name": "b"}',
    'DECLARATION_MALFORMED',
    'declaration.json',
  ),
  inJson(
    'a declaration in JSON with half a character',
    '{"name": "\\ud83d"}',
    'DECLARATION_MALFORMED',
    'declaration.json',
  ),
  inJson('a declaration in JSON that is a list', '[]', 'DECLARATION_MALFORMED', 'declaration.json'),
  inJson(
    'a declaration in JSON with a comment',
    `{"name": "a" /* ${FILE_CANARY} */}`,
    'DECLARATION_MALFORMED',
    'declaration.json',
  ),
  inJson(
    'a declaration in JSON nested very deeply',
    `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    'DECLARATION_MALFORMED',
    'declaration.json',
  ),
  withFile('a file of a declaration is not there', 'prompt.txt', nothing, 'FILE_UNREADABLE', 'prompt.txt'),
  withFile(
    'a file of a declaration lies outside its folder',
    '../prompt.txt',
    nothing,
    'DECLARATION_MALFORMED',
    '../prompt.txt',
  ),
  withFile(
    'a file of a declaration is named from the root',
    '/etc/hostname',
    nothing,
    'DECLARATION_MALFORMED',
    '/etc/hostname',
  ),
  withFile(
    'a file of a declaration is a link to itself',
    'prompt.txt',
    linkLoop('prompt.txt'),
    'FILE_UNREADABLE',
    'prompt.txt',
  ),
  withFile(
    'a file of a declaration is not UTF-8',
    'prompt.txt',
    write('prompt.txt', Uint8Array.of(0xff, 0xfe)),
    'DECLARATION_MALFORMED',
    'prompt.txt',
  ),
  ...runs(),
]

function runs(): readonly BadInput[] {
  const row = (what: string, words: readonly string[], names: string, more: Partial<BadInput> = {}): BadInput => ({
    what,
    words,
    code: 'USAGE',
    names,
    ...more,
  })
  return [
    row('nothing is asked', [...RUN, '--context', 'x'], 'input'),
    row('more is asked than the declaration allows', [...RUN, '--input', FILE_CANARY.repeat(300)], 'input'),
    row(
      'more passages than the declaration allows',
      [...ASKED, ...['1', '2', '3', '4', '5'].flatMap((text) => ['--context', text])],
      'context',
    ),
    row('another model than the declaration fixes', [...ASKED, '--model', 'other'], 'model'),
    row('no model, where the declaration leaves it open', ASKED, 'model', {
      plant: replace(FILE, 'model:\n  fixed: colophon-tiny', 'model: any'),
    }),
    row('a stream, which the declaration does not allow', [...ASKED, '--stream'], 'parameters', {
      plant: replace(FILE, '  allow: [stream, stream_options]\n', ''),
    }),
    row('a passage, where the declaration has none', [...ASKED, '--context', 'x'], 'context', {
      plant: replace(FILE, /context:\n.*\n/, 'context: absent\n'),
    }),
    row('the answer is there already', ['run', FILE, '--input', 'y'], 'answer.txt', { code: 'FILE_EXISTS' }),
    row('the record is there already', ['run', FILE, '--input', 'y'], 'answer.txt.sigstore.json', {
      code: 'FILE_EXISTS',
      plant: remove('answer.txt'),
    }),
    row(
      'the answer goes into a folder that is not there',
      ['run', FILE, '--input', 'y', '--out', 'none/new.txt'],
      'none',
      { code: 'FILE_UNWRITABLE' },
    ),
    row('the answer goes where a folder is', ['run', FILE, '--input', 'y', '--out', '.colophon'], '.colophon', {
      code: 'FILE_EXISTS',
    }),
    row('the answer has an endless name', ['run', FILE, '--input', 'y', '--out', 'n'.repeat(300)], 'too long', {
      code: 'FILE_UNWRITABLE',
    }),
    row(
      'the answer has a name that leaves no room for those beside it',
      ['run', FILE, '--input', 'y', '--out', 'n'.repeat(230)],
      'too long',
      {
        code: 'FILE_UNWRITABLE',
      },
    ),
    row('the answer goes into a file', ['run', FILE, '--input', 'y', '--out', 'answer.txt/new.txt'], 'answer.txt', {
      code: 'FILE_UNWRITABLE',
    }),
    row(
      'the answer goes into a folder that may not be written',
      [...RUN, '--input', 'y', '--out', 'locked/new.txt'],
      'locked/new.txt',
      {
        code: 'FILE_UNWRITABLE',
        asNobody: true,
        // Whether it may is asked beforehand, of the user who started the process: here that is root.
        isBound: true,
        plant: (folder) => {
          write('locked/x', '')(folder)
          chmodSync(`${folder}/locked`, 0o500)
        },
      },
    ),
  ]
}
