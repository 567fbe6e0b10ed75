/**
 * What a recorder works with.
 *
 * @module
 */
import type { Sha256 } from '../../core/hash/index.ts'
import type { Capture } from '../../core/run/index.ts'
import type { SaltInput } from '../../core/spans/index.ts'
import type { Log } from '../log/index.ts'
import type { Registry, RegistryWrite } from '../registry/index.ts'
import type { StatementSigner } from './statement-signer.ts'

export interface RecorderOptions {
  readonly log: Log<RegistryWrite>
  /** Full C2SP key id of the log's key, 32 bytes. */
  readonly logKeyId: Uint8Array
  readonly registry: Registry
  readonly signer: StatementSigner
  readonly capture: Capture
  readonly nowMs: () => number
  /** Cryptographic randomness. */
  readonly randomBytes: (count: number) => Uint8Array
  readonly hash: Sha256
  readonly salts: SaltSource
}

/** As `deriveSalts` gives them. */
export type SaltSource = (input: SaltInput) => Uint8Array
