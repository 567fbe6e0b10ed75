/**
 * G1: nothing is told before it is synced. A killed process cannot show this, since what it wrote outlives it in the
 * kernel's memory; its system calls can.
 */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openSqliteHeadStore, openSqliteStore } from '../../src/node/store/sqlite/index.ts'
import { verifierKeyOf } from '../../src/web/log/index.ts'
import { STORE_CHILD } from '../support/killed-writer.ts'
import { logSigner } from '../support/log-signer.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { type Call, traceUntil, whyNotTraced } from '../support/traced.ts'

const LINES = 200
/** An acknowledgement: an index, a space, a text. */
const ACKNOWLEDGED = /^\d+ /

/**
 * What was written and not yet synced when something was told; one line each.
 *
 * @param files  write-ahead logs; each stands for its database, too. The index of a write-ahead log (`-shm`) and the file
 *   with the owner's number are made anew after a crash, and need no sync
 */
function toldTooEarly(calls: readonly Call[], files: readonly string[]): string[] {
  const early: string[] = []
  const unsynced = new Set<string>()
  const synced = new Set<string>()
  for (const call of calls) {
    if (call.kind === 'told') {
      if (!ACKNOWLEDGED.test(call.text)) continue
      for (const path of unsynced) early.push(`${path} when ${call.text} was told`)
      for (const path of files) if (!synced.has(path)) early.push(`${path} was never synced when ${call.text} was told`)
    } else if (call.kind === 'write') {
      if (files.some((file) => [file, file.replace(/-wal$/, '')].includes(call.path))) unsynced.add(call.path)
    } else {
      unsynced.delete(call.path)
      synced.add(call.path)
    }
  }
  return early
}

const syncsOf = (calls: readonly Call[], path: string): number =>
  calls.filter((call) => call.kind === 'sync' && call.path === path).length

/** Groups of acknowledgements with no write between them. */
function groupsTold(calls: readonly Call[], path: string): number {
  let groups = 0
  let isNew = true
  for (const call of calls) {
    if (call.kind === 'write' && call.path === path) isNew = true
    if (call.kind !== 'told' || !ACKNOWLEDGED.test(call.text) || !isNew) continue
    groups += 1
    isNew = false
  }
  return groups
}

describe('system calls', () => {
  const why = whyNotTraced()
  if (why !== undefined) {
    test('sync before telling', ({ skip }) => {
      if (process.env['CI'] === 'true') throw new Error(`${why}; and the CI needs it`)
      skip(why)
    })
    return
  }

  test('store and head store are synced before anything is told, every time', async () => {
    const path = join(temporaryFolder(), 'store.db')
    const head = `${path}.head`
    openSqliteStore({ path, create: true }).close()
    openSqliteHeadStore({ path: head, logKey: verifierKeyOf(logSigner()), create: true }).close()

    const calls = await traceUntil([STORE_CHILD, 'append', path], { lines: LINES })
    const files = [`${path}-wal`, `${head}-wal`]
    expect(toldTooEarly(calls, files)).toEqual([])
    for (const file of files) {
      const groups = groupsTold(calls, file)
      expect(groups).toBeGreaterThan(10)
      expect(syncsOf(calls, file)).toBeGreaterThanOrEqual(groups)
    }
  })

  /** The same look at a program that does what must not be done has to find it. */
  test.each(['off', 'normal'])('control: it shows where synchronous is %s', async (synchronous) => {
    const path = join(temporaryFolder(), 'control.db')
    const program = `
      const { DatabaseSync } = require('node:sqlite')
      const database = new DatabaseSync(${JSON.stringify(path)})
      database.exec('pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = ${synchronous}; create table t (x)')
      const insert = database.prepare('insert into t values (?)')
      for (let i = 0; ; i++) { insert.run(i); require('node:fs').writeSync(1, i + ' told\\n') }`
    const calls = await traceUntil(['-e', program], { lines: LINES })
    expect(toldTooEarly(calls, [`${path}-wal`]).length).toBeGreaterThan(LINES / 2)
  })
})
