/**
 * The log in an issuer's folder. It is opened as for writing, so that no checkpoint is given out that the head store does
 * not remember.
 *
 * @module
 */
import { ColophonError } from '../../core/errors.ts'
import { verifierKeyOf } from '../../web/log/index.ts'
import { IN_PROCESS } from '../issuer/index.ts'
import { openWorkspace, openWorkspaceIssuer } from '../workspace/index.ts'
import { type ReadableLog, readCheckpoint } from './readable-log.ts'

/** @throws {ColophonError} STORE_*, LOG_*, CONFIG_MALFORMED, KEY_*; RECORD_NOT_FOUND: the log is empty */
export async function openLocalLog(folder: string): Promise<ReadableLog> {
  const issuer = await openWorkspaceIssuer(await openWorkspace(folder), IN_PROCESS)
  try {
    const signedNote = issuer.log.checkpoint()
    if (signedNote === undefined) {
      const hint = 'Declare something, or record a run; then there is a checkpoint.'
      throw new ColophonError('RECORD_NOT_FOUND', 'the log is empty', { at: folder, hint })
    }
    return {
      current: await readCheckpoint(signedNote, verifierKeyOf(issuer.checkpointSigner)),
      readTile: (tile) => issuer.logReads.readTile(tile),
      close: () => issuer.close(),
    }
  } catch (error) {
    await issuer.close()
    throw error
  }
}
