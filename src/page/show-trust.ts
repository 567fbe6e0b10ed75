/**
 * Whom the trust policy names, with fingerprints to compare by another channel; or how to come by one.
 *
 * @module
 */
import { encodeHex } from '../core/bytes/index.ts'
import { fullKeyId, type NoteKey } from '../core/note/index.ts'
import { describeValidity } from '../core/trust/index.ts'
import type { TrustPolicy } from '../core/verify/index.ts'
import { element } from './element.ts'

export function trustElements(trust: TrustPolicy | undefined): readonly HTMLElement[] {
  const title = element('h2', '', 'Whom you trust')
  if (trust === undefined) {
    return [
      title,
      element(
        'p',
        '',
        'Nobody vouches for the signer, for you have not said whom you trust. Get the trust policy from the issuer, open it here too, and compare its fingerprints with the issuer by another channel.',
      ),
    ]
  }
  const { signers, logs, witnesses } = trust
  const keyIdOf = (key: NoteKey): string => encodeHex(fullKeyId(key))
  const rows = [
    ...signers.map(({ name, keyId, valid }) => [`signer ${name}, valid: ${describeValidity(valid)}`, keyId] as const),
    ...logs.map((key) => [`log ${key.name}`, keyIdOf(key)] as const),
    ...witnesses.map((key) => [`witness ${key.name}`, keyIdOf(key)] as const),
  ]
  return [
    title,
    element('p', 'note', 'Your trust policy names these. Compare the fingerprints with the issuer by another channel.'),
    element(
      'dl',
      'fingerprints',
      ...rows.flatMap(([name, keyId]) => [element('dt', '', name), element('dd', '', inGroups(keyId))]),
    ),
  ]
}

const inGroups = (hex: string): string => (hex.match(/.{8}/g) ?? [hex]).join(' ')
