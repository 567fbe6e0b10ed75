/**
 * Messages for vectors, written as the leaves that they must be cut into: the body is their texts, one after the other,
 * and their offsets follow.
 *
 * @module
 */

/** A leaf of a body. */
export interface Piece {
  readonly kind: 'structure' | 'value' | 'text' | 'member' | 'event' | 'opaque'
  readonly role: string
  readonly pointer: string
  readonly text: string
}

/** Structure. */
export const s = (text: string): Piece => ({ kind: 'structure', role: '', pointer: '', text })
/** A value. */
export const v = (role: string, pointer: string, text: string): Piece => ({ kind: 'value', role, pointer, text })
/** A piece of a string. */
export const t = (role: string, pointer: string, text: string): Piece => ({ kind: 'text', role, pointer, text })
/** An unknown member of a request. */
export const m = (pointer: string, text: string): Piece => ({ kind: 'member', role: 'parameters', pointer, text })
/** An unknown member of a response. */
export const mm = (pointer: string, text: string): Piece => ({ kind: 'member', role: 'metadata', pointer, text })
/** What no dialect reads. */
export const o = (text: string, role = ''): Piece => ({ kind: 'opaque', role, pointer: '', text })

export const textOfPieces = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join('')

/** A leaf as vectors show it; its index is its place in the list. */
export type LeafPlace = {
  readonly kind: string
  readonly role: string
  readonly pointer: string
  readonly offset: number
  readonly length: number
}

export function placesOf(pieces: readonly Piece[]): LeafPlace[] {
  let offset = 0
  return pieces.map(({ kind, role, pointer, text }) => {
    const length = Buffer.byteLength(text)
    offset += length
    return { kind, role, pointer, offset: offset - length, length }
  })
}
