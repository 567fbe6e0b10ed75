/**
 * The run predicate: binding and outcome joined, the statement that travels with the output (`docs/spec/record.md`).
 *
 * It holds the whole envelopes of its binding and declaration with the keys that made them, so that a stranger needs
 * nothing else. The declaration's log proof stands in the binding, and the binding's here: that is their order.
 *
 * @module
 */
import { encodeBase64 } from '../../bytes/index.ts'
import {
  type IntendedModel,
  MAX_INTENDED,
  MAX_MODEL_NAME,
  type MessageModelName,
  type ModelName,
  type RecordedComposition,
  type RecordedModels,
} from '../../composition/index.ts'
import { type Envelope, envelopeValue, parseEnvelope } from '../../dsse/index.ts'
import { ColophonError } from '../../errors.ts'
import { formatStatement, parseStatement, type Subject } from '../../intoto/index.ts'
import { type ObjectReader, readObject, readString } from '../../json/index.ts'
import { PREDICATE } from '../../predicate-types.ts'
import { requireSubjects } from './binding.ts'
import { readComposition } from './composition-reader.ts'

export interface EmbeddedStatement {
  readonly envelope: Envelope
  /** SubjectPublicKeyInfo; a hint until the trust policy says whose it is. */
  readonly publicKey: Uint8Array
}

/**
 * - `complete`: the upstream ended its answer as its API says
 * - `clientAborted`: the caller went away before that
 * - `upstreamCut`: the upstream went away, or stopped short
 * - `error`: the upstream answered with an error, or not at all
 * - `anomalous`: the answer's parts do not fit together
 * - `refused`: the policy refused the request, and nothing was sent
 */
export const COMPLETIONS = ['complete', 'clientAborted', 'upstreamCut', 'error', 'anomalous', 'refused'] as const
export type Completion = (typeof COMPLETIONS)[number]

export type RecordedResponse =
  | {
      readonly state: 'received'
      readonly commitment: string
      readonly dialect: string
      /** Plain SHA-256 of the content-decoded bytes the upstream sent. */
      readonly digest: string
      /** Their number; in a stream with our final comment, the length of the provider's untouched prefix. */
      readonly length: number
      readonly status: number
    }
  | { readonly state: 'none' }

export interface Outcome {
  readonly completion: Completion
  readonly endedAt: string
  readonly response: RecordedResponse
}

export interface RunOutput {
  readonly choice: number
  /** Hex SHA-256 of the text's UTF-8 bytes. */
  readonly sha256: string
}

export interface RunRecord {
  readonly runId: string
  readonly outputs: readonly RunOutput[]
  readonly binding: EmbeddedStatement & { readonly proof: string }
  readonly declaration: ({ readonly state: 'declared' } & EmbeddedStatement) | { readonly state: 'undeclared' }
  readonly composition: RecordedComposition
  readonly model: RecordedModels
  readonly outcome: Outcome
}

/** @returns the DSSE payload */
export function formatRunStatement(record: RunRecord): Uint8Array {
  const { declaration, binding } = record
  const predicate = {
    binding: { ...embeddedValue(binding), proof: binding.proof },
    composition: record.composition,
    declaration:
      declaration.state === 'declared' ? { state: 'declared', ...embeddedValue(declaration) } : { state: 'undeclared' },
    model: record.model,
    outcome: record.outcome,
  }
  return formatStatement({
    predicateType: PREDICATE.run,
    subjects: subjectsOf(record),
    predicate: predicate,
  })
}

const outputSubject = (choice: number): string => `output-${choice}`

const OUTPUT_SUBJECT = /^output-(0|[1-9][0-9]{0,5})$/

function subjectsOf(record: RunRecord): Subject[] {
  const { outputs, outcome, runId } = record
  const response = outcome.response.state === 'received' ? [{ name: 'response', sha256: outcome.response.digest }] : []
  return [
    ...outputs.map(({ choice, sha256 }) => ({ name: outputSubject(choice), sha256 })),
    ...response,
    { name: 'run', sha256: runId },
  ]
}

const embeddedValue = ({ envelope, publicKey }: EmbeddedStatement): object => {
  return { envelope: envelopeValue(envelope), publicKey: encodeBase64(publicKey) }
}

/**
 * Says nothing about any signature.
 *
 * @throws {ColophonError} STATEMENT_MALFORMED, SCHEMA_MISMATCH, TIME_MALFORMED, DSSE_MALFORMED, SIGNATURE_MALFORMED
 */
export function parseRunStatement(payload: Uint8Array): RunRecord {
  const { subjects, predicate } = parseStatement(payload, { predicateType: PREDICATE.run })
  const reader = readObject(predicate, '/predicate')
  const run = subjects.find(({ name }) => name === 'run')
  if (run === undefined) throw new ColophonError('STATEMENT_MALFORMED', 'subject run is missing', { at: '/subject' })
  const record: RunRecord = {
    runId: run.sha256,
    outputs: subjects.flatMap(({ name, sha256 }) => {
      const choice = OUTPUT_SUBJECT.exec(name)?.[1]
      return choice === undefined ? [] : [{ choice: Number(choice), sha256 }]
    }),
    binding: readBinding(reader.object('binding')),
    declaration: readDeclaration(reader.object('declaration')),
    composition: readComposition(reader.object('composition')),
    model: readModel(reader.object('model')),
    outcome: readOutcome(reader.object('outcome')),
  }
  reader.end()
  requireSubjects(subjects, subjectsOf(record))
  if (record.outputs.some(({ choice }, index) => choice <= (record.outputs[index - 1]?.choice ?? -1))) {
    throw new ColophonError('STATEMENT_MALFORMED', 'outputs are not in the order of their choices', { at: '/subject' })
  }
  return record
}

function readEmbedded(reader: ObjectReader): EmbeddedStatement {
  const envelope = parseEnvelope(reader.value('envelope'), `${reader.at}/envelope`)
  return { envelope, publicKey: reader.base64('publicKey') }
}

function readBinding(reader: ObjectReader): RunRecord['binding'] {
  const binding = { ...readEmbedded(reader), proof: reader.string('proof', { max: 16_384 }) }
  reader.end()
  return binding
}

function readDeclaration(reader: ObjectReader): RunRecord['declaration'] {
  const state = reader.oneOf('state', ['declared', 'undeclared'] as const)
  const declaration = state === 'declared' ? { state, ...readEmbedded(reader) } : { state }
  reader.end()
  return declaration
}

function readModel(reader: ObjectReader): RunRecord['model'] {
  const model = {
    intended: readIntendedModel(reader.object('intended')),
    requested: readMessageModelName(reader.object('requested')),
    responded: readMessageModelName(reader.object('responded')),
  }
  reader.end()
  return model
}

const NAME_STATES = ['present', 'withheld', 'absent'] as const

function readMessageModelName(reader: ObjectReader): MessageModelName {
  const state = reader.oneOf('state', [...NAME_STATES, 'unobservable'] as const)
  if (state !== 'unobservable') return readModelName(reader)
  reader.end()
  return { state }
}

function readIntendedModel(reader: ObjectReader): IntendedModel {
  const state = reader.oneOf('state', [...NAME_STATES, 'oneOf'] as const)
  if (state !== 'oneOf') return readModelName(reader)
  const values = reader.array('values', { max: MAX_INTENDED }).map((item) => readString(item, { max: MAX_MODEL_NAME }))
  reader.end()
  const isSorted = values.every((value, index) => index === 0 || (values[index - 1] as string) < value)
  if (values.length >= 2 && isSorted) return { state, values }
  throw new ColophonError('SCHEMA_MISMATCH', 'the names of intended models are not two or more, unique and sorted', {
    at: `${reader.at}/values`,
  })
}

function readModelName(reader: ObjectReader): ModelName {
  const state = reader.oneOf('state', NAME_STATES)
  const name = state === 'present' ? { state, value: reader.string('value', { max: MAX_MODEL_NAME }) } : { state }
  reader.end()
  return name
}

function readOutcome(reader: ObjectReader): Outcome {
  const outcome = {
    completion: reader.oneOf('completion', COMPLETIONS),
    endedAt: reader.time('endedAt'),
    response: readResponse(reader.object('response')),
  }
  reader.end()
  return outcome
}

function readResponse(reader: ObjectReader): RecordedResponse {
  const state = reader.oneOf('state', ['received', 'none'] as const)
  if (state === 'none') {
    reader.end()
    return { state }
  }
  const response = {
    state,
    commitment: reader.hex('commitment', 32),
    dialect: reader.string('dialect', { max: 64 }),
    digest: reader.hex('digest', 32),
    length: reader.integer('length'),
    status: reader.integer('status', { min: 100, max: 999 }),
  }
  reader.end()
  return response
}
