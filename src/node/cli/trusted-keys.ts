/**
 * Signers, logs and witnesses of a trust policy, as commands show them: with fingerprints in groups, to be read aloud.
 *
 * @module
 */
import { encodeHex } from '../../core/bytes/index.ts'
import { formatVerifierKey, fullKeyId, type VerifierKey } from '../../core/note/index.ts'
import { describeValidity, type TrustedSigner, type TrustPolicy, validityValue } from '../../core/trust/index.ts'
import { type Line, prose, styled } from './lines.ts'

export type TrustedKeys = Pick<TrustPolicy, 'signers' | 'logs' | 'witnesses'>

/** `{signers: [{name, keyId, valid}], logs: [{origin, keyId, vkey}], witnesses: [{name, keyId, vkey}]}` */
export const trustedKeysJson = ({ signers, logs, witnesses }: TrustedKeys) => ({
  signers: signers.map(signerJson),
  logs: logs.map((key) => ({ origin: key.name, ...keyJson(key) })),
  witnesses: witnesses.map((key) => ({ name: key.name, ...keyJson(key) })),
})

/** `valid` as it stands in the file. */
export const signerJson = ({ name, keyId, valid }: TrustedSigner) => ({ name, keyId, valid: validityValue(valid) })

const keyJson = (key: VerifierKey) => ({ keyId: encodeHex(fullKeyId(key)), vkey: formatVerifierKey(key) })

/** Nothing for kinds of which there are none. */
export function trustedKeysLines({ signers, logs, witnesses }: TrustedKeys): Line[] {
  return [
    ...group('Signers', signers.flatMap(signerLines)),
    ...group('Logs', logs.flatMap(keyLines)),
    ...group('Witnesses', witnesses.flatMap(keyLines)),
  ]
}

export const signerLines = ({ name, keyId, valid }: TrustedSigner): Line[] => [
  `  ${name}`,
  `    ${inGroups(keyId)}`,
  prose(['    '], `valid ${describeValidity(valid)}`),
]

export const keyLines = (key: VerifierKey): Line[] => [
  `  ${key.name}`,
  `    ${inGroups(encodeHex(fullKeyId(key)))}`,
  `    ${formatVerifierKey(key)}`,
]

const group = (title: string, lines: readonly Line[]): Line[] =>
  lines.length === 0 ? [] : [[styled('bold', title)], ...lines]

export const inGroups = (hex: string): string => (hex.match(/.{8}/g) ?? [hex]).join(' ')

/** A key id as people copy it, groups and all. */
export const withoutGroups = (text: string): string => text.replaceAll(' ', '')
