/**
 * What fsck says of stores that something happened to: two trees under one key, heads of other moments, rows that are gone.
 */
import { closeSync, copyFileSync, mkdirSync, openSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkFiles } from '../../src/node/fsck/index.ts'
import type { FsckReport } from '../../src/web/fsck/index.ts'
import { addRun, makeStoredRuns, type StoredRuns } from '../support/stored-runs.ts'

let made: StoredRuns
const at = (name: string): string => join(made.folder, name)

beforeEach(async () => {
  made = await makeStoredRuns()
})

afterEach(() => rmSync(made.folder, { recursive: true }))

const change = (sql: string): void => {
  const database = new DatabaseSync(made.store, { enableForeignKeyConstraints: false })
  database.exec(sql)
  database.close()
}

const codesOf = ({ problems }: FsckReport): readonly string[] => [...new Set(problems.map(({ code }) => code))].sort()
const noticesOf = ({ notices }: FsckReport): readonly string[] => [...new Set(notices.map(({ code }) => code))].sort()

/** Store and head store, copied into a folder of their own. */
function copyTo(name: string): StoredRuns {
  mkdirSync(at(name))
  const [store, head] = [join(at(name), 'store.sqlite'), join(at(name), 'head.sqlite')]
  copyFileSync(made.store, store)
  copyFileSync(made.head, head)
  return { ...made, store, head }
}

test('a proof of another tree that the same key signed is a fork', async () => {
  const other = copyTo('other')
  await addRun(made, 'one')
  await addRun(other, 'two')
  expect(codesOf(await checkFiles(made))).toEqual([])
  expect(codesOf(await checkFiles(other))).toEqual([])
  change(`attach '${other.store}' as other;
          update binding set proof = (select b.proof from other.binding b where b.run = binding.run)
          where run = (select max(run) from binding)`)
  const report = await checkFiles(made)
  expect(codesOf(report)).toContain('FORK')
  expect(report.problems.find(({ code }) => code === 'FORK')?.at).toMatch(/^run [0-9a-f]{64}: proof$/)
})

test('the previous checkpoint may not be of another tree either', async () => {
  const other = copyTo('other')
  await addRun(made, 'one')
  await addRun(other, 'two')
  change(`attach '${other.store}' as other;
          update log_head set previous = (select previous from other.log_head)`)
  expect(codesOf(await checkFiles(made))).toEqual(['FORK'])
  change('update log_head set previous = null')
  expect(codesOf(await checkFiles(made))).toEqual(['COLUMN_DIFFERS'])
})

test('a head store that is gone, of another key, of another moment', async () => {
  const before = at('before.sqlite')
  copyFileSync(made.head, before)
  await addRun(made, 'one')
  expect((await checkFiles({ ...made, head: before })).problems).toMatchObject([{ code: 'HEAD_DIFFERS', at: 'head' }])
  expect(codesOf(await checkFiles({ ...made, head: at('none.sqlite') }))).toEqual(['HEAD_DIFFERS'])
  const foreign = await makeStoredRuns()
  expect(codesOf(await checkFiles({ ...made, head: foreign.head }))).toEqual(['HEAD_DIFFERS'])
  rmSync(foreign.folder, { recursive: true })
  expect(codesOf(await checkFiles({ ...made, head: undefined }))).toEqual([])
})

test('a head store that is one commit behind is a notice, as after a crash', async () => {
  const database = new DatabaseSync(made.head)
  database.exec(`attach '${made.store}' as store;
                 update last_checkpoint set checkpoint = (select previous from store.log_head)`)
  database.close()
  const report = await checkFiles(made)
  expect(codesOf(report)).toEqual([])
  expect(noticesOf(report)).toEqual(['HEAD_ROLLS_FORWARD', 'RUN_OPEN'])
})

test('a statement that is gone with all its rows leaves its entry, which is a notice', async () => {
  await addRun(made, 'one')
  const run = '(select max(run) from binding)'
  const tables = ['erasure', 'run_output', 'response_contents', 'outcome', 'run_part', 'request_contents', 'binding']
  change(tables.map((table) => `delete from ${table} where run = ${run}`).join(';'))
  const report = await checkFiles(made)
  expect(codesOf(report)).toEqual([])
  expect(report.notices.filter(({ code }) => code === 'ENTRY_UNCLAIMED')).toMatchObject([
    { at: 'entry 16' },
    { at: 'entry 17' },
  ])
})

test('a run from the middle of its stream that is gone with all its rows is missed', async () => {
  const tables = ['erasure', 'run_output', 'response_contents', 'outcome', 'run_part', 'request_contents', 'binding']
  change(tables.map((table) => `delete from ${table} where run = 2`).join(';'))
  // Numbered anew, so that only the signed number tells.
  change(tables.map((table) => `update ${table} set run = run - 1 where run > 2`).join(';'))
  const report = await checkFiles(made)
  expect(report.problems).toMatchObject([{ code: 'ROW_MISSING', at: expect.stringMatching(/^run [0-9a-f]{64}$/) }])
})

test('a key that the issuer does not have is not believed, whatever it signs', async () => {
  const other = await makeStoredRuns()
  const report = await checkFiles({ ...made, signers: other.signers })
  expect(codesOf(report)).toContain('STATEMENT_WRONG')
  expect(report.problemCount).toBeGreaterThanOrEqual(report.statements - report.records)
  const foreignLog = await checkFiles({ ...made, head: undefined, logKey: { ...other.logKey, name: made.logKey.name } })
  expect(codesOf(foreignLog)).toContain('CHECKPOINT_WRONG')
  rmSync(other.folder, { recursive: true })
})

test('an index or a table more than this software makes', async () => {
  change('create index more on binding (stream); create table extra (x)')
  const report = await checkFiles(made)
  expect(report.problems.map(({ code, at: place }) => `${code} ${place}`).sort()).toEqual([
    'SCHEMA_CHANGED index more',
    'SCHEMA_CHANGED table extra',
  ])
})

test.each([
  ['no database', () => writeFileSync(made.store, 'x'.repeat(8_192))],
  ['without a table', () => change('drop table run_output')],
  ['of another program', () => change('pragma application_id = 1')],
])('a file that is %s is one problem', async (_, spoil) => {
  spoil()
  const report = await checkFiles(made)
  expect(report).toMatchObject({ entries: 0, statements: 0, problemCount: 1 })
  expect(codesOf(report)).toEqual(['DATABASE_DAMAGED'])
})

test('a page of zeros in the middle of the file', async () => {
  const bytes = new Uint8Array(4_096)
  const pages = statSync(made.store).size / bytes.length
  for (let page = 1; page < pages; page += 5) {
    const copy = copyTo(`page-${page}`)
    const file = openSync(copy.store, 'r+')
    writeSync(file, bytes, 0, bytes.length, page * bytes.length)
    closeSync(file)
    expect((await checkFiles(copy)).problemCount, `page ${page}`).toBeGreaterThan(0)
  }
})
