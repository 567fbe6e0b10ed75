import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../../test/support/temporary-folder.ts'
import type { ErrorCode } from '../../core/errors.ts'
import type { Validity } from '../../core/trust/index.ts'
import { generateIssuerKey } from '../keys/index.ts'
import { readTrustPolicy, writeTrustPolicy } from '../trust-file/index.ts'
import { createWorkspace, openWorkspace, type Workspace } from '../workspace/index.ts'
import { type RevocationPoint, revokeSigner, rotateIssuerKey } from './index.ts'

const ORIGIN = 'log.example-host'
const TIME = '2026-01-31T00:00:00.000Z'
const SINCE_SIZE = (size: bigint): RevocationPoint => ({ kind: 'size', size })
const SINCE_TIME: RevocationPoint = { kind: 'time', time: TIME }
const NOW_MS = Date.parse(TIME)
const ENTIRELY: RevocationPoint = { kind: 'entirely' }

let workspace: Workspace
/** Retired at size 0, where the log is. */
let retired: string
let current: string

beforeEach(async () => {
  const folder = join(temporaryFolder(), 'issuer')
  await createWorkspace({ folder, origin: ORIGIN, signer: 'The shop' })
  workspace = await openWorkspace(folder)
  const rotation = await rotateIssuerKey(workspace)
  retired = rotation.retired?.keyId ?? ''
  current = rotation.current.keyId
})

const file = (): string => readFileSync(workspace.paths.trustPolicy, 'utf8')

describe('marks a key', () => {
  const OTHER = 'The other shop'
  const revoked = (until: object): Validity => ({ from: 'any', until, because: 'revoked' }) as Validity

  test.each<[string, Validity, RevocationPoint, Validity]>([
    ['from a size on', 'always', SINCE_SIZE(7n), revoked({ kind: 'log', origin: ORIGIN, size: 7n })],
    ['from a time on', 'always', SINCE_TIME, revoked({ kind: 'time', time: TIME })],
    ['entirely', 'always', ENTIRELY, revoked({ kind: 'log', origin: ORIGIN, size: 0n })],
    [
      'entirely, whatever it was valid for',
      revoked({ kind: 'time', time: TIME }),
      ENTIRELY,
      revoked({ kind: 'log', origin: ORIGIN, size: 0n }),
    ],
    [
      'from a time on, which takes the place of a size',
      { from: 'any', until: { kind: 'log', origin: ORIGIN, size: 7n }, because: 'rotated' },
      SINCE_TIME,
      revoked({ kind: 'time', time: TIME }),
    ],
    [
      'and its beginning stays',
      { from: { kind: 'time', time: TIME }, until: 'any', because: 'rotated' },
      SINCE_SIZE(7n),
      { from: { kind: 'time', time: TIME }, until: { kind: 'log', origin: ORIGIN, size: 7n }, because: 'revoked' },
    ],
  ])('%s', async (_, valid, since, want) => {
    const { paths } = workspace
    const { publicKey, keyId } = generateIssuerKey({ path: join(paths.folder, 'other.pem') })
    const policy = await readTrustPolicy(paths.trustPolicy)
    const signers = [...policy.signers, { name: OTHER, publicKey, keyId, valid }]
    await writeTrustPolicy(paths.trustPolicy, { ...policy, signers }, { overwrite: true })
    const { signer } = await revokeSigner(workspace, { keyId: keyId.slice(0, 16), since, nowMs: NOW_MS })
    expect(signer).toMatchObject({ name: OTHER, keyId, valid: want })
    const written = await readTrustPolicy(paths.trustPolicy)
    expect(written).toEqual({ ...policy, signers: [...policy.signers, signer] })
  })
})

describe('refused, and nothing changes', () => {
  test.each<[string, ErrorCode, () => string, RevocationPoint, number?]>([
    ['the key that signs now', 'KEY_IN_USE', () => current, ENTIRELY],
    ['a key that is not there', 'KEY_UNKNOWN', () => 'ab'.repeat(32), ENTIRELY],
    ['too few digits of one', 'KEY_UNKNOWN', () => retired.slice(0, 7), ENTIRELY],
    ['a later size than where it ends', 'USAGE', () => retired, SINCE_SIZE(1n)],
    ['a time to come', 'USAGE', () => retired, SINCE_TIME, NOW_MS - 1],
  ])('%s', async (_, code, keyId, since, nowMs = NOW_MS) => {
    const before = file()
    await expect(revokeSigner(workspace, { keyId: keyId(), since, nowMs })).rejects.toThrowCode(code)
    expect(file()).toBe(before)
  })

  test('a size in the place of a time, or a later time', async () => {
    await revokeSigner(workspace, { keyId: retired, since: SINCE_TIME, nowMs: NOW_MS })
    const later = { kind: 'time', time: '2026-01-31T00:00:00.001Z' } as const
    for (const since of [SINCE_SIZE(1n), later]) {
      await expect(revokeSigner(workspace, { keyId: retired, since, nowMs: NOW_MS + 1 })).rejects.toThrowCode('USAGE')
    }
  })

  test('a time, where a size revoked it already', async () => {
    for (const earlier of [SINCE_SIZE(0n), ENTIRELY]) {
      await revokeSigner(workspace, { keyId: retired, since: earlier, nowMs: NOW_MS })
      const input = { keyId: retired, since: SINCE_TIME, nowMs: NOW_MS }
      await expect(revokeSigner(workspace, input)).rejects.toThrowCode('USAGE')
    }
  })

  test('while a rotation is not finished', async () => {
    generateIssuerKey({ path: workspace.paths.nextIssuerKey })
    const input = { keyId: retired, since: ENTIRELY, nowMs: NOW_MS }
    await expect(revokeSigner(workspace, input)).rejects.toThrowCode('KEY_ROTATING')
  })
})
