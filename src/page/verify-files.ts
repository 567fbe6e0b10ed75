/**
 * The files that were given, to what the page shows. Works on bytes alone.
 *
 * @module
 */
import { ColophonError } from '../core/errors.ts'
import { type Explanation, explainRun, readableDisclosure } from '../core/explain/index.ts'
import { parseTrustPolicy, type Report, type TrustPolicy, verifyRecord } from '../core/verify/index.ts'
import type { FileKind } from './file-kind.ts'

export type GivenBytes = Readonly<Partial<Record<FileKind, Uint8Array>>>

export type Outcome =
  /** There is no record to verify. */
  | { readonly kind: 'waiting'; readonly trust: TrustPolicy | undefined }
  /** A file of the verifier's own is not in order. */
  | { readonly kind: 'refused'; readonly error: ColophonError }
  | {
      readonly kind: 'verified'
      readonly report: Report
      readonly explanation: Explanation
      readonly trust: TrustPolicy | undefined
    }

export async function verifyFiles({ record, answer, disclosure, trust: trustBytes }: GivenBytes): Promise<Outcome> {
  let trust: TrustPolicy | undefined
  try {
    trust = trustBytes === undefined ? undefined : parseTrustPolicy(trustBytes)
  } catch (error) {
    if (ColophonError.is(error)) return { kind: 'refused', error }
    throw error
  }
  if (record === undefined) return { kind: 'waiting', trust }
  const report = await verifyRecord({ record, output: answer, disclosure }, { trust })
  const explanation = explainRun({ report, disclosure: readableDisclosure(disclosure) })
  return { kind: 'verified', report, explanation, trust }
}
