/**
 * Texts and byte strings in vectors. What is long is described: a list of parts, one after the other.
 *
 * Of web standards alone, so that a browser reads vectors with it too; but for `base64Of`, which only makes them.
 *
 * @module
 */

/** A text, or texts and repetitions, which make a text together. */
export type Parts = string | readonly (string | Repetition)[]

type Repetition = { readonly repeat: string; readonly times: number }

/** The text of a `…Text` member. */
export function textOf(parts: Parts): string {
  if (typeof parts === 'string') return parts
  return parts.map((part) => (typeof part === 'string' ? part : part.repeat.repeat(part.times))).join('')
}

/** A value whose `…Text` and `…Hex` members are strings, at any depth. */
export function expanded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(expanded)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([name, member]) => {
    return [name, /(?:Text|Hex)$/.test(name) ? textOf(member as Parts) : expanded(member)] as const
  })
  return Object.fromEntries(members)
}

/** The bytes of a `…Text` member: its UTF-8. */
export const bytesOfText = (parts: Parts): Uint8Array => new TextEncoder().encode(textOf(parts))

/** The text that bytes are the UTF-8 of, a byte order mark included. */
export const textOfBytes = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)

/** The bytes of a `…Hex` member. */
export function bytesOfHex(parts: Parts): Uint8Array {
  const text = textOf(parts)
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new Error('a vector has a …Hex member that is not hexadecimal')
  return Uint8Array.from(text.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16))
}

/** Hexadecimal, not by the code that is tested. */
export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** Base64 by Node. */
export const base64Of = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
