/**
 * `colophon trust add`: puts the keys of one trust policy into another.
 *
 * JSON: `{file, isNew, added: {signers, logs, witnesses}, updated: [{name, keyId, valid}]}`, keys as of `trust show`.
 *
 * @module
 */
import { stat } from 'node:fs/promises'
import type { Command } from 'commander'
import { type AddedTrust, addTrust, DEFAULT_RULES, type TrustPolicy } from '../../../core/trust/index.ts'
import { readTrustPolicy, writeTrustPolicy } from '../../trust-file/index.ts'
import { addJsonOption, runAndPrint } from '../command.ts'
import { type Line, prose, styled } from '../lines.ts'
import type { Result } from '../result.ts'
import { signerJson, signerLines, trustedKeysJson, trustedKeysLines } from '../trusted-keys.ts'

interface AddOptions {
  readonly to: string
  readonly update: boolean
}

const HELP = `
This is trust: from then on, your policy believes what these keys sign. Compare
the fingerprints that it prints with their owner, by a channel other than the
one that the file came by.

Rules are not taken over: they are yours. A new file gets those that init
writes. What contradicts yours is refused, and nothing is written. --update
takes over what an issuer changes when it replaces or revokes a key: a validity
that is narrower than yours, and another key by a name that yours has. A key
that you removed counts as a new one.

A policy is one list of signers, one of logs, one of witnesses: a log that you
add may also prove entries of the signers that you had, and a witness may also
date them. Where that is too much, keep a policy for each issuer.

Examples:
  colophon trust add shop-policy.json --to my-policy.json
  colophon trust add newer-shop-policy.json --to my-policy.json --update

Exit codes:
  0  added, or there was nothing to add
  2  usage, or not a trust policy
  6  the two contradict each other, or the file could not be written`

export function addTrustAddCommand(trust: Command): void {
  const command = trust
    .command('add')
    .summary('believe what another trust policy believes')
    .description('Adds the signers, logs and witnesses of one trust policy to another.')
    .argument('<policy>', 'the trust policy that you got')
    .requiredOption('--to <file>', 'your own; made if it is not there')
    .option('--update', 'take over what narrows the validity of keys that yours names', false)
  addJsonOption(command).addHelpText('after', HELP).action(runAndPrint(addToPolicy))
}

async function addToPolicy(file: string, { to, update }: AddOptions): Promise<Result> {
  const theirs = await readTrustPolicy(file)
  const isNew = (await stat(to).catch(() => undefined)) === undefined
  const { policy, added, updated } = isNew
    ? asNew(theirs)
    : addTrust({ mine: await readTrustPolicy(to), theirs, update })
  const count = added.signers.length + added.logs.length + added.witnesses.length + updated.length
  if (count > 0) await writeTrustPolicy(to, policy, { overwrite: !isNew })
  return {
    exitCode: 0,
    json: { file: to, isNew, added: trustedKeysJson(added), updated: updated.map(signerJson) },
    lines:
      count === 0 ? [`${to} names all of these already; nothing changed.`] : addedLines(to, { added, updated, isNew }),
  }
}

function asNew({ signers, logs, witnesses }: TrustPolicy): AddedTrust {
  const added = { signers, logs, witnesses }
  return { policy: { ...added, ...DEFAULT_RULES }, added, updated: [] }
}

const SHARED =
  'The logs and witnesses above count for every signer of this policy, not for those that came with them alone: they may ' +
  'prove and date entries of the signers that you had before, too. Where that is too much, keep a policy for each issuer.'

/** @param isNew  the file was not there before, so nobody else is in it */
function addedLines(
  file: string,
  { added, updated, isNew }: Omit<AddedTrust, 'policy'> & { readonly isNew: boolean },
): Line[] {
  const isShared = !isNew && added.logs.length + added.witnesses.length > 0
  return [
    [styled('green', `Added to ${file}, which believes what these keys sign from now on:`)],
    ...trustedKeysLines(added),
    ...(updated.length === 0 ? [] : [[styled('bold', 'Valid for less than before')], ...updated.flatMap(signerLines)]),
    ...(isShared ? ['', prose([], SHARED)] : []),
    '',
    prose([], 'Compare these fingerprints with their owner, by a channel other than the one that the file came by.'),
  ]
}
