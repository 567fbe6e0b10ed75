/**
 * What fsck needs of a store: everything that it holds, as it is there, damage included.
 *
 * Reads may fail one by one; each failure is a problem, and the check goes on. Nothing is written.
 *
 * @module
 */
import type { LogStore, TileKey } from '../log/index.ts'
import type { Registry, RegistryPages } from '../registry/index.ts'

/** The log's part. `load` gives the head as it is there, whether the entries fit it or not. */
export interface CheckableLog extends Pick<LogStore<never>, 'load' | 'readTile' | 'readEntries'> {
  /** Index of the last entry that is there; undefined where there is none. */
  lastIndex(): Promise<bigint | undefined>

  /** Keys of the tiles that are there, by level and index, at most 1,000. @param after  the last one of the page before */
  tileKeys(after: TileKey | undefined): Promise<readonly TileKey[]>
}

export interface CheckableStore extends CheckableLog, RegistryPages, Pick<Registry, 'declaration'> {}
