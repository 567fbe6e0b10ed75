/**
 * How tables of dialects are written (`docs/spec/spans.md`, "The cut").
 *
 * @module
 */
import type { Author, AuthorTable, Shape, ShapeRole } from '../../spans/index.ts'

export type Members = Readonly<Record<string, Shape>>

/** One span, whatever it holds. */
export const value = (role: ShapeRole): Shape => ({ kind: 'value', role })

/** One span of what a message says: a part that is known by its place among those of its role. */
export const content = (role: ShapeRole): Shape => ({ kind: 'value', role, content: true })

/** Structure where it is one of `texts`, else a value of `role`. */
export const discriminator = (role: ShapeRole, texts: Iterable<string>): Shape => {
  return { kind: 'discriminator', role, texts: new Set(texts) }
}

export const object = (role: ShapeRole, members: Members): Shape & { kind: 'object' } => {
  return { kind: 'object', role, members: new Map(Object.entries(members)) }
}

/** An object whose members are named as if they stood at the top. */
export const group = (role: ShapeRole, members: Members): Shape => ({ ...object(role, members), group: true })

export const list = (role: ShapeRole, items: Shape): Shape => ({ kind: 'array', role, items })

/** One, or a list of them. */
export const oneOrMany = (item: Shape): Shape => ({ kind: 'oneOrMany', role: item.role, item })

/** A string, or a list of parts. */
export const textOrParts = (role: ShapeRole, part: Shape): Shape => ({ kind: 'textOrParts', role, part })

/** A string, or a list of nothing but strings; anything else is one span. */
export const texts = (role: ShapeRole): Shape => ({ kind: 'texts', role })

/** How messages say whose they are, as `AuthorTable` says. */
export interface Authors {
  readonly by: string
  readonly authors: Readonly<Record<string, Author>>
  readonly types?: Readonly<Record<string, Author>>
  readonly otherwise?: Author
}

const authorTable = ({ by, authors, types = {}, otherwise }: Authors): AuthorTable => ({
  by,
  authors: new Map(Object.entries(authors)),
  types: new Map(Object.entries(types)),
  otherwise,
})

/** A list of messages. What is no list is one span of `role`. */
export const messages = (role: ShapeRole, authors: Authors, item: Shape): Shape => {
  return { kind: 'messages', role, item, authors: authorTable(authors) }
}

/** A list of messages, or a text instead. */
export const textOrMessages = (role: ShapeRole, authors: Authors, item: Shape): Shape => {
  return { kind: 'messages', role, item, authors: authorTable(authors), content: true }
}

/**
 * Objects that say in the member `by` what they are. The member itself is structure where it is one of the names.
 *
 * @param otherwise what has none of the names; one span, where it is left out
 */
export function variants(
  role: ShapeRole,
  by: string,
  shapes: Readonly<Record<string, Members>>,
  otherwise: Shape = value(role),
): Shape {
  const objects = Object.entries(shapes).map(([text, members]): [string, Shape] => {
    return [text, object(role, { [by]: discriminator(role, [text]), ...members })]
  })
  return { kind: 'variants', role, by, shapes: new Map(objects), otherwise }
}

/** The same shape under each of the names. */
export const each = (names: readonly string[], shape: Shape): Members =>
  Object.fromEntries(names.map((name) => [name, shape]))
