/**
 * Roles of which it cannot be told what they hold, because the server may read something that the dialect does not
 * (`docs/spec/dialects.md`, "What is not read").
 *
 * @module
 */
import { isUnreadMessage, partNamesOf, type Unobservable } from '../../composition/index.ts'
import { parsePointer } from '../../json/index.ts'
import { SENT_ROLES, type SentRole } from '../../roles/index.ts'
import type { BodySpan, Shape } from '../../spans/index.ts'
import type { JsonApiTable } from './json-dialect.ts'

/** Roles that a message can have. */
const OF_MESSAGES: readonly SentRole[] = ['instructions', 'context', 'history', 'input']

export function unreadRoles(table: JsonApiTable, spans: readonly BodySpan[]): Unobservable[] {
  const names = partNamesOf(table.request)
  if (table.foldsCase && spans.some((span) => span.kind === 'member' && isFolded(table.request, span.pointer))) {
    return SENT_ROLES.map((role) => ({ role, reason: 'unread: a name in another case' }))
  }
  if (!spans.some((span) => isUnreadMessage(names, span))) return []
  return OF_MESSAGES.map((role) => ({ role, reason: 'unread: a message of an unknown author' }))
}

/** Whether an unknown member is called, in another case, as any member that the table knows. */
const isFolded = (table: Shape, pointer: string): boolean =>
  knownNames(table).has((parsePointer(pointer).at(-1) ?? '').toLowerCase())

/** Made once for each table. */
const known = new WeakMap<Shape, ReadonlySet<string>>()

function knownNames(table: Shape): ReadonlySet<string> {
  const names = known.get(table) ?? new Set(namesIn(table))
  known.set(table, names)
  return names
}

function namesIn(shape: Shape): string[] {
  switch (shape.kind) {
    case 'object':
      return [...shape.members].flatMap(([name, member]) => [name.toLowerCase(), ...namesIn(member)])
    case 'array':
      return namesIn(shape.items)
    case 'messages':
    case 'oneOrMany':
      return namesIn(shape.item)
    case 'textOrParts':
      return namesIn(shape.part)
    case 'variants':
      return [...shape.shapes.values(), shape.otherwise].flatMap(namesIn)
    default:
      return []
  }
}
