import { describe, expect, test } from 'vitest'
import { makeLogSigner } from '../../../test/support/ed25519-log-key.ts'
import { makeP256Signer } from '../../../test/support/p256-signer.ts'
import { makeWitness } from '../../../test/support/witness.ts'
import { encodeHex } from '../bytes/index.ts'
import { fullKeyId } from '../note/index.ts'
import { keyId } from '../signature/index.ts'
import {
  addTrust,
  type Bound,
  DEFAULT_RULES,
  removeTrust,
  type TrustedSigner,
  type TrustPolicy,
  type Validity,
} from './index.ts'

const LOG = makeLogSigner('a.log.example').key
const OTHER_LOG = makeLogSigner('b.log.example').key
const WITNESS = makeWitness('w.example').key
const [SHOP_KEY, NEW_KEY] = [makeP256Signer().spki, makeP256Signer().spki]

const signer = (changes: Partial<TrustedSigner> = {}): TrustedSigner => {
  const publicKey = changes.publicKey ?? SHOP_KEY
  return { name: 'Shop', valid: 'always', publicKey, keyId: keyId(publicKey), ...changes }
}
const policy = (changes: Partial<TrustPolicy> = {}): TrustPolicy => ({
  signers: [signer()],
  logs: [LOG],
  witnesses: [],
  ...DEFAULT_RULES,
  ...changes,
})
const until = (size: bigint, because: 'rotated' | 'revoked' = 'rotated'): Validity => {
  const bound: Bound = { kind: 'log', origin: LOG.name, size }
  return { from: 'any', until: bound, because }
}

describe('adding', () => {
  test('takes signers, logs and witnesses, each once, and no rules', () => {
    const theirs = policy({
      signers: [signer(), signer({ name: 'Other', publicKey: NEW_KEY })],
      logs: [OTHER_LOG, LOG],
      witnesses: [WITNESS],
      require: [],
      acceptClaimed: true,
    })
    const { policy: together, added, updated } = addTrust({ mine: policy(), theirs, update: false })
    expect(added).toEqual({ signers: [theirs.signers[1]], logs: [OTHER_LOG], witnesses: [WITNESS] })
    expect(updated).toEqual([])
    expect(together).toEqual(
      policy({ signers: [...policy().signers, ...added.signers], logs: [LOG, OTHER_LOG], witnesses: [WITNESS] }),
    )
    expect(addTrust({ mine: together, theirs, update: false }).policy).toEqual(together)
  })

  const newKey = signer({ publicKey: NEW_KEY })
  test.each<[string, Partial<TrustPolicy>, Partial<TrustPolicy>]>([
    ['another validity of a key', {}, { signers: [signer({ valid: until(5n) })] }],
    ['another name of a key', {}, { signers: [signer({ name: 'Thief' })] }],
    ['another key by a name that is taken', {}, { signers: [newKey] }],
    ['another key of a log', {}, { logs: [makeLogSigner(LOG.name).key] }],
    ['another key of a witness', { witnesses: [WITNESS] }, { witnesses: [makeWitness('w.example').key] }],
    ['another name of a witness', { witnesses: [WITNESS] }, { witnesses: [{ ...WITNESS, name: 'v.example' }] }],
    ['a witness that is a log of mine', {}, { logs: [OTHER_LOG], witnesses: [{ ...LOG, name: 'w.example', type: 4 }] }],
  ])('is refused: %s', (_, mine, theirs) => {
    const input = { mine: policy(mine), theirs: policy({ logs: [LOG], ...theirs }), update: false }
    expect(() => addTrust(input)).toThrowCode('TRUST_CONFLICT')
  })

  test('as an update takes over what a rotation changes', () => {
    const theirs = policy({ signers: [newKey, signer({ valid: until(5n) })] })
    const { policy: together, added, updated } = addTrust({ mine: policy(), theirs, update: true })
    expect(together.signers).toEqual([signer({ valid: until(5n) }), newKey])
    expect({ added: added.signers, updated }).toEqual({ added: [newKey], updated: [signer({ valid: until(5n) })] })
  })

  test.each<[string, Validity, Validity]>([
    ['a revoked key comes back', until(5n, 'revoked'), 'always'],
    ['a key ends later', until(5n), until(6n)],
  ])('as an update is refused where %s', (_, valid, wider) => {
    const mine = policy({ signers: [signer({ valid })] })
    const theirs = policy({ signers: [signer({ valid: wider })] })
    expect(() => addTrust({ mine, theirs, update: true })).toThrowCode('TRUST_CONFLICT')
  })

  test('as an update gives no key another name, and no log another key', () => {
    for (const theirs of [{ signers: [signer({ name: 'Thief' })] }, { logs: [makeLogSigner(LOG.name).key] }]) {
      const input = { mine: policy(), theirs: policy(theirs), update: true }
      expect(() => addTrust(input)).toThrowCode('TRUST_CONFLICT')
    }
  })
})

describe('removing', () => {
  const other = signer({ name: 'Other', publicKey: NEW_KEY })
  const whole = policy({ signers: [signer(), other], logs: [LOG, OTHER_LOG], witnesses: [WITNESS] })
  const idOf = (key: typeof LOG): string => encodeHex(fullKeyId(key))

  test.each<[string, string, Partial<TrustPolicy>]>([
    ['a signer, by its key id', other.keyId, { signers: [signer()] }],
    ['a signer, by the beginning of it', other.keyId.slice(0, 8), { signers: [signer()] }],
    ['a log, by its origin', LOG.name, { logs: [OTHER_LOG] }],
    ['a log, by its key id', idOf(LOG), { logs: [OTHER_LOG] }],
    ['a witness, by its name', WITNESS.name, { witnesses: [] }],
    ['a witness, by its key id', idOf(WITNESS), { witnesses: [] }],
  ])('%s', (_, which, want) => {
    expect(removeTrust({ policy: whole, which }).policy).toEqual({ ...whole, ...want })
  })

  test.each<[string, TrustPolicy, string, 'KEY_UNKNOWN' | 'USAGE']>([
    ['what is not there', whole, 'c.log.example', 'KEY_UNKNOWN'],
    ['too few digits', whole, other.keyId.slice(0, 7), 'KEY_UNKNOWN'],
    ['nothing', whole, '', 'KEY_UNKNOWN'],
    ['the last signer', policy(), signer().keyId, 'USAGE'],
    ['the last log', policy(), LOG.name, 'USAGE'],
    ['a log that a validity names', { ...whole, signers: [signer({ valid: until(5n) })] }, LOG.name, 'USAGE'],
    [
      'one of two keys that begin alike',
      { ...whole, signers: [signer({ keyId: 'ab'.repeat(32) }), signer({ keyId: `${'ab'.repeat(31)}00` })] },
      'abababab',
      'USAGE',
    ],
  ])('is refused: %s', (_, from, which, code) => {
    expect(() => removeTrust({ policy: from, which })).toThrowCode(code)
  })
})
