/**
 * An issuer at work: its keys, its store, its log and the recorder on top of them, opened together and closed together.
 *
 * @module
 */
import { randomBytes } from 'node:crypto'
import { fullKeyId } from '../../core/note/index.ts'
import type { Capture } from '../../core/run/index.ts'
import { deriveSalts } from '../../core/spans/index.ts'
import { createRecorder, type Recorder, type Scrubbed, type StatementSigner } from '../../web/capture/index.ts'
import { type CheckpointSigner, type Log, type LogReads, openLog, verifierKeyOf } from '../../web/log/index.ts'
import type { Registry, RegistryWrite } from '../../web/registry/index.ts'
import { loadCheckpointSigner, loadStatementSigner, nodeHmacSha256, nodeSha256, nodeVerifier } from '../keys/index.ts'
import { type LogFiles, openLogFiles } from './log-files.ts'

export interface IssuerFiles extends LogFiles {
  /** PKCS#8 PEM, P-256, mode 0600. */
  readonly issuerKey: string
  /** PKCS#8 PEM, Ed25519, mode 0600. */
  readonly logKey: string
}

export interface OpenIssuerOptions {
  readonly files: IssuerFiles
  /** The log's origin: a bare host name. */
  readonly origin: string
  readonly capture: Capture
  /** Make a new store and a new head store; neither may be there yet. */
  readonly create?: boolean
}

export interface Issuer {
  readonly signer: StatementSigner
  readonly checkpointSigner: CheckpointSigner
  readonly log: Log<RegistryWrite>
  /** Of the store: for those who serve the log. It may be ahead of the published checkpoint. */
  readonly logReads: LogReads
  readonly registry: Registry & Scrubbed
  readonly recorder: Recorder
  readonly nowMs: () => number
  readonly randomBytes: (count: number) => Uint8Array
  /** Lets what waits be written, then closes the store and the head store. */
  close(): Promise<void>
}

/** @throws {ColophonError} KEY_*, FILE_UNREADABLE, STORE_*, LOG_*, CLOCK_BEHIND, SQLITE_TOO_OLD, VERSION_UNSUPPORTED */
export async function openIssuer({ files, origin, capture, create = false }: OpenIssuerOptions): Promise<Issuer> {
  const signer = loadStatementSigner(files.issuerKey)
  const checkpointSigner = loadCheckpointSigner(files.logKey, origin)
  const logKey = verifierKeyOf(checkpointSigner)
  const { store, head, close: closeFiles } = openLogFiles({ files, logKey, create: { store: create, head: create } })
  try {
    const nowMs = Date.now
    const random = (count: number): Uint8Array => new Uint8Array(randomBytes(count))
    const log = await openLog<RegistryWrite>({
      store,
      head,
      origin,
      signer: checkpointSigner,
      verifier: nodeVerifier,
      nowMs,
      monotonicMs: () => performance.now(),
      hash: nodeSha256,
    })
    const recorder = createRecorder({
      log,
      logKeyId: fullKeyId(logKey),
      registry: store,
      signer,
      capture,
      nowMs,
      randomBytes: random,
      hash: nodeSha256,
      salts: (input) => deriveSalts(input, nodeHmacSha256),
    })
    const close = async (): Promise<void> => {
      await log.close()
      closeFiles()
    }
    return {
      signer,
      checkpointSigner,
      log,
      logReads: store,
      registry: store,
      recorder,
      nowMs,
      randomBytes: random,
      close,
    }
  } catch (error) {
    closeFiles()
    throw error
  }
}
