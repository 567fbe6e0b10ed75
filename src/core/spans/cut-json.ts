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
import { appendPointer, isNamed, JsonKind, type JsonTape, stringAt } from '../json/index.ts'
import { SEQUENCE_ROLES } from '../roles/index.ts'
import { type MessageRoles, rolesOfMessages } from './authors.ts'
import { type Cut, type CutList, isCut } from './cut-list.ts'
import { type LeafLabel, MAX_POINTER } from './leaf.ts'
import { memberOf } from './member-names.ts'
import { outputPieces } from './output-pieces.ts'
import { type Shape, type ShapeRole, variantOf } from './shape.ts'
import { cutString } from './string-cuts.ts'

export interface BodySpan extends LeafLabel {
  /** Past the span's last byte. */
  readonly end: number
  /** The node of the tape that the span is the value of; -1 for structure. */
  readonly node: number
  /** Of a passage: the role of the string that it was cut from. */
  readonly within?: string
  /** Of a passage: what the application calls it. */
  readonly label?: string
}

/** The role of what a dialect does not know: a parameter that nobody declared. */
const UNKNOWN_ROLE = 'parameters'

/** Outside messages. */
const NO_MESSAGE: MessageRoles = { author: '', result: '' }

/**
 * Most spans of a JSON body, structure included: many times those of a long conversation. More would hold up everybody
 * else's runs.
 */
export const MAX_SPANS = 50_000

/** What a person sees of an answer. No role of a request. */
const OUTPUT_ROLE = 'output'

/** Most pieces of all outputs of a body, so that a long answer cannot become one opaque span by its own sentences. */
const MAX_OUTPUT_PIECES = 20_000

/**
 * @param cutList for whole string values of the roles that are sequences (prompts), and no others; a cut that no such
 *   string takes is refused
 * @returns spans in order; together they are the whole body
 * @throws {ColophonError} CUT_LIST_MALFORMED
 * @throws {ColophonError} JSON_TOO_LARGE  the body has more than `MAX_SPANS`, or a pointer more than `MAX_POINTER`
 */
export function cutJson(input: { tape: JsonTape; shape: Shape; cutList: CutList; unknownRole?: string }): BodySpan[] {
  const cutter = new JsonCutter(input.tape, groupByPointer(input.cutList), input.unknownRole ?? UNKNOWN_ROLE)
  cutter.value({ node: 0, shape: input.shape, pointer: '', roles: NO_MESSAGE })
  return cutter.finish()
}

interface Visit {
  readonly node: number
  readonly shape: Shape
  readonly pointer: string
  readonly roles: MessageRoles
}

class JsonCutter {
  readonly #tape: JsonTape
  readonly #cuts: Map<string, readonly Cut[]>
  readonly #unknown: Shape
  readonly #spans: BodySpan[] = []
  #position = 0
  #outputPieces = 0

  constructor(tape: JsonTape, cuts: Map<string, readonly Cut[]>, unknownRole: string) {
    this.#tape = tape
    this.#cuts = cuts
    this.#unknown = { kind: 'value', role: unknownRole }
  }

  value(visit: Visit): void {
    const { node, shape } = visit
    const kind = this.#tape.kind[node]
    const isArray = kind === JsonKind.array
    if (shape.kind === 'value') this.#span(visit)
    else if (shape.kind === 'variants') this.value({ ...visit, shape: variantOf(this.#tape, node, shape) })
    else if (shape.kind === 'oneOrMany') this.value({ ...visit, shape: isArray ? listOf(shape.item) : shape.item })
    else if (shape.kind === 'object' && kind === JsonKind.object) this.#members(visit, shape.members)
    else if (shape.kind === 'array' && isArray) this.#items(visit, shape.items)
    else if (shape.kind === 'textOrParts' && isArray) this.#items(visit, shape.part)
    else if (shape.kind === 'messages' && isArray) this.#messages(visit, shape)
    else if (shape.kind === 'texts' && isArray && this.#holdsTextsOnly(node))
      this.#items(visit, { kind: 'value', role: shape.role })
    else if (shape.kind !== 'discriminator' || !this.#isOneOf(node, shape.texts)) this.#span(visit)
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
      const known = memberOf(this.#tape, key, shapes)
      const pointer =
        known === undefined ? appendPointer(visit.pointer, stringAt(this.#tape, key)) : visit.pointer + known.step
      if (known === undefined) {
        const offset = this.#tape.start[key] as number
        this.#push({
          kind: 'member',
          role: this.#unknown.role,
          pointer,
          offset,
          end: end[key + 1] as number,
          node: key + 1,
        })
      } else this.value({ node: key + 1, shape: known.shape, pointer, roles: visit.roles })
    }
  }

  #items(visit: Visit, shape: Shape): void {
    let index = 0
    for (const node of this.#children(visit.node)) {
      this.value({ node, shape, pointer: `${visit.pointer}/${index}`, roles: visit.roles })
      index += 1
    }
  }

  #messages(visit: Visit, shape: Shape & { kind: 'messages' }): void {
    const items = this.#children(visit.node)
    const authors = rolesOfMessages(this.#tape, items, shape.authors)
    items.forEach((node, index) => {
      const pointer = `${visit.pointer}/${index}`
      const roles = authors[index]
      if (roles === undefined) this.value({ node, shape: this.#unknown, pointer, roles: NO_MESSAGE })
      else this.value({ node, shape: shape.item, pointer, roles })
    })
  }

  #children(node: number): number[] {
    const { next } = this.#tape
    const children: number[] = []
    for (let child = node + 1; child < (next[node] as number); child = next[child] as number) children.push(child)
    return children
  }

  #isOneOf(node: number, texts: ReadonlySet<string>): boolean {
    if (this.#tape.kind[node] !== JsonKind.string) return false
    for (const text of texts) if (isNamed(this.#tape, node, text)) return true
    return false
  }

  #holdsTextsOnly(node: number): boolean {
    return this.#children(node).every((child) => this.#tape.kind[child] === JsonKind.string)
  }

  /** One value, or the pieces of a string that the cut list divides. */
  #span({ shape, pointer, node, roles }: Visit): void {
    const role = roleOf(shape.role, roles)
    const start = this.#tape.start[node] as number
    const end = this.#tape.end[node] as number
    const isPrompt = this.#tape.kind[node] === JsonKind.string && SEQUENCE_ROLES.has(role)
    const cuts = isPrompt ? this.#cuts.get(pointer) : undefined
    if (cuts === undefined) {
      if (!this.#sentences(role, pointer, node)) this.#push({ kind: 'value', role, pointer, offset: start, end, node })
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
        ...(piece.label === undefined ? {} : { within: role, label: piece.label }),
      })
    }
  }

  /** The pieces of an answer's text. @returns false where it is one piece */
  #sentences(role: string, pointer: string, node: number): boolean {
    if (role !== OUTPUT_ROLE || this.#tape.kind[node] !== JsonKind.string) return false
    const token = {
      bytes: this.#tape.bytes,
      start: this.#tape.start[node] as number,
      end: this.#tape.end[node] as number,
    }
    const pieces = outputPieces(token, { most: MAX_OUTPUT_PIECES - this.#outputPieces })
    this.#outputPieces += pieces.length
    for (const { start, end } of pieces) this.#push({ kind: 'text', role, pointer, offset: start, end, node })
    return pieces.length > 0
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

const listOf = (items: Shape): Shape => ({ kind: 'array', role: items.role, items })

function roleOf(role: ShapeRole, { author, result }: MessageRoles): string {
  if (role === 'author') return author
  return role === 'result' ? result : role
}

function groupByPointer(cutList: CutList): Map<string, readonly Cut[]> {
  const groups = new Map<string, Cut[]>()
  for (const cut of cutList.filter(isCut)) {
    const group = groups.get(cut.pointer)
    if (group === undefined) groups.set(cut.pointer, [cut])
    else group.push(cut)
  }
  return groups
}

const unusedCut = (cut: Cut): ColophonError =>
  new ColophonError('CUT_LIST_MALFORMED', 'a cut names no string of a prompt', { at: cut.pointer })
