/**
 * `colophon keys revoke`: a retired key is not believed any more, from some point on.
 *
 * JSON: `{signer: {name, keyId, valid}, before, trustPolicy}`, `before` the validity that it had.
 *
 * @module
 */
import { type Command, InvalidArgumentError } from 'commander'
import { parseTime } from '../../../core/bytes/index.ts'
import { ColophonError } from '../../../core/errors.ts'
import { describeValidity, type TrustPolicy, validityValue } from '../../../core/trust/index.ts'
import type { RevocationPoint } from '../../issuer-keys/index.ts'
import { addFolderOption, addJsonOption, runAndPrint } from '../command.ts'
import { columns, type Line, prose, styled } from '../lines.ts'
import type { Result } from '../result.ts'
import { signerJson, signerLines, withoutGroups } from '../trusted-keys.ts'

interface RevokeOptions {
  readonly dir: string
  readonly sinceSize?: bigint
  readonly sinceTime?: string
  readonly entirely: boolean
}

const HELP = `
For a key that somebody else may have used. Replace it first, if it is the one
that signs now (colophon keys rotate), and then say from where on it is not
believed:
  --since-size N   entries of the log from number N on. The order is the log's
                   word: who has the log's key too can write it anew
  --since-time T   what no witness of the trust policy saw by T, such as
                   2026-01-31T00:00:00.000Z. It takes the place of the size
                   that the key was retired at. Without witnesses, nothing is
                   believed any more
  --entirely       nothing is believed any more, old records included

It changes trust/trust-policy.json. Others go on believing the key until they
have the new one: hand it out. A later size or time than before is refused.

Examples:
  colophon keys revoke 0123abcd --since-size 1200
  colophon keys revoke 0123abcd --entirely

Exit codes:
  0  revoked
  2  usage, the trust policy is not in order, or the key could be believed for
     more than before
  4  the trust policy has no such key
  6  it is the key that signs now, or the file could not be written`

export function addKeysRevokeCommand(keys: Command): void {
  const command = keys
    .command('revoke')
    .summary('believe a key no longer, from some point on')
    .description('Marks a key as revoked in the trust policy that you hand out.')
    .argument('<key>', 'its key id, or 8 and more digits of it')
    .option('--since-size <size>', "from this size of the issuer's log on", parseSize)
    .option('--since-time <time>', 'from this time on, judged by witnesses', parseMoment)
    .option('--entirely', 'from the beginning', false)
  addJsonOption(addFolderOption(command)).addHelpText('after', HELP).action(runAndPrint(revoke))
}

async function revoke(key: string, options: RevokeOptions): Promise<Result> {
  const since = pointOf(options)
  const { openWorkspace } = await import('../../workspace/index.ts')
  const { revokeSigner } = await import('../../issuer-keys/index.ts')
  const workspace = await openWorkspace(options.dir)
  const input = { keyId: withoutGroups(key), since, nowMs: Date.now() }
  const { signer, before, trust } = await revokeSigner(workspace, input)
  const { trustPolicy } = workspace.paths
  return {
    exitCode: 0,
    json: { signer: signerJson(signer), before: validityValue(before), trustPolicy },
    lines: [
      [styled('green', 'Revoked.')],
      ...signerLines(signer),
      prose(['    '], `until now: ${describeValidity(before)}`),
      ...witnessLines(since, trust),
      '',
      ...columns([['hand out', `${trustPolicy}: whoever has an older one goes on believing the key`]], {
        indent: '  ',
      }),
    ],
  }
}

function pointOf({ sinceSize, sinceTime, entirely }: RevokeOptions): RevocationPoint {
  const points: RevocationPoint[] = [
    ...(sinceSize === undefined ? [] : [{ kind: 'size', size: sinceSize } as const]),
    ...(sinceTime === undefined ? [] : [{ kind: 'time', time: sinceTime } as const]),
    ...(entirely ? [{ kind: 'entirely' } as const] : []),
  ]
  const [point] = points
  if (point !== undefined && points.length === 1) return point
  throw new ColophonError('USAGE', 'want one of --since-size, --since-time and --entirely', {
    hint: 'See colophon keys revoke --help.',
  })
}

function witnessLines({ kind }: RevocationPoint, { witnesses }: TrustPolicy): Line[] {
  if (kind !== 'time' || witnesses.length > 0) return []
  return [
    prose(['  '], 'The policy names no witness whose time counts: nothing that the key signed is believed any more.'),
  ]
}

function parseSize(text: string): bigint {
  if (/^(0|[1-9][0-9]{0,14})$/.test(text)) return BigInt(text)
  throw new InvalidArgumentError('want a number of entries')
}

function parseMoment(text: string): string {
  try {
    parseTime(text)
    return text
  } catch (error) {
    if (!ColophonError.is(error)) throw error
    throw new InvalidArgumentError('want a time such as 2026-01-31T00:00:00.000Z')
  }
}
