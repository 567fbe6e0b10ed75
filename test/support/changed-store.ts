/**
 * Copies of a store with something changed in them, past all rules that SQLite would hold against it, and checked.
 */
import { copyFileSync, rmSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { checkFiles } from '../../src/node/fsck/index.ts'
import type { FsckReport } from '../../src/web/fsck/index.ts'
import type { StoredRuns } from './stored-runs.ts'

export interface Column {
  readonly table: string
  readonly column: string
  readonly type: string
}

export type Row = readonly SQLInputValue[]

/** Tables by name, each with its columns, as the store itself says. */
export function schemaOf(path: string): ReadonlyMap<string, readonly Column[]> {
  const database = new DatabaseSync(path, { readOnly: true })
  const tables = database.prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'")
  const schema = tables.all().map(({ name: table }): [string, Column[]] => {
    const columns = database.prepare(`pragma table_info(${table})`).all()
    const read = columns.map(({ name, type }) => ({ table: String(table), column: String(name), type: String(type) }))
    return [String(table), read]
  })
  database.close()
  return new Map(schema)
}

/** A copy beside the file, without what belonged to an earlier one. */
export function copyOf(path: string): string {
  const copy = `${path}.changed`
  for (const suffix of ['', '-wal', '-shm', '.owner']) rmSync(copy + suffix, { force: true })
  copyFileSync(path, copy)
  return copy
}

export async function checkChanged(made: StoredRuns, change: (table: ChangedStore) => void): Promise<FsckReport> {
  const store = copyOf(made.store)
  const database = new DatabaseSync(store, { enableForeignKeyConstraints: false })
  try {
    database.exec('pragma ignore_check_constraints = on; pragma synchronous = off; begin')
    change(new ChangedStore(database))
    database.exec('commit')
  } finally {
    database.close()
  }
  return checkFiles({ ...made, store })
}

/** Rows by all their values, so that a table with and one without row numbers are treated alike. */
export class ChangedStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  rows(columns: readonly Column[]): readonly Row[] {
    const [first] = columns
    const names = columns.map(({ column }) => column)
    const statement = this.#database.prepare(`select ${names.join(', ')} from ${first?.table}`)
    statement.setReadBigInts(true)
    return statement.all().map((row) => names.map((name) => row[name] as SQLInputValue))
  }

  put(columns: readonly Column[], row: Row): void {
    const places = columns.map(() => '?').join(', ')
    this.#database.prepare(`insert into ${columns[0]?.table} values (${places})`).run(...row)
  }

  remove(columns: readonly Column[], row: Row): void {
    const where = columns.map(({ column }) => `${column} is ?`).join(' and ')
    const { changes } = this.#database.prepare(`delete from ${columns[0]?.table} where ${where}`).run(...row)
    if (changes !== 1) throw new Error(`${changes} rows were removed`)
  }
}

/** The least that can be changed: one bit of a blob, one character of a text, one more. */
export function changedValue(value: SQLInputValue, type: string): SQLInputValue {
  if (type === 'INTEGER') return value === null ? 1n : (value as bigint) + 1n
  if (type === 'TEXT') {
    const text = (value as string | null) ?? 'x'
    const at = text.length >> 1
    return text.slice(0, at) + (text[at] === '1' ? '2' : '1') + text.slice(at + 1)
  }
  const bytes = Uint8Array.from(value as Uint8Array)
  if (bytes.length === 0) return Uint8Array.of(0)
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1
  return bytes
}

/** Whether a check says something that it does not say of the store as it was made. */
export const isNoticed = ({ problemCount, notices }: FsckReport, clean: FsckReport): boolean =>
  problemCount > 0 || JSON.stringify(notices) !== JSON.stringify(clean.notices)
