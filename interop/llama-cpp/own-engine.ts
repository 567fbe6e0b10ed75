/**
 * This project's engine, `src/node/host/model`, token by token.
 *
 * @module
 */
import { END_TOKEN } from '../../src/node/host/model/chat-template.ts'
import type { Model } from '../../src/node/host/model/index.ts'
import { createSampler } from '../../src/node/host/model/sampler.ts'
import { TransformerRun } from '../../src/node/host/model/transformer.ts'
import type { Engine } from './engine.ts'

export interface OwnEngine extends Engine {
  encodeText(text: string): readonly number[]
}

export function ownEngine(model: Model): OwnEngine {
  const { tokenizer } = model
  const endToken = tokenizer.controlId(END_TOKEN)
  const choose = createSampler({ temperature: 0, topP: 1, seed: 0 })
  return {
    encodeText: (text) => tokenizer.encode(text),
    answer: async (prompt, { maxTokens }) => {
      const run = new TransformerRun(model, prompt.length + maxTokens)
      for (const token of prompt) run.accept(token)
      const tokens: number[] = []
      const likelihoods: ReadonlyMap<number, number>[] = []
      while (tokens.length < maxTokens) {
        const logits = run.logits()
        const token = choose(logits)
        tokens.push(token)
        likelihoods.push(likelihoodsOf(logits))
        if (token === endToken) break
        run.accept(token)
      }
      return { tokens, likelihoods, text: tokenizer.decode(tokens) }
    },
  }
}

function likelihoodsOf(logits: Float32Array): ReadonlyMap<number, number> {
  const largest = logits.reduce((most, logit) => Math.max(most, logit), -Infinity)
  const weights = Array.from(logits, (logit) => Math.exp(logit - largest))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return new Map(weights.map((weight, token) => [token, weight / total]))
}
