/**
 * Words of a command that is printed to be copied.
 *
 * @module
 */

/** A word as POSIX shells and PowerShell take it: between quotes where it has anything but the plainest characters. */
export function shellWord(text: string): string {
  if (/^[\w./:@%+=,][\w./:@%+=,-]*$/.test(text)) return text
  // A name that begins with a hyphen would be an option, quoted or not.
  const word = text.startsWith('-') ? `./${text}` : text
  return `'${word.replaceAll("'", `'\\''`)}'`
}
