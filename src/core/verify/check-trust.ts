/**
 * The record against the trust policy: logs, signers, order (`docs/spec/verdicts.md`, "Against the trust policy").
 *
 * What the record says of keys and logs are hints for finding the ones that the policy names; those that count are the
 * policy's.
 *
 * @module
 */
import { equalBytes } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import { keyId } from '../signature/index.ts'
import { requireValid, type TrustedSigner, type TrustPolicy } from '../trust/index.ts'
import { checkOrder } from './check-order.ts'
import type { CheckSheet } from './check-sheet.ts'
import { findPlaces, type Place, type Places } from './find-places.ts'
import type { Crypto, ReadRecord } from './read-record.ts'
import type { CheckId, StatementKind } from './report.ts'

const TRUST_CHECKS = [
  'signer',
  'bindingSigner',
  'declarationSigner',
  'recordInLog',
  'bindingInLog',
  'declarationInLog',
  'order',
] as const

export interface CheckedTrust {
  /** Who signed the record, where the policy believes that key for it. */
  readonly signer: TrustedSigner | undefined
  readonly places: Places
}

const NOWHERE: Places = { declaration: undefined, binding: undefined, record: undefined }

export async function checkTrust(input: {
  readonly read: ReadRecord
  readonly trust: TrustPolicy | undefined
  readonly sheet: CheckSheet
  readonly crypto: Crypto
}): Promise<CheckedTrust> {
  const { read, trust, sheet, crypto } = input
  if (trust === undefined) {
    for (const id of TRUST_CHECKS) sheet.skip(id, 'No trust policy was given.')
    return { signer: undefined, places: NOWHERE }
  }
  const { record, entry } = read
  // A key may be believed for some places only, so these come first.
  const places = await findPlaces({ read, trust, sheet, crypto })
  const check = (kind: StatementKind, publicKey: Uint8Array): Promise<TrustedSigner | undefined> =>
    checkSigner({ kind, publicKey, place: places[kind], trust, sheet })

  const signer = await check('record', entry.publicKey)
  await check('binding', record.binding.publicKey)
  const isDeclared = record.declaration.state === 'declared'
  if (record.declaration.state === 'declared') await check('declaration', record.declaration.publicKey)
  else sheet.skip('declarationSigner', 'The run was bound to no declaration.')
  checkOrder(places, sheet, { isDeclared })
  return { signer, places }
}

const CHECKS = {
  record: 'signer',
  binding: 'bindingSigner',
  declaration: 'declarationSigner',
} as const satisfies Record<StatementKind, CheckId>

async function checkSigner(input: {
  readonly kind: StatementKind
  readonly publicKey: Uint8Array
  readonly place: Place | undefined
  readonly trust: TrustPolicy
  readonly sheet: CheckSheet
}): Promise<TrustedSigner | undefined> {
  const { kind, publicKey, place, trust, sheet } = input
  const id = CHECKS[kind]
  const signer = trust.signers.find((one) => equalBytes({ left: one.publicKey, right: publicKey }))
  if (signer === undefined) {
    sheet.refuse(
      id,
      new ColophonError('KEY_NOT_TRUSTED', `your trust policy does not name the key ${keyId(publicKey)}`),
    )
    return undefined
  }
  const named = `The ${kind} is signed by ${signer.name}, whose key your trust policy names.`
  if (signer.valid === 'always') {
    sheet.pass(id, named)
    return signer
  }
  if (place === undefined) {
    sheet.skip(id, `${named} Whether it is valid for this cannot be said: it was not found in a log that you trust.`)
    return undefined
  }
  const valid = await sheet.attempt(
    id,
    (grounds: string) => `${named} ${grounds}`,
    () => requireValid({ signer, statement: kind, place }),
  )
  return valid === undefined ? undefined : signer
}
