/**
 * Text from bytes that are known to be ASCII, in chunks (one call per character would be slow, one call for all of it
 * would overflow the stack).
 *
 * @module
 */

const CHUNK = 8192

/**
 * The text of code units below 0x80 (bytes) or of any UTF-16 code units (a Uint16Array). Checks nothing.
 *
 * @param units  code units, one per element
 * @param start  index of the first one, inclusive
 * @param end    index after the last one
 */
export function textOfUnits(units: Uint8Array | Uint16Array, start = 0, end = units.length): string {
  if (end - start <= 24) {
    let text = ''
    for (let i = start; i < end; i++) text += String.fromCharCode(units[i] as number)
    return text
  }
  let text = ''
  for (let from = start; from < end; from += CHUNK) {
    const chunk = units.subarray(from, Math.min(end, from + CHUNK))
    text += String.fromCharCode.apply(null, chunk as unknown as number[])
  }
  return text
}
