/**
 * What a row of the catalogue says: something that a user can do wrong, and what comes of it.
 *
 * @module
 */
import type { ErrorCode } from '../../src/core/errors.ts'

export interface BadInput {
  /** What is wrong, for people: documentation quotes it. */
  readonly what: string
  /** Words of the command line. `$NAME` stands for a server of `servers.ts`. */
  readonly words: readonly string[]
  /** Makes it wrong, in a folder with an issuer and a finished run (`test/support/issuer-folder.ts`). */
  readonly plant?: (folder: string) => void
  readonly environment?: Readonly<Record<string, string>>
  /** Without the rights of root. */
  readonly asNobody?: boolean
  readonly code: ErrorCode
  /** What message or place have to name. */
  readonly names: string
  /** `error`, unless told: a command ends in one. `verdict`: a verifier reports a check that failed with the code. */
  readonly shown?: 'error' | 'verdict'
  /** The store may have grown: the run was bound before it failed. */
  readonly isBound?: boolean
}
