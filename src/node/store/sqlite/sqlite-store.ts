/**
 * The embedded store: log and registry in one SQLite file, on `node:sqlite`.
 *
 * One group is one transaction, synced before `commit` resolves. Reads are synchronous inside and see what was committed.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import type { Scrubbed } from '../../../web/capture/index.ts'
import type { CommitGroup, LogStore, StoredLog, TileKey } from '../../../web/log/index.ts'
import type {
  DeclarationRow,
  DeclarationSummary,
  FoundRuns,
  Registry,
  RegistryWrite,
  RunQuery,
  RunRow,
  RunSummary,
} from '../../../web/registry/index.ts'
import { GuardedDatabase } from './guarded-database.ts'
import { LogTables } from './log-tables.ts'
import { RegistryFind } from './registry-find.ts'
import { RegistryReads } from './registry-reads.ts'
import { RegistryWrites } from './registry-writes.ts'
import { STORE_SCHEMA } from './store-schema.ts'

interface StoreTables {
  readonly log: LogTables
  readonly writes: RegistryWrites
  readonly reads: RegistryReads
  readonly finds: RegistryFind
}

const prepareTables = (database: DatabaseSync): StoreTables => ({
  log: new LogTables(database),
  writes: new RegistryWrites(database),
  reads: new RegistryReads(database),
  finds: new RegistryFind(database),
})

export class SqliteStore implements LogStore<RegistryWrite>, Registry, Scrubbed {
  readonly #guard: GuardedDatabase
  readonly #tables: StoreTables

  /** @param input.guard  the store closes it */
  constructor({ guard, tables }: { guard: GuardedDatabase; tables: StoreTables }) {
    this.#guard = guard
    this.#tables = tables
  }

  async load(): Promise<StoredLog> {
    return this.#guard.read(() => this.#tables.log.load())
  }

  async readTile(key: TileKey): Promise<Uint8Array | undefined> {
    return this.#guard.read(() => this.#tables.log.readTile(key))
  }

  async readEntries(range: { readonly start: bigint; readonly end: bigint }): Promise<Uint8Array[]> {
    return this.#guard.read(() => this.#tables.log.readEntries(range))
  }

  async commit(group: CommitGroup<RegistryWrite>): Promise<void> {
    const { log, writes } = this.#tables
    this.#guard.write(() => {
      log.put(group)
      for (const write of group.writes) writes.put(write)
    })
  }

  async declaration(id: string): Promise<DeclarationRow | undefined> {
    return this.#guard.read(() => this.#tables.reads.declaration(id))
  }

  async declarations(): Promise<readonly DeclarationSummary[]> {
    return this.#guard.read(() => this.#tables.reads.declarations())
  }

  async run(runId: string): Promise<RunRow | undefined> {
    return this.#guard.read(() => this.#tables.reads.run(runId))
  }

  async recordByDigest(digest: string): Promise<{ readonly runId: string; readonly bundle: Uint8Array } | undefined> {
    return this.#guard.read(() => this.#tables.reads.recordByDigest(digest))
  }

  async runsByOutput(digest: string): Promise<readonly string[]> {
    return this.#guard.read(() => this.#tables.reads.runsByOutput(digest))
  }

  async find(query: RunQuery): Promise<FoundRuns> {
    return this.#guard.read(() => this.#tables.finds.find(query))
  }

  async runs(options: { readonly limit: number }): Promise<readonly RunSummary[]> {
    return this.#guard.read(() => this.#tables.reads.runs(options))
  }

  /** Deleted rows are overwritten where they stood; what the write-ahead log has of them goes with it. */
  async scrub(): Promise<void> {
    this.#guard.emptyLog()
  }

  /** Closes the file and frees the lock. Safe to call twice. */
  close(): void {
    this.#guard.close()
  }
}

/**
 * Opens the store at `path`, for this process alone.
 *
 * The file is trusted to be what this software left there: whoever can write to it can hide runs and roll the store back
 * to an older state, and cannot forge a record. Whoever can read it reads prompts and answers.
 *
 * @param options.create  make a new store; it must not be there yet. Without it a missing store is refused
 * @throws {ColophonError} STORE_MISSING, FILE_EXISTS (create), STORE_LOCKED, STORE_DAMAGED, STORE_FAILED,
 *   SQLITE_TOO_OLD, VERSION_UNSUPPORTED
 */
export const openSqliteStore = (options: { readonly path: string; readonly create?: boolean }): SqliteStore => {
  const { path, create = false } = options
  const { guard, prepared } = GuardedDatabase.open({ path, schema: STORE_SCHEMA, create }, prepareTables)
  return new SqliteStore({ guard, tables: prepared })
}
