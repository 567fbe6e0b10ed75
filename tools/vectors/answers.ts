/**
 * What a case of `answer.ts` is given, and what must be read of it.
 *
 * @module
 */
import type { Parts } from './parts.ts'
import type { Value } from './topic.ts'

export type AnswerInput = {
  readonly dialect: string
  readonly status: number
  readonly contentType?: string
  readonly bodyText?: Parts
  readonly bodyHex?: Parts
}

export interface Answer {
  /** Texts by choice. */
  readonly outputs?: Readonly<Record<number, string>>
  /** The model that says it answered; null where that cannot be told. */
  readonly model?: string | null
  readonly shape: 'complete' | 'cut' | 'error' | 'anomalous' | 'open'
}

export function accepted({ outputs = {}, model, shape }: Answer): Value {
  return {
    outputs: Object.entries(outputs).map(([choice, text]) => ({ choice: Number(choice), text })),
    model: model === undefined ? { state: 'absent' } : model === null ? { state: 'unobservable' } : named(model),
    shape,
  }
}

const named = (name: string): Value => ({ state: 'named', name })
