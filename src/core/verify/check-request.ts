/**
 * The request against its disclosure: the bytes, and their closure (`docs/spec/verdicts.md`, "Against the disclosure").
 *
 * @module
 */
import { decodeHex } from '../bytes/index.ts'
import type { Disclosure } from '../disclosure/index.ts'
import type { DisclosureCheck } from './disclosure-check.ts'
import { openMessage } from './open-message.ts'
import { type RecutRequest, recutRequest } from './recut.ts'

/** @returns the request cut again, where the whole of it is shown */
export async function checkRequest(
  { read, sheet, crypto }: DisclosureCheck,
  disclosure: Disclosure | undefined,
): Promise<RecutRequest | undefined> {
  const { commitment, dialect } = read.binding.request
  const leaves = disclosure?.request
  if (leaves === undefined) {
    sheet.skip('requestBytes', 'No disclosure of the request was given.')
    sheet.claim('requestClosure', 'That every byte of the request has a role is the issuer’s word.')
    return undefined
  }
  const closed = leaves.filter(({ state }) => state === 'closed').length
  const shown = `${leaves.length - closed} of ${leaves.length} spans`
  const reason = `${shown} of the request are shown and are the bytes that the binding committed to.`
  const opened = await sheet.attempt('requestBytes', reason, () =>
    openMessage({ leaves, direction: 'request', dialect, commitment: decodeHex(commitment, {}), hash: crypto.hash }),
  )
  if (opened === undefined) return undefined
  const { all } = opened
  if (all === undefined) {
    sheet.claim('requestClosure', `${closed} spans are closed, and could hold more than the issuer says of them.`)
    return undefined
  }
  return sheet.attempt('requestClosure', closureReason, () => recutRequest(all, dialect))
}

const closureReason = ({ cut }: RecutRequest): string =>
  cut.leaves.some(({ kind }) => kind === 'opaque')
    ? 'Every byte of the request is here; it is one span that no dialect reads, so no role can be told.'
    : 'Every byte of the request has a role or is structure, recomputed here.'
