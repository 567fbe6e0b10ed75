/**
 * What the verifier asked for beyond authenticity: the capture point, and the declaration that was agreed on
 * (`docs/spec/verdicts.md`, "What the verifier asked for").
 *
 * @module
 */
import type { TrustPolicy } from '../trust/index.ts'
import type { CheckSheet } from './check-sheet.ts'
import type { ReadRecord } from './read-record.ts'

export function checkRequirements(input: {
  readonly read: ReadRecord
  readonly trust: TrustPolicy | undefined
  readonly agreedDeclarationId: string | undefined
  readonly sheet: CheckSheet
}): void {
  const { read, trust, agreedDeclarationId, sheet } = input
  checkCapture(read, trust, sheet)
  checkAgreedDeclaration(read, acceptedDeclarations(trust, agreedDeclarationId), sheet)
}

const CAPTURES = {
  gateway: 'Captured by a gateway, in a process of its own, says the issuer.',
  inProcess: 'Captured inside the application: whoever signed controls the application too.',
} as const

function checkCapture({ binding }: ReadRecord, trust: TrustPolicy | undefined, sheet: CheckSheet): void {
  const { point } = binding.capture
  if (trust === undefined || trust.captures.includes(point)) sheet.claim('capture', CAPTURES[point])
  else
    sheet.fail('capture', `${CAPTURES[point]} Your trust policy does not accept that.`, {
      code: 'CAPTURE_NOT_ACCEPTED',
    })
}

/** Undefined where any will do. Both the policy and the caller may name some; then both have to agree. */
function acceptedDeclarations(
  trust: TrustPolicy | undefined,
  agreed: string | undefined,
): readonly string[] | undefined {
  const listed = trust === undefined || trust.declarations === 'any' ? undefined : trust.declarations
  if (agreed === undefined) return listed
  return listed === undefined || listed.includes(agreed) ? [agreed] : []
}

function checkAgreedDeclaration(
  { declaration }: ReadRecord,
  accepted: readonly string[] | undefined,
  sheet: CheckSheet,
): void {
  if (accepted === undefined) {
    sheet.skip('agreedDeclaration', 'Neither you nor your trust policy named a declaration.')
  } else if (declaration !== undefined && accepted.includes(declaration.id)) {
    sheet.pass('agreedDeclaration', `The run was bound to the agreed declaration: ${declaration.id}.`)
  } else {
    const bound = declaration === undefined ? 'no declaration' : `the declaration ${declaration.id}`
    sheet.fail(
      'agreedDeclaration',
      `The run was bound to ${bound}, and not to one that you or your trust policy named.`,
      {
        code: 'DECLARATION_NOT_AGREED',
      },
    )
  }
}
