/**
 * A dialect's table: which place of a JSON body plays which role (`docs/spec/spans.md`, "The cut").
 *
 * A table is a tree of shapes, one per place. Documentation and code are made of the same tree.
 *
 * @module
 */
import { JsonKind, type JsonTape, memberAt, stringAt } from '../json/index.ts'
import type { AuthorTable } from './authors.ts'

/**
 * A role; or, inside a list of messages, `author` for the role of the message that the value stands in, and `result` for
 * that of what a tool or a search gave back there.
 */
export type ShapeRole = string

export type Shape =
  /** One span, whatever it is. `content`: what a message says, and so a part with a number for its name. */
  | { readonly kind: 'value'; readonly role: ShapeRole; readonly content?: true }
  /** A text discriminator such as `type`: structure where it is one of `texts`, else a value of `role`. */
  | { readonly kind: 'discriminator'; readonly role: ShapeRole; readonly texts: ReadonlySet<string> }
  /** `group`: its members are named as if they stood at the top. */
  | {
      readonly kind: 'object'
      readonly role: ShapeRole
      readonly members: ReadonlyMap<string, Shape>
      readonly group?: true
    }
  | { readonly kind: 'array'; readonly role: ShapeRole; readonly items: Shape }
  /** An array whose items have the roles that `authors` finds for each; `role` is for what is no array. */
  | {
      readonly kind: 'messages'
      readonly role: ShapeRole
      readonly item: Shape
      readonly authors: AuthorTable
      readonly content?: true
    }
  /** A string, or an array of parts. */
  | { readonly kind: 'textOrParts'; readonly role: ShapeRole; readonly part: Shape }
  /** A string, or an array of nothing but strings. */
  | { readonly kind: 'texts'; readonly role: ShapeRole }
  /** A value of the shape `item`, or an array of such. */
  | { readonly kind: 'oneOrMany'; readonly role: ShapeRole; readonly item: Shape }
  /** An object whose shape is that of the text in its member `by`; `otherwise` for any other value. */
  | {
      readonly kind: 'variants'
      readonly role: ShapeRole
      readonly by: string
      readonly shapes: ReadonlyMap<string, Shape>
      readonly otherwise: Shape
    }

/** The shape of a `variants` that a value has. */
export function variantOf(tape: JsonTape, node: number, shape: Shape & { kind: 'variants' }): Shape {
  if (tape.kind[node] !== JsonKind.object) return shape.otherwise
  const type = memberAt(tape, node, shape.by)
  if (type < 0 || tape.kind[type] !== JsonKind.string) return shape.otherwise
  return shape.shapes.get(stringAt(tape, type)) ?? shape.otherwise
}
