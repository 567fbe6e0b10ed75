/**
 * Breaking text at spaces, so that a terminal need not break it anywhere.
 *
 * @module
 */

/** Two columns of a terminal, nearly everywhere: East Asian scripts, emoji. Rather a few too many than one too few. */
const WIDE = /^(?:[\u1100-\u1fff\u2e80-\uffff]|[\u{10000}-\u{10ffff}]|\p{Emoji_Presentation})/u
const MARK = /^\p{M}/u

/** @param text without control characters */
export function columnsOf(text: string): number {
  let columns = 0
  for (const character of text) columns += columnsOfCharacter(character)
  return columns
}

const columnsOfCharacter = (character: string): number => (MARK.test(character) ? 0 : WIDE.test(character) ? 2 : 1)

/**
 * Pieces of at most `width` columns; the spaces at a break are left out.
 *
 * @param options.breaksWords break words that are longer than a line too, which then cannot be copied whole
 */
export function wrapText(
  text: string,
  { width, breaksWords }: { readonly width: number; readonly breaksWords: boolean },
): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/(?<= )(?=[^ ])/)) {
    for (const piece of breaksWords ? cut(word, width) : [word]) {
      if (line !== '' && columnsOf(line) + columnsOf(piece.trimEnd()) > width) {
        lines.push(line.trimEnd())
        line = ''
      }
      line += piece
    }
  }
  return [...lines, line.trimEnd()]
}

function cut(word: string, width: number): readonly string[] {
  if (columnsOf(word.trimEnd()) <= width) return [word]
  const pieces: string[] = []
  let piece = ''
  let columns = 0
  for (const character of word) {
    const more = columnsOfCharacter(character)
    if (columns + more > width) {
      pieces.push(piece)
      piece = ''
      columns = 0
    }
    piece += character
    columns += more
  }
  return [...pieces, piece]
}
