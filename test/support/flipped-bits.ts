/**
 * Bit rot: one bit of a file turned over, anywhere in it.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { ColophonError } from '../../src/core/errors.ts'
import { checkFiles } from '../../src/node/fsck/index.ts'
import type { FsckReport } from '../../src/web/fsck/index.ts'
import { type Column, copyOf, isNoticed, schemaOf } from './changed-store.ts'
import { randomNumbers } from './random-numbers.ts'
import type { StoredRuns } from './stored-runs.ts'

export interface Flips {
  /** Found when the file was opened, or by fsck. */
  readonly noticed: number
  /** Of bits that no row has: free space, counters. */
  readonly harmless: number
  /** The bits that changed a row unnoticed. */
  readonly missed: readonly number[]
}

/** @param seed makes the same bits of a file of the same size */
export async function flipBits(
  made: StoredRuns,
  options: {
    readonly file: 'store' | 'head'
    readonly clean: FsckReport
    readonly count: number
    readonly seed: number
  },
): Promise<Flips> {
  const { file, clean, count, seed } = options
  const schema = schemaOf(made[file])
  const original = readFileSync(made[file])
  const dump = dumpOf(made[file], schema)
  const random = randomNumbers(seed)
  const missed: number[] = []
  let noticed = 0
  for (let flip = 0; flip < count; flip++) {
    const bit = Math.floor(random() * original.length * 8)
    const bytes = Uint8Array.from(original)
    bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7))
    const copy = copyOf(made[file])
    writeFileSync(copy, bytes)
    if (await isFound({ ...made, [file]: copy }, clean)) noticed += 1
    else if (dumpOf(copy, schema) !== dump) missed.push(bit)
  }
  return { noticed, harmless: count - noticed - missed.length, missed }
}

/** Only errors with a code are findings; any other is a mistake, and fails the test. */
async function isFound(flipped: StoredRuns, clean: FsckReport): Promise<boolean> {
  try {
    return isNoticed(await checkFiles(flipped), clean)
  } catch (error) {
    if (ColophonError.is(error)) return true
    throw error
  }
}

/** Every row of every table, but for the one column that nothing signed. */
function dumpOf(path: string, schema: ReadonlyMap<string, readonly Column[]>): string {
  const database = new DatabaseSync(path)
  try {
    const tables = [...schema].map(([table, columns]) => {
      const names = columns.map(({ column }) => column).filter((column) => column !== 'declared_at')
      const statement = database.prepare(`select ${names.join(', ')} from ${table} order by 1, 2`)
      statement.setReadBigInts(true)
      return statement.all().map((row) => Object.values(row).map((value) => plain(value)))
    })
    return JSON.stringify(tables)
  } finally {
    database.close()
  }
}

const plain = (value: unknown): string =>
  value instanceof Uint8Array ? Buffer.from(value).toString('hex') : `${value}`
