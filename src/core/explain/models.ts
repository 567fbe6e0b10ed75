/**
 * The three models of a run: the one that was intended, the one that was asked for, the one that says it answered.
 *
 * @module
 */
import { type IntendedModel, intendedModels, type MessageModelName } from '../composition/index.ts'
import { digestsOf } from '../declaration/index.ts'
import type { DisclosedLeaf } from '../disclosure/index.ts'
import { ColophonError } from '../errors.ts'
import { splitEvents } from '../event-stream/index.ts'
import { type JsonValue, parseJson } from '../json/index.ts'
import type { RecordFacts } from '../verify/index.ts'
import { disclosedRequest, type ExplainInput, statusOf } from './disclosed-request.ts'

/** A model's name, and what it rests on. */
export type SeenModel =
  | { readonly state: 'proven' | 'claimed'; readonly name: string }
  /** `unobservable`: no dialect reads the message. */
  | { readonly state: 'withheld' | 'absent' | 'unobservable' }

/** The declaration may name several, any one of which may be asked for. */
export type SeenIntention = SeenModel | { readonly state: 'proven' | 'claimed'; readonly names: readonly string[] }

export interface SeenModels {
  readonly intended: SeenIntention
  readonly requested: SeenModel
  readonly responded: SeenModel
}

/** From bytes that are disclosed whole, since of a part the labels are the issuer's word; else as the record says. */
export function seenModels(input: ExplainInput & { readonly facts: RecordFacts }): SeenModels {
  const { report, disclosure, facts } = input
  const { models } = facts
  const request = disclosedRequest(input)
  const part = request?.isWhole === true ? request.parts.find(({ role }) => role === 'model') : undefined
  const requested = part?.encoding === 'text' ? part.text : undefined
  const response = statusOf(report, 'responseClosure') === 'pass' ? disclosure?.response : undefined
  return {
    intended: seenIntention(shownIntention(input), models.intended),
    requested: seen(requested, models.requested),
    responded: seen(response === undefined ? undefined : respondedModel(response), models.responded),
  }
}

function seen(shown: string | undefined, recorded: MessageModelName): SeenModel {
  if (shown !== undefined) return { state: 'proven', name: shown }
  return recorded.state === 'present' ? { state: 'claimed', name: recorded.value } : recorded
}

function seenIntention(shown: readonly string[], recorded: IntendedModel): SeenIntention {
  if (shown.length > 1) return { state: 'proven', names: shown }
  if (shown.length === 0 && recorded.state === 'oneOf') return { state: 'claimed', names: recorded.values }
  return seen(shown[0], recorded.state === 'oneOf' ? { state: 'absent' } : recorded)
}

/** Where every model that the declaration names is shown: some of them could pass for all. */
function shownIntention({ report, disclosure }: ExplainInput): readonly string[] {
  const declaration = disclosure?.declaration
  if (declaration === undefined || statusOf(report, 'declarationContents') !== 'pass') return []
  const { model } = declaration.document.roles
  const named = declaration.contents.filter(({ role }) => role === 'model')
  const count = model.state === 'fixed' ? model.components.flatMap(digestsOf).length : 0
  return named.length === count ? intendedModels(named) : []
}

/** Of a whole answer the value, of a stream the first event that names one. */
function respondedModel(leaves: readonly DisclosedLeaf[]): string | undefined {
  for (const leaf of leaves) {
    if (leaf.state === 'closed') continue
    const name =
      leaf.kind === 'event' ? modelOfEvent(leaf.bytes) : leaf.role === 'model' ? textOf(leaf.bytes) : undefined
    if (name !== undefined) return name
  }
  return undefined
}

function modelOfEvent(bytes: Uint8Array): string | undefined {
  for (const { data } of splitEvents(bytes)) {
    const chunk = data === undefined ? undefined : parse(data)
    const name = chunk instanceof Map ? chunk.get('model') : undefined
    if (typeof name === 'string' && name !== '') return name
  }
  return undefined
}

function textOf(bytes: Uint8Array): string | undefined {
  const value = parse(bytes)
  return typeof value === 'string' && value !== '' ? value : undefined
}

function parse(bytes: Uint8Array): JsonValue | undefined {
  try {
    return parseJson(bytes)
  } catch (error) {
    if (ColophonError.is(error)) return undefined
    throw error
  }
}
