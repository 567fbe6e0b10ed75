/**
 * What a verifier is given that is not what it should be: the wrong file, another run's, a changed one; and trust policies
 * that are none.
 *
 * @module
 */
import { generateKeyPairSync } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ErrorCode } from '../../src/core/errors.ts'
import type { BadInput } from './bad-input.ts'
import { copy, FILE_CANARY, type Plant, replace, write } from './mischief.ts'

const POLICY = '.colophon/trust/trust-policy.json'
const RECORD = 'answer.txt.sigstore.json'
const DISCLOSURE = 'answer.txt.disclosure.json'
const VERIFY = ['verify', 'answer.txt', '--trust', POLICY]

const policy = (what: string, plant: Plant, names: string): BadInput => ({
  what,
  words: VERIFY,
  plant,
  code: 'TRUST_POLICY_MALFORMED',
  names,
})

const verdict = (what: string, plant: Plant, code: ErrorCode, words: readonly string[] = VERIFY): BadInput => ({
  what,
  words,
  plant,
  code,
  names: '',
  shown: 'verdict',
})

const nothing: Plant = () => {}

/** Changes one member of a JSON document, wherever it lies. */
const member =
  (path: string, change: (document: Record<string, never>) => void): Plant =>
  (root) => {
    const file = join(root, path)
    const document = JSON.parse(readFileSync(file, 'utf8')) as Record<string, never>
    change(document)
    writeFileSync(file, JSON.stringify(document))
  }

export const RECORD_ROWS: readonly BadInput[] = [
  policy('a trust policy with an unknown member', replace(POLICY, '{', `{"trustEverybody": true, `), 'trustEverybody'),
  policy('a trust policy with a member twice', replace(POLICY, '{', '{"format": "x", '), 'trust-policy.json'),
  policy('a trust policy of a later version', replace(POLICY, 'trust-policy/v1', 'trust-policy/v9'), 'format'),
  policy('a trust policy without signers', replace(POLICY, '"signers"', '"singers"'), 'singers'),
  policy('a trust policy that requires a check that there is not', replace(POLICY, '"output"', '"outptu"'), 'require'),
  policy(
    'a trust policy with a key that is cut',
    replace(POLICY, /"publicKey": ?"..../, '"publicKey": "'),
    'publicKey',
  ),
  policy('a trust policy with a validity that there is not', replace(POLICY, '"always"', '"forever"'), 'valid'),
  policy('a record in place of the trust policy', copy(RECORD, POLICY), 'trust-policy.json'),
  policy('the configuration in place of the trust policy', copy('.colophon/config.json', POLICY), 'format'),
  policy(
    'a trusted root in place of the trust policy',
    copy('.colophon/trust/trusted-root.json', POLICY),
    'trust-policy.json',
  ),
  {
    what: 'a trust policy that cannot be read comes before a record that is not there',
    words: ['verify', 'none.txt', '--trust', 'none.json'],
    code: 'FILE_UNREADABLE',
    names: 'none.json',
  },
  {
    what: 'an answer without a record',
    words: ['verify', 'declaration.yaml'],
    code: 'RECORD_NOT_FOUND',
    names: 'declaration.yaml.sigstore.json',
  },
  {
    what: 'a declaration id that is none',
    words: ['verify', 'answer.txt', '--declaration', '0123abcd'],
    code: 'FILE_UNREADABLE',
    names: '0123abcd',
  },
  {
    what: 'a record to compare with is not there',
    words: ['diff', 'answer.txt', 'none.txt'],
    code: 'FILE_UNREADABLE',
    names: 'none.txt',
  },
  {
    what: 'a record to compare is not trusted',
    words: ['diff', 'answer.txt', 'answer.txt', '--trust', 'other.json'],
    plant: otherPolicy(),
    code: 'KEY_NOT_TRUSTED',
    names: 'answer.txt',
  },
  verdict('a disclosure in place of the record', copy(DISCLOSURE, RECORD), 'BUNDLE_MALFORMED'),
  verdict('a trust policy in place of the record', copy(POLICY, RECORD), 'BUNDLE_MALFORMED'),
  verdict('a declaration in place of the record', copy('declaration.yaml', RECORD), 'BUNDLE_MALFORMED'),
  verdict('a record in place of the disclosure', copy(RECORD, DISCLOSURE), 'DISCLOSURE_MALFORMED'),
  verdict(
    'a record of a later version',
    replace(RECORD, 'bundle.v0.3+json', 'bundle.v0.9+json'),
    'VERSION_UNSUPPORTED',
  ),
  verdict('a record with a blank more', replace(RECORD, '{', '{ '), 'BUNDLE_MALFORMED'),
  verdict('a record with a line end more', replace(RECORD, /$/, '\n'), 'BUNDLE_MALFORMED'),
  verdict('a record with a member twice', replace(RECORD, '{', `{"mediaType":"${FILE_CANARY}",`), 'BUNDLE_MALFORMED'),
  verdict(
    'a record with an unknown member',
    member(RECORD, (document) => Object.assign(document, { zzz: 1 })),
    'BUNDLE_MALFORMED',
  ),
  verdict(
    'a record that is cut',
    (root) => writeFileSync(join(root, RECORD), readFileSync(join(root, RECORD)).subarray(0, 5_000)),
    'BUNDLE_MALFORMED',
  ),
  verdict(
    'a record whose log entry has another index',
    replace(RECORD, '"logIndex":"2"', '"logIndex":"1"'),
    'BUNDLE_MALFORMED',
  ),
  verdict(
    'another answer',
    write('answer.txt', 'Certainly. The red lamp costs 13 euros. Thank you for asking.'),
    'OUTPUT_MISMATCH',
  ),
  verdict('an answer with a line end more', replace('answer.txt', /$/, '\n'), 'OUTPUT_MISMATCH'),
  verdict('no trust in the signer', otherPolicy(), 'KEY_NOT_TRUSTED', [
    'verify',
    'answer.txt',
    '--trust',
    'other.json',
  ]),
  verdict('a declaration that was not agreed on', nothing, 'DECLARATION_NOT_AGREED', [
    ...VERIFY,
    '--declaration',
    'ab'.repeat(32),
  ]),
  verdict(
    'a key that was revoked',
    replace(POLICY, '"always"', '{"from":"any","until":{"log":"log.example-host","size":0},"because":"revoked"}'),
    'KEY_REVOKED',
  ),
  verdict(
    'a capture that the policy does not accept',
    replace(POLICY, /"captures": ?\[[^\]]*\]/, '"captures": ["gateway"]'),
    'CAPTURE_NOT_ACCEPTED',
  ),
  {
    what: 'a key that the policy does not have',
    words: ['trust', 'remove', '01234567', '--from', POLICY],
    code: 'KEY_UNKNOWN',
    names: '01234567',
  },
  {
    what: 'a policy to remove from that is not there',
    words: ['trust', 'remove', '01234567', '--from', 'none.json'],
    code: 'FILE_UNREADABLE',
    names: 'none.json',
  },
  {
    what: 'the only log of a policy',
    words: ['trust', 'remove', 'log.example-host', '--from', POLICY],
    code: 'USAGE',
    names: 'log',
  },
  {
    what: 'two policies that contradict each other',
    words: ['trust', 'add', 'other.json', '--to', POLICY],
    plant: contradicting(),
    code: 'TRUST_CONFLICT',
    names: '',
  },
  {
    what: 'a policy to add to that is none',
    words: ['trust', 'add', POLICY, '--to', 'answer.txt'],
    code: 'TRUST_POLICY_MALFORMED',
    names: 'answer.txt',
  },
  {
    what: 'a policy to add to in a folder that is not there',
    words: ['trust', 'add', POLICY, '--to', 'none/mine.json'],
    code: 'FILE_UNWRITABLE',
    names: 'none/mine.json',
  },
]

/** A policy of other.json that names another signer's key: a P-256 point that is on the curve and nobody's here. */
function otherPolicy(): Plant {
  return (root) => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const other = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
    const text = readFileSync(join(root, POLICY), 'utf8').replace(/"publicKey": ?"[^"]+"/, `"publicKey": "${other}"`)
    writeFileSync(join(root, 'other.json'), text)
  }
}

/** The same key by another name. */
function contradicting(): Plant {
  return (root) => {
    const text = readFileSync(join(root, POLICY), 'utf8').replace(
      '"always"',
      '{"from":"any","until":{"log":"log.example-host","size":1},"because":"rotated"}',
    )
    writeFileSync(join(root, 'other.json'), text)
  }
}
