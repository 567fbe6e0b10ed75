/** What `issuer-child.ts` tells while it works. */
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'

export const ISSUER_CHILD = fileURLToPath(new URL('issuer-child.ts', import.meta.url))

export type ToldByIssuer =
  | { readonly kind: 'opened'; readonly checkpoint: string }
  /** The binding is durable, and the run id is out. */
  | { readonly kind: 'bound'; readonly runId: string; readonly checkpoint: string }
  /** The record is durable. */
  | { readonly kind: 'sealed'; readonly runId: string; readonly recordHash: string; readonly checkpoint: string }
  | {
      readonly kind: 'failed'
      readonly step: string
      /** Undefined for what is no ColophonError. */
      readonly code: string | undefined
      readonly fatal: boolean
      readonly message: string
    }
  | { readonly kind: 'closing' }
  | { readonly kind: 'ended' }

/** Hex SHA-256 of all of a record's bytes. */
export const recordHash = (bundle: Uint8Array): string => createHash('sha256').update(bundle).digest('hex')

/** The last line may be cut short: then nobody was told. */
export const readTold = (output: string): readonly ToldByIssuer[] =>
  output
    .slice(0, output.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ToldByIssuer)
