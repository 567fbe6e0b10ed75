import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts'
import { openSqliteStore } from './index.ts'
import { openDatabase as openAny } from './open-database.ts'
import { requireFullSync, requireSqliteVersion } from './sqlite-mode.ts'
import { STORE_SCHEMA } from './store-schema.ts'

const CHILD = fileURLToPath(new URL('../../../../test/support/store-child.ts', import.meta.url))

const newPath = (): string => join(temporaryFolder(), 'store.db')

const openDatabase = (options: { path: string; create?: boolean }): DatabaseSync =>
  openAny({ ...options, schema: STORE_SCHEMA })

/** A database that is closed when the test ends. */
const openHere = (options: { path: string; create?: boolean }): DatabaseSync => {
  const database = openDatabase(options)
  onTestFinished(() => {
    if (database.isOpen) database.close()
  })
  return database
}

const pragma = (database: DatabaseSync, name: string): unknown =>
  Object.values(database.prepare(`pragma ${name}`).get() ?? {})[0]

const makeStore = (): string => {
  const path = newPath()
  openSqliteStore({ path, create: true }).close()
  return path
}

/** Changes a store behind its back. */
const tamper = (path: string, sql: string): void => {
  const database = new DatabaseSync(path)
  database.exec(sql)
  database.close()
}

describe('the version of SQLite: G6', () => {
  test.each(['3.51.3', '3.51.4', '3.52.0', '3.100.0', '4.0.0'])('%s is new enough', (version) => {
    requireSqliteVersion(version)
  })

  test.each([
    '3.51.2',
    '3.51',
    '3.7.0',
    '3.9.9',
    '3.50.99',
    '2.99.99',
    '',
    '3.51.3-beta',
    'x',
    ' 3.52.0',
    '3.51.10000000',
  ])('%j is refused', (version) => {
    expect(() => requireSqliteVersion(version)).toThrowCode('SQLITE_TOO_OLD')
  })
})

describe('mode', () => {
  test('WAL, synchronous FULL and one owner: on creation, after the first write, and when opened again', () => {
    const path = newPath()
    for (const create of [true, false]) {
      const database = openHere({ path, create })
      database.exec('update log_head set size = 0')
      const modes = ['journal_mode', 'synchronous', 'locking_mode', 'foreign_keys'].map((name) =>
        pragma(database, name),
      )
      expect(modes).toEqual(['wal', 2, 'exclusive', 1])
      expect(String(pragma(database, 'integrity_check'))).toBe('ok')
      database.close()
    }
  })

  test('anything less than FULL is refused', () => {
    const database = openHere({ path: newPath(), create: true })
    requireFullSync(database)
    for (const mode of ['normal', 'off']) {
      database.exec(`pragma synchronous = ${mode}`)
      expect(() => requireFullSync(database)).toThrowCode('STORE_FAILED')
    }
  })

  test('opened again, a write is behind it, and the index of its log is in memory alone', () => {
    const path = makeStore()
    openHere({ path })
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(0)
    expect(existsSync(`${path}-shm`)).toBe(false)
  })

  test('only its owner may read the file and its log', () => {
    const path = newPath()
    openHere({ path, create: true })
    for (const name of [path, `${path}-wal`, `${path}.owner`]) expect(statSync(name).mode & 0o777).toBe(0o600)
    expect(existsSync(`${path}-shm`)).toBe(false)
  })
})

describe('what is at the path', () => {
  test('nothing: only made when asked for', () => {
    const path = newPath()
    expect(() => openDatabase({ path })).toThrowCode('STORE_MISSING')
    expect(existsSync(path)).toBe(false)
    expect(() => openDatabase({ path: join(path, 'below'), create: true })).toThrowCode('STORE_FAILED')
  })

  test('a store: never made again', () => {
    const path = makeStore()
    expect(() => openDatabase({ path, create: true })).toThrowCode('FILE_EXISTS')
    openHere({ path })
  })

  test('an empty file, as a crash leaves it: can be made, not opened', () => {
    const path = newPath()
    writeFileSync(path, '')
    expect(() => openDatabase({ path })).toThrowCode('STORE_MISSING')
    openHere({ path, create: true })
  })

  test('something else: refused, and its contents stay', () => {
    const path = newPath()
    writeFileSync(path, 'a text of somebody else, longer than the header of a database '.repeat(20))
    const before = readFileSync(path)
    for (const create of [false, true]) expect(() => openDatabase({ path, create })).toThrowCode('STORE_DAMAGED')
    expect(readFileSync(path)).toEqual(before)
    const folder = join(temporaryFolder(), 'folder')
    mkdirSync(folder)
    expect(() => openDatabase({ path: folder })).toThrowCode('STORE_FAILED')
  })

  test("another program's database: refused, and its rows stay", () => {
    const path = newPath()
    tamper(path, 'create table theirs (a); insert into theirs values (1)')
    for (const create of [false, true]) expect(() => openDatabase({ path, create })).toThrowCode('STORE_DAMAGED')
    const database = new DatabaseSync(path)
    expect(database.prepare('select a from theirs').all()).toEqual([expect.objectContaining({ a: 1 })])
    database.close()
  })

  test('a store of a later version', () => {
    const path = makeStore()
    tamper(path, 'pragma user_version = 2')
    expect(() => openDatabase({ path })).toThrowCode('VERSION_UNSUPPORTED')
  })

  test('a store without one of its tables', () => {
    const path = makeStore()
    tamper(path, 'drop table run_output')
    expect(() => openSqliteStore({ path })).toThrowCode('STORE_DAMAGED')
  })

  test('a store whose pages were overwritten', () => {
    const path = makeStore()
    const bytes = readFileSync(path)
    writeFileSync(path, bytes.fill(0xff, 100))
    expect(() => openSqliteStore({ path })).toThrowCode('STORE_DAMAGED')
  })
})

describe('one process at a time', () => {
  const holding = async (path: string): Promise<ChildProcess> => {
    const child = spawn(process.execPath, [CHILD, 'hold', path], { stdio: ['ignore', 'pipe', 'inherit'] })
    onTestFinished(() => {
      child.kill('SIGKILL')
    })
    await once(child.stdout as NodeJS.ReadableStream, 'data')
    return child
  }

  test('a second one is refused, by the name of the first; a killed one holds nothing', async () => {
    const path = makeStore()
    const child = await holding(path)
    const refused = { code: 'STORE_LOCKED', at: path, details: { pid: child.pid } }
    expect(() => openSqliteStore({ path })).toThrow(expect.objectContaining(refused))
    expect(() => openSqliteStore({ path, create: true })).toThrow(expect.objectContaining(refused))
    child.kill('SIGKILL')
    await once(child, 'exit')
    const store = openSqliteStore({ path })
    expect(readFileSync(`${path}.owner`, 'utf8')).toBe(`${process.pid}\n`)
    store.close()
  })

  test('so is a second one in the same process', () => {
    const path = newPath()
    const store = openSqliteStore({ path, create: true })
    expect(() => openSqliteStore({ path })).toThrowCode('STORE_LOCKED')
    store.close()
    expect(existsSync(`${path}.owner`)).toBe(false)
    openSqliteStore({ path }).close()
  })

  test('who holds it is said only where the file of the owner is in order, and its loss frees no lock', () => {
    const path = newPath()
    const store = openSqliteStore({ path, create: true })
    for (const text of ['', 'x\n', '-1\n', '12', `${'9'.repeat(11)}\n`]) {
      writeFileSync(`${path}.owner`, text)
      expect(() => openSqliteStore({ path })).toThrow(expect.objectContaining({ code: 'STORE_LOCKED', details: {} }))
    }
    store.close()
  })
})
