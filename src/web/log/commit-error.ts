/**
 * A commit that did not succeed, as those hear it whose group it was.
 *
 * @module
 */
import { ColophonError, type ErrorCode } from '../../core/errors.ts'

/** Codes that say more than that something failed: somebody else wrote, or the bytes are not what they were. */
const TELLING: readonly ErrorCode[] = ['STORE_DAMAGED', 'LOG_HEAD_CHANGED']

/**
 * The store did not take the group. Only a ColophonError without `fatal` says that nothing was written; after all else the
 * state of the store is unknown, and going on could give one index to two entries.
 */
export const storeCommitError = (cause: unknown): ColophonError => {
  const known = ColophonError.is(cause) && !cause.fatal && !TELLING.includes(cause.code)
  return restated(cause, { doing: 'the group was not committed', fatal: !known })
}

/**
 * The store has the group, and the head store does not, or nobody knows. Fatal whatever it says: opening finds out which,
 * and moves the head store on.
 */
export const headSwapError = (cause: unknown): ColophonError =>
  restated(cause, { doing: 'the group is in the store, but the head store did not take its checkpoint', fatal: true })

/** What everybody hears from then on. */
export const stoppedError = (cause: ColophonError): ColophonError =>
  new ColophonError(cause.code, 'the log has stopped and has to be opened again', {
    ...placeOf(cause),
    fatal: true,
    cause,
  })

function restated(
  cause: unknown,
  { doing, fatal }: { readonly doing: string; readonly fatal: boolean },
): ColophonError {
  const code = ColophonError.is(cause) && TELLING.includes(cause.code) ? cause.code : 'STORE_FAILED'
  const message = cause instanceof Error ? cause.message : String(cause)
  return new ColophonError(code, `${doing}: ${message}`, { ...placeOf(cause), fatal, cause })
}

/** Where it failed and what to do, as the error says itself. */
function placeOf(cause: unknown): { readonly at?: string; readonly hint?: string } {
  if (!ColophonError.is(cause)) return {}
  const { at, hint } = cause
  return at === undefined ? { hint } : { at, hint }
}
