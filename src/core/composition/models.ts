/**
 * Intended, requested and responded model: three facts, each as seen (`docs/spec/record.md`, "Models").
 *
 * None is derived from another, and none is guessed equal to another: an alias that a provider resolves to a snapshot
 * shows as two names.
 *
 * @module
 */
import type { PublishedDeclaration } from '../declaration/index.ts'

/** A model's name as seen, or why it is not shown. */
export type ModelName =
  | { readonly state: 'present'; readonly value: string }
  | { readonly state: 'withheld' | 'absent' }

export interface RecordedModels {
  /** What the declaration fixes. */
  readonly intended: ModelName
  /** What the request asks for. */
  readonly requested: ModelName
  /** What the response says answered: the provider's word. */
  readonly responded: ModelName
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
  readonly requested: string | undefined
  readonly responded: string | undefined
}): RecordedModels {
  const shown = input.declaration?.privacy === 'public'
  const name = (value: string | undefined): ModelName => {
    if (value === undefined) return { state: 'absent' }
    return shown && value.length <= MAX_MODEL_NAME ? { state: 'present', value } : { state: 'withheld' }
  }
  return { intended: name(input.intended), requested: name(input.requested), responded: name(input.responded) }
}
