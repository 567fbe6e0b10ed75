/**
 * `colophon log checkpoint`: the signed checkpoint, as it is.
 *
 * JSON: `{origin, size, root, vkey, verified, checkpoint}`. `root` is base64; `vkey` is null and `verified` false where no
 * trust policy names the log of a gateway.
 *
 * @module
 */
import type { Command } from 'commander'
import { encodeBase64 } from '../../../core/bytes/index.ts'
import { formatVerifierKey } from '../../../core/note/index.ts'
import type { ReadCheckpoint } from '../../log-access/index.ts'
import { addJsonOption, type CommonOptions, runAndPrint } from '../command.ts'
import { addLogOptions, type LogOptions, openLogOf, printExactly } from '../log-options.ts'
import type { Result } from '../result.ts'

const HELP = `
Prints the signed note and nothing else. Keep one, and you can have it proven
later that the log continues it: colophon log prove --since SIZE.

Over --gateway, the signature is checked only with --trust. Without it, standard
error says that nothing was checked.

Examples:
  colophon log checkpoint > checkpoint.txt
  colophon log checkpoint --gateway http://127.0.0.1:8787 \\
    --trust trust-policy.json

Exit codes:
  0  printed
  1  not a checkpoint of that log, or not signed by its key
  2  usage, or a malformed trust policy
  3  the trust policy does not name the log
  4  the log is empty
  6  no store here, store locked, log not opened, gateway not there`

export function addLogCheckpointCommand(log: Command): void {
  const command = log
    .command('checkpoint')
    .summary('print the signed checkpoint')
    .description('Prints the signed checkpoint of the log, byte for byte.')
  addJsonOption(addLogOptions(command)).addHelpText('after', HELP).action(runAndPrint(printCheckpoint))
}

async function printCheckpoint(options: LogOptions & CommonOptions): Promise<Result | undefined> {
  const log = await openLogOf(options)
  await log.close()
  const { signedNote } = log.current
  if (options.json) return { exitCode: 0, json: { ...checkpointJson(log.current), checkpoint: signedNote }, lines: [] }
  printExactly(signedNote)
  return undefined
}

export function checkpointJson({ checkpoint, logKey }: ReadCheckpoint) {
  const { origin, size, rootHash } = checkpoint
  const vkey = logKey === undefined ? null : formatVerifierKey(logKey)
  return { origin, size, root: encodeBase64(rootHash), vkey, verified: logKey !== undefined }
}
