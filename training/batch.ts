/**
 * Packs examples into a batch: prompt and answer tokens, targets on the answer alone, or on its values alone.
 *
 * The network knows only the vocabulary's used tokens, numbered from 0; the
 * row of a token is its place in `usedIds`.
 *
 * @module
 */

import { END_TOKEN, encodeChat } from '../src/node/host/model/chat-template.ts'
import type { Tokenizer } from '../src/node/host/model/tokenizer.ts'
import type { Example } from './corpus.ts'
import type { Batch } from './network.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Most rows of one sequence; a multiple of 8. */
export const LONGEST_SEQUENCE = 128

/** Packs examples; each sequence is filled up to a multiple of 8 rows. */
export function packBatch(vocabulary: Vocabulary, examples: readonly Example[]): Batch {
  const { tokenizer } = vocabulary
  const rowOfId = new Map(vocabulary.usedIds.map((id, row) => [id, row]))
  const tokens: number[] = []
  const targets: number[] = []
  const lengths: number[] = []
  for (const example of examples) {
    const prompt = encodeChat(tokenizer, example.messages)
    const ids = [...prompt, ...tokenizer.encode(example.answer), tokenizer.controlId(END_TOKEN)]
    const rows = ids.map((id) => {
      const row = rowOfId.get(id)
      if (row === undefined) throw new Error(`token ${id} is not one of the corpus`)
      return row
    })
    const learnt = learntPlaces(example, tokenizer)
    const length = Math.ceil((rows.length - 1) / 8) * 8
    if (length > LONGEST_SEQUENCE) throw new RangeError(`an example takes ${length} rows`)
    for (let index = 0; index < length; index += 1) {
      const isReal = index < rows.length - 1
      tokens.push(isReal ? (rows[index] as number) : 0)
      const isLearnt = index >= prompt.length - 1 && (learnt === undefined || learnt.has(index - prompt.length + 1))
      targets.push(isReal && isLearnt ? (rows[index + 1] as number) : -1)
    }
    lengths.push(length)
  }
  return { tokens: Int32Array.from(tokens), targets: Int32Array.from(targets), lengths }
}

/** Places in the answer of the tokens to learn; undefined for all. Every word of the corpus is one token. */
function learntPlaces({ learn, facts }: Example, tokenizer: Tokenizer): ReadonlySet<number> | undefined {
  if (learn === 'answer') return undefined
  const places = new Set<number>()
  let start = 0
  for (const { frame, sentence } of facts) {
    const wordsBefore = (frame.sentence.split('{value}')[0] as string).trimEnd().split(' ').length
    places.add(start + wordsBefore)
    start += tokenizer.encode(` ${sentence}`).length
  }
  return places
}
