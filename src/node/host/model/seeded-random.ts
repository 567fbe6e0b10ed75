/**
 * A small seeded random source: xoshiro128** with splitmix32 seeding.
 *
 * Only 32-bit integer operations and one exact division are used, so the
 * sequence is the same on every machine. It is not for secrets.
 *
 * @module
 */
// biome-ignore-all lint/style/noNonNullAssertion: indices of number arrays are in range by construction

/** Random numbers that depend on the seed alone. */
export class SeededRandom {
  readonly #state: Uint32Array = new Uint32Array(4)

  /** @param seed any finite number; its integer part, modulo 2^32, is used. */
  constructor(seed: number) {
    let mixed = seed >>> 0
    for (let index = 0; index < 4; index += 1) {
      mixed = (mixed + 0x9e3779b9) >>> 0
      let word = mixed
      word = Math.imul(word ^ (word >>> 16), 0x21f0aaad)
      word = Math.imul(word ^ (word >>> 15), 0x735a2d97)
      this.#state[index] = (word ^ (word >>> 15)) >>> 0
    }
  }

  /** The next unsigned 32-bit integer. */
  nextInteger(): number {
    const state = this.#state
    const first = state[0]!
    const second = state[1]!
    const scrambled = Math.imul(second, 5)
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0
    const shifted = second << 9
    const third = state[2]! ^ first
    const fourth = state[3]! ^ second
    state[1] = second ^ third
    state[0] = first ^ fourth
    state[2] = third ^ shifted
    state[3] = (fourth << 11) | (fourth >>> 21)
    return result
  }

  /** A number in [0, 1) with 32 random bits. */
  nextFraction(): number {
    return this.nextInteger() / 4294967296
  }

  /** An integer in [0, bound). */
  nextBelow(bound: number): number {
    return Math.floor(this.nextFraction() * bound)
  }

  /** One element of a non-empty list. */
  pick<Element>(list: readonly Element[]): Element {
    if (list.length === 0) throw new RangeError('cannot pick from an empty list')
    return list[this.nextBelow(list.length)] as Element
  }

  /** The four words of the state, for a checkpoint. */
  saveState(): number[] {
    return [...this.#state]
  }

  /** Continues from a state that `saveState` returned. */
  restoreState(words: readonly number[]): void {
    if (words.length !== 4) throw new RangeError('a random state has four words')
    this.#state.set(words)
  }
}
