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

/** What a declaration intends: one model, or any one of several. `absent`: it names none. */
export type IntendedModel = ModelName | { readonly state: 'oneOf'; readonly values: readonly string[] }

/** A model's name as seen, or why it is not shown. */
export type ModelName =
  | { readonly state: 'present'; readonly value: string }
  | { readonly state: 'withheld' | 'absent' }

/** Of a message, of which it may not be possible to tell. */
export type MessageModelName = ModelName | { readonly state: 'unobservable' }

export interface RecordedModels {
  /** What the declaration fixes, or the names that it allows. */
  readonly intended: IntendedModel
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

/**
 * The models that a declaration intends: those that it names as the component by which one is asked for, where all of them
 * are texts; sorted. None where it leaves the model open.
 *
 * @param contents of the whole component
 */
export function intendedModels(contents: readonly ComponentContent[]): readonly string[] {
  const named = contents.filter(({ role, name }) => role === 'model' && name === 'model')
  if (named.some(({ encoding }) => encoding !== 'text')) return []
  return named.map(({ value }) => decodeUtf8(value)).sort()
}

/** The one model that a declaration fixes; undefined where it names none, or several. */
export function fixedModel(intended: readonly string[]): string | undefined {
  return intended.length === 1 ? intended[0] : undefined
}

/** Most UTF-16 code units of a name that a record shows. */
export const MAX_MODEL_NAME = 1_024

/** Most names of intended models that a record shows. */
export const MAX_INTENDED = 32

/**
 * Names stand in the record of a public declaration; otherwise, and where one is longer than any model's name, the
 * record only says whether there is one.
 */
export function recordModels(input: {
  readonly declaration: PublishedDeclaration | undefined
  /** Names, sorted. */
  readonly intended: readonly string[]
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
  const recordIntended = (names: readonly string[]): IntendedModel => {
    if (names.length < 2) return recordName(names[0])
    const isShown = names.length <= MAX_INTENDED && names.every((name) => recordName(name).state === 'present')
    return isShown ? { state: 'oneOf', values: names } : { state: 'withheld' }
  }
  return {
    intended: recordIntended(input.intended),
    requested: recordNamed(input.requested),
    responded: recordNamed(input.responded),
  }
}
