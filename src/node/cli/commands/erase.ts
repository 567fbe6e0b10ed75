/**
 * `colophon erase`: removes what the issuer keeps of a run's contents.
 *
 * JSON: `{runId, erasedAt, isNew}`.
 *
 * @module
 */
import type { Command } from 'commander'
import { addFolderOption, addJsonOption, runAndPrint } from '../command.ts'
import { columns, prose, styled } from '../lines.ts'
import type { Result } from '../result.ts'

interface EraseOptions {
  readonly dir: string
  readonly gateway?: string
}

const HELP = `
RUN is a run id, a record (NAME.sigstore.json), or the answer that its record
lies beside.

Removes the request, the answer, the secret that opens their commitments, and the
digests by which the run is found: from the tables, from the free pages of the
store's file and from its write-ahead log. Signs and logs a statement of it. There
is no way back.

The record and the log stay valid: they never held contents. What others hold, and
files beside the store, such as answers and disclosures, are not reached; nor are
copies of the store, and what the disk itself keeps of overwritten blocks.

Example:
  colophon erase answer.txt

Exit codes:
  0  erased, or erased before
  2  usage
  4  no such run here, or it is still open
  6  no store here, store locked, gateway not there`

export function addEraseCommand(program: Command): void {
  const command = program
    .command('erase')
    .summary('remove what is kept of a run’s contents')
    .description('Removes what the issuer keeps of a run’s contents, and logs a statement of it.')
    .argument('<run>', 'a run id, a record, or an answer with its record beside it')
    .option('--gateway <url>', 'erase at a running gateway instead of in the folder')
  addJsonOption(addFolderOption(command)).addHelpText('after', HELP).action(runAndPrint(erase))
}

async function erase(run: string, { dir, gateway }: EraseOptions): Promise<Result> {
  const { eraseAtGateway, eraseInFolder } = await import('../../erase/index.ts')
  const { runIdFor } = await import('../../disclose/index.ts')
  const { gatewayAddress } = await import('../gateway-address.ts')
  const runId = await runIdFor(run)
  const erased =
    gateway === undefined
      ? await eraseInFolder(dir, runId)
      : await eraseAtGateway(await gatewayAddress(gateway, { folder: dir }), runId)
  const { erasedAt, isNew } = erased
  return {
    exitCode: 0,
    json: { runId, erasedAt, isNew },
    lines: [
      [styled('green', isNew ? 'Erased.' : 'Erased before; nothing is left in the store’s files.')],
      ...columns(
        [
          ['run', runId],
          ['erased at', erasedAt],
        ],
        { indent: '  ' },
      ),
      '',
      prose(
        [],
        'Record and log stay valid. Answers, disclosures and copies of the store that lie elsewhere are not reached.',
      ),
    ],
  }
}
