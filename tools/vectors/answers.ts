/**
 * What a case of `answer.ts` is given, and what must be read of it.
 *
 * @module
 */
import type { Parts } from './parts.ts'
import type { Case, Value } from './topic.ts'

export type AnswerInput = {
  readonly dialect: string
  readonly status: number
  readonly contentType?: string
  readonly bodyText?: Parts
  readonly bodyHex?: Parts
  readonly countOnly?: true
}

export interface Call {
  readonly choice?: number
  readonly id?: string
  readonly name?: string
  /** All pieces of its arguments. */
  readonly text?: string
}

export interface Answer {
  /** Texts by choice. */
  readonly outputs?: Readonly<Record<number, string>>
  /** The model that says it answered; null where that cannot be told. */
  readonly model?: string | null
  readonly fingerprint?: string
  /** Reasons to end, in the order of choices. */
  readonly ends?: readonly string[]
  readonly calls?: readonly Call[]
  /** In canonical form. */
  readonly usage?: string
  readonly shape: 'complete' | 'cut' | 'error' | 'anomalous' | 'open'
}

export function accepted({ outputs = {}, model, fingerprint, ends = [], calls = [], usage, shape }: Answer): Value {
  return {
    outputs: Object.entries(outputs).map(([choice, text]) => ({ choice: Number(choice), text })),
    model: model === undefined ? { state: 'absent' } : model === null ? { state: 'unobservable' } : named(model),
    fingerprint,
    finishReasons: ends,
    toolCalls: calls.map(({ choice = 0, id, name, text = '' }) => ({ choice, id, name, argumentsText: text })),
    usageText: usage,
    shape,
  }
}

const named = (name: string): Value => ({ state: 'named', name })

/** An answer that came with the status 200. */
export type ReadAnswer = (
  name: string,
  bodyText: Parts,
  answer: Answer,
  more?: Partial<AnswerInput>,
) => Case<AnswerInput>

/** Cases of one dialect, whose page is called as it is. @param prefix of their names, such as `messages-whole` */
export function answersOf(prefix: string, dialect: string, contentType: string): ReadAnswer {
  const page = `docs/spec/dialects/${dialect.slice(0, dialect.indexOf('/'))}.md`
  return (name, bodyText, answer, more = {}) => ({
    name: `${prefix}-${name}`,
    rule: `${page}#the-answer`,
    dialect,
    status: 200,
    contentType,
    ...(more.bodyHex === undefined ? { bodyText } : {}),
    ...more,
    accept: accepted(answer),
  })
}

/** Data of server-sent events, each an event of its own. */
export const events = (...data: readonly string[]): string => data.map((one) => `data: ${one}\n\n`).join('')
