/** An issuer that replaces and revokes its keys, and what strangers with old and new trust policies make of its records. */
import { chmodSync, copyFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generateIssuerKey } from '../../src/node/keys/index.ts'
import { startChatUpstream } from '../support/chat-upstream.ts'
import { colophon, type Ended } from '../support/command-line.ts'
import type { ScriptedUpstream } from '../support/scripted-upstream.ts'

const KEY_ID = expect.stringMatching(/^[0-9a-f]{64}$/)
const ORIGIN = 'log.example-host'
/** Declaration, binding and record of the first run. */
const SIZE = 3

let folder: string
let upstream: ScriptedUpstream
let rotated: Ended
let oldKey: string
const at = (name: string): string => join(folder, name)
const keys = (...words: readonly string[]): Promise<Ended> => colophon(['keys', ...words, '--json'], { folder })

const run = (out: string, dir = '.colophon'): Promise<Ended> => {
  const words = ['declaration.yaml', '--input', 'How much?', '--out', out, '--dir', dir, '--upstream', upstream.url]
  return colophon(['run', ...words, '--json'], { folder })
}

/** Exit code, and the codes of what failed. */
const verify = async (answer: string, trust = '.colophon/trust/trust-policy.json') => {
  const { exitCode, json } = await colophon(['verify', answer, '--trust', trust, '--json'], { folder })
  const checks: readonly { id: string; code?: string }[] = json().checks
  return { exitCode, failed: Object.fromEntries(checks.filter(({ code }) => code).map(({ id, code }) => [id, code])) }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'colophon-keys-'))
  upstream = await startChatUpstream()
  await colophon(['init', '--name', 'The shop'], { folder })
  await run('old.txt')
  copyFileSync(at('.colophon/trust/trust-policy.json'), at('old-policy.json'))
  copyFileSync(at('.colophon/keys/issuer.pem'), at('stolen.pem'))
  rotated = await keys('rotate')
  oldKey = rotated.json().retired.keyId
  await run('new.txt')
}, 30_000)

afterAll(async () => {
  await upstream.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('rotate', () => {
  test('says which keys, from which size on, and what to hand out', () => {
    expect(rotated).toMatchObject({ exitCode: 0, stderr: '' })
    expect(rotated.json()).toEqual({
      isNew: true,
      signer: { name: 'The shop', keyId: KEY_ID, valid: 'always' },
      retired: {
        name: 'The shop',
        keyId: KEY_ID,
        valid: { from: 'any', until: { log: ORIGIN, size: SIZE }, because: 'rotated' },
      },
      trustPolicy: '.colophon/trust/trust-policy.json',
      publicKey: '.colophon/trust/issuer.pub.pem',
    })
  })

  test('leaves no private key of the old one', () => {
    expect(readdirSync(at('.colophon/keys')).sort()).toEqual(['issuer.pem', 'log.pem'])
    expect(readFileSync(at('.colophon/keys/issuer.pem'))).not.toEqual(readFileSync(at('stolen.pem')))
  })

  test('old records and new ones verify with the new policy', async () => {
    const trusted = { exitCode: 0, failed: {} }
    expect(await Promise.all([verify('old.txt'), verify('new.txt')])).toEqual([trusted, trusted])
  })

  test('the old policy refuses new records, and names the key', async () => {
    expect(await verify('old.txt', 'old-policy.json')).toEqual({ exitCode: 0, failed: {} })
    // The declaration was made before, with the old key, and need not be made again.
    const failed = { signer: 'KEY_NOT_TRUSTED', bindingSigner: 'KEY_NOT_TRUSTED' }
    expect(await verify('new.txt', 'old-policy.json')).toEqual({ exitCode: 3, failed })
    const { stdout } = await colophon(['verify', 'new.txt', '--trust', 'old-policy.json'], { folder })
    expect(stdout).toContain(rotated.json().signer.keyId)
  })

  test('whoever stole the old key and gets entries into the log is refused', async () => {
    cpSync(at('.colophon'), at('thief'), { recursive: true })
    copyFileSync(at('stolen.pem'), at('thief/keys/issuer.pem'))
    expect((await run('forged.txt', 'thief')).exitCode).toBe(0)
    const failed = { signer: 'KEY_OUTSIDE_VALIDITY', bindingSigner: 'KEY_OUTSIDE_VALIDITY' }
    expect(await verify('forged.txt')).toEqual({ exitCode: 3, failed })
    // Who has not got the new policy yet believes it: that is what handing out is for.
    expect(await verify('forged.txt', 'old-policy.json')).toEqual({ exitCode: 0, failed: {} })
    const { stdout } = await colophon(['verify', 'forged.txt', '--trust', '.colophon/trust/trust-policy.json'], {
      folder,
    })
    expect(stdout).toMatch(/^VALID, NOT TRUSTED/)
    expect(stdout).toContain(`before entry ${SIZE} of ${ORIGIN} (rotated)`)
  })

  test('a rotation that was cut short is named by what would sign, and finished by the next', async () => {
    cpSync(at('.colophon'), at('cut-short'), { recursive: true })
    const next = generateIssuerKey({ path: at('cut-short/keys/issuer.next.pem') })
    const refused = await run('not.txt', 'cut-short')
    expect(refused.exitCode).toBe(6)
    expect(refused.json()).toMatchObject({
      error: { code: 'KEY_ROTATING', hint: expect.stringContaining('colophon keys rotate') },
    })
    const finished = await keys('rotate', '--dir', 'cut-short')
    expect(finished.json().signer.keyId).toBe(next.keyId)
    expect(await keys('rotate', '--dir', 'cut-short').then(({ json }) => json().isNew)).toBe(false)
  })
})

describe('revoke', () => {
  const revoked = async (name: string, ...words: readonly string[]): Promise<{ ended: Ended; policy: string }> => {
    cpSync(at('.colophon'), at(name), { recursive: true })
    return { ended: await keys('revoke', ...words, '--dir', name), policy: `${name}/trust/trust-policy.json` }
  }

  test('since a size: what came before stays believed', async () => {
    const { ended, policy } = await revoked('since', oldKey.slice(0, 8), '--since-size', '2')
    expect(ended.exitCode).toBe(0)
    expect(ended.json()).toEqual({
      signer: {
        name: 'The shop',
        keyId: oldKey,
        valid: { from: 'any', until: { log: ORIGIN, size: 2 }, because: 'revoked' },
      },
      before: rotated.json().retired.valid,
      trustPolicy: policy,
    })
    // Its record is entry 2; its binding, and the declaration of both, are not.
    expect(await verify('old.txt', policy)).toEqual({ exitCode: 3, failed: { signer: 'KEY_REVOKED' } })
    expect(await verify('new.txt', policy)).toEqual({ exitCode: 0, failed: {} })
  })

  test('entirely: nothing that it signed is believed, so also not its declaration under new runs', async () => {
    const grouped = oldKey.replace(/.{8}/g, '$& ').trim()
    const { ended, policy } = await revoked('entirely', grouped, '--entirely')
    expect(ended.exitCode).toBe(0)
    expect((await verify('old.txt', policy)).failed).toMatchObject({ signer: 'KEY_REVOKED' })
    expect(await verify('new.txt', policy)).toEqual({ exitCode: 3, failed: { declarationSigner: 'KEY_REVOKED' } })
  })

  test('since a time, where no witness is named: nothing is believed any more, and it says so', async () => {
    const { ended, policy } = await revoked('since-time', oldKey, '--since-time', '2026-01-31T00:00:00.000Z')
    expect(ended.json().signer.valid.until).toEqual({ time: '2026-01-31T00:00:00.000Z' })
    expect((await verify('old.txt', policy)).failed).toMatchObject({ signer: 'TRUSTED_TIME_MISSING' })
    const { stdout } = await colophon(['keys', 'revoke', oldKey, '--entirely', '--dir', 'since-time'], { folder })
    expect(stdout).toContain('for nothing at all (revoked)')
    expect(stdout).toContain('until now: until 2026-01-31T00:00:00.000Z')
  })

  test('refuses what it does not understand, and the key that signs now, and changes nothing', async () => {
    const before = readFileSync(at('.colophon/trust/trust-policy.json'))
    const points = [[], ['--entirely', '--since-size', '1'], ['--since-size', '0x1'], ['--since-time', '2026-01-31']]
    const ended = await Promise.all([
      ...points.map((point) => keys('revoke', oldKey, ...point)),
      keys('revoke', rotated.json().signer.keyId, '--entirely'),
    ])
    expect(ended.map(({ exitCode, json }) => [exitCode, json().error.code])).toEqual([
      ...points.map(() => [2, 'USAGE']),
      [6, 'KEY_IN_USE'],
    ])
    expect(readFileSync(at('.colophon/trust/trust-policy.json'))).toEqual(before)
  })
})

describe('list', () => {
  test('says of each key what it does, where it is and what the policy believes it for', async () => {
    const ended = await keys('list')
    expect(ended.exitCode).toBe(0)
    expect(ended.json()).toEqual({
      keys: [
        {
          use: 'statements',
          kind: 'ECDSA P-256',
          file: '.colophon/keys/issuer.pem',
          keyId: rotated.json().signer.keyId,
          problem: null,
          valid: 'always',
        },
        {
          use: 'checkpoints',
          kind: 'Ed25519',
          file: '.colophon/keys/log.pem',
          keyId: KEY_ID,
          problem: null,
          valid: 'always',
        },
      ],
      others: [rotated.json().retired],
    })
    const { stdout } = await colophon(['keys', 'list'], { folder })
    expect(stdout).toContain(`valid before entry ${SIZE} of ${ORIGIN} (rotated)`)
    expect(stdout).toMatch(/^ {2}([0-9a-f]{8} ){7}[0-9a-f]{8}$/m)
  })

  test('names a key that others can read, and one that waits', async () => {
    cpSync(at('.colophon'), at('open'), { recursive: true })
    chmodSync(at('open/keys/issuer.pem'), 0o644)
    generateIssuerKey({ path: at('open/keys/issuer.next.pem') })
    const ended = await keys('list', '--dir', 'open')
    expect(ended.exitCode).toBe(6)
    expect(ended.json().keys.slice(0, 2)).toMatchObject([
      { use: 'statements', keyId: null, problem: { code: 'KEY_PERMISSIONS' }, valid: null },
      { use: 'next', keyId: KEY_ID, problem: null, valid: null },
    ])
  })
})
