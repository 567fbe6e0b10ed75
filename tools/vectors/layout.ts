/**
 * The layouts that the specification hashes (`docs/spec/encoding.md`, "Notation"), by Node's own means and the plain
 * definitions: expectations of vectors are computed with these, and not with the code that is tested.
 *
 * @module
 */
import { createHash, createHmac } from 'node:crypto'

export const sha256 = (...parts: readonly Uint8Array[]): Buffer =>
  createHash('sha256').update(Buffer.concat(parts)).digest()

export const hmac = (key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer =>
  createHmac('sha256', key).update(Buffer.concat(parts)).digest()

export const tag = (text: string): Buffer => Buffer.from(`${text}\n`)

export function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}

export function lp(value: string | Uint8Array): Buffer {
  const bytes = Buffer.from(value as string)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}
