/**
 * Two rows with one value of each other's: every column, so that nothing is checked by itself alone.
 */
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkFiles } from '../../src/node/fsck/index.ts'
import type { FsckReport } from '../../src/web/fsck/index.ts'
import { checkChanged, isNoticed, type Row, schemaOf } from '../support/changed-store.ts'
import { makeStoredRuns, type StoredRuns } from '../support/stored-runs.ts'

let made: StoredRuns
let clean: FsckReport

beforeAll(async () => {
  made = await makeStoredRuns()
  clean = await checkFiles(made)
})

afterAll(() => rmSync(made.folder, { recursive: true }))

test('every column: the values of two rows swapped', async () => {
  const missed: string[] = []
  let swaps = 0
  for (const columns of schemaOf(made.store).values()) {
    for (const [at, { table, column }] of columns.entries()) {
      let isSwapped = false
      const report = await checkChanged(made, (store) => {
        const rows = store.rows(columns)
        const first = rows[0] as Row
        // Rows that differ in nothing else are the same two rows after it.
        const other = rows.find((row) => {
          const differs = (place: number): boolean => plain(row[place]) !== plain(first[place])
          // A place among the rows of a run is its own; no two rows of a run have one.
          const isElsewhere = columns.some(
            ({ column }, place) => column === 'position' && place !== at && differs(place),
          )
          return differs(at) && !isElsewhere && columns.some((_, place) => place !== at && differs(place))
        })
        if (other === undefined) return
        isSwapped = true
        for (const row of [first, other]) store.remove(columns, row)
        store.put(columns, first.with(at, other[at] as never))
        store.put(columns, other.with(at, first[at] as never))
      })
      if (isSwapped) swaps += 1
      if (isSwapped && !isNoticed(report, clean)) missed.push(`${table}.${column}`)
    }
  }
  expect(missed).toEqual(['declaration.declared_at'])
  expect(swaps).toBeGreaterThan(30)
})

const plain = (value: unknown): string =>
  value instanceof Uint8Array ? Buffer.from(value).toString('hex') : `${value}`
