/**
 * Making foreign text safe to show: what a terminal would obey, and what a reader would not see or see in another
 * order, is shown as an escape.
 *
 * Names, prompts and answers come from files and records, so from anybody. A control character could rewrite the line
 * above, a bidirectional one reverse what is read, an invisible one hide or smuggle text.
 *
 * @module
 */

/**
 * Unicode categories Cc, Cf, Cs, Co, Cn, the two separators, and whatever is ignorable by default (fillers, variation
 * selectors, tags). Of the last, U+FE0E and U+FE0F stay: they only choose how the character before them looks.
 */
const UNSAFE = /(?![\ufe0e\ufe0f])[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu

const SHORT: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
])

/** Text for one line: line breaks are escaped too. */
export function escapeText(text: string): string {
  return text.replaceAll(UNSAFE, (character) => SHORT.get(character) ?? `\\u{${codePoint(character).toString(16)}}`)
}

/** The same in JSON, where every escape is one of JSON's own, so that the value stays what it is. */
export function escapeJson(json: string): string {
  return json.replaceAll(UNSAFE, (character) => {
    if (character === '\n') return character
    return Array.from({ length: character.length }, (_, unit) => {
      return `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`
    }).join('')
  })
}

const codePoint = (character: string): number => character.codePointAt(0) ?? 0
