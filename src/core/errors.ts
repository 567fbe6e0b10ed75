/**
 * The one error type of the project and the registry of its codes.
 *
 * A code is API: it never changes its meaning. Messages may change. Every error says what was wrong (`message`),
 * where (`at`: a JSON Pointer, a byte offset, a file or an address) and, for people at a terminal, what to do (`hint`).
 * No error carries a prompt, a key or a credential.
 *
 * @module
 */
import { ERROR_CODES, type ErrorCode } from './error-codes.ts'

export type { ErrorCode } from './error-codes.ts'
export { ERROR_CODES } from './error-codes.ts'

const MARKER = Symbol.for('colophon.error')

export interface ErrorOptions {
  /** Where in the input: JSON Pointer, `byte N`, `line N`, a file name or an address. */
  readonly at?: string
  /** What to do next, one sentence. Defaults to the registry's. */
  readonly hint?: string
  /** Plain facts, no secrets, small. */
  readonly details?: Readonly<Record<string, string | number | boolean>>
  /** The state of an operation is unknown; the process must stop and recover. */
  readonly fatal?: boolean
  readonly cause?: unknown
}

/** Bad input or a failed operation. Caller mistakes are `TypeError` or `RangeError` instead. */
export class ColophonError extends Error {
  override readonly name = 'ColophonError'
  readonly code: ErrorCode
  readonly at: string | undefined
  readonly hint: string
  readonly details: Readonly<Record<string, string | number | boolean>>
  readonly fatal: boolean
  readonly [MARKER]: true = true

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.at = options.at
    this.hint = options.hint ?? ERROR_CODES[code].hint
    this.details = options.details ?? {}
    this.fatal = options.fatal ?? false
  }

  /** True for a ColophonError of any copy of this library, optionally of one code. */
  static is(error: unknown, code?: ErrorCode): error is ColophonError {
    if (typeof error !== 'object' || error === null || !(MARKER in error)) return false
    return code === undefined || (error as { code?: unknown }).code === code
  }
}
