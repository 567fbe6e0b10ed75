/**
 * What a comparison of two runs gives.
 *
 * @module
 */
import { decodeUtf8, encodeBase64, isUtf8 } from '../bytes/index.ts'
import type { Role } from '../roles/index.ts'
import type { Detail } from './detail.ts'

export interface Difference {
  /** Undefined where the whole request is meant, which `name` says. */
  readonly role: Role | undefined
  /** The component's name; undefined where the whole role is meant. */
  readonly name: string | undefined
  /** Where it shows first: what was declared differs, or only what was sent. */
  readonly in: 'declaration' | 'request'
  /** Undefined where it is not there, or not disclosed. */
  readonly left: string | undefined
  readonly right: string | undefined
  /** Undefined where one of the two is. */
  readonly detail: Detail | undefined
  /** The disclosures that would show a side which is there. */
  readonly needs: readonly Need[]
}

/** What cannot be compared, and why. */
export interface Untold {
  /** Undefined where the whole request is meant, which `name` says. */
  readonly role: Role | undefined
  readonly name: string | undefined
  readonly reason: string
  /** The disclosures that would tell; none where no disclosure would. */
  readonly needs: readonly Need[]
}

/** What has to be open of a run, by the name that `colophon disclose --open` has for it. */
export interface Need {
  readonly side: 'left' | 'right'
  readonly open: 'request' | `declaration:${Role}`
}

/** A decoded value for people. */
export const textOfBytes = (bytes: Uint8Array): string =>
  isUtf8(bytes) ? decodeUtf8(bytes) : `base64 ${encodeBase64(bytes)}`
