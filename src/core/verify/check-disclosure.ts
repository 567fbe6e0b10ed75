/**
 * The record against a disclosure: bytes, closure, declaration, findings, models, end (`docs/spec/verdicts.md`, "Against
 * the disclosure").
 *
 * With the whole body everything is recomputed here. With a part, what is open is proven, and what is closed stays the
 * issuer's claim. Without a disclosure all of it is the issuer's claim.
 *
 * @module
 */
import type { Finding } from '../composition/index.ts'
import { type Disclosure, parseDisclosure } from '../disclosure/index.ts'
import { ColophonError } from '../errors.ts'
import { checkCompletion } from './check-completion.ts'
import { checkComposition } from './check-composition.ts'
import { checkDeclarationContents } from './check-declaration-contents.ts'
import { checkModels } from './check-models.ts'
import { checkPolicy, recordedPolicy } from './check-policy.ts'
import { checkRequest } from './check-request.ts'
import { checkResponse } from './check-response.ts'
import { type CheckSheet, placeOf } from './check-sheet.ts'
import type { DisclosureCheck } from './disclosure-check.ts'
import type { ReadRecord } from './read-record.ts'
import type { PolicyFacts } from './report.ts'

/** What stands in the report of what was checked. */
export interface DisclosedFacts {
  /** With names and places; undefined where they could not be recomputed. */
  readonly findings: readonly Finding[] | undefined
  /** Undefined where the declaration has no rules. */
  readonly policy: PolicyFacts | undefined
}

export async function checkDisclosure(
  input: DisclosureCheck & { readonly disclosure: Uint8Array | undefined },
): Promise<DisclosedFacts> {
  const { disclosure: bytes, read, sheet } = input
  const disclosure = bytes === undefined ? undefined : await readDisclosure(bytes, read, sheet)
  if (bytes !== undefined && disclosure === undefined) return { findings: undefined, policy: recordedPolicy(read) }
  const declaration = await checkDeclarationContents(input, disclosure?.declaration)
  const request = await checkRequest(input, disclosure)
  const response = await checkResponse(input, disclosure)
  const findings = await checkComposition(input, { request, declaration })
  const policy = checkPolicy(input, { request, response, declaration, findings })
  await checkModels(input, { request, response, declaration })
  checkCompletion(input, response)
  return { findings, policy }
}

async function readDisclosure(
  bytes: Uint8Array,
  { record }: ReadRecord,
  sheet: CheckSheet,
): Promise<Disclosure | undefined> {
  try {
    const disclosure = parseDisclosure(bytes)
    if (disclosure.runId === record.runId) return disclosure
    sheet.fail('requestBytes', 'The disclosure is of another run.', { code: 'DISCLOSURE_MISMATCH', at: '/runId' })
  } catch (error) {
    if (!ColophonError.is(error)) throw error
    const failure = { code: error.code, ...placeOf(error) }
    sheet.fail('requestBytes', `The disclosure cannot be read: ${error.message}.`, failure)
  }
  return undefined
}
