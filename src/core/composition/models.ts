/**
 * Intended, requested and responded model: three facts, each as seen (`docs/spec/record.md`, "Models").
 *
 * None is derived from another, and none is guessed equal to another: an alias that a provider resolves to a snapshot
 * shows as two names. Of a message that no dialect reads it cannot be told whether it names one.
 *
 * @module
 */
import { decodeUtf8 } from '../bytes/index.ts'
import type { ComponentContent, PublishedDeclaration } from '../declaration/index.ts'

/** A model's name as seen, or why it is not shown. */
export type ModelName =
  | { readonly state: 'present'; readonly value: string }
  | { readonly state: 'withheld' | 'absent' }

/** Of a message, of which it may not be possible to tell. */
export type MessageModelName = ModelName | { readonly state: 'unobservable' }

export interface RecordedModels {
  /** What the declaration fixes. */
  readonly intended: ModelName
  /** What the request asks for. */
  readonly requested: MessageModelName
  /** What the response says answered: the provider's word. */
  readonly responded: MessageModelName
}

/** The model that a message names. `unobservable`: no dialect reads the message. */
export type NamedModel =
  | { readonly state: 'named'; readonly name: string }
  | { readonly state: 'absent' | 'unobservable' }

export const namedModel = (name: string | undefined): NamedModel =>
  name === undefined ? { state: 'absent' } : { state: 'named', name }

/** The model that a declaration intends: what it fixes under the name by which one is asked for, where that is a text. */
export function intendedModel(contents: readonly ComponentContent[]): string | undefined {
  const content = contents.find(
    ({ role, name, encoding }) => role === 'model' && name === 'model' && encoding === 'text',
  )
  return content === undefined ? undefined : decodeUtf8(content.value)
}

/** Most UTF-16 code units of a name that a record shows. */
export const MAX_MODEL_NAME = 1_024

/**
 * Names stand in the record of a public declaration; otherwise, and where one is longer than any model's name, the
 * record only says whether there is one.
 */
export function recordModels(input: {
  readonly declaration: PublishedDeclaration | undefined
  readonly intended: string | undefined
  readonly requested: NamedModel
  /** Undefined where nothing came. */
  readonly responded: NamedModel | undefined
}): RecordedModels {
  const shown = input.declaration?.privacy === 'public'
  const recordName = (value: string | undefined): ModelName => {
    if (value === undefined) return { state: 'absent' }
    return shown && value.length <= MAX_MODEL_NAME ? { state: 'present', value } : { state: 'withheld' }
  }
  const recordNamed = (model: NamedModel | undefined): MessageModelName => {
    if (model?.state === 'unobservable') return { state: 'unobservable' }
    return recordName(model?.state === 'named' ? model.name : undefined)
  }
  return {
    intended: recordName(input.intended),
    requested: recordNamed(input.requested),
    responded: recordNamed(input.responded),
  }
}
