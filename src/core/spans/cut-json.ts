/**
 * Cuts a strict JSON body into spans that tile it without gap or overlap (`docs/spec/spans.md`, "The cut").
 *
 * A dialect says with a `Shape` which value plays which role. Brackets, keys, white space and named discriminators are
 * structure; every other value is one span; a member that the shape does not name is one span, key included, and counts
 * as a parameter. A value of another form than its shape expects is one span of the role that its content would have; so
 * is a discriminator with a text that its shape does not list, lest something be said where nobody compares.
 *
 * @module
 */
import { ColophonError } from '../errors.ts'
import { appendPointer, JsonKind, type JsonTape, stringAt } from '../json/index.ts'
import { SEQUENCE_ROLES } from '../roles/index.ts'
import type { Cut, CutList } from './cut-list.ts'
import { type LeafLabel, MAX_POINTER } from './leaf.ts'
import { cutString } from './string-cuts.ts'

/** A role, or `author` for the role of the message that the value stands in. */
export type ShapeRole = string

export type Shape =
  | { readonly kind: 'value'; readonly role: ShapeRole }
  /** A text discriminator such as `type`: structure where it is one of `texts`, else a value of `role`. */
  | { readonly kind: 'discriminator'; readonly role: ShapeRole; readonly texts: ReadonlySet<string> }
  | { readonly kind: 'object'; readonly role: ShapeRole; readonly members: ReadonlyMap<string, Shape> }
  | { readonly kind: 'array'; readonly role: ShapeRole; readonly items: Shape }
  /** An array whose items get the role that `authors` finds for each; `role` is for what is no array. */
  | { readonly kind: 'messages'; readonly role: ShapeRole; readonly item: Shape; readonly authors: Authors }
  /** A string, or an array of parts. */
  | { readonly kind: 'textOrParts'; readonly role: ShapeRole; readonly part: Shape }

/** The role of each item of a `messages` array, by its place; undefined for one that cannot be read. */
export type Authors = (tape: JsonTape, items: readonly number[]) => readonly (string | undefined)[]

export interface BodySpan extends LeafLabel {
  /** Past the span's last byte. */
  readonly end: number
  /** The node of the tape that the span is the value of; -1 for structure. */
  readonly node: number
  /** Of a passage: the role of the string that it was cut from. */
  readonly within?: string
}

/** The role of what a dialect does not know: a parameter that nobody declared. */
const UNKNOWN_ROLE = 'parameters'
const AUTHOR = 'author'

/**
 * Most spans of a JSON body, structure included: many times those of a long conversation. More would hold up everybody
 * else's runs.
 */
export const MAX_SPANS = 50_000

/**
 * @param cutList for whole string values of the roles that are sequences (prompts), and no others; a cut that no such
 *   string takes is refused
 * @returns spans in order; together they are the whole body
 * @throws {ColophonError} CUT_LIST_MALFORMED
 * @throws {ColophonError} JSON_TOO_LARGE  the body has more than `MAX_SPANS`, or a pointer more than `MAX_POINTER`
 */
export function cutJson(input: { tape: JsonTape; shape: Shape; cutList: CutList; unknownRole?: string }): BodySpan[] {
  const cutter = new JsonCutter(input.tape, groupByPointer(input.cutList), input.unknownRole ?? UNKNOWN_ROLE)
  cutter.value({ node: 0, shape: input.shape, pointer: '', author: '' })
  return cutter.finish()
}

interface Visit {
  readonly node: number
  readonly shape: Shape
  readonly pointer: string
  readonly author: string
}

class JsonCutter {
  readonly #tape: JsonTape
  readonly #cuts: Map<string, readonly Cut[]>
  readonly #unknownRole: string
  readonly #spans: BodySpan[] = []
  #position = 0

  constructor(tape: JsonTape, cuts: Map<string, readonly Cut[]>, unknownRole: string) {
    this.#tape = tape
    this.#cuts = cuts
    this.#unknownRole = unknownRole
  }

  value(visit: Visit): void {
    const { node, shape, pointer, author } = visit
    const kind = this.#tape.kind[node]
    if (shape.kind === 'object' && kind === JsonKind.object) this.#members(visit, shape.members)
    else if (shape.kind === 'array' && kind === JsonKind.array) this.#items(visit, shape.items)
    else if (shape.kind === 'textOrParts' && kind === JsonKind.array) this.#items(visit, shape.part)
    else if (shape.kind === 'messages' && kind === JsonKind.array) this.#messages(visit, shape)
    else if (shape.kind !== 'discriminator' || kind !== JsonKind.string || !shape.texts.has(stringAt(this.#tape, node)))
      this.#span(roleOf(shape.role, author), pointer, node)
  }

  finish(): BodySpan[] {
    this.#structureUpTo(this.#tape.bytes.length)
    for (const cuts of this.#cuts.values()) {
      for (const cut of cuts) throw unusedCut(cut)
    }
    return this.#spans
  }

  #members(visit: Visit, shapes: ReadonlyMap<string, Shape>): void {
    const { next, end } = this.#tape
    for (let key = visit.node + 1; key < (next[visit.node] as number); key = next[key + 1] as number) {
      const name = stringAt(this.#tape, key)
      const shape = shapes.get(name)
      const pointer = appendPointer(visit.pointer, name)
      if (shape === undefined) {
        const offset = this.#tape.start[key] as number
        this.#push({
          kind: 'member',
          role: this.#unknownRole,
          pointer,
          offset,
          end: end[key + 1] as number,
          node: key + 1,
        })
      } else this.value({ node: key + 1, shape, pointer, author: visit.author })
    }
  }

  #items(visit: Visit, shape: Shape): void {
    let index = 0
    for (const node of this.#children(visit.node)) {
      this.value({ node, shape, pointer: `${visit.pointer}/${index}`, author: visit.author })
      index += 1
    }
  }

  #messages(visit: Visit, shape: Shape & { kind: 'messages' }): void {
    const items = this.#children(visit.node)
    const authors = shape.authors(this.#tape, items)
    items.forEach((node, index) => {
      const pointer = `${visit.pointer}/${index}`
      const author = authors[index]
      if (author === undefined) this.#span(this.#unknownRole, pointer, node)
      else this.value({ node, shape: shape.item, pointer, author })
    })
  }

  #children(node: number): number[] {
    const { next } = this.#tape
    const children: number[] = []
    for (let child = node + 1; child < (next[node] as number); child = next[child] as number) children.push(child)
    return children
  }

  /** One value, or the pieces of a string that the cut list divides. */
  #span(role: string, pointer: string, node: number): void {
    const start = this.#tape.start[node] as number
    const end = this.#tape.end[node] as number
    const isPrompt = this.#tape.kind[node] === JsonKind.string && SEQUENCE_ROLES.has(role)
    const cuts = isPrompt ? this.#cuts.get(pointer) : undefined
    if (cuts === undefined) {
      this.#push({ kind: 'value', role, pointer, offset: start, end, node })
      return
    }
    this.#cuts.delete(pointer)
    for (const piece of cutString({ bytes: this.#tape.bytes, start, end }, cuts)) {
      this.#push({
        kind: 'text',
        role: piece.passage ? 'context' : role,
        pointer,
        offset: piece.start,
        end: piece.end,
        node,
        ...(piece.passage ? { within: role } : {}),
      })
    }
  }

  #push(span: BodySpan): void {
    if (span.pointer.length > MAX_POINTER) {
      throw new ColophonError('JSON_TOO_LARGE', `a pointer has more than ${MAX_POINTER} characters`)
    }
    this.#structureUpTo(span.offset)
    this.#append(span)
  }

  #structureUpTo(place: number): void {
    if (place === this.#position) return
    this.#append({ kind: 'structure', role: '', pointer: '', offset: this.#position, end: place, node: -1 })
  }

  #append(span: BodySpan): void {
    if (this.#spans.length === MAX_SPANS) {
      throw new ColophonError('JSON_TOO_LARGE', `the body has more than ${MAX_SPANS} spans`)
    }
    this.#spans.push(span)
    this.#position = span.end
  }
}

const roleOf = (role: ShapeRole, author: string): string => (role === AUTHOR ? author : role)

function groupByPointer(cutList: CutList): Map<string, readonly Cut[]> {
  const groups = new Map<string, Cut[]>()
  for (const cut of cutList) {
    const group = groups.get(cut.pointer)
    if (group === undefined) groups.set(cut.pointer, [cut])
    else group.push(cut)
  }
  return groups
}

const unusedCut = (cut: Cut): ColophonError =>
  new ColophonError('CUT_LIST_MALFORMED', 'a cut names no string of a prompt', { at: cut.pointer })
