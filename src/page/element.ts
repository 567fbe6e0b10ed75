/**
 * Elements made of text. Whatever text is put into one is escaped here, so that no part of the page can forget to, and
 * becomes a text node: no text of others is ever read as markup.
 *
 * @module
 */
import { escapeText } from '../core/escape/index.ts'

export type Content = string | Node

/** @param className one or more classes, or none: '' */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  ...content: readonly Content[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  if (className !== '') made.className = className
  made.append(...content.map((part) => (typeof part === 'string' ? escapeText(part) : part)))
  return made
}

const MAX_CHARACTERS = 100_000

/** A text of others with its line breaks, set apart. Long ones are cut. */
export function quotation(text: string): HTMLElement {
  const shown = text.slice(0, MAX_CHARACTERS).split('\n').map(escapeText).join('\n')
  const quoted = document.createElement('pre')
  quoted.append(shown)
  if (text.length > MAX_CHARACTERS) {
    quoted.append(element('span', 'note', `\u00a0… ${text.length - MAX_CHARACTERS} more characters`))
  }
  return quoted
}

/** The element of the page's own markup that has an id. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`the page has no #${id}`)
  return found
}
