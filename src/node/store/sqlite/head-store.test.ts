import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { logSigner } from '../../../../test/support/log-signer.ts'
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts'
import { verifierKeyOf } from '../../../web/log/index.ts'
import { openSqliteHeadStore, openSqliteStore, type SqliteHeadStore } from './index.ts'

const logKey = verifierKeyOf(logSigner())
const newPath = (): string => join(temporaryFolder(), 'head.sqlite')

/** A head store that is closed when the test ends. */
const open = (path: string, options: { create?: boolean } = {}): SqliteHeadStore => {
  const head = openSqliteHeadStore({ path, logKey, ...options })
  onTestFinished(() => head.close())
  return head
}

const signed = (checkpoint: string, signedAtMs = 1) => ({ checkpoint, signedAtMs })

/** Changes a head store behind its back. */
const tamper = (path: string, sql: string): void => {
  const database = new DatabaseSync(path)
  database.exec(sql)
  database.close()
}

test('a new one remembers nothing; then what was swapped in last, to the byte, also when opened again', async () => {
  const path = newPath()
  const head = open(path, { create: true })
  expect(await head.load()).toBe(undefined)
  await head.swap({ from: undefined, to: signed('first\n') })
  await head.swap({ from: 'first\n', to: signed('— sécond\n', 2 ** 52) })
  head.close()
  expect(await open(path).load()).toEqual(signed('— sécond\n', 2 ** 52))
})

test.each<[string, string | undefined]>([
  ['nothing', undefined],
  ['another text', 'other'],
  ['a beginning of it', 'now'],
  ['it in capitals', 'NOW\n'],
  ['it with a space', 'now\n '],
])('a swap that expects %s changes nothing and is the last one', async (_, from) => {
  const path = newPath()
  const head = open(path, { create: true })
  await head.swap({ from: undefined, to: signed('now\n') })
  const refused = { code: 'LOG_HEAD_CHANGED', fatal: true, at: path }
  await expect(head.swap({ from, to: signed('next') })).rejects.toMatchObject(refused)
  await expect(head.swap({ from: 'now\n', to: signed('next') })).rejects.toMatchObject(refused)
  await expect(head.load()).rejects.toMatchObject(refused)
  head.close()
  expect(await open(path).load()).toEqual(signed('now\n'))
})

test('a swap from something where there is nothing', async () => {
  const head = open(newPath(), { create: true })
  await expect(head.swap({ from: 'now', to: signed('next') })).rejects.toThrowCode('LOG_HEAD_CHANGED')
})

test('a time that is no whole number is refused, and it goes on', async () => {
  const head = open(newPath(), { create: true })
  await expect(head.swap({ from: undefined, to: signed('a', 0.5) })).rejects.toMatchObject({
    code: 'STORE_FAILED',
    fatal: false,
  })
  await head.swap({ from: undefined, to: signed('a') })
})

test('it is only made when asked for, only once, and only its owner may read it', () => {
  const path = newPath()
  expect(() => open(path)).toThrowCode('LOG_HEAD_MISSING')
  expect(existsSync(path)).toBe(false)
  const head = open(path, { create: true })
  for (const name of [path, `${path}-wal`, `${path}.owner`]) expect(statSync(name).mode & 0o777).toBe(0o600)
  expect(() => open(path)).toThrowCode('STORE_LOCKED')
  head.close()
  expect(() => open(path, { create: true })).toThrowCode('FILE_EXISTS')
  expect(existsSync(`${path}.owner`)).toBe(false)
})

test('a store is no head store, and the reverse', () => {
  const [store, head] = [newPath(), newPath()]
  openSqliteStore({ path: store, create: true }).close()
  open(head, { create: true }).close()
  expect(() => open(store)).toThrowCode('STORE_DAMAGED')
  expect(() => openSqliteStore({ path: head })).toThrowCode('STORE_DAMAGED')
})

test('it belongs to the first key that opens it, by origin and key', () => {
  const path = newPath()
  open(path, { create: true }).close()
  for (const signer of [logSigner('other.example', 7), logSigner('log.example', 8)]) {
    const other = { path, logKey: verifierKeyOf(signer) }
    expect(() => openSqliteHeadStore(other)).toThrowCode('LOG_HEAD_FOREIGN')
    // And the refusal holds no lock.
    open(path).close()
  }
})

test.each([
  ['of a later version', 'pragma user_version = 2', 'VERSION_UNSUPPORTED'],
  ['without its table', 'drop table last_checkpoint', 'STORE_FAILED'],
  ['without its row', 'delete from last_checkpoint', 'STORE_DAMAGED'],
  ['with another column', 'alter table last_checkpoint rename column checkpoint to other', 'STORE_DAMAGED'],
] as const)('one %s is refused', (_, sql, code) => {
  const path = newPath()
  open(path, { create: true }).close()
  tamper(path, sql)
  expect(() => open(path)).toThrowCode(code)
})

test('a closed one does nothing, and can be closed again', async () => {
  const head = open(newPath(), { create: true })
  head.close()
  head.close()
  await expect(head.load()).rejects.toThrowCode('STORE_FAILED')
  await expect(head.swap({ from: undefined, to: signed('a') })).rejects.toMatchObject({ fatal: true })
})
