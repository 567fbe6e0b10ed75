/**
 * The token that opens what is not for everybody: prompts, disclosures, lists.
 *
 * @module
 */
import { encodeUtf8, equalBytes } from '../../core/bytes/index.ts'
import { sha256 } from '../../core/hash/index.ts'

/** Whether this is the token. Without a configured one nothing is. */
export type TokenCheck = (presented: string | undefined) => boolean

export function tokenCheck(token: string | undefined): TokenCheck {
  if (token === undefined) return () => false
  // Digests, so that the time of the comparison tells neither the token's length nor how much of a guess was right.
  const digest = sha256(encodeUtf8(token))
  return (presented) => presented !== undefined && equalBytes({ left: sha256(encodeUtf8(presented)), right: digest })
}

const BEARER = /^Bearer +(.+)$/i

/** The token of an API request: `Colophon-Token`, or else `Authorization: Bearer`. */
export function presentedToken(headers: Headers): string | undefined {
  return headers.get('colophon-token') ?? BEARER.exec(headers.get('authorization') ?? '')?.[1]
}
