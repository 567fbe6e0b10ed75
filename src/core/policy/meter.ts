/**
 * Counts what one evaluation of one rule reads, and ends it at a bound (`docs/spec/policy.md`, "Bounds").
 *
 * Everything that can be large is a fact, and every fact is read through the meter; what the rule itself holds is bounded
 * when it is compiled. CEL lets an error be overruled (`true || error`), so that whoever evaluates has to look at
 * `isExceeded` in the end: every later reading throws too, and an exceeded evaluation ends soon.
 *
 * @module
 */
import { MAX_UNITS, MAX_VISITS } from './limits.ts'

/** Made once: an exceeded evaluation may throw it as often as there are items in a list. */
const EXCEEDED = new Error('the rule reads more than its bound')

export class Meter {
  readonly #nodes: number
  readonly #unitWeight: number
  #visits = 0
  #units = 0

  /** @param rule.needleLength code units of the longest text in the rule */
  constructor(rule: { readonly nodes: number; readonly needleLength: number }) {
    this.#nodes = rule.nodes
    this.#unitWeight = Math.max(1, Math.ceil(rule.needleLength / 16))
  }

  get isExceeded(): boolean {
    return this.#visits > MAX_VISITS || this.#units > MAX_UNITS
  }

  /** A list or map is read. */
  items(count: number): void {
    this.#visits += (count + 1) * this.#nodes
    if (this.isExceeded) throw EXCEEDED
  }

  /** A text is read. */
  text(text: string): string {
    this.units(text.length)
    return text
  }

  units(count: number): void {
    this.#units += count * this.#unitWeight
    if (this.isExceeded) throw EXCEEDED
  }
}
