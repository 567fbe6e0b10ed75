/**
 * Every word of the corpus is one token, and any text survives.
 *
 * @module
 */
import { expect, test } from 'vitest'
import { encodeChat } from '../src/node/host/model/chat-template.ts'
import { SeededRandom } from '../src/node/host/model/seeded-random.ts'
import { splitIntoPieces } from '../src/node/host/model/tokenizer.ts'
import { makeExample } from './corpus.ts'
import { buildVocabulary } from './vocabulary.ts'

const vocabulary = buildVocabulary()
const { tokenizer } = vocabulary

test('every corpus word and every number from 0 to 99 is one token', () => {
  for (const word of vocabulary.words) expect(tokenizer.encode(word)).toHaveLength(1)
  for (let number = 0; number < 100; number += 1) {
    expect(tokenizer.encode(String(number))).toHaveLength(1)
    expect(tokenizer.encode(` ${number}`)).toHaveLength(1)
  }
})

test('generated examples use only known words', () => {
  const known = new Set(vocabulary.usedIds)
  const random = new SeededRandom(4)
  for (let round = 0; round < 2_000; round += 1) {
    const options = { factCount: 1 + (round % 3), askFor: 'training', absentShare: 0.1 } as const
    const { messages, answer } = makeExample(random, options)
    const ids = [...encodeChat(tokenizer, messages), ...tokenizer.encode(answer)]
    expect(ids.filter((id) => !known.has(id))).toEqual([])
    expect(tokenizer.encode(answer)).toHaveLength(splitIntoPieces(answer).length)
    expect(tokenizer.decode(tokenizer.encode(answer))).toBe(answer)
  }
})

test('text of other words and scripts comes back', () => {
  for (const text of ['Zürich kostet 1234,50 €', '图书馆在九点开门。', '👩‍👩‍👧 ok', ' \t\n  x', '<|end|>']) {
    expect(tokenizer.decode(tokenizer.encode(text))).toBe(text)
  }
})

test('the vocabulary is small', () => {
  expect(tokenizer.size).toBeLessThan(1_500)
})
