/**
 * What a comparison needs of an engine.
 *
 * @module
 */

/** A greedy answer. */
export interface Answer {
  /** The chosen tokens; the one that ends the answer is among them. */
  readonly tokens: readonly number[]
  /** For each choice, how likely every token of the vocabulary was. */
  readonly likelihoods: readonly ReadonlyMap<number, number>[]
  readonly text: string
}

export interface Engine {
  answer(prompt: readonly number[], options: { readonly maxTokens: number }): Promise<Answer>
}
