/**
 * Escapes inside strings, RFC 8259 section 7, on bytes.
 *
 * @module
 */

const BACKSLASH = 0x5c

/** Offset of the first escape, or -1. */
export function firstEscape(raw: Uint8Array): number {
  return raw.indexOf(BACKSLASH)
}

/**
 * A string's inside with its escapes resolved, as UTF-8. The scan has seen that they are in order.
 *
 * @param from  offset of the first escape, or of anything before it
 */
export function unescaped(raw: Uint8Array, from: number): Uint8Array {
  const out = new Uint8Array(raw.length)
  out.set(raw.subarray(0, from))
  let at = from
  for (let i = from; i < raw.length; ) {
    const byte = raw[i++] as number
    if (byte !== BACKSLASH) {
      out[at++] = byte
      continue
    }
    const letter = raw[i++] as number
    if (letter !== 0x75) {
      out[at++] = simpleEscape(letter)
      continue
    }
    let point = hex4(raw, i)
    i += 4
    if (point >= 0xd800 && point <= 0xdbff) {
      // The low half's escape follows.
      point = 0x10000 + ((point - 0xd800) << 10) + (hex4(raw, i + 2) - 0xdc00)
      i += 6
    }
    if (point < 0x80) {
      out[at++] = point
    } else if (point < 0x800) {
      out[at++] = 0xc0 | (point >> 6)
      out[at++] = 0x80 | (point & 63)
    } else if (point < 0x10000) {
      out[at++] = 0xe0 | (point >> 12)
      out[at++] = 0x80 | ((point >> 6) & 63)
      out[at++] = 0x80 | (point & 63)
    } else {
      out[at++] = 0xf0 | (point >> 18)
      out[at++] = 0x80 | ((point >> 12) & 63)
      out[at++] = 0x80 | ((point >> 6) & 63)
      out[at++] = 0x80 | (point & 63)
    }
  }
  return out.subarray(0, at)
}

/** RFC 8259 section 7; 0 for a letter that is no escape. */
export function simpleEscape(letter: number): number {
  switch (letter) {
    case 0x22:
    case 0x5c:
    case 0x2f:
      return letter
    case 0x62:
      return 0x08
    case 0x66:
      return 0x0c
    case 0x6e:
      return 0x0a
    case 0x72:
      return 0x0d
    case 0x74:
      return 0x09
  }
  return 0
}

/** The number that four hexadecimal digits of either case stand for, or -1. */
export function hex4(bytes: Uint8Array, at: number): number {
  let value = 0
  for (let i = at; i < at + 4; i++) {
    const byte = i < bytes.length ? (bytes[i] as number) : 0
    const lower = byte | 0x20
    if (byte >= 0x30 && byte <= 0x39) value = (value << 4) | (byte - 0x30)
    else if (lower >= 0x61 && lower <= 0x66) value = (value << 4) | (lower - 0x57)
    else return -1
  }
  return value
}
