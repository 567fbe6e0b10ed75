/**
 * Greedy choice, seeded sampling, and the limits of the options.
 *
 * @module
 */
import { expect, test } from 'vitest'
import { createSampler } from './sampler.ts'

const LOGITS = Float32Array.of(0, 2, 2, 1, -50)

test('temperature 0 takes the largest logit, the lowest id in a tie', () => {
  expect(createSampler({ temperature: 0, topP: 1, seed: 5 })(LOGITS)).toBe(1)
})

test('the same seed gives the same choices, another seed others', () => {
  const choices = (seed: number): number[] => {
    const choose = createSampler({ temperature: 1, topP: 1, seed })
    return Array.from({ length: 40 }, () => choose(LOGITS))
  }
  expect(choices(1)).toEqual(choices(1))
  expect(choices(1)).not.toEqual(choices(2))
})

test('choices follow the softmax', () => {
  const choose = createSampler({ temperature: 1, topP: 1, seed: 9 })
  const counts = [0, 0, 0, 0, 0]
  for (let index = 0; index < 20_000; index += 1) {
    const id = choose(LOGITS)
    counts[id] = (counts[id] ?? 0) + 1
  }
  const weights = [...LOGITS].map((logit) => Math.exp(logit))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  counts.forEach((count, id) => {
    expect(Math.abs(count / 20_000 - (weights[id] ?? 0) / total)).toBeLessThan(0.015)
  })
})

test('topP keeps only the likeliest tokens', () => {
  const choose = createSampler({ temperature: 1, topP: 0.5, seed: 9 })
  const seen = new Set(Array.from({ length: 500 }, () => choose(LOGITS)))
  expect([...seen].sort()).toEqual([1, 2])
})

test('options out of range are refused', () => {
  expect(() => createSampler({ temperature: -1, topP: 1, seed: 0 })).toThrow(RangeError)
  expect(() => createSampler({ temperature: NaN, topP: 1, seed: 0 })).toThrow(RangeError)
  expect(() => createSampler({ temperature: 1, topP: 0, seed: 0 })).toThrow(RangeError)
  expect(() => createSampler({ temperature: 1, topP: 1.1, seed: 0 })).toThrow(RangeError)
  expect(() => createSampler({ temperature: 1, topP: 1, seed: NaN })).toThrow(RangeError)
})
