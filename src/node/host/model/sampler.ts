/**
 * Chooses the next token from logits: greedy, or at random by temperature and top-p.
 *
 * At temperature 0 the largest logit wins, the lowest id in a tie. Otherwise
 * the same seed gives the same choices.
 *
 * @module
 */
// biome-ignore-all lint/style/noNonNullAssertion: indices of number arrays are in range by construction

import { exp } from './arithmetic.ts'
import { SeededRandom } from './seeded-random.ts'

/** How to choose. */
export interface SamplerOptions {
  /** 0 for greedy; else the logits are divided by it. */
  readonly temperature: number
  /** Only the likeliest tokens that together reach this share, in (0, 1]. */
  readonly topP: number
  readonly seed: number
}

/** Makes a function from logits to a token id. */
export function createSampler(options: SamplerOptions): (logits: Float32Array) => number {
  const { temperature, topP, seed } = options
  if (!(temperature >= 0 && temperature < Infinity)) throw new RangeError('temperature must be 0 or more')
  if (!(topP > 0 && topP <= 1)) throw new RangeError('topP must be above 0 and at most 1')
  if (!Number.isFinite(seed)) throw new RangeError('seed must be a number')
  if (temperature === 0) return indexOfLargest
  const random = new SeededRandom(seed)
  return (logits) => sample(logits, temperature, topP, random.nextFraction())
}

function indexOfLargest(logits: Float32Array): number {
  let best = 0
  for (let index = 1; index < logits.length; index += 1) if (logits[index]! > logits[best]!) best = index
  return best
}

function sample(logits: Float32Array, temperature: number, topP: number, fraction: number): number {
  const largest = logits[indexOfLargest(logits)]!
  const weights = Array.from(logits, (logit, id) => ({ id, weight: exp((logit - largest) / temperature) }))
  weights.sort((left, right) => right.weight - left.weight || left.id - right.id)
  const total = weights.reduce((sum, { weight }) => sum + weight, 0)
  let kept = 0
  let count = 0
  for (const { weight } of weights) {
    kept += weight
    count += 1
    if (kept >= topP * total) break
  }
  let left = fraction * kept
  for (const { id, weight } of weights.slice(0, count)) {
    left -= weight
    if (left < 0) return id
  }
  return weights[count - 1]!.id
}
