/**
 * The tape: what a scan leaves of a JSON text. One node per value and per key, in document order, as parallel arrays;
 * nothing is decoded until somebody asks.
 *
 * An object node is followed by (key node, value subtree)*, an array node by its elements' subtrees. A loop without any
 * allocation over an object's members:
 *
 * ```ts
 * for (let key = object + 1; key < tape.next[object]; key = tape.next[key + 1]) { const value = key + 1 }
 * ```
 *
 * and over an array's elements:
 *
 * ```ts
 * for (let item = array + 1; item < tape.next[array]; item = tape.next[item]) {}
 * ```
 *
 * @module
 */
import { decodeUtf8, textOfUnits } from '../bytes/index.ts'
import { firstEscape, unescaped } from './string-escape.ts'

export const JsonKind = { object: 1, array: 2, string: 3, number: 4, true: 5, false: 6, null: 7, key: 8 } as const

export type JsonKind = (typeof JsonKind)[keyof typeof JsonKind]

/** Made by `scanJson` only. The arrays may be longer than `count`; what lies beyond it means nothing. */
export interface JsonTape {
  /** The text that was scanned. Not a copy: it must not change while the tape is in use. */
  readonly bytes: Uint8Array
  /** Number of nodes; node 0 is the whole value. */
  readonly count: number
  /** A `JsonKind` each. */
  readonly kind: Uint8Array
  /** Offset of the token's first byte: opening quote, opening bracket, first digit or letter. */
  readonly start: Uint32Array
  /** Offset after the token's last byte: closing quote, closing bracket included. */
  readonly end: Uint32Array
  /** Node after this node's whole subtree; of a key its value, which is the key + 1. */
  readonly next: Uint32Array
}

/** Decoded text of a string or key node. */
export function stringAt(tape: JsonTape, node: number): string {
  return decodeUtf8(textBytesAt(tape, node))
}

/**
 * UTF-8 of the decoded text of a string or key node. Without an escape it is a view of the scanned bytes, no copy.
 */
export function textBytesAt(tape: JsonTape, node: number): Uint8Array {
  const kind = tape.kind[node]
  if (node >= tape.count || (kind !== JsonKind.string && kind !== JsonKind.key)) {
    throw new RangeError('node: want a string or a key')
  }
  const raw = tape.bytes.subarray((tape.start[node] as number) + 1, (tape.end[node] as number) - 1)
  const from = firstEscape(raw)
  return from < 0 ? raw : unescaped(raw, from)
}

/** Text of a number node as it was written. */
export function numberTokenAt(tape: JsonTape, node: number): string {
  if (node >= tape.count || tape.kind[node] !== JsonKind.number) throw new RangeError('node: want a number')
  return textOfUnits(tape.bytes, tape.start[node] as number, tape.end[node] as number)
}

/** The members of an object node in document order. */
export function* members(tape: JsonTape, object: number): Generator<{ readonly key: number; readonly value: number }> {
  if (object >= tape.count || tape.kind[object] !== JsonKind.object) throw new RangeError('object: want an object node')
  const end = tape.next[object] as number
  for (let key = object + 1; key < end; key = tape.next[key + 1] as number) yield { key, value: key + 1 }
}

/** The elements of an array node in document order. */
export function* elements(tape: JsonTape, array: number): Generator<number> {
  if (array >= tape.count || tape.kind[array] !== JsonKind.array) throw new RangeError('array: want an array node')
  const end = tape.next[array] as number
  for (let item = array + 1; item < end; item = tape.next[item] as number) yield item
}

/** Value node of the member with this name, or -1. Looks at the members one after another, without decoding them. */
export function memberAt(tape: JsonTape, object: number, name: string): number {
  if (object >= tape.count || tape.kind[object] !== JsonKind.object) throw new RangeError('object: want an object node')
  const { next } = tape
  const end = next[object] as number
  for (let key = object + 1; key < end; key = next[key + 1] as number) if (isNamed(tape, key, name)) return key + 1
  return -1
}

/** Whether a key or a string, decoded, is this text. */
export function isNamed(tape: JsonTape, key: number, name: string): boolean {
  const { bytes } = tape
  const from = (tape.start[key] as number) + 1
  const size = (tape.end[key] as number) - 1 - from
  // Escapes and characters of several bytes make a key longer than its name, never shorter.
  if (size < name.length) return false
  for (let at = 0; at < size; at += 1) {
    const byte = bytes[from + at] as number
    if (byte === BACKSLASH || byte >= 0x80) return stringAt(tape, key) === name
    if (at >= name.length || byte !== name.charCodeAt(at)) return false
  }
  return true
}

const BACKSLASH = 0x5c
