/**
 * Joining and comparing byte strings.
 *
 * @module
 */

/** The parts one after another, in an array of its own. For a few: arguments beyond some 100,000 overflow the stack. */
export function concatBytes(...parts: Uint8Array[]): Uint8Array {
  return joinBytes(parts)
}

/** The parts one after another, in an array of its own. Any number of them. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  let sizeBytes = 0
  for (const part of parts) sizeBytes += part.length
  const joined = new Uint8Array(sizeBytes)
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/**
 * Whether two byte strings are the same, length included.
 *
 * Looks at every byte whatever the outcome, so the time does not depend on where they differ; JavaScript promises no
 * more than that.
 */
export function equalBytes(input: { readonly left: Uint8Array; readonly right: Uint8Array }): boolean {
  const { left, right } = input
  if (left.length !== right.length) return false
  let difference = 0
  for (let i = 0; i < left.length; i++) difference |= (left[i] as number) ^ (right[i] as number)
  return difference === 0
}
