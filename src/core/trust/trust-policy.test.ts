import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeLogSigner } from '../../../test/support/ed25519-log-key.ts'
import { makeP256Signer } from '../../../test/support/p256-signer.ts'
import { readSpoiled } from '../../../test/support/spoiled-json.ts'
import { decodeUtf8, encodeUtf8 } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import { formatVerifierKey } from '../note/index.ts'
import { formatTrustPolicy, parseTrustPolicy, type TrustedSigner, type TrustPolicy } from './index.ts'

const signer = (name: string): TrustedSigner => {
  const publicKey = makeP256Signer().spki
  return { name, publicKey, keyId: createHash('sha256').update(publicKey).digest('hex') }
}

const POLICY: TrustPolicy = {
  signers: [signer('Shop'), signer('Shop, old key')],
  logs: [makeLogSigner('2026a.log.example').key, makeLogSigner('2026b.log.example').key],
  require: ['output', 'composition'],
  acceptClaimed: false,
  captures: ['gateway'],
  declarations: ['0d'.repeat(32)],
}

const file = (changes: object = {}): object => ({ ...JSON.parse(decodeUtf8(formatTrustPolicy(POLICY))), ...changes })
const parse = (document: unknown): TrustPolicy => parseTrustPolicy(encodeUtf8(JSON.stringify(document)))

test('parse gives back what format was given', () => {
  const policies: TrustPolicy[] = [POLICY, { ...POLICY, require: [], acceptClaimed: true, declarations: 'any' }]
  for (const policy of policies) expect(parseTrustPolicy(formatTrustPolicy(policy))).toEqual(policy)
})

test('every spoiled place is a coded error, or says something else', () => {
  const { uncoded, accepted } = readSpoiled({
    document: file(),
    read: (document) => expect(parse(document)).not.toEqual(POLICY),
    isCoded: (error) => ColophonError.is(error, 'TRUST_POLICY_MALFORMED'),
  })
  expect(uncoded).toEqual([])
  // Nothing is believed, and nothing required or not, by omission: no member of the file may be left out.
  const lists = /^\/(signers|logs|require)\/\d left out$/
  const names = /^\/signers\/\d\/name is "x"$/
  expect(accepted.filter((how) => !lists.test(how) && !names.test(how))).toEqual([
    '/require is []',
    '/acceptClaimed is true',
  ])
})

const [shop] = file()['signers' as never] as { name: string; publicKey: string }[]
const other = makeLogSigner('2026a.log.example')
test.each<[string, object]>([
  ['nobody is trusted', { signers: [] }],
  ['no log is trusted', { logs: [] }],
  ['no capture point is accepted', { captures: [] }],
  ['no declaration is accepted', { declarations: [] }],
  ['one key under two names', { signers: [shop, { ...shop, name: 'Twice' }] }],
  ['two keys for one log', { logs: [...(file()['logs' as never] as string[]), formatVerifierKey(other.key)] }],
  ['a check that is none', { require: ['everything'] }],
  ['one check twice', { require: ['output', 'output'] }],
  ['a short id', { declarations: ['0d'] }],
  ['one id twice', { declarations: ['0d'.repeat(32), '0d'.repeat(32)] }],
  ['a key of another kind', { signers: [{ name: 'x', publicKey: 'AAAA' }] }],
  ['an unknown member', { quorum: 0 }],
  ['another version', { format: 'colophon/trust-policy/v2' }],
])('refused: %s', (_, changes) => {
  expect(() => parse(file(changes))).toThrowCode('TRUST_POLICY_MALFORMED')
})

const secondLog = formatVerifierKey(makeLogSigner('2026c.log.example').key)
test.each<[string, object, string]>([
  ['a misspelt member, and not what is missing for it', { signers: undefined, signer: [shop] }, '/signer'],
  ['one of a signer', { signers: [shop, { name: 'x', publickey: 'AAAA' }] }, '/signers/1/publickey'],
  ['a misspelt format', { format: undefined, fromat: 'colophon/trust-policy/v1' }, '/fromat'],
  ['a later version, whatever else it has', { format: 'colophon/trust-policy/v2', quorum: 0 }, '/format'],
  ['a log key with another hash', { logs: [secondLog, secondLog.replace(/\+.{8}\+/, '+00000000+')] }, '/logs/1'],
  ['a log key of another form', { logs: ['log.example'] }, '/logs/0'],
  ['a signer key of another kind', { signers: [{ name: 'x', publicKey: 'AAAA' }] }, '/signers/0/publicKey'],
])('the place is named: %s', (_, changes, at) => {
  expect(() => parse(file(changes))).toThrow(expect.objectContaining({ code: 'TRUST_POLICY_MALFORMED', at }))
})
