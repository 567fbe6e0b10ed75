/**
 * The role of each message, by its author and place (`docs/spec/dialects.md`, "Messages").
 *
 * Messages of instructions are instructions. Of the others, everything up to and including the last message of the
 * assistant that something follows is history; after it, messages of users are input and results are context. Messages of
 * the assistant at the very end begin the answer and are input.
 *
 * @module
 */
import { isNamed, JsonKind, type JsonTape, memberAt } from '../json/index.ts'

export type Author = 'instructions' | 'user' | 'assistant' | 'result'

/** How messages say whose they are. */
export interface AuthorTable {
  /** The member that names the author, such as `role`. */
  readonly by: string
  readonly authors: ReadonlyMap<string, Author>
  /** Of items that say by their `type` what they are, whatever else they say. */
  readonly types: ReadonlyMap<string, Author>
  /** Of an object that has no such member; nor a text as its `type`, where that tells authors. */
  readonly otherwise: Author | undefined
}

/** The roles of one message. */
export interface MessageRoles {
  readonly author: string
  /** Of what a tool or a search gave back in it. */
  readonly result: string
}

/** @returns roles per item; undefined for a message whose author cannot be told */
export function rolesOfMessages(
  tape: JsonTape,
  items: readonly number[],
  table: AuthorTable,
): (MessageRoles | undefined)[] {
  const authors = items.map((item) => authorOf(tape, item, table))
  const boundary = endOfHistory(authors)
  return authors.map((author, index) => {
    if (author === undefined) return undefined
    const isHistory = index < boundary
    const result = isHistory ? 'history' : 'context'
    if (author === 'instructions') return { author, result }
    if (author === 'result') return { author: result, result }
    return { author: isHistory ? 'history' : 'input', result }
  })
}

/** Past the last message of the assistant that one of a user or a result follows. */
function endOfHistory(authors: readonly (Author | undefined)[]): number {
  const lastTurn = authors.findLastIndex((author) => author === 'user' || author === 'result')
  return authors.slice(0, lastTurn + 1).lastIndexOf('assistant') + 1
}

function authorOf(tape: JsonTape, item: number, { by, authors, types, otherwise }: AuthorTable): Author | undefined {
  if (tape.kind[item] !== JsonKind.object) return undefined
  const type = types.size === 0 ? -1 : memberAt(tape, item, 'type')
  const ofType = authorAt(tape, type, types)
  if (ofType !== undefined) return ofType
  const named = memberAt(tape, item, by)
  if (named >= 0) return authorAt(tape, named, authors)
  return type >= 0 && tape.kind[type] === JsonKind.string ? undefined : otherwise
}

/** What a text stands for, found without decoding it. */
function authorAt(tape: JsonTape, node: number, names: ReadonlyMap<string, Author>): Author | undefined {
  if (node < 0 || tape.kind[node] !== JsonKind.string) return undefined
  for (const [text, author] of names) if (isNamed(tape, node, text)) return author
  return undefined
}
