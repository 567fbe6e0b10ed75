/**
 * The role of each message, by its author and place (`docs/spec/dialects.md`, "Messages").
 *
 * `system` and `developer` messages are instructions. Of the others, everything up to and including the last assistant
 * message that something follows is history; after it, `user` messages are input and `tool` or `function` results are
 * context. Assistant messages at the very end begin the answer and are input.
 *
 * @module
 */
import { JsonKind, type JsonTape, memberAt, stringAt } from '../../json/index.ts'
import type { SentRole } from '../../roles/index.ts'

type Author = 'instructions' | 'user' | 'assistant' | 'result'

/** What a message's `role` can be. */
export const AUTHORS: ReadonlyMap<string, Author> = new Map([
  ['system', 'instructions'],
  ['developer', 'instructions'],
  ['user', 'user'],
  ['assistant', 'assistant'],
  ['tool', 'result'],
  ['function', 'result'],
])

/** @returns a role per item; undefined for a message whose author is not one of the six */
export function authorRoles(tape: JsonTape, items: readonly number[]): (SentRole | undefined)[] {
  const authors = items.map((item) => authorOf(tape, item))
  const boundary = endOfHistory(authors)
  return authors.map((author, index) => {
    if (author === undefined) return undefined
    if (author === 'instructions') return 'instructions'
    if (index < boundary) return 'history'
    return author === 'result' ? 'context' : 'input'
  })
}

/** Past the last assistant message that a user or result message follows. */
function endOfHistory(authors: readonly (Author | undefined)[]): number {
  const lastTurn = authors.findLastIndex((author) => author === 'user' || author === 'result')
  return authors.slice(0, lastTurn + 1).lastIndexOf('assistant') + 1
}

function authorOf(tape: JsonTape, item: number): Author | undefined {
  if (tape.kind[item] !== JsonKind.object) return undefined
  const role = memberAt(tape, item, 'role')
  return role >= 0 && tape.kind[role] === JsonKind.string ? AUTHORS.get(stringAt(tape, role)) : undefined
}
