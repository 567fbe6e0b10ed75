/**
 * Vectors of JSON Pointers in `docs/spec/json.md`. Expectations by hand.
 *
 * @module
 */
import { type PointerInput as In, OPERATIONS, runPointer } from './run/pointer.ts'
import { type Case, type Expectation, no, type Topic, yes } from './topic.ts'

const RULE = 'docs/spec/json.md#pointers'

const read = (name: string, pointer: string, expectation: Expectation): Case<In> => ({
  name,
  rule: RULE,
  operation: 'read',
  pointer,
  ...expectation,
})
const reads = (name: string, pointer: string, segments: readonly string[]): Case<In> =>
  read(name, pointer, yes({ segments }))
const refuses = (name: string, pointer: string): Case<In> => read(name, pointer, no('SCHEMA_MISMATCH'))
const appends = (name: string, segment: string | number, pointer: string): Case<In> => ({
  name,
  rule: RULE,
  operation: 'append',
  pointer: '/a',
  segment,
  accept: { pointer },
})

export const pointer: Topic<In> = {
  topic: 'pointer',
  spec: 'docs/spec/json.md',
  about: 'JSON Pointers, as places in disclosures, cut lists and errors have them.',
  operations: OPERATIONS,
  cases: [
    reads('whole-document', '', []),
    reads('empty-name', '/', ['']),
    reads('two-empty-names', '//', ['', '']),
    reads('slash-in-a-name', '/a~1b', ['a/b']),
    reads('tilde-before-a-digit', '/~01', ['~1']),
    reads('names-are-not-normalized', '/\u00e9/e\u0301', ['\u00e9', 'e\u0301']),
    reads('percent-stays', '/a%20b/__proto__', ['a%20b', '__proto__']),
    appends('append-index', 10, '/a/10'),
    appends('append-name-of-digits', '0', '/a/0'),
    appends('append-slash-and-tilde', '~/~1', '/a/~0~1~01'),
    refuses('no-slash-first', 'a'),
    refuses('fragment', '#/a'),
    refuses('space-first', ' /a'),
    refuses('dollar-path', '$.a'),
    refuses('tilde-last', '/a~'),
    refuses('tilde-2', '/a~2'),
    refuses('tilde-twice', '/~~0'),
    refuses('tilde-before-slash', '/a~/b'),
    refuses('tilde-before-a-letter', '/~n'),
    refuses('tilde-alone', '~'),
  ],
  run: runPointer,
}
