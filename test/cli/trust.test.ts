/** A verifier's own trust policy: adding, updating and removing whom it believes. */
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { colophon, type Ended } from '../support/command-line.ts'

const SHOP = 'shop/trust/trust-policy.json'
const LIBRARY = 'library/trust/trust-policy.json'

let folder: string
const at = (name: string): string => join(folder, name)
const trust = (...words: readonly string[]): Promise<Ended> => colophon(['trust', ...words, '--json'], { folder })
const show = async (file: string) => (await trust('show', file)).json()

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'colophon-trust-'))
  for (const [dir, name] of [
    ['shop', 'The shop'],
    ['library', 'The library'],
  ] as const) {
    await colophon(['init', '--dir', dir, '--name', name, '--origin', `${dir}.log.example`], { folder })
  }
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('add makes a policy, adds to it, and says what it believes now', async () => {
  writeFileSync(
    at('lax.json'),
    readFileSync(at(SHOP), 'utf8').replace('"acceptClaimed": false', '"acceptClaimed": true'),
  )
  const made = await trust('add', 'lax.json', '--to', 'mine.json')
  expect(made.exitCode).toBe(0)
  const shop = await show(SHOP)
  expect(made.json()).toEqual({
    file: 'mine.json',
    isNew: true,
    added: { signers: shop.signers, logs: shop.logs, witnesses: [] },
    updated: [],
  })
  // Rules are the verifier's: those of the file are not taken over.
  expect(await show('mine.json')).toEqual(shop)

  const { exitCode, stdout } = await colophon(['trust', 'add', LIBRARY, '--to', 'mine.json'], { folder })
  expect(exitCode).toBe(0)
  const library = await show(LIBRARY)
  const [{ keyId }] = library.signers
  expect(stdout).toContain(keyId.match(/.{8}/g).join(' '))
  expect(stdout).toContain('by a channel other than the one')
  const mine = await show('mine.json')
  expect(mine.signers).toEqual([...shop.signers, ...library.signers])
  expect(mine.logs).toEqual([...shop.logs, ...library.logs])

  const again = await trust('add', LIBRARY, '--to', 'mine.json')
  expect(again.json()).toMatchObject({ isNew: false, added: { signers: [], logs: [] }, updated: [] })
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
})

test('what a rotation changes is refused at first, and taken over by --update; nothing is ever widened', async () => {
  const before = readFileSync(at('mine.json'))
  copyFileSync(at(SHOP), at('shop-before.json'))
  await colophon(['keys', 'rotate', '--dir', 'shop'], { folder })
  const refused = await trust('add', SHOP, '--to', 'mine.json')
  expect(refused.exitCode).toBe(6)
  expect(refused.json()).toMatchObject({
    error: { code: 'TRUST_CONFLICT', hint: expect.stringContaining('--update') },
  })
  expect(readFileSync(at('mine.json'))).toEqual(before)

  const updated = await trust('add', SHOP, '--to', 'mine.json', '--update')
  const [current, retired] = (await show(SHOP)).signers
  expect(updated.json()).toMatchObject({ added: { signers: [current] }, updated: [retired] })
  expect((await show('mine.json')).signers).toEqual(expect.arrayContaining([current, retired]))

  const back = await trust('add', 'shop-before.json', '--to', 'mine.json', '--update')
  expect(back.json()).toMatchObject({ error: { code: 'TRUST_CONFLICT' } })
})

test('remove takes out a signer or a log, and refuses what the policy cannot do without', async () => {
  copyFileSync(at('mine.json'), at('fewer.json'))
  const [, library] = (await show('fewer.json')).signers
  const removed = await trust('remove', library.keyId.slice(0, 8), '--from', 'fewer.json')
  expect(removed.json()).toEqual({
    file: 'fewer.json',
    removed: { kind: 'signer', name: 'The library', keyId: library.keyId },
  })
  const log = await trust('remove', 'library.log.example', '--from', 'fewer.json')
  expect(log.json()).toMatchObject({ removed: { kind: 'log', name: 'library.log.example' } })
  expect((await show('fewer.json')).logs).toHaveLength(1)

  const last = await trust('remove', 'shop.log.example', '--from', 'fewer.json')
  expect([last.exitCode, last.json().error.code]).toEqual([2, 'USAGE'])
  const none = await trust('remove', 'ab'.repeat(32), '--from', 'fewer.json')
  expect([none.exitCode, none.json().error.code]).toEqual([4, 'KEY_UNKNOWN'])
})

test('a file that is no trust policy is neither added nor added to', async () => {
  writeFileSync(at('none.json'), '{}')
  for (const words of [
    ['none.json', '--to', 'new.json'],
    [SHOP, '--to', 'none.json'],
  ]) {
    const ended = await trust('add', ...words)
    expect(ended.exitCode).toBe(2)
    expect(ended.json()).toMatchObject({ error: { code: 'TRUST_POLICY_MALFORMED', at: 'none.json: /format' } })
  }
  expect(existsSync(at('new.json'))).toBe(false)
  expect(readFileSync(at('none.json'), 'utf8')).toBe('{}')
})

test('show says that a key is believed for nothing where only time could tell, and no witness is named', async () => {
  const policy = JSON.parse(readFileSync(at(SHOP), 'utf8'))
  policy.signers[1].valid = { from: 'any', until: { time: '2026-01-31T00:00:00.000Z' }, because: 'revoked' }
  writeFileSync(at('timed.json'), JSON.stringify(policy))
  const { stdout } = await colophon(['trust', 'show', 'timed.json'], { folder })
  expect(stdout).toContain('valid until 2026-01-31T00:00:00.000Z (revoked)')
  expect(stdout).toContain('no witness is named')
})
