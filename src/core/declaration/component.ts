/**
 * Components and their digests (`docs/spec/declaration.md`, "Component digests").
 *
 * A component's value is a byte string: the UTF-8 bytes of a text as they are, or the RFC 8785 form of a JSON value.
 * A component is fixed to a value, or bounded: by values, numbers, a beginning or a size. Whatever stands for a value is its
 * digest. In a public declaration that is the plain SHA-256 of those bytes, so that `sha256sum prompt.txt` finds it.
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

/** A value that nobody reads here. */
export interface ValueDigest {
  readonly encoding: Encoding
  /** Lowercase hex, 32 bytes. */
  readonly digest: string
}

interface NamedComponent {
  /** Unique within its role: a parameter's, a tool's; `0`, `1`, … in sequences. */
  readonly name: string
  /** It may be left out. Of tools and parameters only. */
  readonly optional?: true
}

/** Sent with exactly this value. */
export interface FixedComponent extends NamedComponent, ValueDigest {}

/** Sent with one of these values, two or more, sorted by digest. */
export interface ChoiceComponent extends NamedComponent {
  readonly oneOf: readonly ValueDigest[]
}

/** Sent as a number within these bounds. Of parameters only. */
export interface NumberComponent extends NamedComponent {
  readonly number: NumberBounds
}

/** Tokens in canonical form, since our own documents hold integers only; compared exactly. For everybody to read. */
export interface NumberBounds {
  readonly min?: string
  readonly max?: string
  /** Whole numbers only. */
  readonly integer?: true
}

/** Sent as a text that begins with this one. Of parameters and sequences only. */
export interface PrefixComponent extends NamedComponent {
  readonly prefix: Prefix
}

/** For everybody to read, but for the digest. */
export interface Prefix {
  /** How many bytes it has. */
  readonly bytes: number
  /** As of a component of this role and name, encoding `text`, with these bytes for its value. */
  readonly digest: string
  /** Of what comes after it. */
  readonly maxBytesAfter?: number
}

/** Sent with any value of at most so many bytes. Of parameters only. */
export interface SizeComponent extends NamedComponent {
  readonly maxBytes: number
}

export type Component = FixedComponent | ChoiceComponent | NumberComponent | PrefixComponent | SizeComponent

/** The digests in a component, each of a content of its own: none where it holds numbers only. */
export function digestsOf(component: Component | undefined): readonly ValueDigest[] {
  if (component === undefined) return []
  if ('digest' in component) return [component]
  if ('oneOf' in component) return component.oneOf
  return 'prefix' in component ? [{ encoding: 'text', digest: component.prefix.digest }] : []
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
