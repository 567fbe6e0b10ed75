/**
 * Putting the signers, logs and witnesses of one trust policy into another. Its rules stay what they are: what is required
 * is for its owner to say.
 *
 * @module
 */
import { equalBytes } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import { formatVerifierKey, sameKey, type VerifierKey } from '../note/index.ts'
import { describeValidity } from './describe-validity.ts'
import { narrows } from './narrows.ts'
import { formatTrustPolicy, parseTrustPolicy, type TrustPolicy } from './trust-policy.ts'
import type { TrustedSigner } from './trusted-signer.ts'

export interface AddTrustInput {
  readonly mine: TrustPolicy
  readonly theirs: TrustPolicy
  /** Take over what they say of signers that mine names: a narrower validity, and another key by a name that it has. */
  readonly update: boolean
}

export interface AddedTrust {
  readonly policy: TrustPolicy
  readonly added: Pick<TrustPolicy, 'signers' | 'logs' | 'witnesses'>
  /** Signers of mine whose validity is another now, as they are now. */
  readonly updated: readonly TrustedSigner[]
}

/** @throws {ColophonError} TRUST_CONFLICT  the two contradict each other; it says in what */
export function addTrust({ mine, theirs, update }: AddTrustInput): AddedTrust {
  const newSigners = theirs.signers.filter(({ keyId }) => !mine.signers.some((signer) => signer.keyId === keyId))
  const updated = theirs.signers.filter((signer) => changesValidity(mine, signer))
  const added = {
    signers: newSigners,
    logs: theirs.logs.filter((key) => !holds(mine.logs, key)),
    witnesses: theirs.witnesses.filter((key) => !holds(mine.witnesses, key)),
  }
  const conflicts = [
    ...theirs.signers.flatMap((signer) => signerConflicts(mine, signer, update)),
    ...added.logs.filter(({ name }) => mine.logs.some((log) => log.name === name)).map(otherKey('log')),
    ...added.witnesses.filter((key) => mine.witnesses.some((own) => isAlike(own, key))).map(otherKey('witness')),
  ]
  if (conflicts.length > 0) throw new ColophonError('TRUST_CONFLICT', conflicts.join('; '))
  const policy = requirePolicy({
    ...mine,
    signers: [
      ...mine.signers.map((signer) => updated.find(({ keyId }) => keyId === signer.keyId) ?? signer),
      ...newSigners,
    ],
    logs: [...mine.logs, ...added.logs],
    witnesses: [...mine.witnesses, ...added.witnesses],
  })
  return { policy, added, updated }
}

const holds = (keys: readonly VerifierKey[], right: VerifierKey): boolean =>
  keys.some((left) => sameKey({ left, right }))

/** The name or the key of another. */
const isAlike = (own: VerifierKey, key: VerifierKey): boolean =>
  own.name === key.name || equalBytes({ left: own.publicKey, right: key.publicKey })

function changesValidity({ signers }: TrustPolicy, { keyId, valid }: TrustedSigner): boolean {
  const own = signers.find((signer) => signer.keyId === keyId)
  return own !== undefined && describeValidity(own.valid) !== describeValidity(valid)
}

function signerConflicts({ signers }: TrustPolicy, theirs: TrustedSigner, update: boolean): readonly string[] {
  const { keyId, name, valid } = theirs
  const own = signers.find((signer) => signer.keyId === keyId)
  if (own === undefined) {
    // Else anybody could slip in a key of their own by the name of somebody whom mine believes.
    const isTaken = !update && signers.some((signer) => signer.name === name)
    return isTaken ? [`another key is called ${name} already, and theirs is ${keyId}`] : []
  }
  if (own.name !== name) return [`the key ${keyId} is called ${own.name} already, and theirs is called ${name}`]
  if (describeValidity(own.valid) === describeValidity(valid)) return []
  if (update && narrows({ wide: own.valid, narrow: valid })) return []
  return [`the key ${keyId} is valid ${describeValidity(own.valid)}, and theirs ${describeValidity(valid)}`]
}

const otherKey =
  (kind: string) =>
  (key: VerifierKey): string =>
    `the ${kind} ${key.name} has another key or name already than theirs, ${formatVerifierKey(key)}`

/** Two policies in order need not be one together: a log of one may be a witness of the other. */
function requirePolicy(policy: TrustPolicy): TrustPolicy {
  try {
    return parseTrustPolicy(formatTrustPolicy(policy))
  } catch (cause) {
    if (!ColophonError.is(cause)) throw cause
    throw new ColophonError('TRUST_CONFLICT', `together they are no trust policy: ${cause.message}`, { cause })
  }
}
