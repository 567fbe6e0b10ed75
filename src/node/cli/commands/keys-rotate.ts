/**
 * `colophon keys rotate`: replaces the issuer's key.
 *
 * JSON: `{isNew, signer: {name, keyId, valid}, retired: {name, keyId, valid} | null, trustPolicy, publicKey}`.
 *
 * @module
 */
import type { Command } from 'commander'
import type { Rotation } from '../../issuer-keys/index.ts'
import type { WorkspacePaths } from '../../workspace/index.ts'
import { addFolderOption, addJsonOption, runAndPrint } from '../command.ts'
import { columns, type Line, prose, styled } from '../lines.ts'
import type { Result } from '../result.ts'
import { signerJson, signerLines } from '../trusted-keys.ts'

interface RotateOptions {
  readonly dir: string
  readonly again: boolean
}

const HELP = `
Makes a new key for declarations, bindings and records, and retires the old one
at the log's current size: what it signed before stays believed, and an entry
that it signs later is refused, by everybody who has the new trust policy. The
old private key is deleted.

A gateway that uses the folder has to be stopped first. If this is killed, or
the machine stops, run it again: it goes on where it was, and until then nothing
can be signed. The second time it does nothing; --again replaces a key that has
signed nothing yet.

The log's key is never replaced: a log has one key for its life. If it was
stolen, begin a new log under a new origin: colophon init, in another folder.

Example:
  colophon keys rotate

Exit codes:
  0  replaced, or replaced already
  2  the trust policy is not in order
  6  no issuer here, store locked, or a file could not be written`

export function addKeysRotateCommand(keys: Command): void {
  const command = keys
    .command('rotate')
    .summary("replace the issuer's key")
    .description("Replaces the issuer's key, and retires the old one at the log's current size.")
    .option('--again', 'replace a key that the last rotation made and that has signed nothing', false)
  addJsonOption(addFolderOption(command)).addHelpText('after', HELP).action(runAndPrint(rotate))
}

async function rotate({ dir, again }: RotateOptions): Promise<Result> {
  const { openWorkspace } = await import('../../workspace/index.ts')
  const { rotateIssuerKey } = await import('../../issuer-keys/index.ts')
  const workspace = await openWorkspace(dir)
  const rotation = await rotateIssuerKey(workspace, { again })
  const { isNew, current, retired } = rotation
  const { trustPolicy, issuerPublicKey: publicKey } = workspace.paths
  return {
    exitCode: 0,
    json: {
      isNew,
      signer: signerJson(current),
      retired: retired === undefined ? null : signerJson(retired),
      trustPolicy,
      publicKey,
    },
    lines: rotationLines(rotation, workspace.paths),
  }
}

function rotationLines({ isNew, current, retired }: Rotation, paths: WorkspacePaths): Line[] {
  return [
    [
      styled(
        'green',
        isNew ? "Replaced the issuer's key." : 'Replaced already, and nothing was signed since; nothing changed.',
      ),
    ],
    [styled('bold', 'Signs from now on')],
    ...signerLines(current),
    ...(retired === undefined
      ? []
      : [[styled('bold', 'Retired; its private key is deleted')], ...signerLines(retired)]),
    '',
    prose([], 'Verifiers refuse what the new key signs until they have the new trust policy:'),
    ...columns(
      [
        ['hand out', `${paths.trustPolicy}, and have its fingerprints compared: colophon trust show`],
        ['for stock Sigstore clients', `${paths.issuerPublicKey}, for new records`],
      ],
      { indent: '  ' },
    ),
  ]
}
