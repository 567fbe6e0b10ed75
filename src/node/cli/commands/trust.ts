/**
 * `colophon trust show`: the fingerprints of a trust policy, to compare by another channel.
 *
 * JSON: `{signers: [{name, keyId}], logs: [{origin, keyId, vkey}], require, acceptClaimed, captures, declarations}`.
 *
 * @module
 */
import { join } from 'node:path'
import type { Command } from 'commander'
import { encodeHex } from '../../../core/bytes/index.ts'
import { formatVerifierKey, fullKeyId } from '../../../core/note/index.ts'
import { addJsonOption, DEFAULT_FOLDER, runAndPrint } from '../command.ts'
import { columns, type Line, styled } from '../lines.ts'
import type { Result } from '../result.ts'
import { readTrustPolicy } from '../verifier-options.ts'

const DEFAULT_FILE = join(DEFAULT_FOLDER, 'trust', 'trust-policy.json')

const HELP = `
Whoever can change a trust policy decides what you believe. Have the
fingerprints read to you by the issuer, by a channel other than the one that the
file came by, and compare them all.

Example:
  colophon trust show trust-policy.json

Exit codes:
  0  shown    2  usage, or not a trust policy`

export function addTrustCommand(program: Command): void {
  const trust = program.command('trust').summary('show whom a trust policy names').description('Trust policies.')
  const show = trust
    .command('show')
    .description('Prints the fingerprints of a trust policy, to compare them by another channel.')
    .argument('[file]', 'the trust policy', DEFAULT_FILE)
  addJsonOption(show).addHelpText('after', HELP).action(runAndPrint(showTrust))
}

async function showTrust(file: string): Promise<Result> {
  const { signers, logs, require, acceptClaimed, captures, declarations } = await readTrustPolicy(file)
  const shown = {
    signers: signers.map(({ name, keyId }) => ({ name, keyId })),
    logs: logs.map((key) => ({ origin: key.name, keyId: encodeHex(fullKeyId(key)), vkey: formatVerifierKey(key) })),
    require,
    acceptClaimed,
    captures,
    declarations,
  }
  return { exitCode: 0, json: shown, lines: trustLines(shown) }
}

interface ShownTrust {
  readonly signers: readonly { readonly name: string; readonly keyId: string }[]
  readonly logs: readonly { readonly origin: string; readonly keyId: string; readonly vkey: string }[]
  readonly require: readonly string[]
  readonly acceptClaimed: boolean
  readonly captures: readonly string[]
  readonly declarations: readonly string[] | 'any'
}

/** Fingerprints in groups, to be read aloud. */
function trustLines({ signers, logs, require, acceptClaimed, captures, declarations }: ShownTrust): Line[] {
  return [
    [styled('bold', 'Signers')],
    ...signers.flatMap(({ name, keyId }): Line[] => [`  ${name}`, `    ${inGroups(keyId)}`]),
    [styled('bold', 'Logs')],
    ...logs.flatMap(({ origin, keyId, vkey }): Line[] => [`  ${origin}`, `    ${inGroups(keyId)}`, `    ${vkey}`]),
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
}

const inGroups = (hex: string): string => (hex.match(/.{8}/g) ?? [hex]).join(' ')
