/**
 * Byte-level byte-pair encoding in the form of GPT-2.
 *
 * Text is cut into pieces by the GPT-2 pattern; the UTF-8 bytes of a piece are
 * written in a printable alphabet; adjacent symbols are then merged, the pair
 * of lowest rank first. Control tokens are never made from text: a caller asks
 * for them by name.
 *
 * @module
 */
// biome-ignore-all lint/style/noNonNullAssertion: indices of number arrays are in range by construction

const PIECE_PATTERN = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu

const CACHE_LIMIT = 10_000

/** The printable character of each byte, at the byte's index. */
export const BYTE_ALPHABET: readonly string[] = ((): string[] => {
  const alphabet: string[] = []
  let shifted = 256
  for (let byte = 0; byte < 256; byte += 1) {
    const printable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || (byte >= 174 && byte <= 255)
    alphabet.push(String.fromCodePoint(printable ? byte : shifted))
    if (!printable) shifted += 1
  }
  return alphabet
})()

const BYTE_OF_CHARACTER: ReadonlyMap<string, number> = new Map(
  BYTE_ALPHABET.map((character, byte) => [character, byte]),
)

/** What a tokenizer is made from, as a GGUF file states it. */
export interface TokenizerTables {
  /** Each token's text in the printable alphabet; a control token's own name. */
  readonly tokens: readonly string[]
  /** Pairs `left right`, the first to be merged first. */
  readonly merges: readonly string[]
  /** The ids of the control tokens. */
  readonly controlIds: ReadonlySet<number>
}

/** The text in the printable alphabet, one character for each UTF-8 byte. */
export function toByteAlphabet(text: string): string {
  let result = ''
  for (const byte of new TextEncoder().encode(text)) result += BYTE_ALPHABET[byte]!
  return result
}

/** Cuts text into the pieces inside which symbols merge. */
export function splitIntoPieces(text: string): string[] {
  return text.match(PIECE_PATTERN) ?? []
}

/** Turns text into token ids and back. */
export class Tokenizer {
  readonly #tokens: readonly string[]
  readonly #controlIds: ReadonlySet<number>
  readonly #idOfText: Map<string, number> = new Map()
  readonly #idOfControl: Map<string, number> = new Map()
  readonly #rankOfPair: Map<string, number> = new Map()
  readonly #cache: Map<string, readonly number[]> = new Map()

  constructor(tables: TokenizerTables) {
    this.#tokens = tables.tokens
    this.#controlIds = tables.controlIds
    tables.tokens.forEach((text, id) => {
      const target = tables.controlIds.has(id) ? this.#idOfControl : this.#idOfText
      if (target.has(text)) throw new Error(`token ${JSON.stringify(text)} occurs twice`)
      target.set(text, id)
    })
    tables.merges.forEach((pair, rank) => {
      if (!this.#rankOfPair.has(pair)) this.#rankOfPair.set(pair, rank)
    })
    for (const character of BYTE_ALPHABET) {
      if (!this.#idOfText.has(character)) throw new Error('the vocabulary lacks a byte')
    }
  }

  /** The number of tokens. */
  get size(): number {
    return this.#tokens.length
  }

  /** The ids of `text`; never a control token. */
  encode(text: string): number[] {
    const ids: number[] = []
    for (const piece of splitIntoPieces(text)) {
      for (const id of this.#encodePiece(piece)) ids.push(id)
    }
    return ids
  }

  /** The id of a control token such as `<|end|>`. */
  controlId(name: string): number {
    const id = this.#idOfControl.get(name)
    if (id === undefined) throw new Error(`the vocabulary has no control token ${name}`)
    return id
  }

  /** The bytes that a token stands for; none for a control token. */
  bytesOf(id: number): Uint8Array {
    const text = this.#tokens[id]
    if (text === undefined) throw new RangeError(`no token has the id ${id}`)
    if (this.#controlIds.has(id)) return new Uint8Array(0)
    return Uint8Array.from(text, (character) => BYTE_OF_CHARACTER.get(character) ?? 0x3f)
  }

  /** The text of `ids`, control tokens left out. */
  decode(ids: Iterable<number>): string {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
    let text = ''
    for (const id of ids) text += decoder.decode(this.bytesOf(id), { stream: true })
    return text + decoder.decode()
  }

  #encodePiece(piece: string): readonly number[] {
    const known = this.#cache.get(piece)
    if (known !== undefined) return known
    const ids = this.#mergeSymbols([...toByteAlphabet(piece)])
    if (this.#cache.size >= CACHE_LIMIT) this.#cache.clear()
    this.#cache.set(piece, ids)
    return ids
  }

  #mergeSymbols(symbols: string[]): readonly number[] {
    for (;;) {
      let bestRank = Infinity
      let bestPlace = -1
      for (let place = 0; place + 1 < symbols.length; place += 1) {
        const rank = this.#rankOfPair.get(`${symbols[place]!} ${symbols[place + 1]!}`)
        if (rank !== undefined && rank < bestRank) {
          bestRank = rank
          bestPlace = place
        }
      }
      if (bestPlace < 0) break
      symbols.splice(bestPlace, 2, symbols[bestPlace]! + symbols[bestPlace + 1]!)
    }
    return symbols.map((symbol) => {
      const id = this.#idOfText.get(symbol)
      if (id === undefined) throw new Error(`the vocabulary lacks the merged symbol ${symbol}`)
      return id
    })
  }
}
