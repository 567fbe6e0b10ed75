/**
 * Documents for vectors: written in canonical form by other means than the code that is tested, and spoiled in one place.
 *
 * @module
 */
import type { Value } from './topic.ts'

/**
 * RFC 8785 form of a value that has no numbers but small integers: members sorted (ECMAScript compares by UTF-16 code
 * units), otherwise what `JSON.stringify` writes.
 */
export function canonical(value: Value): string {
  return JSON.stringify(value, (_, member: unknown) => {
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member
    return Object.fromEntries(Object.entries(member).sort(([left], [right]) => (left < right ? -1 : 1)))
  })
}

type Path = readonly (string | number)[]
type Container = Value[] & Record<string, Value>

/** A copy with a member or element set, added or, where the new value is undefined, left out. */
export function edited(value: Value, path: Path, member: Value | undefined): Value {
  const copy = structuredClone(value)
  const last = path.at(-1) as string
  const parent = path.slice(0, -1).reduce<Value>((at, step) => (at as Container)[step as string] as Value, copy)
  if (member === undefined) delete (parent as Container)[last]
  else (parent as Container)[last] = member
  return copy
}

/** Paths of all members of objects in a value, outermost first. */
export function memberPaths(value: Value | undefined, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => {
    const path = [...at, Array.isArray(value) ? Number(name) : name]
    return [...(Array.isArray(value) ? [] : [path]), ...memberPaths(member, path)]
  })
}

/** The end of a path as part of a case's name: `tlogEntries`, `logId`, `keyId` is `log-id-key-id`. */
export function slugOf(path: Path): string {
  const names = path.filter((step) => typeof step === 'string').slice(-2)
  return names
    .map((name) => name.replace(/^_+/, '').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`))
    .join('-')
}
