/**
 * Records of runs whose declaration has bounds (`docs/spec/declaration.md`, "Components"), for `records.ts`.
 *
 * @module
 */
import { BLIND, type Content, documentOf, type Members, made, oneOf, startsWith } from './declared.ts'
import { CONTENTS, contentValue, KEPT, MODELS, type Plan } from './issued.ts'
import { HOT, PRIVATE } from './plans.ts'
import { type Checks, type Given, judged, type RecordCase, WITHOUT, whole, withoutMember } from './record-case.ts'
import type { Value } from './topic.ts'

const FINDINGS = 'docs/spec/composition.md#findings'
const OPENED = 'docs/spec/disclosure.md#declaration'
const NAMES = 'docs/spec/record.md#models'

const bounded = (blind?: string): Members =>
  documentOf(
    {
      model: made(oneOf('model', 'model', ['small', 'tiny'], blind)),
      instructions: made(startsWith('instructions', '0', 'Answer ', 100, blind)),
      parameters: made({ name: 'temperature', number: { max: '0.3' } }),
    },
    blind === undefined ? {} : { privacy: 'private' },
  )

const [TINY, PROMPT, , POLICY] = CONTENTS as readonly [Content, Content, Content, Content]
const SMALL: Content = { ...TINY, valueText: 'small' }
const START: Content = { ...PROMPT, valueText: 'Answer ' }
const BOTH = { state: 'oneOf', values: ['small', 'tiny'] }

const PUBLIC: Plan = {
  document: bounded(),
  contents: [SMALL, TINY, START, POLICY],
  model: { ...MODELS, intended: BOTH },
}
const CLOSED: Plan = { ...PRIVATE, document: bounded(BLIND), contents: PUBLIC.contents ?? [] }

interface Lie {
  readonly name: string
  readonly rule: string
  readonly plan?: Plan
  readonly given?: Given
  readonly checks: Checks
}
const invalid = ({ plan, ...lie }: Lie): RecordCase =>
  judged({ ...lie, plan: { ...PUBLIC, ...plan }, verdict: 'invalid notChecked 1' })
const shown = (...contents: readonly Content[]): Given => ({
  disclosure: (file) => ({
    ...file,
    declaration: { document: bounded() as Value, contents: contents.map(contentValue) },
  }),
})
const foreign = (name: string, ...contents: readonly Content[]): RecordCase =>
  invalid({
    name: `bounds-${name}`,
    rule: OPENED,
    given: shown(...contents),
    checks: { declarationContents: 'DECLARATION_MISMATCH', models: 'claimed' },
  })
const misnamed = (name: string, intended: Value): RecordCase =>
  invalid({
    name: `bounds-${name}`,
    rule: NAMES,
    plan: { model: { ...MODELS, intended } },
    checks: { models: 'MODEL_MISMATCH' },
  })

export const BOUNDED_RUNS: readonly RecordCase[] = [
  whole('bounds-kept', 'trusted kept 0', { rule: FINDINGS, plan: PUBLIC }),
  whole('bounds-kept-in-private', 'trusted kept 0', { rule: FINDINGS, plan: CLOSED }),
  whole('bounds-in-private-without-the-declaration', 'trusted claimed 5', {
    rule: FINDINGS,
    plan: CLOSED,
    given: { disclosure: withoutMember('declaration') },
    checks: { declarationContents: 'notChecked', composition: 'claimed', models: 'claimed' },
  }),
  whole('bounds-broken', 'trusted broken 5', { rule: FINDINGS, plan: { ...PUBLIC, ...HOT } }),
  whole('bounds-of-which-one-model-is-shown', 'trusted kept 0', {
    rule: OPENED,
    plan: PUBLIC,
    given: shown(TINY, START, POLICY),
    checks: { models: 'claimed' },
  }),
  invalid({
    name: 'bounds-broken-and-said-to-be-kept',
    rule: FINDINGS,
    plan: { request: HOT.request ?? [], composition: KEPT },
    checks: { composition: 'COMPOSITION_MISMATCH' },
  }),
  invalid({
    name: 'bounds-kept-and-said-to-be-broken',
    rule: FINDINGS,
    plan: { composition: HOT.composition ?? {} },
    checks: { composition: 'COMPOSITION_MISMATCH' },
  }),
  invalid({
    name: 'bounds-without-any-disclosure-and-said-to-be-kept-with-a-mismatch',
    rule: FINDINGS,
    plan: { composition: { ...HOT.composition, result: 'kept' } },
    given: { disclosure: null },
    checks: { ...WITHOUT.disclosure, composition: 'COMPOSITION_MISMATCH' },
  }),
  foreign('content-that-is-none-of-the-choices', { ...TINY, valueText: 'huge' }),
  foreign('content-of-a-choice-twice', TINY, TINY),
  foreign('content-of-a-choice-as-json', { ...TINY, encoding: 'json' }),
  foreign('content-that-is-more-than-the-start', PROMPT),
  foreign('content-that-is-less-than-the-start', { ...START, valueText: 'Answer' }),
  foreign('content-of-a-number', { role: 'parameters', name: 'temperature', encoding: 'json', valueText: '0' }),
  invalid({
    name: 'bounds-start-of-another-length-than-its-digest',
    rule: OPENED,
    plan: {
      document: documentOf({
        instructions: made({
          name: '0',
          prefix: { ...(startsWith('instructions', '0', 'Answer ')['prefix'] as Members), bytes: 6 },
        }),
      }),
      contents: [TINY, START, POLICY],
      model: MODELS,
    },
    checks: { declarationContents: 'DECLARATION_MISMATCH', composition: 'COMPOSITION_MISMATCH', models: 'claimed' },
  }),
  misnamed('intended-said-to-be-one', { state: 'present', value: 'tiny' }),
  misnamed('intended-said-to-be-others', { state: 'oneOf', values: ['huge', 'tiny'] }),
  misnamed('intended-said-to-be-one-more', { state: 'oneOf', values: ['huge', 'small', 'tiny'] }),
  misnamed('intended-said-to-be-none', { state: 'absent' }),
  misnamed('intended-withheld-in-public', { state: 'withheld' }),
]
