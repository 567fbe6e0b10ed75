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

test('1,000 bits of the store', { timeout: 600_000 }, async () => {
  const { noticed, missed } = await flipBits(made, { file: 'store', clean, count: 1_000, seed: 11 })
  expect(missed).toEqual([])
  expect(noticed).toBeGreaterThan(300)
})

test('100 bits of the head store', { timeout: 100_000 }, async () => {
  const { noticed, missed } = await flipBits(made, { file: 'head', clean, count: 100, seed: 13 })
  expect(missed).toEqual([])
  expect(noticed).toBeGreaterThan(0)
})
