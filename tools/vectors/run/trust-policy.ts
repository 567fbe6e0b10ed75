/**
 * How this implementation runs a case of `trust-policy`.
 *
 * @module
 */
import { parseTrustPolicy, requireValid, validityValue } from '../../../src/core/trust/index.ts'
import { bytesOfText, type Parts } from '../parts.ts'
import type { Value } from '../topic.ts'

/** Where a statement is proven to be. */
export type Place = {
  readonly log: string
  /** A decimal string. */
  readonly index: string
  /** Decimal strings, POSIX time in seconds. */
  readonly trustedTimes: readonly string[]
}

export type TrustPolicyInput = {
  readonly operation: keyof typeof OPERATIONS
  readonly policyText: Parts
  readonly place?: Place
}

export const OPERATIONS = {
  read:
    'The file `policyText`: `signers` with `name`, `keyId` and `valid`; the names of `logs` and `witnesses`; `require`, ' +
    '`acceptClaimed`, `captures` and `declarations`.',
  judge:
    'Whether the one signer of the file `policyText` is believed for a statement at `place`: the log and the index at ' +
    'which it is proven, and its `trustedTimes`, POSIX times in seconds as decimal strings; `accept` is empty.',
}

export const runTrustPolicy = ({ operation, policyText, place }: TrustPolicyInput): Value => {
  const { signers, logs, witnesses, ...rules } = parseTrustPolicy(bytesOfText(policyText))
  if (operation === 'read') {
    return {
      signers: signers.map(({ name, keyId, valid }) => ({ name, keyId, valid: validityValue(valid) as Value })),
      logs: logs.map(({ name }) => name),
      witnesses: witnesses.map(({ name }) => name),
      ...rules,
    }
  }
  const [signer] = signers
  if (signer === undefined || place === undefined) throw new Error('nothing to judge')
  const trustedTimes = place.trustedTimes.map((seconds) => ({ witness: 'w', timeSeconds: BigInt(seconds) }))
  requireValid({ signer, statement: 'record', place: { origin: place.log, index: BigInt(place.index), trustedTimes } })
  return {}
}
