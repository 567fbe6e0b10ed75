/**
 * A log store in memory for tests, which can be told to fail: before it has kept a group, or after.
 *
 * `durable` survives a "crash": open a new log on the same store.
 */
import { ColophonError } from '../../src/core/errors.ts'
import type { CommitGroup, LogStore, SignedHead, StoredLog, TileKey } from '../../src/web/log/index.ts'
import { MemoryLogHead } from './memory-log-head.ts'

/** What the next commit does instead of succeeding. */
export type Failure =
  /** Nothing is kept, and the store knows it. */
  | 'refused'
  /** Nothing is kept, and the store does not know. */
  | 'lost'
  /** All is kept, and the store does not know. */
  | 'kept'
  /** All is kept, and something that is no ColophonError is thrown. */
  | 'thrown'

const tileName = ({ level, index }: TileKey): string => `${level}/${index}`

export class MemoryLogStore<Write> implements LogStore<Write> {
  readonly entries: Uint8Array[] = []
  readonly tiles: Map<string, Uint8Array> = new Map()
  readonly writes: Write[] = []
  /** Entries and rows of each group that was kept. */
  readonly groups: { entries: number; writes: number }[] = []
  /** The head store that goes with it. */
  readonly head: MemoryLogHead = new MemoryLogHead()
  signed: SignedHead | undefined
  previous: string | undefined
  failNext: Failure | undefined
  /** Awaited in the middle of each commit. */
  pause: Promise<void> | undefined

  get checkpoint(): string | undefined {
    return this.signed?.checkpoint
  }

  async load(): Promise<StoredLog> {
    const { signed, previous } = this
    const size = BigInt(this.entries.length)
    return { size, checkpoint: signed?.checkpoint, previous, signedAtMs: signed?.signedAtMs }
  }

  async readTile(key: TileKey): Promise<Uint8Array | undefined> {
    return this.tiles.get(tileName(key))?.slice()
  }

  async readEntries({ start, end }: { start: bigint; end: bigint }): Promise<Uint8Array[]> {
    return this.entries.slice(Number(start), Number(end))
  }

  async commit(group: CommitGroup<Write>): Promise<void> {
    const failure = this.failNext
    this.failNext = undefined
    await this.pause
    if (group.baseSize !== BigInt(this.entries.length)) {
      throw new ColophonError('STORE_DAMAGED', `got base size ${group.baseSize}`, { fatal: true })
    }
    if (failure === 'refused') throw new ColophonError('STORE_FAILED', 'told to refuse')
    if (failure === 'lost') throw new ColophonError('STORE_FAILED', 'told to lose it', { fatal: true })
    this.#keep(group)
    if (failure === 'kept') throw new ColophonError('STORE_FAILED', 'told to keep it', { fatal: true })
    if (failure === 'thrown') throw new Error('told to throw')
  }

  #keep({ entries, tiles, head, writes }: CommitGroup<Write>): void {
    for (const entry of entries) this.entries.push(entry)
    for (const tile of tiles) this.tiles.set(tileName(tile), tile.hashes.slice())
    for (const write of writes) this.writes.push(write)
    if (head !== undefined) {
      this.previous = this.signed?.checkpoint
      this.signed = head
    }
    this.groups.push({ entries: entries.length, writes: writes.length })
  }
}
