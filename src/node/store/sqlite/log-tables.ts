/**
 * The tables of the log: head, entries, hash tiles. Statements only; the transaction is the caller's.
 *
 * @module
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { ColophonError } from '../../../core/errors.ts'
import type { CommitGroup, StoredLog, TileKey } from '../../../web/log/index.ts'

const damaged = (message: string): ColophonError => new ColophonError('STORE_DAMAGED', message, { fatal: true })

export class LogTables {
  readonly #head: StatementSync
  readonly #last: StatementSync
  readonly #tile: StatementSync
  readonly #entries: StatementSync
  readonly #putSize: StatementSync
  readonly #putHead: StatementSync
  readonly #putEntry: StatementSync
  readonly #putTile: StatementSync

  constructor(database: DatabaseSync) {
    const prepare = (sql: string): StatementSync => {
      const statement = database.prepare(sql)
      statement.setReadBigInts(true)
      return statement
    }
    this.#head = prepare('select size, checkpoint, signed_at_ms, previous from log_head where only = 1')
    this.#last = prepare('select max(log_index) as last from log_entry')
    this.#tile = prepare('select hashes from log_tile where level = ? and tile_index = ?')
    this.#entries = prepare('select log_index, entry from log_entry where log_index >= ? and log_index < ? order by 1')
    this.#putSize = prepare('update log_head set size = ? where only = 1 and size = ?')
    // The right-hand sides are the values before the update.
    this.#putHead = prepare(
      'update log_head set previous = checkpoint, checkpoint = ?, signed_at_ms = ? where only = 1',
    )
    this.#putEntry = prepare('insert into log_entry (log_index, entry) values (?, ?)')
    this.#putTile = prepare(
      `insert into log_tile (level, tile_index, hashes) values (?, ?, ?)
       on conflict (level, tile_index) do update set hashes = excluded.hashes`,
    )
  }

  /** @throws {ColophonError} STORE_DAMAGED  there is no head, or the last entry is not the head's */
  load(): StoredLog {
    const head = this.#head.get()
    if (head === undefined) throw damaged('the log has no head')
    const size = head['size'] as bigint
    const last = (this.#last.get()?.['last'] ?? -1n) as bigint
    if (last !== size - 1n) throw damaged(`the last entry has index ${last}, want ${size - 1n}`)
    const signedAtMs = head['signed_at_ms'] as bigint | null
    return {
      size,
      checkpoint: (head['checkpoint'] as string | null) ?? undefined,
      previous: (head['previous'] as string | null) ?? undefined,
      signedAtMs: signedAtMs === null ? undefined : Number(signedAtMs),
    }
  }

  readTile({ level, index }: TileKey): Uint8Array | undefined {
    return this.#tile.get(level, index)?.['hashes'] as Uint8Array | undefined
  }

  /** @throws {ColophonError} STORE_DAMAGED  an entry of the range is missing */
  readEntries({ start, end }: { readonly start: bigint; readonly end: bigint }): Uint8Array[] {
    const entries: Uint8Array[] = []
    for (const row of this.#entries.iterate(start, end)) {
      if (row['log_index'] !== start + BigInt(entries.length)) break
      entries.push(row['entry'] as Uint8Array)
    }
    if (start + BigInt(entries.length) < end) throw damaged(`entry ${start + BigInt(entries.length)} is missing`)
    return entries
  }

  /** @throws {ColophonError} STORE_DAMAGED  (fatal) the stored size is not `baseSize` */
  put({ baseSize, entries, tiles, head }: Omit<CommitGroup<never>, 'writes'>): void {
    const { changes } = this.#putSize.run(baseSize + BigInt(entries.length), baseSize)
    if (changes !== 1n && changes !== 1) throw damaged(`the stored log does not have the ${baseSize} entries expected`)
    if (head !== undefined) this.#putHead.run(head.checkpoint, head.signedAtMs)
    for (const [at, entry] of entries.entries()) this.#putEntry.run(baseSize + BigInt(at), entry)
    for (const { level, index, hashes } of tiles) this.#putTile.run(level, index, hashes)
  }
}
