/**
 * Whether a part keeps what a component asks of it, and whether the parts of a slot keep its bounds
 * (`docs/spec/composition.md`, "Findings").
 *
 * What is said of a broken bound holds no value: neither the one sent nor one declared that is not for everybody to read.
 *
 * @module
 */
import { decodeUtf8 } from '../bytes/index.ts'
import {
  type Component,
  type ComponentDigester,
  matchesSource,
  type NumberBounds,
  type Prefix,
  type SlotBounds,
} from '../declaration/index.ts'
import { ColophonError } from '../errors.ts'
import { canonicalNumber, compareNumbers, isNumberToken, isWholeNumber } from '../json/index.ts'
import type { Part } from './parts.ts'

/** Undefined where the component is kept. */
export function brokenComponent(component: Component, part: Part, digest: ComponentDigester): string | undefined {
  if ('digest' in component) {
    if (part.encoding !== component.encoding) return `sent as ${part.encoding}, declared as ${component.encoding}`
    return digest(part) === component.digest ? undefined : 'another value than the declared one'
  }
  if ('oneOf' in component) {
    const sent = digest(part)
    const isOne = component.oneOf.some((one) => one.encoding === part.encoding && one.digest === sent)
    return isOne ? undefined : `none of the ${component.oneOf.length} declared values`
  }
  if ('number' in component) return brokenNumber(component.number, part)
  if ('prefix' in component) return brokenPrefix(component.prefix, part, digest)
  return overMaximum(part.value.length, component.maxBytes)
}

function brokenNumber(bounds: NumberBounds, { encoding, value }: Part): string | undefined {
  const token = encoding === 'json' ? decodeUtf8(value) : ''
  if (!isNumberToken(token)) return 'no number'
  try {
    return brokenNumberBound(bounds, canonicalNumber(token))
  } catch (error) {
    // Its exponent is beyond all measure; no bound is.
    if (ColophonError.is(error, 'JSON_NUMBER_RANGE')) return 'no number that can be compared'
    throw error
  }
}

function brokenNumberBound({ min, max, integer }: NumberBounds, token: string): string | undefined {
  if (integer && !isWholeNumber(token)) return 'no whole number'
  if (min !== undefined && compareNumbers(token, min) < 0) return `below the declared min of ${min}`
  if (max !== undefined && compareNumbers(token, max) > 0) return `above the declared max of ${max}`
  return undefined
}

function brokenPrefix(prefix: Prefix, part: Part, digest: ComponentDigester): string | undefined {
  if (part.encoding !== 'text') return `sent as ${part.encoding}, declared as text`
  const start = part.value.subarray(0, prefix.bytes)
  if (start.length < prefix.bytes || digest({ ...part, value: start }) !== prefix.digest) {
    return `does not start with the declared ${prefix.bytes} bytes`
  }
  const over = overMaximum(part.value.length - prefix.bytes, prefix.maxBytesAfter)
  return over === undefined ? undefined : `${over} after its declared start`
}

/** Undefined where all bounds are kept. */
export function brokenSlot(bounds: SlotBounds, parts: readonly Part[]): string | undefined {
  const { maxCount, minCount, sources } = bounds
  const count = parts.length
  const bytes = parts.reduce((sum, part) => sum + part.value.length, 0)
  const over = overMaximum(bytes, bounds.maxBytes)
  if (over !== undefined) return over
  if (maxCount !== undefined && count > maxCount) return `${count} parts, at most ${maxCount} declared`
  if (minCount !== undefined && count < minCount) return `${count} parts, at least ${minCount} declared`
  if (sources === undefined) return undefined
  const isForeign = ({ label }: Part) => label === undefined || !sources.some((one) => matchesSource(one, label))
  const foreign = parts.filter(isForeign).length
  return foreign === 0 ? undefined : `${foreign} of ${count} parts come from no declared source`
}

const overMaximum = (bytes: number, maxBytes: number | undefined): string | undefined =>
  maxBytes === undefined || bytes <= maxBytes ? undefined : `${bytes} bytes, at most ${maxBytes} declared`
