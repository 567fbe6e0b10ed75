/** Rotations that are killed after each step, and what can be done until they are finished. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../test/support/temporary-folder.ts'
import type { Validity, ValidityWindow } from '../../core/trust/index.ts'
import { IN_PROCESS } from '../issuer/index.ts'
import { generateIssuerKey, loadStatementSigner, publicKeyPem } from '../keys/index.ts'
import { readTrustPolicy, writeTrustPolicy } from '../trust-file/index.ts'
import { createWorkspace, openWorkspace, openWorkspaceIssuer, type Workspace } from '../workspace/index.ts'
import { type RotationStep, rotateIssuerKey } from './index.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const CHILD = join(ROOT, 'test/support/rotation-child.ts')
const ORIGIN = 'log.example-host'

const newWorkspace = async (): Promise<Workspace> => {
  const folder = join(temporaryFolder(), 'issuer')
  await createWorkspace({ folder, origin: ORIGIN, signer: 'The shop' })
  return openWorkspace(folder)
}

const rotateUntilKilled = async ({ paths }: Workspace, step: RotationStep): Promise<void> => {
  const child = spawn(process.execPath, [CHILD, paths.folder, step], {
    stdio: ['ignore', 'ignore', 'inherit'],
    // Starts faster.
    env: { ...process.env, NODE_COMPILE_CACHE: join(ROOT, 'node_modules', '.cache', 'compile') },
  })
  const [, signal] = await once(child, 'close')
  expect(signal).toBe('SIGKILL')
}

const append = async (workspace: Workspace): Promise<void> => {
  const issuer = await openWorkspaceIssuer(workspace, IN_PROCESS)
  await issuer.log.append({ entry: Uint8Array.of(1), writes: () => [] })
  await issuer.close()
}

const windowUntil = (size: bigint): ValidityWindow => ({
  from: 'any',
  until: { kind: 'log', origin: ORIGIN, size },
  because: 'rotated',
})

const END_IN_TIME: Validity = {
  from: 'any',
  until: { kind: 'time', time: '2026-01-31T00:00:00.000Z' },
  because: 'rotated',
}

const validities = async ({ paths }: Workspace): Promise<Record<string, Validity>> =>
  Object.fromEntries((await readTrustPolicy(paths.trustPolicy)).signers.map(({ keyId, valid }) => [keyId, valid]))

test.each<RotationStep>(['keyMade', 'policyWritten', 'publicKeyWritten', 'keyReplaced'])(
  'killed after %s: nothing is signed until it is finished, and running it again finishes it',
  async (step) => {
    const workspace = await newWorkspace()
    const { paths } = workspace
    await append(workspace)
    const old = loadStatementSigner(paths.issuerKey).keyId
    await rotateUntilKilled(workspace, step)

    const isReplaced = step === 'keyReplaced'
    const made = loadStatementSigner(isReplaced ? paths.issuerKey : paths.nextIssuerKey).keyId
    if (!isReplaced) await expect(openWorkspaceIssuer(workspace, IN_PROCESS)).rejects.toThrowCode('KEY_ROTATING')

    const { isNew, current, retired } = await rotateIssuerKey(workspace)
    expect({ isNew, current: current.keyId, retired: retired?.keyId }).toEqual({
      isNew: !isReplaced,
      current: made,
      retired: old,
    })
    expect(await validities(workspace)).toEqual({ [made]: 'always', [old]: windowUntil(1n) })
    expect(loadStatementSigner(paths.issuerKey).keyId).toBe(made)
    expect(readFileSync(paths.issuerPublicKey, 'utf8')).toBe(publicKeyPem(current.publicKey))
    expect(existsSync(paths.nextIssuerKey)).toBe(false)
    await append(workspace)
  },
)

test.each<[string, Validity, Validity]>([
  [
    'a later entry is taken back',
    { ...windowUntil(9n), because: 'revoked' },
    { ...windowUntil(1n), because: 'revoked' },
  ],
  ['an earlier entry stays', windowUntil(0n), windowUntil(0n)],
  ['a time stays', END_IN_TIME, END_IN_TIME],
])('the end that a key has already: %s', async (_, before, after) => {
  const workspace = await newWorkspace()
  const { paths } = workspace
  await append(workspace)
  const policy = await readTrustPolicy(paths.trustPolicy)
  const signers = policy.signers.map((signer) => ({ ...signer, valid: before }))
  await writeTrustPolicy(paths.trustPolicy, { ...policy, signers }, { overwrite: true })
  const { retired } = await rotateIssuerKey(workspace)
  expect(retired?.valid).toEqual(after)
})

test('a new key whose file was cut short is made anew', async () => {
  const workspace = await newWorkspace()
  const { paths } = workspace
  generateIssuerKey({ path: paths.nextIssuerKey })
  truncateSync(paths.nextIssuerKey, 100)
  const { current } = await rotateIssuerKey(workspace)
  expect(loadStatementSigner(paths.issuerKey).keyId).toBe(current.keyId)
})

test('the size that stands in the policy stays, whatever became of the log: a rename that a power cut took back', async () => {
  const workspace = await newWorkspace()
  const { paths } = workspace
  const old = readFileSync(paths.issuerKey)
  const { current, retired } = await rotateIssuerKey(workspace)
  await append(workspace)
  renameSync(paths.issuerKey, paths.nextIssuerKey)
  writeFileSync(paths.issuerKey, old, { mode: 0o600 })
  await expect(append(workspace)).rejects.toThrowCode('KEY_ROTATING')
  expect((await rotateIssuerKey(workspace)).isNew).toBe(true)
  expect(await validities(workspace)).toEqual({ [current.keyId]: 'always', [retired?.keyId ?? '']: windowUntil(0n) })
})

test('again and again: each key keeps the size that it was retired at', async () => {
  const workspace = await newWorkspace()
  const keyIds = [loadStatementSigner(workspace.paths.issuerKey).keyId]
  for (const again of [false, false, true]) {
    await append(workspace)
    keyIds.push((await rotateIssuerKey(workspace, { again })).current.keyId)
  }
  // Nothing was signed with the last one: only --again replaces it.
  expect((await rotateIssuerKey(workspace)).isNew).toBe(false)
  keyIds.push((await rotateIssuerKey(workspace, { again: true })).current.keyId)
  const [first, second, third, fourth, fifth] = keyIds as [string, string, string, string, string]
  expect(await validities(workspace)).toEqual({
    [first]: windowUntil(1n),
    [second]: windowUntil(2n),
    [third]: windowUntil(3n),
    [fourth]: windowUntil(3n),
    [fifth]: 'always',
  })
})

test('a second rotation at the same time is refused, and so is one under a running issuer', async () => {
  const workspace = await newWorkspace()
  const issuer = await openWorkspaceIssuer(workspace, IN_PROCESS)
  await expect(rotateIssuerKey(workspace)).rejects.toThrowCode('STORE_LOCKED')
  await issuer.close()
  expect(existsSync(workspace.paths.nextIssuerKey)).toBe(false)
})
