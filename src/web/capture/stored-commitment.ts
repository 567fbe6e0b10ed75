/**
 * The commitments that a stored run's contents open, computed again from the bytes that are kept. Where nothing was changed
 * they are those that were signed.
 *
 * @module
 */

import type { OutcomeRow, RunRow } from '../registry/index.ts'
import { commit } from './commit.ts'
import { dialectOf, requestLeaves, responseLeaves } from './disclose-run.ts'
import type { RecorderOptions } from './recorder-options.ts'

export interface StoredCommitmentInput extends Pick<RecorderOptions, 'hash' | 'salts'> {
  readonly run: RunRow
}

/** @returns 32 bytes @throws {ColophonError} the contents cannot be read; VERSION_UNSUPPORTED */
export function storedRequestCommitment({ run, ...options }: StoredCommitmentInput): Uint8Array {
  const dialect = dialectOf(run)
  const { secret, requestBody } = run
  const leaves = requestLeaves(dialect, run)
  return commit({ options, direction: 'request', dialect, leaves, secret, bodyLength: requestBody.length })
}

/** @returns 32 bytes @throws as `storedRequestCommitment` */
export function storedResponseCommitment({ run, ...options }: StoredCommitmentInput, outcome: OutcomeRow): Uint8Array {
  const dialect = dialectOf(run)
  const { responseBody } = outcome
  const leaves = responseLeaves(dialect, outcome)
  return commit({
    options,
    direction: 'response',
    dialect,
    leaves,
    secret: run.secret,
    bodyLength: responseBody.length,
  })
}
