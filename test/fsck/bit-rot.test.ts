/**
 * Bits turned over anywhere in the file: opening or fsck tells, or no row is another than before.
 */
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkFiles } from '../../src/node/fsck/index.ts'
import type { FsckReport } from '../../src/web/fsck/index.ts'
import { flipBits } from '../support/flipped-bits.ts'
import { makeStoredRuns, type StoredRuns } from '../support/stored-runs.ts'

let made: StoredRuns
let clean: FsckReport

beforeAll(async () => {
  made = await makeStoredRuns()
  clean = await checkFiles(made)
})

afterAll(() => rmSync(made.folder, { recursive: true }))

test('60 bits of the store', async () => {
  const { noticed, missed } = await flipBits(made, { file: 'store', clean, count: 60, seed: 7 })
  expect(missed).toEqual([])
  expect(noticed).toBeGreaterThan(10)
})
