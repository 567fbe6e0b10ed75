/**
 * Looks for a text in another, in time that grows with both lengths together, whatever they hold (Knuth, Morris, Pratt).
 *
 * The search of the language is quadratic where a text resembles itself: forty thousand letters would hold up everybody
 * else's runs for seconds. It is linear for a few letters, and so finds where to begin.
 *
 * @module
 */

/** UTF-16 code units. */
const HEAD = 6

export class TextSearch {
  readonly #text: string
  readonly #head: string
  /** Of each beginning of the text: how much of it stands at its own end again, but for the whole. */
  readonly #borders: Uint32Array

  /** @param text not empty */
  constructor(text: string) {
    this.#text = text
    this.#head = text.slice(0, HEAD)
    this.#borders = bordersOf(text)
  }

  get length(): number {
    return this.#text.length
  }

  /** Where the whole text stands first, from `from` on; -1 where it does not. */
  placeIn(within: string, from: number): number {
    const { place } = this.#scan(within, from)
    return place
  }

  /** How much of the beginning of the text stands in `within`, in UTF-16 code units; 0 where that is less than six. */
  longestBeginningIn(within: string): number {
    const { longest } = this.#scan(within, 0)
    return longest
  }

  #scan(within: string, from: number): { readonly place: number; readonly longest: number } {
    const [text, borders, head] = [this.#text, this.#borders, this.#head]
    let longest = 0
    let matched = 0
    for (let at = from; at < within.length; ) {
      if (matched === 0) {
        at = within.indexOf(head, at)
        if (at < 0) break
        matched = head.length
        at += matched
      } else {
        const unit = within.charCodeAt(at)
        while (matched > 0 && text.charCodeAt(matched) !== unit) matched = borders[matched - 1] as number
        if (text.charCodeAt(matched) === unit) {
          matched += 1
          at += 1
        }
      }
      if (matched > longest) longest = matched
      if (matched === text.length) return { place: at - matched, longest }
    }
    return { place: -1, longest }
  }
}

function bordersOf(text: string): Uint32Array {
  const borders = new Uint32Array(text.length)
  let matched = 0
  for (let at = 1; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    while (matched > 0 && text.charCodeAt(matched) !== unit) matched = borders[matched - 1] as number
    if (text.charCodeAt(matched) === unit) matched += 1
    borders[at] = matched
  }
  return borders
}
