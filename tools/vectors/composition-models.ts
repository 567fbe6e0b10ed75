/**
 * Which model names a record shows, for `composition.ts`.
 *
 * @module
 */
import type { NamedModel } from '../../src/core/composition/index.ts'
import type { CompositionInput as In } from './run/composition.ts'
import type { Case, Value } from './topic.ts'

const RULE = 'docs/spec/record.md#models'

interface Given {
  readonly privacy?: 'public' | 'private'
  readonly intended?: readonly string[]
  readonly requested?: NamedModel
  readonly responded?: NamedModel
}

const named = (name: string): NamedModel => ({ state: 'named', name })
const present = (value: string): Value => ({ state: 'present', value })
const ABSENT: Value = { state: 'absent' }
const WITHHELD: Value = { state: 'withheld' }
const UNTOLD = { state: 'unobservable' } as const

function models(
  name: string,
  given: Given,
  shown: readonly [intended: Value, requested: Value, responded: Value],
): Case<In> {
  const [intended, requested, responded] = shown
  const accept = { intended, requested, responded }
  return { name: `models-${name}`, rule: RULE, operation: 'recordModels', ...given, accept }
}
const three = { intended: ['a'], requested: named('b'), responded: named('c') }
const one = (length: number): NamedModel => named('x'.repeat(length))

export const MODELS: readonly Case<In>[] = [
  models('of-a-public-declaration', { privacy: 'public', ...three }, [present('a'), present('b'), present('c')]),
  models('of-a-private-declaration', { privacy: 'private', ...three }, [WITHHELD, WITHHELD, WITHHELD]),
  models('without-declaration', { requested: named('b'), responded: named('c') }, [ABSENT, WITHHELD, WITHHELD]),
  models('without-names', { privacy: 'public', requested: { state: 'absent' }, responded: { state: 'absent' } }, [
    ABSENT,
    ABSENT,
    ABSENT,
  ]),
  models('where-nothing-came', { privacy: 'public', requested: named('b') }, [ABSENT, present('b'), ABSENT]),
  models('of-opaque-messages', { privacy: 'public', intended: ['a'], requested: UNTOLD, responded: UNTOLD }, [
    present('a'),
    UNTOLD,
    UNTOLD,
  ]),
  models('of-opaque-messages-in-private', { privacy: 'private', requested: UNTOLD, responded: UNTOLD }, [
    ABSENT,
    UNTOLD,
    UNTOLD,
  ]),
  models('of-opaque-messages-without-declaration', { requested: UNTOLD, responded: UNTOLD }, [ABSENT, UNTOLD, UNTOLD]),
  models('with-an-empty-name', { privacy: 'public', requested: named('') }, [ABSENT, present(''), ABSENT]),
  models('of-1024-characters', { privacy: 'public', requested: one(1024) }, [
    ABSENT,
    present('x'.repeat(1024)),
    ABSENT,
  ]),
  models('of-1025-characters', { privacy: 'public', requested: one(1025) }, [ABSENT, WITHHELD, ABSENT]),
  models('of-513-pairs', { privacy: 'public', intended: ['\u{1f600}'.repeat(513)] }, [WITHHELD, ABSENT, ABSENT]),
  models('intended-one-of-two', { privacy: 'public', intended: ['a', 'b'], requested: named('b') }, [
    { state: 'oneOf', values: ['a', 'b'] },
    present('b'),
    ABSENT,
  ]),
  models('intended-one-of-two-in-private', { privacy: 'private', intended: ['a', 'b'], requested: named('b') }, [
    WITHHELD,
    WITHHELD,
    ABSENT,
  ]),
  models('intended-one-of-32', { privacy: 'public', intended: numbered(32) }, [
    { state: 'oneOf', values: numbered(32) },
    ABSENT,
    ABSENT,
  ]),
  models('intended-one-of-33', { privacy: 'public', intended: numbered(33) }, [WITHHELD, ABSENT, ABSENT]),
  models('intended-one-of-two-of-which-one-is-too-long', { privacy: 'public', intended: ['a', 'x'.repeat(1025)] }, [
    WITHHELD,
    ABSENT,
    ABSENT,
  ]),
]

/** So many names, sorted. */
function numbered(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `m${String(index).padStart(2, '0')}`)
}
