/**
 * Held-out combinations never occur in training, and always when measured.
 *
 * @module
 */
import { expect, test } from 'vitest'
import { SeededRandom } from '../src/node/host/model/seeded-random.ts'
import { type Fact, isHeldOutPair, isHeldOutValue, makeExample } from './corpus.ts'

const isHeldOut = (fact: Fact): boolean =>
  isHeldOutValue(fact.frame, fact.value) || isHeldOutPair(fact.entity, fact.frame.relation, fact.value)

test('no training passage states a held-out fact', () => {
  const random = new SeededRandom(1)
  for (let round = 0; round < 5_000; round += 1) {
    const example = makeExample(random, { factCount: 2, askFor: 'training', absentShare: 0.1 })
    expect(example.facts.some(isHeldOut)).toBe(false)
  }
})

test('a measured question asks for a held-out fact, which the passage and the answer state', () => {
  const random = new SeededRandom(1)
  for (let round = 0; round < 1_000; round += 1) {
    const { fact, messages, answer } = makeExample(random, { factCount: 2, askFor: 'held-out' })
    if (fact === undefined) throw new Error('a fact is missing')
    expect(isHeldOut(fact)).toBe(true)
    expect(messages.at(-1)?.content).toContain(fact.sentence)
    expect(answer).toContain(fact.sentence.slice(1))
  }
})

test('an absent fact is not in the passage', () => {
  const random = new SeededRandom(1)
  for (let round = 0; round < 1_000; round += 1) {
    const { fact, facts, answer } = makeExample(random, { factCount: 2, askFor: 'absent' })
    expect(fact).toBeUndefined()
    expect(facts).toHaveLength(2)
    expect(answer).toContain('records do not say.')
  }
})

test('the same seed gives the same examples', () => {
  const draw = (seed: number): string => {
    const random = new SeededRandom(seed)
    return JSON.stringify(Array.from({ length: 20 }, () => makeExample(random, { factCount: 2, askFor: 'training' })))
  }
  expect(draw(8)).toBe(draw(8))
  expect(draw(8)).not.toBe(draw(9))
})
