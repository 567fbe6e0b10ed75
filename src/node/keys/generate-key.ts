/**
 * Making the keys of an issuer: one for statements, one for the checkpoints of its log. They are kept apart, because a
 * statement key is replaced when its owner changes, and a log's key never is.
 *
 * @module
 */
import { generateKeyPairSync } from 'node:crypto'
import type { StatementSigner } from '../../web/capture/index.ts'
import type { CheckpointSigner } from '../../web/log/index.ts'
import { loadCheckpointSigner } from './checkpoint-signer.ts'
import { writeKeyFile } from './key-file.ts'
import { loadStatementSigner } from './statement-signer.ts'

/**
 * Makes a P-256 key for statements and writes it to a new file.
 *
 * @returns the signer, read back from that file
 * @throws {ColophonError} FILE_EXISTS, FILE_UNWRITABLE
 */
export const generateIssuerKey = ({ path }: { path: string }): StatementSigner => {
  writeKeyFile({ path, privateKey: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey })
  return loadStatementSigner(path)
}

/**
 * Makes an Ed25519 key for a log's checkpoints and writes it to a new file.
 *
 * @param input.origin  the log's origin, which names the key
 * @returns the signer, read back from that file
 * @throws {ColophonError} FILE_EXISTS, FILE_UNWRITABLE
 */
export const generateLogKey = ({ path, origin }: { path: string; origin: string }): CheckpointSigner => {
  writeKeyFile({ path, privateKey: generateKeyPairSync('ed25519').privateKey })
  return loadCheckpointSigner(path, origin)
}
