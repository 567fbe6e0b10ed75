import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { makeLogSigner } from '../../../test/support/ed25519-log-key.ts'
import { makeP256Signer } from '../../../test/support/p256-signer.ts'
import { readSpoiled } from '../../../test/support/spoiled-json.ts'
import { makeWitness } from '../../../test/support/witness.ts'
import { decodeUtf8, encodeUtf8 } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import { formatVerifierKey } from '../note/index.ts'
import { formatTrustPolicy, parseTrustPolicy, type TrustedSigner, type TrustPolicy, type Validity } from './index.ts'

const signer = (name: string, valid: Validity): TrustedSigner => {
  const publicKey = makeP256Signer().spki
  return { name, publicKey, keyId: createHash('sha256').update(publicKey).digest('hex'), valid }
}

const SINCE = '2026-01-31T00:00:00.000Z'
const LOG = makeLogSigner('2026a.log.example')

const POLICY: TrustPolicy = {
  signers: [
    signer('Shop', 'always'),
    signer('Shop, old key', {
      from: { kind: 'time', time: SINCE },
      until: { kind: 'log', origin: '2026b.log.example', size: 5n },
      because: 'revoked',
    }),
  ],
  logs: [LOG.key, makeLogSigner('2026b.log.example').key],
  witnesses: [makeWitness('w1.example').key, makeWitness('w2.example').key],
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
  const lists = /^\/(signers|logs|witnesses|require)\/\d left out$/
  const names = /^\/signers\/\d\/name is "x"$/
  expect(accepted.filter((how) => !lists.test(how) && !names.test(how))).toEqual([
    '/signers/1/valid/until/size is 0',
    '/witnesses is []',
    '/require is []',
    '/acceptClaimed is true',
  ])
})

const [shop] = file()['signers' as never] as { name: string; publicKey: string; valid: unknown }[]
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
  ['a key of another kind', { signers: [{ name: 'x', publicKey: 'AAAA', valid: 'always' }] }],
  ['an unknown member', { quorum: 0 }],
  ['another version', { format: 'colophon/trust-policy/v2' }],
])('refused: %s', (_, changes) => {
  expect(() => parse(file(changes))).toThrowCode('TRUST_POLICY_MALFORMED')
})

const secondLog = formatVerifierKey(makeLogSigner('2026c.log.example').key)
test.each<[string, object, string]>([
  ['a misspelt member, and not what is missing for it', { signers: undefined, signer: [shop] }, '/signer'],
  ['one of a signer', { signers: [shop, { ...shop, publickey: 'AAAA' }] }, '/signers/1/publickey'],
  ['a misspelt format', { format: undefined, fromat: 'colophon/trust-policy/v1' }, '/fromat'],
  ['a later version, whatever else it has', { format: 'colophon/trust-policy/v2', quorum: 0 }, '/format'],
  ['a log key with another hash', { logs: [secondLog, secondLog.replace(/\+.{8}\+/, '+00000000+')] }, '/logs/1'],
  ['a log key of another form', { logs: ['log.example'] }, '/logs/0'],
  ['a signer key of another kind', { signers: [{ ...shop, publicKey: 'AAAA' }] }, '/signers/0/publicKey'],
])('the place is named: %s', (_, changes, at) => {
  expect(() => parse(file(changes))).toThrow(expect.objectContaining({ code: 'TRUST_POLICY_MALFORMED', at }))
})

describe('validity', () => {
  const bound = { log: '2026a.log.example', size: 5 }
  const valid = (value: unknown): object => ({ signers: [{ ...shop, valid: value }] })

  test.each<[string, unknown, Validity]>([
    ['always', 'always', 'always'],
    [
      'to a size of a log, which may be none',
      { from: 'any', until: { ...bound, size: 0 }, because: 'revoked' },
      { from: 'any', until: { kind: 'log', origin: '2026a.log.example', size: 0n }, because: 'revoked' },
    ],
    [
      'from a time on',
      { from: { time: SINCE }, until: 'any', because: 'rotated' },
      { from: { kind: 'time', time: SINCE }, until: 'any', because: 'rotated' },
    ],
    [
      'between two bounds of any kinds, in whatever order they are',
      { from: bound, until: { time: SINCE }, because: 'revoked' },
      {
        from: { kind: 'log', origin: '2026a.log.example', size: 5n },
        until: { kind: 'time', time: SINCE },
        because: 'revoked',
      },
    ],
  ])('%s', (_, value, want) => {
    const [read] = parse(file(valid(value))).signers
    expect(read?.valid).toEqual(want)
  })

  test.each<[string, unknown, string]>([
    ['left out', undefined, '/valid'],
    ['another word', 'never', '/valid'],
    ['"any" on both sides', { from: 'any', until: 'any', because: 'rotated' }, '/valid'],
    ['revoked without an end', { from: bound, until: 'any', because: 'revoked' }, '/valid/until'],
    ['no reason', { from: 'any', until: bound }, '/valid/because'],
    ['another reason', { from: 'any', until: bound, because: 'expired' }, '/valid/because'],
    ['no beginning', { until: bound, because: 'rotated' }, '/valid/from'],
    ['a misspelt bound', { from: 'any', untill: bound, because: 'rotated' }, '/valid/untill'],
    [
      'a log that the policy does not name',
      { from: 'any', until: { log: 'x', size: 1 }, because: 'rotated' },
      '/valid',
    ],
    ['a log without a size', { from: 'any', until: { log: bound.log }, because: 'rotated' }, '/valid/until/size'],
    ['a size in a string', { from: 'any', until: { ...bound, size: '5' }, because: 'rotated' }, '/valid/until/size'],
    ['a size below 0', { from: 'any', until: { ...bound, size: -1 }, because: 'rotated' }, '/valid/until/size'],
    ['a time and a log', { from: 'any', until: { ...bound, time: SINCE }, because: 'rotated' }, '/valid/until'],
    ['a time of another form', { from: 'any', until: { time: '2026-01-31' }, because: 'rotated' }, '/valid/until/time'],
    ['a bound with more', { from: 'any', until: { ...bound, why: 'x' }, because: 'rotated' }, '/valid/until/why'],
  ])('refused, and where: %s', (_, value, at) => {
    expect(() => parse(file(valid(value)))).toThrow(
      expect.objectContaining({ code: 'TRUST_POLICY_MALFORMED', at: `/signers/0${at}` }),
    )
  })
})

describe('witnesses', () => {
  const witness = makeWitness('w.example').key
  const vkeys = (...keys: readonly Parameters<typeof formatVerifierKey>[0][]): object => ({
    witnesses: keys.map(formatVerifierKey),
  })

  test.each<[string, object, string]>([
    ['a plain Ed25519 key, with which anything could be signed', vkeys({ ...witness, type: 1 }), '/witnesses/0'],
    ['a log’s key under another name and type', vkeys({ ...LOG.key, name: 'w.example', type: 4 }), '/witnesses/0'],
    ['a log’s name', vkeys({ ...witness, name: LOG.key.name }), '/witnesses/0'],
    ['one key under two names, D19', vkeys(witness, { ...witness, name: 'v.example' }), '/witnesses'],
    ['one name for two keys', vkeys(witness, makeWitness('w.example').key), '/witnesses'],
    ['a witness key among the logs', { logs: [formatVerifierKey(witness)] }, '/logs/0'],
    ['left out', { witnesses: undefined }, '/witnesses'],
  ])('refused, and where: %s', (_, changes, at) => {
    expect(() => parse(file(changes))).toThrow(expect.objectContaining({ code: 'TRUST_POLICY_MALFORMED', at }))
  })

  test('names that only look alike are two names (K and the Kelvin sign), D19', () => {
    const kelvin = makeWitness('\u212a.example').key
    const policy = parse(file(vkeys(makeWitness('K.example').key, kelvin)))
    expect(policy.witnesses[1]).toEqual(kelvin)
  })
})
