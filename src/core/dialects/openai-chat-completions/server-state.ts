/**
 * Where a Chat Completions request leans on something that is not in it: a file or an earlier answer at the server, a
 * picture that the server fetches, a search (`docs/spec/dialects.md`, "Server-side state").
 *
 * The role that this hides is unobservable, and the run is not self-contained.
 *
 * @module
 */
import type { Unobservable } from '../../composition/index.ts'
import { elements, JsonKind, type JsonTape, memberAt, stringAt } from '../../json/index.ts'
import type { SentRole } from '../../roles/index.ts'
import { authorRoles } from './authors.ts'

/** Each role and reason once: of the messages in their order, then of the search, wherever it stands in the body. */
export function serverState(tape: JsonTape): Unobservable[] {
  const found = messagesOf(tape).flatMap(({ node, role }) => reasonsIn(tape, node).map((reason) => ({ role, reason })))
  if (memberAt(tape, 0, 'web_search_options') >= 0)
    found.push({ role: 'context', reason: 'server-side: web_search_options' })
  const distinct = new Map(found.map((one) => [`${one.role} ${one.reason}`, one]))
  return [...distinct.values()]
}

function messagesOf(tape: JsonTape): { node: number; role: SentRole }[] {
  const messages = memberAt(tape, 0, 'messages')
  if (!isKind(tape, messages, JsonKind.array)) return []
  const items = [...elements(tape, messages)]
  const authors = authorRoles(tape, items)
  return items.flatMap((node, index) => {
    const role = authors[index]
    return role === undefined ? [] : [{ node, role }]
  })
}

function reasonsIn(tape: JsonTape, message: number): string[] {
  const content = memberAt(tape, message, 'content')
  const parts = isKind(tape, content, JsonKind.array) ? [...elements(tape, content)] : []
  const isThere = (node: number, path: readonly string[]): boolean => memberIn(tape, node, path) >= 0
  const isFetched = (node: number, path: readonly string[]): boolean => isAddress(tape, memberIn(tape, node, path))
  return [
    ...parts.flatMap((part) => [
      ...(isThere(part, ['file', 'file_id']) ? ['server-side: file_id'] : []),
      ...(isFetched(part, ['file', 'file_data']) ? ['server-side: file_data'] : []),
      ...(isFetched(part, ['image_url', 'url']) || isFetched(part, ['image_url']) ? ['server-side: image_url'] : []),
    ]),
    ...(isThere(message, ['audio', 'id']) ? ['server-side: audio.id'] : []),
  ]
}

/** A text that holds the data itself: a `data:` address, or base64. */
const INLINE = /^(?:data:|[A-Za-z0-9+/=_-]*$)/i

const isAddress = (tape: JsonTape, node: number): boolean =>
  isKind(tape, node, JsonKind.string) && !INLINE.test(stringAt(tape, node))

/** The node at a path through objects, or -1. */
function memberIn(tape: JsonTape, node: number, path: readonly string[]): number {
  return path.reduce((at, name) => (isKind(tape, at, JsonKind.object) ? memberAt(tape, at, name) : -1), node)
}

const isKind = (tape: JsonTape, node: number, kind: JsonKind): boolean => node >= 0 && tape.kind[node] === kind
