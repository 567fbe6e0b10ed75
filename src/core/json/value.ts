/**
 * JSON as values: objects are Maps, so that `__proto__` is data like any other key, and numbers keep their token, so
 * that nothing is rounded.
 *
 * @module
 */
import type { JsonLimits } from './limits.ts'
import { isNumberToken } from './number.ts'
import { scanJson } from './scan.ts'
import { JsonKind, type JsonTape, numberTokenAt, stringAt } from './tape.ts'

export type JsonValue = null | boolean | string | JsonNumber | readonly JsonValue[] | JsonObject

/** Members in document order. */
export type JsonObject = ReadonlyMap<string, JsonValue>

/** A number as it is written in JSON. */
export class JsonNumber {
  /** RFC 8259 section 6, such as `1`, `-0.5e+7`. */
  readonly token: string

  /** @throws {RangeError} the token is no JSON number */
  constructor(token: string) {
    if (!isNumberToken(token)) throw new RangeError('token: want a JSON number')
    this.token = token
  }
}

/**
 * The value of a JSON text.
 *
 * @throws {ColophonError} as `scanJson`
 */
export function parseJson(bytes: Uint8Array, limits?: Partial<JsonLimits>): JsonValue {
  return valueAt(scanJson(bytes, limits), 0)
}

/** The value of a node that is no key, built without recursion. */
export function valueAt(tape: JsonTape, node: number): JsonValue {
  if (!(node >= 0 && node < tape.count) || tape.kind[node] === JsonKind.key) {
    throw new RangeError('node: want a value node')
  }
  const root: JsonValue[] = []
  const open: { readonly into: JsonValue[] | Map<string, JsonValue>; readonly end: number }[] = []
  const last = tape.next[node] as number
  let into: JsonValue[] | Map<string, JsonValue> = root
  let end = last
  let i = node
  while (i < last) {
    let key: string | undefined
    if (tape.kind[i] === JsonKind.key) key = stringAt(tape, i++)
    const kind = tape.kind[i]
    const isContainer = kind === JsonKind.object || kind === JsonKind.array
    const value = isContainer ? (kind === JsonKind.object ? new Map<string, JsonValue>() : []) : scalarAt(tape, i)
    if (into instanceof Map) into.set(key as string, value)
    else into.push(value)
    if (isContainer) {
      open.push({ into, end })
      into = value as JsonValue[] | Map<string, JsonValue>
      end = tape.next[i] as number
    }
    i++
    while (i >= end && open.length > 0) ({ into, end } = open.pop() as (typeof open)[number])
  }
  return root[0] as JsonValue
}

function scalarAt(tape: JsonTape, node: number): null | boolean | string | JsonNumber {
  switch (tape.kind[node]) {
    case JsonKind.string:
      return stringAt(tape, node)
    case JsonKind.number:
      return new JsonNumber(numberTokenAt(tape, node))
    case JsonKind.true:
      return true
    case JsonKind.false:
      return false
  }
  return null
}
