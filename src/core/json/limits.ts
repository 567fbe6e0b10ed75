/**
 * Bounds on JSON that others send. Time and memory of a scan are linear in them.
 *
 * @module
 */

export interface JsonLimits {
  /** Containers inside one another; `[[]]` has 2. 1 or more. */
  readonly maxDepth: number
  /** Size of the text in bytes, below 2^31. */
  readonly maxBytes: number
  /** Values and keys together; a node takes 13 bytes on the tape. */
  readonly maxNodes: number
}

export const DEFAULT_JSON_LIMITS: JsonLimits = { maxDepth: 128, maxBytes: 64 * 1024 * 1024, maxNodes: 4_000_000 }

/** The limits with defaults for those that are left out. */
export function jsonLimits(limits: Partial<JsonLimits> = {}): JsonLimits {
  const maxDepth = limits.maxDepth ?? DEFAULT_JSON_LIMITS.maxDepth
  const maxBytes = limits.maxBytes ?? DEFAULT_JSON_LIMITS.maxBytes
  const maxNodes = limits.maxNodes ?? DEFAULT_JSON_LIMITS.maxNodes
  const good = (value: number) => Number.isInteger(value) && value >= 1 && value < 2 ** 31
  if (!good(maxDepth)) throw new RangeError('limits.maxDepth: want an integer of 1 or more')
  if (!good(maxBytes)) throw new RangeError('limits.maxBytes: want an integer from 1 to 2^31 - 1')
  if (!good(maxNodes)) throw new RangeError('limits.maxNodes: want an integer of 1 or more')
  return { maxDepth, maxBytes, maxNodes }
}
