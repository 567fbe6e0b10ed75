/**
 * Components and their digests (`docs/spec/declaration.md`, "Component digests").
 *
 * A component's value is a byte string: the UTF-8 bytes of a text as they are, or the RFC 8785 form of a JSON value.
 * In a public declaration its digest is the plain SHA-256 of those bytes, so that `sha256sum prompt.txt` finds it.
 * In a private one it is
 *
 *     HMAC-SHA256(blind, "colophon/component/v1\n" ‖ lp(role) ‖ lp(name) ‖ lp(encoding) ‖ lp(value))
 *
 * with lp(x) = the length of x in 4 bytes, big-endian, then x; without the blind nobody can test a guess.
 *
 * @module
 */
import { ByteWriter, encodeHex, encodeUtf8 } from '../bytes/index.ts'
import { hmacSha256, sha256 } from '../hash/index.ts'
import type { Role } from '../roles/index.ts'

/** `text`: UTF-8 bytes as they are. `json`: RFC 8785 form. The string "0" and the number 0 are two values. */
export type Encoding = 'text' | 'json'

export interface Component {
  /** Unique within its role: a parameter's, a tool's; `0`, `1`, … in sequences. */
  readonly name: string
  readonly encoding: Encoding
  /** Lowercase hex, 32 bytes. */
  readonly digest: string
}

/** What a component's digest is computed from. */
export interface ComponentContent {
  readonly role: Role
  readonly name: string
  readonly encoding: Encoding
  readonly value: Uint8Array
}

/** Digests component contents the way one declaration does: plain, or blinded with its `blind`. */
export type ComponentDigester = (content: ComponentContent) => string

const TAG = 'colophon/component/v1'

/** @param blind 32 random bytes of a private declaration; undefined for a public one */
export function componentDigester(blind: Uint8Array | undefined): ComponentDigester {
  if (blind === undefined) return (content) => encodeHex(sha256(content.value))
  return (content) => {
    const message = new ByteWriter()
      .tag(TAG)
      .prefixed(encodeUtf8(content.role))
      .prefixed(encodeUtf8(content.name))
      .prefixed(encodeUtf8(content.encoding))
      .prefixed(content.value)
      .finish()
    return encodeHex(hmacSha256({ key: blind, message }))
  }
}
