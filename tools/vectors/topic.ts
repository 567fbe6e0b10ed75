/**
 * What a topic of test vectors is: cases for one part of the specification, and how this implementation runs one.
 *
 * Expectations are written by hand or computed by other means than the code that is tested (Node's own crypto and
 * Buffer, or the plain definition), so that a mistake in the code does not become the expectation.
 *
 * @module
 */
import type { ErrorCode } from '../../src/core/errors.ts'
import type { Parts } from './parts.ts'

/** What a file of vectors holds. `undefined` is a member that is left out. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [name: string]: Value | undefined }

/**
 * Members of a case beside its name, rule and expectation. By the end of its name a member is bytes in hexadecimal
 * (`…Hex`), text (`…Text`) or a file of the topic (`…File`); see `test/vectors/README.md`.
 */
export interface Input {
  readonly [member: string]: Value | Parts | undefined
}

/** What must come out of a case: a value, or the refusal with a code. */
export type Expectation =
  | { readonly accept: Value; readonly reject?: never }
  | { readonly reject: ErrorCode; readonly accept?: never }

export type Case<In extends Input = Input> = In & {
  /** Unique in the topic, in lowercase with hyphens; says what is shown. */
  readonly name: string
  /** Section of the specification: `docs/spec/json.md#strict-json`. */
  readonly rule: string
} & Expectation

export const yes = (accept: Value): Expectation => ({ accept })
export const no = (reject: ErrorCode): Expectation => ({ reject })

export interface Topic<In extends Input = Input> {
  /** Name of the file. */
  readonly topic: string
  /** The page that the topic belongs to. */
  readonly spec: string
  /** One paragraph: what is done with the input, and what the expectation's members are. */
  readonly about: string
  /** Where the cases have a member `operation`: each operation, its input and its expectation. */
  readonly operations?: Readonly<Record<string, string>>
  readonly cases: readonly Case<In>[]
  /** Files that cases name, by path inside the topic's folder `test/vectors/<topic>/`. */
  readonly files?: ReadonlyMap<string, Uint8Array>
  /**
   * What this implementation makes of a case: the value that `accept` must equal.
   *
   * @throws {ColophonError} with the code that `reject` must equal
   */
  run(input: In): Value | Promise<Value>
}
