/**
 * What the parts of a request are called: as a declaration would call them (`docs/spec/composition.md`, "Parts").
 *
 * - What messages say, and passages: `0`, `1`, … among those of one role, so that a name or a call beside it neither passes
 *   for it nor shifts the places of what follows.
 * - A parameter: its own name, where it stands at the top or in a group that the dialect's table names.
 * - A tool: the name that the model is told.
 * - The model: `model`. The output format: `response_format`.
 * - Everything else, and a second part of one name: the pointer, which nothing that a person would declare looks like.
 *
 * @module
 */
import { type JsonValue, parsePointer } from '../json/index.ts'
import { SEQUENCE_ROLES } from '../roles/index.ts'
import type { Shape } from '../spans/index.ts'

/** What a dialect's table says about names. */
export interface PartNames {
  /** Places of what messages say. */
  readonly contents: ReadonlySet<string>
  /** Places of values in groups: those that are named as if they stood at the top. */
  readonly grouped: ReadonlySet<string>
  /** The last names of those. At the top they would be something else. */
  readonly groupedNames: ReadonlySet<string>
  /** Places of lists of messages, and of their elements. */
  readonly messages: ReadonlySet<string>
}

/** Made once for each table. */
const known = new WeakMap<Shape, PartNames>()

export function partNamesOf(table: Shape): PartNames {
  const names = known.get(table) ?? namesIn(table)
  known.set(table, names)
  return names
}

function namesIn(table: Shape): PartNames {
  const contents = new Set<string>()
  const grouped = new Set<string>()
  const messages = new Set<string>()
  const visit = (shape: Shape, place: string, isGrouped: boolean): void => {
    switch (shape.kind) {
      case 'value':
        if (shape.content) contents.add(place)
        if (isGrouped) grouped.add(place)
        return
      case 'discriminator':
        return
      case 'object':
        for (const [name, member] of shape.members) visit(member, `${place}/${name}`, shape.group === true)
        return
      case 'array':
        visit(shape.items, `${place}/*`, false)
        return
      case 'messages':
        if (shape.content) contents.add(place)
        messages.add(place).add(`${place}/*`)
        visit(shape.item, `${place}/*`, false)
        return
      case 'textOrParts':
        contents.add(place)
        visit(shape.part, `${place}/*`, false)
        return
      case 'texts':
        contents.add(place)
        contents.add(`${place}/*`)
        return
      case 'oneOrMany':
        visit(shape.item, place, false)
        visit(shape.item, `${place}/*`, false)
        return
      case 'variants':
        for (const variant of shape.shapes.values()) visit(variant, place, false)
        visit(shape.otherwise, place, false)
        return
    }
  }
  visit(table, '', false)
  const groupedNames = new Set([...grouped].map((place) => place.slice(place.lastIndexOf('/') + 1)))
  return { contents, grouped, groupedNames, messages }
}

export interface NamedSpan {
  readonly role: string
  readonly pointer: string
  /** Its decoded value; undefined where it is not shown. */
  readonly value: () => JsonValue | undefined
}

/** Names the spans of one body, which it has to be given in their order. */
export function partNamer(names: PartNames): (span: NamedSpan) => string {
  const counts = new Map<string, number>()
  return ({ role, pointer, value }) => {
    if (SEQUENCE_ROLES.has(role) && !names.contents.has(placeOf(pointer))) return pointer
    const ordinal = counts.get(role) ?? 0
    counts.set(role, ordinal + 1)
    if (SEQUENCE_ROLES.has(role)) return String(ordinal)
    if (role === 'model') return ordinal === 0 ? 'model' : pointer
    if (role === 'outputFormat') return ordinal === 0 ? 'response_format' : pointer
    if (role === 'tools') return toolName(pointer, value()) ?? pointer
    return parameterName(names, pointer) ?? pointer
  }
}

/** Whether a span is a message whose author the dialect does not know, or what stands there in place of the list. */
export const isUnreadMessage = (
  { messages }: PartNames,
  { kind, role, pointer }: { readonly kind: string; readonly role: string; readonly pointer: string },
): boolean => kind === 'value' && role === 'parameters' && messages.has(placeOf(pointer))

/** A pointer with `*` for every index. */
const placeOf = (pointer: string): string => pointer.replace(/\/(?:0|[1-9][0-9]*)(?=\/|$)/g, '/*')

/** A member's own name where it stands at the top or in a group, and passes neither for a pointer nor for a header. */
function parameterName({ grouped, groupedNames }: PartNames, pointer: string): string | undefined {
  const path = parsePointer(pointer)
  const name = path.at(-1)
  if (name === undefined || !isPlain(name)) return undefined
  if (grouped.has(pointer)) return name
  return path.length === 1 && !groupedNames.has(name) ? name : undefined
}

const isPlain = (name: string): boolean => !/^(?:\/|header |query )/.test(name)

/**
 * The name that the model is told; of a tool of the provider's that has none, what kind it is. Of a member that is no list,
 * its own name.
 */
function toolName(pointer: string, tool: JsonValue | undefined): string | undefined {
  const path = parsePointer(pointer)
  const last = path.at(-1) ?? ''
  const isItem = /^(?:0|[1-9][0-9]*)$/.test(last)
  if (!isItem) return isPlain(last) && last !== '' ? last : undefined
  if (!(tool instanceof Map)) return undefined
  const definition = tool.get('function') ?? tool.get('custom')
  const told = definition instanceof Map ? definition.get('name') : tool.get('name')
  return [told, tool.get('server_label'), tool.get('mcp_server_name'), tool.get('type')].find(
    (name): name is string => typeof name === 'string' && name !== '',
  )
}
