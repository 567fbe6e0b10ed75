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
import { checkRequest } from './check-request.ts'
import { checkResponse } from './check-response.ts'
import { type CheckSheet, placeOf } from './check-sheet.ts'
import type { DisclosureCheck } from './disclosure-check.ts'
import type { ReadRecord } from './read-record.ts'

/** @returns the findings with names and places, where they could be recomputed */
export async function checkDisclosure(
  input: DisclosureCheck & { readonly disclosure: Uint8Array | undefined },
): Promise<readonly Finding[] | undefined> {
  const { disclosure: bytes, read, sheet } = input
  const disclosure = bytes === undefined ? undefined : await readDisclosure(bytes, read, sheet)
  if (bytes !== undefined && disclosure === undefined) return undefined
  const declaration = await checkDeclarationContents(input, disclosure?.declaration)
  const request = await checkRequest(input, disclosure)
  const response = await checkResponse(input, disclosure)
  const findings = await checkComposition(input, { request, declaration })
  await checkModels(input, { request, response, declaration })
  checkCompletion(input, response)
  return findings
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
