/**
 * `colophon trust remove`: takes a key out of a trust policy.
 *
 * JSON: `{file, removed: {kind: "signer" | "log" | "witness", name, keyId}}`.
 *
 * @module
 */
import type { Command } from 'commander'
import { encodeHex } from '../../../core/bytes/index.ts'
import { fullKeyId } from '../../../core/note/index.ts'
import { type RemovedTrust, removeTrust } from '../../../core/trust/index.ts'
import { readTrustPolicy, writeTrustPolicy } from '../../trust-file/index.ts'
import { addJsonOption, runAndPrint } from '../command.ts'
import { prose, styled } from '../lines.ts'
import type { Result } from '../result.ts'
import { inGroups, withoutGroups } from '../trusted-keys.ts'

const HELP = `
Nothing that the key ever signed is believed any more, old records included. To
believe what it signed before some point, keep it and take over the issuer's
newer policy: colophon trust add POLICY --to MINE --update

Examples:
  colophon trust remove 0123abcd --from my-policy.json
  colophon trust remove log.example-host --from my-policy.json

Exit codes:
  0  removed
  2  usage, not a trust policy, or the policy cannot do without it
  4  the policy has no such key
  6  the file could not be written`

export function addTrustRemoveCommand(trust: Command): void {
  const command = trust
    .command('remove')
    .summary('believe a key no longer')
    .description('Takes a signer, a log or a witness out of a trust policy.')
    .argument('<key>', "a signer's key id, or 8 and more digits of it; a log's or witness's name or key id")
    .requiredOption('--from <file>', 'your trust policy')
  addJsonOption(command).addHelpText('after', HELP).action(runAndPrint(removeFromPolicy))
}

async function removeFromPolicy(key: string, { from }: { readonly from: string }): Promise<Result> {
  const removed = removeTrust({ policy: await readTrustPolicy(from), which: withoutGroups(key) })
  await writeTrustPolicy(from, removed.policy, { overwrite: true })
  const { name, keyId } = identityOf(removed)
  return {
    exitCode: 0,
    json: { file: from, removed: { kind: removed.kind, name, keyId } },
    lines: [
      [styled('green', `Removed the ${removed.kind} ${name} from ${from}.`)],
      `  ${inGroups(keyId)}`,
      prose([], 'Nothing that rests on this key is believed any more, old records included.'),
    ],
  }
}

const identityOf = (removed: RemovedTrust): { readonly name: string; readonly keyId: string } =>
  removed.kind === 'signer' ? removed.signer : { name: removed.key.name, keyId: encodeHex(fullKeyId(removed.key)) }
