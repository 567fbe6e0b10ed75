/**
 * The machine: can store and gateway run on this Node and its SQLite, and do they keep what they are given?
 *
 * @module
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Finding, notChecked, ok, problemOf } from './finding.ts'

/** Of an older Node none of this would run (`cli/main.ts`). */
export function checkNode(): Finding {
  return ok(
    'node',
    `Node ${process.versions.node}, on ${process.platform} ${process.arch}: everything here runs on it.`,
  )
}

export async function checkSqlite(): Promise<Finding> {
  const { requireSqliteVersion } = await import('../store/sqlite/index.ts')
  const { sqlite } = process.versions
  try {
    requireSqliteVersion(sqlite ?? 'unknown')
    return ok('sqlite', `SQLite ${sqlite}: store and gateway can run.`)
  } catch (error) {
    const finding = problemOf('sqlite', error)
    return { ...finding, says: `${finding.says} Verifying works; store and gateway do not.` }
  }
}

/** Makes a store in a folder for temporary files, where the asserts of every opening are met or not. */
export async function checkDurability(sqlite: Finding): Promise<Finding> {
  if (sqlite.status !== 'ok') return notChecked('durability', 'This SQLite is not used for a store.')
  const { openSqliteStore } = await import('../store/sqlite/index.ts')
  const folder = await mkdtemp(join(tmpdir(), 'colophon-doctor-'))
  try {
    openSqliteStore({ path: join(folder, 'store.sqlite'), create: true }).close()
    return ok(
      'durability',
      'A store opened here is in journal mode WAL with synchronous FULL, which every opening sets anew.',
    )
  } catch (error) {
    return problemOf('durability', error)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
