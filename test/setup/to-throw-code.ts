/** The matcher `toThrowCode('CODE')`: tests assert error codes, never message text. */
import { expect } from 'vitest'
import { ColophonError, type ErrorCode } from '../../src/core/errors.ts'

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    toThrowCode(code: ErrorCode): R
  }
}

const describeError = (error: unknown): string => {
  if (ColophonError.is(error)) return error.code
  return error instanceof Error ? `${error.name}: ${error.message}` : 'nothing'
}

expect.extend({
  /** For a function, or with `.rejects` for a promise. */
  toThrowCode(received: unknown, code: ErrorCode) {
    let thrown = received
    if (typeof received === 'function') {
      thrown = undefined
      try {
        received()
      } catch (error) {
        thrown = error
      }
    }
    return {
      pass: ColophonError.is(thrown, code),
      message: () => `expected code ${code}, got ${describeError(thrown)}`,
    }
  },
})
