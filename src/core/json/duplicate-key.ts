/**
 * Whether an object has a key twice, by its decoded bytes.
 *
 * Few keys are compared pair by pair, many through a hash table. The hash has no secret (the core has no randomness),
 * so keys can be made to collide; the work spent on collisions is counted, and when it exceeds a multiple of the keys'
 * size they are sorted instead: n log n at worst.
 *
 * @module
 */
import { unescaped } from './string-escape.ts'

interface ObjectKeys {
  readonly bytes: Uint8Array
  readonly start: Uint32Array
  readonly end: Uint32Array
  readonly next: Uint32Array
  /** The object's node; its subtree ends at `count`. */
  readonly container: number
  readonly count: number
  /** Whether one of the keys has an escape. */
  readonly escaped: boolean
}

/** Keys from `from` to `to` each (without quotes), in `bytes`. */
interface KeyTable {
  readonly bytes: Uint8Array
  readonly from: Uint32Array
  readonly to: Uint32Array
  readonly size: number
}

const FEW = 8

/** Key node that repeats another key of the object, or -1. */
export function duplicateKey(keys: ObjectKeys): number {
  const { bytes, start, end, next, container, count } = keys
  let size = 0
  for (let key = container + 1; key < count; key = next[key + 1] as number) size++
  if (size < 2) return -1
  if (size <= FEW && !keys.escaped) return repeatedAmongFew(keys)

  const nodes = new Uint32Array(size)
  const from = new Uint32Array(size)
  const to = new Uint32Array(size)
  let k = 0
  for (let key = container + 1; key < count; key = next[key + 1] as number) {
    nodes[k] = key
    from[k] = (start[key] as number) + 1
    to[k++] = (end[key] as number) - 1
  }
  const plain = { bytes, from, to, size }
  const table = keys.escaped ? decodedTable(plain) : plain
  const repeated = repeatedByHash(table)
  return repeated < 0 ? -1 : (nodes[repeated] as number)
}

/** Without any allocation, since most objects have few keys and no escapes in them. */
function repeatedAmongFew({ bytes, start, end, next, container, count }: ObjectKeys): number {
  for (let key = next[container + 2] as number; key < count; key = next[key + 1] as number) {
    const from = start[key] as number
    const size = (end[key] as number) - from
    for (let other = container + 1; other < key; other = next[other + 1] as number) {
      const otherFrom = start[other] as number
      if ((end[other] as number) - otherFrom !== size) continue
      let same = 0
      while (same < size && bytes[from + same] === bytes[otherFrom + same]) same++
      if (same === size) return key
    }
  }
  return -1
}

function decodedTable({ bytes, from, to, size }: KeyTable): KeyTable {
  let total = 0
  for (let k = 0; k < size; k++) total += (to[k] as number) - (from[k] as number)
  const decoded = new Uint8Array(total)
  const table = { bytes: decoded, from: new Uint32Array(size), to: new Uint32Array(size), size }
  let at = 0
  for (let k = 0; k < size; k++) {
    const key = unescaped(bytes.subarray(from[k], to[k]), 0)
    decoded.set(key, at)
    table.from[k] = at
    at += key.length
    table.to[k] = at
  }
  return table
}

function repeatedByHash(table: KeyTable): number {
  const { bytes, from, to, size } = table
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(size * 2))).fill(-1)
  const mask = slots.length - 1
  const hashes = new Int32Array(size)
  let budget = 64 * size
  for (let k = 0; k < size; k++) {
    let hash = 0x811c9dc5 | 0
    for (let i = from[k] as number; i < (to[k] as number); i++)
      hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193)
    hash ^= hash >>> 15
    hashes[k] = hash
    const keySize = (to[k] as number) - (from[k] as number)
    budget += 2 * keySize
    let slot = hash & mask
    for (let other = slots[slot] as number; other >= 0; other = slots[slot] as number) {
      budget--
      if (hashes[other] === hash) {
        budget -= keySize
        if (same(table, other, k)) return k
      }
      if (budget < 0) return repeatedBySorting(table)
      slot = (slot + 1) & mask
    }
    slots[slot] = k
  }
  return -1
}

function repeatedBySorting(table: KeyTable): number {
  const order = Array.from({ length: table.size }, (_, k) => k)
  order.sort((left, right) => compare(table, left, right))
  for (let k = 1; k < order.length; k++) {
    if (same(table, order[k - 1] as number, order[k] as number)) {
      return Math.max(order[k - 1] as number, order[k] as number)
    }
  }
  return -1
}

function same({ bytes, from, to }: KeyTable, left: number, right: number): boolean {
  const shift = (from[right] as number) - (from[left] as number)
  const end = to[left] as number
  if (end + shift !== to[right]) return false
  for (let i = from[left] as number; i < end; i++) if (bytes[i] !== bytes[i + shift]) return false
  return true
}

function compare({ bytes, from, to }: KeyTable, left: number, right: number): number {
  const leftSize = (to[left] as number) - (from[left] as number)
  const rightSize = (to[right] as number) - (from[right] as number)
  const shift = (from[right] as number) - (from[left] as number)
  const end = (from[left] as number) + Math.min(leftSize, rightSize)
  for (let i = from[left] as number; i < end; i++) {
    const difference = (bytes[i] as number) - (bytes[i + shift] as number)
    if (difference !== 0) return difference
  }
  return leftSize - rightSize
}
