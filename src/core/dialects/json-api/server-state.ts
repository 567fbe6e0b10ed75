/**
 * Where a request leans on something that is not in it: a file or an earlier answer at the server, a picture that the
 * server fetches, a search that it makes (`docs/spec/dialects.md`, "Server-side state").
 *
 * The role that this hides is unobservable, and the run is not self-contained.
 *
 * @module
 */
import type { Unobservable } from '../../composition/index.ts'
import { elements, JsonKind, type JsonTape, memberAt, stringAt } from '../../json/index.ts'
import type { SentRole } from '../../roles/index.ts'
import { type MessageRoles, rolesOfMessages, type Shape } from '../../spans/index.ts'

/** One way in which a request leans on its server. */
export interface StateRule {
  // The place, such as /messages/*/content/*/file/file_id, where * is every element of a list.
  readonly at: string
  /** `author` or `result`: the role that the message it stands in has by its place. */
  readonly hides: SentRole | 'author' | 'result'
  /** Where it counts; whatever it is, where this is left out. */
  readonly when?: StateCondition
  /** What the reason names; the place's last name where this is left out. */
  readonly as?: string
}

export type StateCondition =
  /** Anything but null. */
  | 'given'
  /** A text that is not the data itself, and so has to be fetched. */
  | 'address'
  /** The literal true. */
  | 'true'
  /** A text that is one of these, which the reason names. */
  | { readonly oneOf: readonly string[] }
  /** A text that is none of these. The reason does not name it: it is the caller's own, and reasons stand in records. */
  | { readonly noneOf: readonly string[] }

/** Rule by rule, each in the order of the body; each role and reason once. */
export function serverState(tape: JsonTape, rules: readonly StateRule[], shape: Shape): Unobservable[] {
  const rolesOf = messageRoles(tape, shape)
  const found = rules.flatMap((rule) =>
    placesOf(tape, rule.at).flatMap(({ node, message }): Unobservable[] => {
      const what = reasonFor(tape, node, rule)
      const role = what === undefined ? undefined : roleOf(rule.hides, rolesOf(message))
      return role === undefined ? [] : [{ role: role as SentRole, reason: `server-side: ${what}` }]
    }),
  )
  const distinct = new Map(found.map((one) => [`${one.role} ${one.reason}`, one]))
  return [...distinct.values()]
}

interface Place {
  readonly node: number
  /** Its index in the list of messages, where its path goes through one. */
  readonly message: number | undefined
}

function placesOf(tape: JsonTape, pattern: string): Place[] {
  let places: Place[] = [{ node: 0, message: undefined }]
  for (const step of pattern.split('/').slice(1)) {
    places = places.flatMap(({ node, message }) => {
      if (step !== '*') {
        const member = tape.kind[node] === JsonKind.object ? memberAt(tape, node, step) : -1
        return member < 0 ? [] : [{ node: member, message }]
      }
      if (tape.kind[node] !== JsonKind.array) return []
      return [...elements(tape, node)].map((item, index) => ({ node: item, message: message ?? index }))
    })
  }
  return places
}

/** The roles of the messages in the list of them, which stands at the top. */
function messageRoles(tape: JsonTape, shape: Shape): (index: number | undefined) => MessageRoles | undefined {
  for (const [name, member] of shape.kind === 'object' ? shape.members : []) {
    const list = member.kind === 'messages' ? memberAt(tape, 0, name) : -1
    if (member.kind !== 'messages' || list < 0 || tape.kind[list] !== JsonKind.array) continue
    const roles = rolesOfMessages(tape, [...elements(tape, list)], member.authors)
    return (index) => (index === undefined ? undefined : roles[index])
  }
  return () => undefined
}

const roleOf = (hides: StateRule['hides'], roles: MessageRoles | undefined): string | undefined =>
  hides === 'author' || hides === 'result' ? roles?.[hides] : hides

/** What the server holds; undefined where the rule's condition does not hold. */
function reasonFor(tape: JsonTape, node: number, { at, when, as }: StateRule): string | undefined {
  const name = as ?? at.slice(at.lastIndexOf('/') + 1)
  const kind = tape.kind[node]
  if (when === undefined) return name
  if (when === 'given') return kind === JsonKind.null ? undefined : name
  if (when === 'true') return kind === JsonKind.true ? name : undefined
  const text = kind === JsonKind.string ? stringAt(tape, node) : undefined
  if (text === undefined) return undefined
  if (when === 'address') return INLINE.test(text) ? undefined : name
  if ('oneOf' in when) return when.oneOf.includes(text) ? text : undefined
  return when.noneOf.includes(text) ? undefined : name
}

/** A text that holds the data itself: a `data:` address, or base64. */
const INLINE = /^(?:data:|[A-Za-z0-9+/=_-]*$)/i
