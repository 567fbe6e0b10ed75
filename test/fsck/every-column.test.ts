/**
 * Nothing in a store can be changed without fsck noticing: every column of every table, read from the schema itself, so
 * that a new column without a rule fails here.
 */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkFiles } from '../../src/node/fsck/index.ts'
import type { FsckReport } from '../../src/web/fsck/index.ts'
import { type Column, changedValue, checkChanged, isNoticed, type Row, schemaOf } from '../support/changed-store.ts'
import { makeStoredRuns, type StoredRuns } from '../support/stored-runs.ts'

let made: StoredRuns
let clean: FsckReport

beforeAll(async () => {
  made = await makeStoredRuns()
  clean = await checkFiles(made)
})

afterAll(() => rmSync(made.folder, { recursive: true }))

test('the store as it was made is in order', () => {
  expect(clean).toMatchObject({ entries: 16, tiles: 1, statements: 16, records: 6, problems: [] })
  expect(clean.notices.map(({ code }) => code)).toEqual(['RUN_OPEN'])
})

test('every column: one value changed in one row', async () => {
  const missed: string[] = []
  for (const columns of schemaOf(made.store).values()) {
    for (const [at, { table, column, type }] of columns.entries()) {
      const report = await checkChanged(made, (store) => {
        const row = store.rows(columns).at(-1) as Row
        store.remove(columns, row)
        store.put(columns, row.with(at, changedValue(row[at] as never, type)))
      })
      if (!isNoticed(report, clean)) missed.push(`${table}.${column}`)
    }
  }
  // Signed nowhere (`docs/guide/log.md`, "What fsck looks at"): only what is no time at all is noticed.
  expect(missed).toEqual(['declaration.declared_at'])
})

test('every column stands in the guide, with what it has to be', () => {
  const guide = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'guide', 'log.md'), 'utf8')
  const columns = [...schemaOf(made.store).values(), ...schemaOf(made.head).values()].flat()
  expect(columns.filter(({ column }) => !guide.includes(`\`${column}\``))).toEqual([])
})

test('a time that nothing signed is a time at least', async () => {
  const columns = schemaOf(made.store).get('declaration') as readonly Column[]
  const at = columns.findIndex(({ column }) => column === 'declared_at')
  const report = await checkChanged(made, (store) => {
    const row = store.rows(columns).at(-1) as Row
    store.remove(columns, row)
    store.put(columns, row.with(at, '2026-02-30T00:00:00.000Z'))
  })
  expect(report.problems).toMatchObject([{ code: 'COLUMN_DIFFERS', at: expect.stringContaining('declared_at') }])
})

test('every table: a row deleted, the first and the last', async () => {
  const missed: string[] = []
  for (const [table, columns] of schemaOf(made.store)) {
    for (const place of [0, -1]) {
      const report = await checkChanged(made, (store) => store.remove(columns, store.rows(columns).at(place) as Row))
      if (!isNoticed(report, clean)) missed.push(`${table} ${place}`)
    }
  }
  expect(missed).toEqual([])
})

test('every table: a row more, a copy of the last one with keys of its own', async () => {
  const missed: string[] = []
  for (const [table, columns] of schemaOf(made.store)) {
    const report = await checkChanged(made, (store) => {
      const row = store.rows(columns).at(-1) as Row
      const copy = columns.map((column, at) => {
        const value = row[at] as never
        return isKey(column) ? changedValue(value, column.type) : value
      })
      store.put(columns, copy)
    })
    if (!isNoticed(report, clean)) missed.push(table)
  }
  expect(missed).toEqual([])
})

const KEYS = 'only log_index tile tile_index declaration id run_id number position record_digest'.split(' ')

/** Of columns that must differ from row to row. */
const isKey = ({ table, column }: Column): boolean =>
  KEYS.includes(column) || (column === 'run' && table !== 'run_output')
