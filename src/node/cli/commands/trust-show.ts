/**
 * `colophon trust show`: the fingerprints of a trust policy, to compare by another channel.
 *
 * JSON: `{signers: [{name, keyId, valid}], logs: [{origin, keyId, vkey}], witnesses: [{name, keyId, vkey}], require,
 * acceptClaimed, captures, declarations}`; `valid` as in the file.
 *
 * @module
 */
import { join } from 'node:path'
import type { Command } from 'commander'
import type { TrustPolicy } from '../../../core/trust/index.ts'
import { readTrustPolicy } from '../../trust-file/index.ts'
import { addJsonOption, DEFAULT_FOLDER, runAndPrint } from '../command.ts'
import { columns, type Line, prose, styled } from '../lines.ts'
import type { Result } from '../result.ts'
import { trustedKeysJson, trustedKeysLines } from '../trusted-keys.ts'

const DEFAULT_FILE = join(DEFAULT_FOLDER, 'trust', 'trust-policy.json')

const HELP = `
Whoever can change a trust policy decides what you believe. Have the
fingerprints read to you by the issuer, by a channel other than the one that the
file came by, and compare them all.

Example:
  colophon trust show trust-policy.json

Exit codes:
  0  shown    2  usage, or not a trust policy`

export function addTrustShowCommand(trust: Command): void {
  const command = trust
    .command('show')
    .summary('print the fingerprints of a trust policy')
    .description('Prints the fingerprints of a trust policy, to compare them by another channel.')
    .argument('[file]', 'the trust policy', DEFAULT_FILE)
  addJsonOption(command).addHelpText('after', HELP).action(runAndPrint(showTrust))
}

async function showTrust(file: string): Promise<Result> {
  const policy = await readTrustPolicy(file)
  const { require, acceptClaimed, captures, declarations } = policy
  return {
    exitCode: 0,
    json: { ...trustedKeysJson(policy), require, acceptClaimed, captures, declarations },
    lines: [...trustedKeysLines(policy), ...ruleLines(policy), ...timeLines(policy)],
  }
}

const ruleLines = ({ require, acceptClaimed, captures, declarations }: TrustPolicy): Line[] => [
  [styled('bold', 'Rules')],
  ...columns(
    [
      ['must pass', require.length === 0 ? 'nothing beyond authenticity' : require.join(', ')],
      ["issuer's word", acceptClaimed ? 'is enough where nothing proves it' : 'is not enough'],
      ['captured by', captures.join(', ')],
      ['declarations', declarations === 'any' ? 'any' : declarations.join(', ')],
    ],
    { indent: '  ' },
  ),
]

/** Such a key is believed for nothing, which its line alone does not say. */
function timeLines({ signers, witnesses }: TrustPolicy): Line[] {
  const timed = signers.filter(
    ({ valid }) =>
      valid !== 'always' && [valid.from, valid.until].some((bound) => bound !== 'any' && bound.kind === 'time'),
  )
  if (timed.length === 0 || witnesses.length > 0) return []
  return [
    '',
    prose(
      [],
      'A key is valid by time here, and no witness is named whose time counts: nothing that it signed is believed.',
    ),
  ]
}
