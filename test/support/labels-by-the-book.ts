/**
 * What plays which role in a body, by the words of `docs/spec/dialects.md` and the tables beside it, over values instead of
 * bytes: an oracle that has nothing of the cut.
 *
 * @module
 */
import { appendPointer, type JsonObject, type JsonValue } from '../../src/core/json/index.ts'

/** A table as its JSON file has it. */
export interface Place {
  readonly kind: string
  readonly role: string
  readonly texts?: readonly string[]
  readonly members?: Readonly<Record<string, Place>>
  readonly items?: Place
  readonly part?: Place
  readonly item?: Place
  readonly by?: string
  readonly shapes?: Readonly<Record<string, Place>>
  readonly otherwise?: Place
  readonly authors?: {
    readonly by: string
    readonly authors: Readonly<Record<string, string>>
    readonly types: Readonly<Record<string, string>>
    readonly otherwise?: string
  }
}

interface Roles {
  readonly author: string
  readonly result: string
}

/** `role pointer` of each span that is no structure, in order. */
export const labelsByTheBook = (body: JsonValue, table: Place, unknown: string): string[] =>
  labels(body, table, '', { author: '', result: '' }, unknown)

function labels(value: JsonValue, place: Place, at: string, roles: Roles, unknown: string): string[] {
  const role = place.role === 'author' || place.role === 'result' ? roles[place.role] : place.role
  const one = [`${role} ${at}`]
  const list = Array.isArray(value) ? (value as readonly JsonValue[]) : undefined
  const each = (items: Place): string[] =>
    (list ?? []).flatMap((item, index) => labels(item, items, `${at}/${index}`, roles, unknown))
  switch (place.kind) {
    case 'discriminator':
      return typeof value === 'string' && place.texts?.includes(value) ? [] : one
    case 'object':
      return value instanceof Map ? membersOf(value, place.members ?? {}, at, roles, unknown) : one
    case 'array':
      return list === undefined ? one : each(place.items as Place)
    case 'textOrParts':
      return list === undefined ? one : each(place.part as Place)
    case 'texts':
      return list?.every((item) => typeof item === 'string') ? each({ kind: 'value', role: place.role }) : one
    case 'oneOrMany':
      return list === undefined ? labels(value, place.item as Place, at, roles, unknown) : each(place.item as Place)
    case 'variants': {
      const type = value instanceof Map ? value.get(place.by as string) : undefined
      const isKnown = typeof type === 'string' && Object.hasOwn(place.shapes ?? {}, type)
      const variant = isKnown ? place.shapes?.[type] : place.otherwise
      return labels(value, variant as Place, at, roles, unknown)
    }
    case 'messages':
      return list === undefined ? one : messages(list, place, at, unknown)
    default:
      return one
  }
}

const membersOf = (
  value: JsonObject,
  members: Readonly<Record<string, Place>>,
  at: string,
  roles: Roles,
  unknown: string,
) =>
  [...value].flatMap(([name, member]) => {
    const pointer = appendPointer(at, name)
    if (!Object.hasOwn(members, name)) return [`${unknown} ${pointer}`]
    return labels(member, members[name] as Place, pointer, roles, unknown)
  })

function messages(list: readonly JsonValue[], place: Place, at: string, unknown: string): string[] {
  const authors = list.map((message) => authorOf(message, place))
  const isTurn = (author: string | undefined): boolean => author === 'user' || author === 'result'
  return list.flatMap((message, index) => {
    const author = authors[index]
    if (author === undefined) return [`${unknown} ${at}/${index}`]
    // An assistant's message that a turn follows, at or after this one.
    const isHistory = authors.some((later, place) => {
      return later === 'assistant' && place >= index && authors.slice(place + 1).some(isTurn)
    })
    const result = isHistory ? 'history' : 'context'
    const said = isHistory ? 'history' : 'input'
    const roles = { result, author: author === 'instructions' ? author : author === 'result' ? result : said }
    return labels(message, place.item as Place, `${at}/${index}`, roles, unknown)
  })
}

function authorOf(message: JsonValue, { authors }: Place): string | undefined {
  if (!(message instanceof Map) || authors === undefined) return undefined
  const type = message.get('type')
  if (typeof type === 'string' && Object.hasOwn(authors.types, type)) return authors.types[type]
  const author = message.get(authors.by)
  const saysType = typeof type === 'string' && Object.keys(authors.types).length > 0
  if (author === undefined) return saysType ? undefined : authors.otherwise
  return typeof author === 'string' && Object.hasOwn(authors.authors, author) ? authors.authors[author] : undefined
}
