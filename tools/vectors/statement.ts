/**
 * Vectors of `docs/spec/statement.md`. Expectations by hand.
 *
 * @module
 */
import { canonical, edited, memberPaths, slugOf } from './document.ts'
import type { Parts } from './parts.ts'
import { type StatementInput as In, runStatement } from './run/statement.ts'
import type { Case, Topic, Value } from './topic.ts'

const FORM = 'docs/spec/statement.md#form'
const TYPES = 'docs/spec/statement.md#predicate-types'
const PREDICATE_TYPE = 'https://colophon/run/v1'

const [A, B] = ['ab'.repeat(32), 'cd'.repeat(32)]
const FIRST = { digest: { sha256: A }, name: 'output-0' }
const STATEMENT = {
  _type: 'https://in-toto.io/Statement/v1',
  predicate: { toJSON: 1, text: '\u00e9' },
  predicateType: PREDICATE_TYPE,
  subject: [FIRST, { digest: { sha256: B }, name: 'run' }],
}
const TEXT = canonical(STATEMENT)

const refuses = (name: string, payloadText: Parts, rule = FORM): Case<In> => ({
  name,
  rule,
  predicateType: PREDICATE_TYPE,
  payloadText,
  reject: 'STATEMENT_MALFORMED',
})
const refusesEdit = (name: string, path: readonly (string | number)[], value: Value, rule = FORM): Case<In> =>
  refuses(name, canonical(edited(STATEMENT, path, value)), rule)
const reads = (
  name: string,
  payloadText: Parts,
  subjects: Value,
  predicateText = '{"text":"\u00e9","toJSON":1}',
): Case<In> => ({
  name,
  rule: FORM,
  predicateType: PREDICATE_TYPE,
  payloadText,
  accept: { subjects, predicateText },
})

const named = (name: string): Value => edited(STATEMENT, ['subject', 0, 'name'], name)
const subjectsNamed = (name: string): Value => [
  { name, sha256: A },
  { name: 'run', sha256: B },
]

/** A statement whose predicate has a text of so many letters more. */
function lengthened(letters: number): Parts {
  const [before = '', after = ''] = TEXT.split('\u00e9')
  return [before, { repeat: 'x', times: letters }, after]
}

/** With so many subjects of one name: another name each would be too long to describe. */
function manySubjects(count: number): Parts {
  const [before = '', after = ''] = canonical(edited(STATEMENT, ['subject'], ['*'])).split('"*"')
  return [before, canonical(FIRST), { repeat: `,${canonical(FIRST)}`, times: count - 1 }, after]
}

export const statement: Topic<In> = {
  topic: 'statement',
  spec: 'docs/spec/statement.md',
  about:
    'The payload `payloadText` read as a statement with the predicate type `predicateType`: `subjects` in their order, ' +
    'and the predicate in canonical form, `predicateText`. What the predicates hold is in other topics.',
  cases: [
    reads('two-subjects', TEXT, subjectsNamed('output-0')),
    reads('one-subject', canonical(edited(STATEMENT, ['subject'], [FIRST])), [{ name: 'output-0', sha256: A }]),
    reads('empty-predicate', canonical(edited(STATEMENT, ['predicate'], {})), subjectsNamed('output-0'), '{}'),
    reads('name-of-1024-units', canonical(named('n'.repeat(1024))), subjectsNamed('n'.repeat(1024))),
    reads('name-with-a-newline', canonical(named('a\nb')), subjectsNamed('a\nb')),
    ...memberPaths(STATEMENT)
      .filter(([first, second]) => first !== 'predicate' && second !== 1)
      .concat([['predicate']])
      .map((path) => refuses(`${slugOf(path)}-missing`, canonical(edited(STATEMENT, path, undefined)))),
    refusesEdit('member-unknown', ['more'], 1),
    refusesEdit('member-unknown-in-a-subject', ['subject', 0, 'uri'], 'a'),
    refusesEdit('type-of-version-0-1', ['_type'], 'https://in-toto.io/Statement/v0.1'),
    refusesEdit('predicate-type-of-a-binding', ['predicateType'], 'https://colophon/binding/v1', TYPES),
    refusesEdit('predicate-type-of-version-2', ['predicateType'], 'https://colophon/run/v2', TYPES),
    refusesEdit('predicate-type-with-a-slash-behind', ['predicateType'], 'https://colophon/run/v1/', TYPES),
    refusesEdit('predicate-null', ['predicate'], null),
    refusesEdit('predicate-an-array', ['predicate'], []),
    refusesEdit('subject-null', ['subject'], null),
    refusesEdit('no-subject', ['subject'], []),
    refusesEdit('subject-not-an-array', ['subject'], FIRST),
    refusesEdit('same-name-twice', ['subject', 1, 'name'], 'output-0'),
    refusesEdit('name-empty', ['subject', 0, 'name'], ''),
    refusesEdit('name-of-1025-units', ['subject', 0, 'name'], 'n'.repeat(1025)),
    refusesEdit('name-a-number', ['subject', 0, 'name'], 0),
    refusesEdit('digest-of-two-algorithms', ['subject', 0, 'digest', 'sha512'], 'ab'.repeat(64)),
    refusesEdit('digest-of-another-algorithm', ['subject', 0, 'digest'], { sha512: 'ab'.repeat(64) }),
    refusesEdit('digest-in-capitals', ['subject', 0, 'digest', 'sha256'], A.toUpperCase()),
    refusesEdit('digest-short', ['subject', 0, 'digest', 'sha256'], 'ab'),
    refuses('subjects-1001', manySubjects(1001)),
    refuses('space', TEXT.replace(':', ': ')),
    refuses('newline-behind', `${TEXT}\n`),
    refuses('members-in-another-order', JSON.stringify(Object.fromEntries(Object.entries(STATEMENT).reverse()))),
    refuses('needless-escape', TEXT.replace('\u00e9', '\\u00e9')),
    refuses('same-member-twice', TEXT.replace('{"_type"', `{"_type":"${STATEMENT._type}","_type"`)),
    refuses('byte-order-mark', `\ufeff${TEXT}`),
    refuses('empty', ''),
    refuses('array', `[${TEXT}]`),
    refuses('larger-than-1-mib', lengthened(1_048_576)),
  ],
  run: runStatement,
}
