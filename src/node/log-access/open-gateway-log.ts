/**
 * The log behind a gateway, or anywhere on HTTP: C2SP tlog-tiles. Nothing that comes is believed; whose log it is says the
 * caller's trust policy, or nobody.
 *
 * @module
 */
import { parseCheckpoint } from '../../core/checkpoint/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { parseNote, type VerifierKey } from '../../core/note/index.ts'
import type { TrustPolicy } from '../../core/trust/index.ts'
import { readLogOver } from '../../web/log/index.ts'
import { requirePlainAddress } from '../http/index.ts'
import { type ReadableLog, readCheckpoint } from './readable-log.ts'

/** @throws {ColophonError} LOG_UNREACHABLE, RECORD_NOT_FOUND, LOG_NOT_TRUSTED, USAGE, NOTE_*, CHECKPOINT_*, SIGNATURE_* */
export async function openGatewayLog(input: {
  readonly url: string
  readonly trust: TrustPolicy | undefined
}): Promise<ReadableLog> {
  const { url, trust } = input
  requirePlainAddress(url, { of: 'the gateway', example: 'http://127.0.0.1:8787' })
  const log = readLogOver({ url, fetch })
  const signedNote = await log.checkpoint()
  return {
    current: await readCheckpoint(signedNote, trust === undefined ? undefined : logKeyOf(signedNote, trust)),
    readTile: log.readTile,
    close: async () => {},
  }
}

/** The policy's key for the origin that the checkpoint names. Whether that key signed it shows when it is opened. */
function logKeyOf(signedNote: string, { logs }: TrustPolicy): VerifierKey {
  const { origin } = parseCheckpoint(parseNote(signedNote).text)
  const logKey = logs.find(({ name }) => name === origin)
  if (logKey !== undefined) return logKey
  throw new ColophonError('LOG_NOT_TRUSTED', 'your trust policy does not name the log of the checkpoint', {
    at: origin,
  })
}
