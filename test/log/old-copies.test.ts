/**
 * D8, D10: stores and head stores that are not of one moment. Each is refused by its own name, with the sizes and with what
 * to do, and nothing is written. Real files throughout.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { openSqliteHeadStore } from '../../src/node/store/sqlite/index.ts'
import { openLog, resumeLog, verifierKeyOf } from '../../src/web/log/index.ts'
import { LOG_KEY, LogFiles, SIGNER, treeOf } from '../support/log-files.ts'
import { logSigner } from '../support/log-signer.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** A log of 3 entries in its first commit; open. */
async function newLog(): Promise<LogFiles> {
  const files = new LogFiles(temporaryFolder())
  await files.open({ create: true })
  await files.append(['a', 'b', 'c'])
  return files
}

/** As it is now, closed. */
const copyOf = (files: LogFiles): LogFiles => files.copy(join(files.folder, String(Math.random())))

/** One commit per text. */
async function appendEach(files: LogFiles, texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    const [asked] = await files.append([text])
    expect(asked?.error).toBe(undefined)
  }
}

/** What a log's files say of it. */
function stateOf(files: LogFiles): unknown {
  return (['store', 'head'] as const).map((file) => {
    const database = new DatabaseSync(files.path(file), { readOnly: true })
    try {
      return database.prepare(`select * from ${file === 'store' ? 'log_head' : 'last_checkpoint'}`).all()
    } finally {
      database.close()
    }
  })
}

async function expectRefused(
  files: LogFiles,
  want: { readonly code: string; readonly message?: string; readonly hint?: unknown; readonly at?: string },
): Promise<void> {
  const before = stateOf(files)
  await expect(files.open()).rejects.toMatchObject({ fatal: true, ...want })
  expect(stateOf(files)).toEqual(before)
}

async function expectGoesOn(files: LogFiles): Promise<void> {
  await files.open()
  await appendEach(files, ['goes on'])
  await files.reopen()
  files.close()
}

async function resume(files: LogFiles, size: bigint) {
  files.openFiles()
  try {
    const { store, head, wallMs } = files
    return await resumeLog({ store, head, logKey: LOG_KEY, size, nowMs: wallMs })
  } finally {
    files.close()
  }
}

test('an older copy of the store: refused until the newest is back, and no statement helps', async () => {
  const files = await newLog()
  const old = copyOf(files)
  await appendEach(files, ['d', 'e'])
  files.close()
  const newest = copyOf(files)
  files.takeFrom(old, 'store')
  const refused = {
    code: 'LOG_ROLLED_BACK',
    message: 'the store has 3 entries, and the log has signed a checkpoint of 5: the store is an older copy',
    hint: expect.stringContaining('Bring back the newest store'),
  }
  await expectRefused(files, refused)
  await expect(resume(files, 3n)).rejects.toMatchObject(refused)
  files.takeFrom(newest, 'store')
  await expectGoesOn(files)
})

test('an empty store in the place of a full one', async () => {
  const files = await newLog()
  files.close()
  rmSync(files.path('store'))
  const other = new LogFiles(temporaryFolder())
  await other.open({ create: true })
  other.close()
  files.takeFrom(other, 'store')
  const message = 'the store has 0 entries, and the log has signed a checkpoint of 3: the store is an older copy'
  await expectRefused(files, { code: 'LOG_ROLLED_BACK', message })
  await expect(resume(files, 0n)).rejects.toThrowCode('LOG_ROLLED_BACK')
})

test('an older copy of the head store: refused until the operator says that the store is the newest', async () => {
  const files = await newLog()
  const old = copyOf(files)
  await appendEach(files, ['d', 'e'])
  files.close()
  files.takeFrom(old, 'head')
  await expectRefused(files, {
    code: 'LOG_HEAD_BEHIND',
    message: 'the store has 5 entries, and the head store remembers a checkpoint of 3: the head store is an older copy',
    hint: expect.stringContaining('colophon log resume --size 5'),
  })
  for (const size of [0n, 3n, 4n, 6n]) await expect(resume(files, size)).rejects.toThrowCode('LOG_SIZE_MISMATCH')
  await expectRefused(files, { code: 'LOG_HEAD_BEHIND' })
  files.wallMs += 5
  const resumed = await resume(files, 5n)
  expect(resumed.found).toEqual({ kind: 'behind', headSize: 3n })
  expect([resumed.before?.signedAtMs, resumed.after?.signedAtMs]).toEqual([1_000_000, 1_000_005])
  expect(treeOf(resumed.after?.checkpoint as string).size).toBe(5n)
  await expectGoesOn(files)
})

test('a head store one commit behind is what a crash leaves, and moved on', async () => {
  const files = await newLog()
  await appendEach(files, ['d'])
  const old = copyOf(files)
  await appendEach(files, ['e'])
  files.close()
  files.takeFrom(old, 'head')
  await files.open()
  expect((await files.head.load())?.checkpoint).toBe(files.log.checkpoint())
  files.close()
  await expectGoesOn(files)
})

test('commits without entries leave the head where it is, however many', async () => {
  const files = await newLog()
  for (let i = 0; i < 3; i++) await files.log.write([])
  files.close()
  await expectGoesOn(files)
})

test('both brought back together: not noticed here, and the new tree contradicts the old one for whoever kept that', async () => {
  const files = await newLog()
  const old = copyOf(files)
  await appendEach(files, ['d'])
  const kept = treeOf(files.log.checkpoint() as string)
  files.close()
  files.takeFrom(old, 'store')
  files.takeFrom(old, 'head')
  await files.open()
  await appendEach(files, ['another'])
  const shown = treeOf(files.log.checkpoint() as string)
  expect(shown.size).toBe(kept.size)
  expect(shown.root).not.toBe(kept.root)
  files.close()
})

test('a head store that is gone, or a new one in its place', async () => {
  const files = await newLog()
  await appendEach(files, ['d'])
  files.close()
  rmSync(files.path('head'))
  await expect(files.open()).rejects.toMatchObject({
    code: 'LOG_HEAD_MISSING',
    message: 'there is no head store',
    at: files.path('head'),
    hint: expect.stringContaining('colophon log resume'),
  })
  openSqliteHeadStore({ path: files.path('head'), logKey: LOG_KEY, create: true }).close()
  await expectRefused(files, {
    code: 'LOG_HEAD_MISSING',
    message: 'the store has 4 entries, and the head store remembers no checkpoint',
    hint: expect.stringContaining('colophon log resume --size 4'),
  })
  expect((await resume(files, 4n)).found).toEqual({ kind: 'missing' })
  await expectGoesOn(files)
})

test('a crash in the very first commit: an empty head store and one commit', async () => {
  const files = await newLog()
  files.close()
  rmSync(files.path('head'))
  openSqliteHeadStore({ path: files.path('head'), logKey: LOG_KEY, create: true }).close()
  await expectGoesOn(files)
})

test('two trees of one log: refused whichever is longer, and no statement helps', async () => {
  const files = await newLog()
  const fork = copyOf(files)
  await appendEach(files, ['d', 'e'])
  files.close()
  await fork.open()
  await appendEach(fork, ['x', 'y'])
  const early = copyOf(fork)
  await appendEach(fork, ['z'])
  fork.close()
  for (const [store, size, message] of [
    [early, 5n, 'store and head store have two trees of 5 entries'],
    [fork, 6n, "the first 5 of the store's 6 entries are not those of the checkpoint that the log signed"],
  ] as const) {
    files.takeFrom(store, 'store')
    await expectRefused(files, { code: 'LOG_FORKED', message })
    await expect(resume(files, size)).rejects.toThrowCode('LOG_FORKED')
  }
})

test('what the store says of its previous checkpoint is not believed', async () => {
  const files = await newLog()
  const fork = copyOf(files)
  await appendEach(files, ['d'])
  const checkpoint = files.log.checkpoint() as string
  files.close()
  await fork.open()
  await appendEach(fork, ['x', 'y'])
  fork.close()
  const database = new DatabaseSync(fork.path('store'))
  database.prepare('update log_head set previous = ?').run(checkpoint)
  database.close()
  files.takeFrom(fork, 'store')
  await expectRefused(files, { code: 'LOG_FORKED' })
})

test('where the head store is behind, the tiles that show it are checked, and named where they are wrong', async () => {
  const files = await newLog()
  await files.fill(100)
  const old = copyOf(files)
  await files.fill(300)
  files.close()
  files.takeFrom(old, 'head')
  const flip = (): void => {
    const database = new DatabaseSync(files.path('store'))
    const row = database.prepare('select hashes from log_tile where level = 0 and tile_index = 0').get()
    const hashes = row?.['hashes'] as Uint8Array
    hashes[40] = (hashes[40] as number) ^ 1
    database.prepare('update log_tile set hashes = ? where level = 0 and tile_index = 0').run(hashes)
    database.close()
  }
  flip()
  await expectRefused(files, { code: 'STORE_DAMAGED', at: 'tile/0/000' })
  await expect(resume(files, 300n)).rejects.toThrowCode('STORE_DAMAGED')
  flip()
  await expectGoesOn(files)
})

test("another log's head store, by name, and one with a checkpoint of another key", async () => {
  const files = await newLog()
  files.close()
  for (const [signer, whose] of [
    [logSigner('other.example', 7), 'the log other.example'],
    [logSigner('log.example', 8), 'another key of log.example'],
  ] as const) {
    rmSync(files.path('head'))
    openSqliteHeadStore({ path: files.path('head'), logKey: verifierKeyOf(signer), create: true }).close()
    await expectRefused(files, {
      code: 'LOG_HEAD_FOREIGN',
      message: `the head store belongs to ${whose}, not to the key of log.example in use`,
    })
  }
  rmSync(files.path('head'))
  const head = openSqliteHeadStore({ path: files.path('head'), logKey: LOG_KEY, create: true })
  const checkpoint = 'log.example\n3\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n'
  await head.swap({ from: undefined, to: { checkpoint, signedAtMs: 1 } })
  head.close()
  await expectRefused(files, {
    code: 'LOG_HEAD_FOREIGN',
    message: 'the head store has a checkpoint that the key of log.example did not sign',
  })
  await expect(resume(files, 3n)).rejects.toThrowCode('LOG_HEAD_FOREIGN')
})

test('two writers on one store, or on one head store: the second is refused at once', async () => {
  const files = await newLog()
  onTestFinished(() => files.close())
  await expect(new LogFiles(files.folder).open()).rejects.toThrowCode('STORE_LOCKED')
  expect(() => openSqliteHeadStore({ path: files.path('head'), logKey: LOG_KEY })).toThrowCode('STORE_LOCKED')
})

test('a second writer on a copy of the store with the same head store: stopped before anything is told', async () => {
  const files = await newLog()
  const copy = copyOf(files)
  copy.openFiles()
  // As if the lock did not hold: both use one head store.
  const { store } = copy
  const options = { origin: SIGNER.name, signer: SIGNER, nowMs: () => files.wallMs }
  const second = await openLog({ ...options, store, head: files.head })
  await appendEach(files, ['d'])
  const append = () => second.append({ entry: Uint8Array.of(1), writes: () => [] })
  const refused = { code: 'LOG_HEAD_CHANGED', fatal: true }
  await expect(append()).rejects.toMatchObject(refused)
  await expect(append()).rejects.toMatchObject(refused)
  expect(second.size).toBe(3n)
  copy.close()
  files.close()
  copy.takeFrom(files, 'head')
  await expectRefused(copy, { code: 'LOG_FORKED' })
  await expectGoesOn(files)
})
