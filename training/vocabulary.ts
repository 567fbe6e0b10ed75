/**
 * The vocabulary: 256 bytes, merges that reach every corpus word, control tokens.
 *
 * The merges are learnt as byte-pair encoding always learns them, from a list
 * that has each word once, until every word is one token. Then every word is
 * encoded anew, and a word that does not come out as one token is an error.
 *
 * @module
 */
// biome-ignore-all lint/style/noNonNullAssertion: indices of number arrays are in range by construction

import { CONTROL_TOKENS } from '../src/node/host/model/chat-template.ts'
import {
  BYTE_ALPHABET,
  splitIntoPieces,
  Tokenizer,
  type TokenizerTables,
  toByteAlphabet,
} from '../src/node/host/model/tokenizer.ts'
import { FACT_FRAMES } from './fact-frames.ts'
import { CLOSES, LEADS, MANNERS, restate, UNKNOWN_SENTENCE } from './manners.ts'
import { POOLS } from './word-pools.ts'

/** A tokenizer with the tables it was made from. */
export interface Vocabulary {
  readonly tables: TokenizerTables
  readonly tokenizer: Tokenizer
  /** Every piece of text the corpus can hold, each one token; sorted. */
  readonly words: readonly string[]
  /** The ids that occur in the corpus, ascending; the others keep a zero embedding. */
  readonly usedIds: readonly number[]
}

/** Builds the vocabulary; the same every time. */
export function buildVocabulary(): Vocabulary {
  const words = collectWords()
  const merges = learnMerges(words.map((word) => [...toByteAlphabet(word)]))
  const tokens = [...BYTE_ALPHABET]
  for (const [left, right] of merges) {
    if (!tokens.includes(left + right)) tokens.push(left + right)
  }
  const controlIds = new Set(CONTROL_TOKENS.map((_, index) => tokens.length + index))
  tokens.push(...CONTROL_TOKENS)
  const tables: TokenizerTables = { tokens, merges: merges.map((pair) => pair.join(' ')), controlIds }
  const tokenizer = new Tokenizer(tables)
  const usedIds = new Set(controlIds)
  for (const word of words) {
    const ids = tokenizer.encode(word)
    if (ids.length !== 1) throw new Error(`${JSON.stringify(word)} takes ${ids.length} tokens`)
    usedIds.add(ids[0] as number)
  }
  return { tables, tokenizer, words, usedIds: [...usedIds].sort((left, right) => left - right) }
}

/** Every piece of every text the corpus can make, and all numbers from 0 to 99. */
function collectWords(): string[] {
  const pieces = new Set<string>()
  const add = (text: string): void => {
    for (const piece of splitIntoPieces(text)) pieces.add(piece)
  }
  for (let number = 0; number < 100; number += 1) add(`${number} ${number}`)
  for (const pool of Object.values(POOLS)) for (const word of pool) add(`a ${word}`)
  const withoutSlots = (text: string): string => text.replace(/\{\w+\}/g, '0')
  for (const frame of FACT_FRAMES) {
    for (const manner of MANNERS) add(restate(manner, withoutSlots(frame.sentence)))
    for (const question of frame.questions)
      add(`Context: ${withoutSlots(frame.sentence)}\nQuestion: ${withoutSlots(question)}`)
  }
  for (const manner of MANNERS) {
    add(restate(manner, UNKNOWN_SENTENCE))
    for (const instruction of manner.instructions) add(`${instruction} ${instruction}`)
  }
  for (const sentence of [...LEADS, ...CLOSES]) add(`${sentence} ${sentence}`)
  return [...pieces].sort((left, right) => (left < right ? -1 : left > right ? 1 : 0))
}

/** Standard byte-pair learning: the most frequent pair first, ties by code unit order. */
function learnMerges(words: string[][]): [string, string][] {
  const merges: [string, string][] = []
  while (words.some((word) => word.length > 1)) {
    const counts = new Map<string, number>()
    for (const word of words) {
      for (let place = 0; place + 1 < word.length; place += 1) {
        const pair = `${word[place]!} ${word[place + 1]!}`
        counts.set(pair, (counts.get(pair) ?? 0) + 1)
      }
    }
    let best = ''
    let bestCount = 0
    for (const [pair, count] of counts) {
      if (count > bestCount || (count === bestCount && pair < best)) {
        best = pair
        bestCount = count
      }
    }
    const [left, right] = best.split(' ') as [string, string]
    merges.push([left, right])
    for (const word of words) {
      for (let place = 0; place + 1 < word.length; place += 1) {
        if (word[place] === left && word[place + 1] === right) word.splice(place, 2, left + right)
      }
    }
  }
  return merges
}
