/**
 * The response against its disclosure: the bytes, their closure, and the record's outputs (`docs/spec/verdicts.md`,
 * "Against the disclosure").
 *
 * @module
 */
import { decodeHex, encodeHex } from '../bytes/index.ts'
import type { ResponseCut } from '../dialects/index.ts'
import type { Disclosure } from '../disclosure/index.ts'
import { ColophonError } from '../errors.ts'
import type { RunRecord } from '../run/index.ts'
import { type DisclosureCheck, sameJson } from './disclosure-check.ts'
import { bodyOf, openMessage } from './open-message.ts'
import type { Crypto } from './read-record.ts'
import { recutResponse } from './recut.ts'

/** @returns the response cut again, where the whole of it is shown */
export async function checkResponse(
  { read, sheet, crypto }: DisclosureCheck,
  disclosure: Disclosure | undefined,
): Promise<ResponseCut | undefined> {
  const { record } = read
  const { response } = record.outcome
  const leaves = disclosure?.response
  if (response.state === 'none') {
    const reason = 'The record says that there was no response.'
    if (leaves === undefined) sheet.skip('responseBytes', reason)
    else sheet.fail('responseBytes', `${reason} The disclosure shows one.`, { code: 'DISCLOSURE_MISMATCH' })
    sheet.skip('responseClosure', reason)
    return undefined
  }
  if (leaves === undefined) {
    sheet.skip('responseBytes', 'No disclosure of the response was given.')
    sheet.claim('responseClosure', 'That the outputs are those of the response is the issuer’s word.')
    return undefined
  }
  const { dialect } = response
  const closed = leaves.filter(({ state }) => state === 'closed').length
  const shown = `${leaves.length - closed} of ${leaves.length} spans`
  const reason = `${shown} of the response are shown and are the bytes that the record committed to.`
  const opened = await sheet.attempt('responseBytes', reason, () => {
    const commitment = decodeHex(response.commitment, {})
    return openMessage({ leaves, direction: 'response', dialect, commitment, hash: crypto.hash })
  })
  if (opened === undefined) return undefined
  const { all } = opened
  if (all === undefined) {
    sheet.claim('responseClosure', `${closed} spans are closed, and could hold more than the issuer says of them.`)
    return undefined
  }
  const whole = 'The outputs of the record are those of the response’s bytes, recomputed here.'
  return sheet.attempt('responseClosure', whole, () => {
    const { cut, status } = recutResponse(all, dialect)
    requireResponseFacts({ record, body: bodyOf(all), cut, status, crypto })
    return cut
  })
}

function requireResponseFacts(input: {
  readonly record: RunRecord
  readonly body: Uint8Array
  readonly cut: ResponseCut
  readonly status: number
  readonly crypto: Crypto
}): void {
  const { record, body, cut, status, crypto } = input
  const { response } = record.outcome
  if (response.state === 'none') return
  const facts = { digest: encodeHex(crypto.hash(body)), length: body.length, status }
  for (const [name, value] of Object.entries(facts)) {
    if (response[name as keyof typeof facts] !== value) {
      throw new ColophonError('RECORD_INCONSISTENT', `the record gives the response another ${name} than it has`)
    }
  }
  const outputs = cut.outputs.map(({ choice, text }) => ({ choice, sha256: encodeHex(crypto.hash(text)) }))
  if (!sameJson(outputs, record.outputs)) {
    throw new ColophonError('RECORD_INCONSISTENT', 'the record names other outputs than the response has')
  }
}
