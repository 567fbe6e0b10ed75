/**
 * `colophon keys list`: which keys there are, and what the trust policy believes them for.
 *
 * JSON: `{keys: [{use, kind, file, keyId, problem: {code, message, hint} | null, valid}], others: [{name, keyId, valid}]}`.
 * `use` is `statements`, `checkpoints` or `next`; `keyId` is null where the file cannot be used, `valid` where the trust
 * policy does not name the key.
 *
 * @module
 */
import type { Command } from 'commander'
import { describeValidity, validityValue } from '../../../core/trust/index.ts'
import type { HeldKey, KeyUse, ListedKeys } from '../../issuer-keys/index.ts'
import { addFolderOption, addJsonOption, runAndPrint } from '../command.ts'
import { columns, type Line, styled } from '../lines.ts'
import type { Result } from '../result.ts'
import { inGroups, signerJson, signerLines } from '../trusted-keys.ts'

const HELP = `
What verifiers believe is their own trust policy; what is shown here is the one
in trust/, which you hand out.

Example:
  colophon keys list

Exit codes:
  0  listed
  2  the trust policy is not in order
  6  no issuer here, or one of its keys cannot be used`

export function addKeysListCommand(keys: Command): void {
  const command = keys
    .command('list')
    .summary('list the keys')
    .description('Lists the keys of an issuer, and what its trust policy believes them for.')
  addJsonOption(addFolderOption(command)).addHelpText('after', HELP).action(runAndPrint(list))
}

async function list({ dir }: { readonly dir: string }): Promise<Result> {
  const { openWorkspace } = await import('../../workspace/index.ts')
  const { listKeys } = await import('../../issuer-keys/index.ts')
  const listed = await listKeys(await openWorkspace(dir))
  return {
    exitCode: listed.held.some(({ problem }) => problem !== undefined) ? 6 : 0,
    json: { keys: listed.held.map(keyJson), others: listed.others.map(signerJson) },
    lines: keysLines(listed),
  }
}

function keyJson({ use, kind, file, keyId, problem, valid }: HeldKey): object {
  const { code, message, hint } = problem ?? {}
  return {
    use,
    kind,
    file,
    keyId: keyId ?? null,
    problem: problem === undefined ? null : { code, message, hint },
    valid: valid === undefined ? null : validityValue(valid),
  }
}

const USES: Readonly<Record<KeyUse, string>> = {
  statements: 'Signs declarations, bindings and records',
  checkpoints: "Signs the log's checkpoints; a log has one key for its life",
  next: 'Made by a rotation that is not finished: colophon keys rotate',
}

const keysLines = ({ held, others }: ListedKeys): Line[] => [
  ...held.flatMap(heldLines),
  ...(others.length === 0
    ? []
    : [
        [styled('bold', 'In the trust policy, and not here: retired, revoked, or of others')],
        ...others.flatMap(signerLines),
      ]),
]

function heldLines({ use, kind, file, keyId, problem, valid }: HeldKey): Line[] {
  return [
    [styled('bold', USES[use])],
    `  ${keyId === undefined ? 'its key id is not known' : inGroups(keyId)}`,
    ...columns(
      [
        ['kind', kind],
        ['file', file],
        ['usable', problem === undefined ? 'yes; readable by you alone' : `NO: ${problem.message}. ${problem.hint}`],
        ['trust policy', valid === undefined ? 'does not name it' : `valid ${describeValidity(valid)}`],
      ],
      { indent: '    ' },
    ),
  ]
}
