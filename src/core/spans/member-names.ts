/**
 * The members that a table knows, found by the bytes of their names: no key is decoded that needs no decoding.
 *
 * @module
 */
import { appendPointer, isNamed, type JsonTape, stringAt } from '../json/index.ts'
import type { Shape } from './shape.ts'

export type Members = ReadonlyMap<string, Shape>

export interface KnownMember {
  /** What a pointer to it ends in. */
  readonly step: string
  readonly name: string
  readonly shape: Shape
}

/** By the number of their characters. */
type ByLength = readonly (readonly KnownMember[] | undefined)[]

/** Made once for each table. */
const indexes = new WeakMap<Members, ByLength>()

/** The member of a key; undefined for one that the table does not know. */
export function memberOf(tape: JsonTape, key: number, members: Members): KnownMember | undefined {
  const size = (tape.end[key] as number) - (tape.start[key] as number) - 2
  const candidates = indexOf(members)[size] ?? []
  for (const candidate of candidates) if (isNamed(tape, key, candidate.name)) return candidate
  if (!isSpelledOtherwise(tape, key)) return undefined
  const name = stringAt(tape, key)
  const shape = members.get(name)
  return shape === undefined ? undefined : { step: appendPointer('', name), name, shape }
}

function indexOf(members: Members): ByLength {
  const known = indexes.get(members)
  if (known !== undefined) return known
  const byLength: KnownMember[][] = []
  for (const [name, shape] of members) {
    const same = byLength[name.length] ?? []
    byLength[name.length] = [...same, { step: appendPointer('', name), name, shape }]
  }
  indexes.set(members, byLength)
  return byLength
}

/** With escapes, or characters of several bytes. */
function isSpelledOtherwise({ bytes, start, end }: JsonTape, key: number): boolean {
  const last = (end[key] as number) - 1
  for (let at = (start[key] as number) + 1; at < last; at += 1) {
    const byte = bytes[at] as number
    if (byte === 0x5c || byte >= 0x80) return true
  }
  return false
}
