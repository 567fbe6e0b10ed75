/**
 * What frameworks add to a tool that was declared without it (`docs/spec/composition.md`, "Additions to tools").
 *
 * A tool that is the declared one but for these members is the declared one, and each of them is undeclared: it is told to
 * the model, and nobody declared it.
 *
 * @module
 */
import type { ComponentDigester } from '../declaration/index.ts'
import { ColophonError } from '../errors.ts'
import { canonicalize, type JsonObject, type JsonValue, parseJson } from '../json/index.ts'
import type { Part } from './parts.ts'

/** Where a tool's schema stands, in one API or another. */
const SCHEMAS: readonly (readonly string[])[] = [
  ['function', 'parameters'],
  ['parameters'],
  ['input_schema'],
  ['parametersJsonSchema'],
]

/** In this order. */
const ADDITIONS: readonly (readonly string[])[] = [
  ['strict'],
  ['function', 'strict'],
  ['eager_input_streaming'],
  ...SCHEMAS.flatMap((schema) => [
    [...schema, '$schema'],
    [...schema, 'additionalProperties'],
  ]),
]

/** A tool that has more of them is another tool. */
const MOST = 4

/**
 * The names of the members without which a tool has the digest: the fewest, and of as many the first. Undefined where no
 * leaving out gives it.
 */
export function toolAdditions(part: Part, want: string, digest: ComponentDigester): readonly string[] | undefined {
  if (part.role !== 'tools' || part.encoding !== 'json') return undefined
  const tool = parseJson(part.value)
  const present = ADDITIONS.filter((path) => has(tool, path))
  if (present.length > MOST) return undefined
  const found = subsetsOf(present).find((left) => {
    const value = unlessNumberless(() => canonicalize(left.reduce(without, tool)))
    return value !== undefined && digest({ ...part, value }) === want
  })
  return found?.map((path) => path.at(-1) as string)
}

/** A number in it may have no canonical text: then nothing that was declared is like it. */
function unlessNumberless(write: () => Uint8Array): Uint8Array | undefined {
  try {
    return write()
  } catch (error) {
    if (ColophonError.is(error, 'JSON_NUMBER_RANGE')) return undefined
    throw error
  }
}

const has = (value: JsonValue, path: readonly string[]): boolean => at(value, path) !== undefined

const at = (value: JsonValue, path: readonly string[]): JsonValue | undefined =>
  path.reduce<JsonValue | undefined>((found, name) => (found instanceof Map ? found.get(name) : undefined), value)

function without(value: JsonValue, path: readonly string[]): JsonValue {
  const [name, ...below] = path
  if (!(value instanceof Map) || name === undefined) return value
  const members: [string, JsonValue][] = [...(value as JsonObject)].flatMap(([key, member]): [string, JsonValue][] => {
    if (key !== name) return [[key, member]]
    return below.length === 0 ? [] : [[key, without(member, below)]]
  })
  return new Map(members)
}

/** All but the empty one, small ones first, each in the order of the list. */
function subsetsOf<T>(items: readonly T[]): (readonly T[])[] {
  const all = Array.from({ length: 2 ** items.length - 1 }, (_, bits) => {
    return items.filter((_item, place) => ((bits + 1) >> place) % 2 === 1)
  })
  return all.sort((left, right) => left.length - right.length)
}
