/**
 * Where passages of the context may come from: patterns for the labels that the application gives them
 * (`docs/spec/declaration.md`, "Sources").
 *
 * A pattern is a label in which `*` stands for any characters, `/` and none included. Nothing else is special.
 *
 * @module
 */

/** Takes time in proportion to the label for each `*`. */
export function matchesSource(pattern: string, label: string): boolean {
  const [first = '', ...pieces] = pattern.split('*')
  if (pieces.length === 0) return label === first
  const last = pieces.pop() as string
  if (!label.startsWith(first)) return false
  let from = first.length
  for (const piece of pieces) {
    const at = label.indexOf(piece, from)
    if (at < 0) return false
    from = at + piece.length
  }
  return label.length - last.length >= from && label.endsWith(last)
}
