/**
 * What fsck asks of the file itself, before it looks at what the rows say: SQLite's own checks, the tables as this software
 * makes them, and the rules between rows that no signature covers.
 *
 *     declaration, binding: row numbers     from 1 without gaps, in the order of the log's entries
 *     log_tile: row numbers                 from 1 without gaps; which tile has which is nobody's business
 *     request_contents, response_contents   one for each binding and outcome that was not erased, and no other
 *     run_part, run_output                  of a binding, of an outcome; positions from 0 without gaps
 *
 * @module
 */
import { DatabaseSync } from 'node:sqlite'
import type { Findings, ProblemCode } from '../../../web/fsck/index.ts'
import { migrate } from './database-schema.ts'
import { STORE_SCHEMA } from './store-schema.ts'

export function checkDatabase(database: DatabaseSync, findings: Findings): void {
  checkIntegrity(database, findings)
  checkSchema(database, findings)
  for (const rule of RULES) checkRule(database, rule, findings)
}

/** What SQLite finds, at most, before it stops looking. */
const MAX_FAULTS = 100

function checkIntegrity(database: DatabaseSync, findings: Findings): void {
  attempt('DATABASE_DAMAGED', 'store.sqlite', findings, () => {
    for (const row of database.prepare(`pragma integrity_check(${MAX_FAULTS})`).all()) {
      const [fault] = Object.values(row)
      if (fault !== 'ok') findings.problem('DATABASE_DAMAGED', 'store.sqlite', String(fault))
    }
  })
  attempt('DATABASE_DAMAGED', 'store.sqlite', findings, () => {
    for (const { table, rowid, parent } of database.prepare('pragma foreign_key_check').all()) {
      findings.problem('ROW_STRAY', `${table}: row ${rowid}`, `it belongs to no ${parent}`)
    }
  })
}

/** Every table and index, as SQL: those of a new store. */
function checkSchema(database: DatabaseSync, findings: Findings): void {
  const fresh = new DatabaseSync(':memory:')
  try {
    migrate(fresh, { schema: STORE_SCHEMA, version: 0 })
    attempt('SCHEMA_CHANGED', 'store.sqlite', findings, () => {
      const want = objectsOf(fresh)
      const got = objectsOf(database)
      for (const name of new Set([...want.keys(), ...got.keys()])) {
        if (want.get(name) === got.get(name)) continue
        findings.problem('SCHEMA_CHANGED', name, want.has(name) ? 'it is another, or not there' : 'it is none of ours')
      }
    })
  } finally {
    fresh.close()
  }
}

const objectsOf = (database: DatabaseSync): ReadonlyMap<string, string> =>
  new Map(
    database
      .prepare("select type, name, tbl_name, sql from sqlite_schema where name not like 'sqlite_stat%'")
      .all()
      .map(({ type, name, tbl_name: table, sql }) => [`${type} ${name}`, `${table} ${sql}`]),
  )

/** Each row of the answer is a problem. */
interface Rule {
  readonly code: ProblemCode
  readonly at: string
  readonly message: string
  readonly sql: string
}

const numbered = (table: string, key: string): Rule => ({
  code: 'ROW_MISSING',
  at: table,
  message: 'its rows are not numbered from 1 without gaps',
  sql: `select 1 from (select min(${key}) as first, max(${key}) as last, count(*) as rows from ${table})
        where rows > 0 and (first <> 1 or last <> rows)`,
})

const inLogOrder = (table: string, key: string): Rule => ({
  code: 'COLUMN_DIFFERS',
  at: `${table}: ${key}`,
  message: 'its rows are not in the order of their log entries',
  sql: `select 1 from (select log_index, lag(log_index) over (order by ${key}) as before from ${table})
        where log_index <= before limit 1`,
})

const positioned = (table: string): Rule => ({
  code: 'COLUMN_DIFFERS',
  at: `${table}: position`,
  message: 'the positions of a run are not from 0 without gaps',
  sql: `select run from ${table} group by run
        having min(position) <> 0 or max(position) <> count(*) - 1 or count(distinct position) <> count(*)`,
})

const RULES: readonly Rule[] = [
  {
    code: 'ROW_MISSING',
    at: 'log_head',
    message: 'it has not one row',
    sql: 'select 1 where (select count(*) from log_head) <> 1',
  },
  numbered('log_tile', 'tile'),
  numbered('declaration', 'declaration'),
  numbered('binding', 'run'),
  inLogOrder('declaration', 'declaration'),
  inLogOrder('binding', 'run'),
  {
    code: 'ROW_MISSING',
    at: 'request_contents',
    message: 'a run has no row of contents',
    sql: `select run from binding where run not in (select run from request_contents)
          and run not in (select run from erasure)`,
  },
  {
    code: 'ROW_MISSING',
    at: 'response_contents',
    message: 'a record has no row of contents',
    sql: `select run from outcome where run not in (select run from response_contents)
          and run not in (select run from erasure)`,
  },
  {
    code: 'ROW_STRAY',
    at: 'response_contents',
    message: 'a row belongs to no record',
    sql: 'select run from response_contents where run not in (select run from outcome)',
  },
  {
    code: 'ROW_STRAY',
    at: 'run_output',
    message: 'a row belongs to no record',
    sql: 'select distinct run from run_output where run not in (select run from outcome)',
  },
  positioned('run_part'),
  positioned('run_output'),
]

function checkRule(database: DatabaseSync, { code, at, message, sql }: Rule, findings: Findings): void {
  attempt('UNREADABLE', at, findings, () => {
    for (const { run } of database.prepare(sql).iterate()) {
      findings.problem(code, run === undefined ? at : `${at}: row ${run}`, message)
    }
  })
}

/** SQLite's own words have nothing in them of what is stored. */
function attempt(code: ProblemCode, at: string, findings: Findings, check: () => void): void {
  try {
    check()
  } catch (error) {
    findings.problem(code, at, error instanceof Error ? error.message : 'it cannot be read')
  }
}
