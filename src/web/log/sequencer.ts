/**
 * The sequencer: gives entries their place in the log, and makes that durable, in groups.
 *
 * RFC 6962 tree, C2SP tlog-tiles and tlog-checkpoint. Appends that arrive in one turn of the event loop, or while a commit
 * is under way, form one group: one new root, one signed checkpoint, one transaction that holds entries, tiles,
 * checkpoint and the application's rows. Only then does anybody learn an index.
 *
 * What a crash leaves behind: before the commit nothing, after it everything. Where the store cannot say which, the log
 * stops for good and has to be opened again; opening believes nothing but the signed checkpoint (`load-tree.ts`).
 *
 * One log at a time may have a store open, which the store has to see to; the size that every commit builds on is
 * compared all the same.
 *
 * @module
 */
import { ColophonError } from '../../core/errors.ts'
import { type Sha256, sha256 } from '../../core/hash/index.ts'
import { leafHash } from '../../core/merkle/index.ts'
import { nobleVerifier } from '../../core/signature/index.ts'
import { signCheckpoint, verifierKeyOf } from './checkpoint-signer.ts'
import type { EdgeTree } from './edge-tree.ts'
import { loadTree } from './load-tree.ts'
import { type Log, MAX_ENTRY_SIZE, type OpenLogOptions, type Sequenced } from './log.ts'

/** Most appends and writes in one group. */
const MAX_GROUP = 1_000
/** Most appends and writes that wait. */
const MAX_WAITING = 10_000
/** A commit that takes longer holds up new submissions: they are refused, not queued. */
const MAX_COMMIT_MS = 60_000

/** An append or a write that waits, or is being committed. */
interface Waiting<Write> {
  readonly entry: Uint8Array | undefined
  readonly writes: (sequenced: Sequenced | undefined) => readonly Write[]
  readonly resolve: (sequenced: Sequenced | undefined) => void
  readonly reject: (error: unknown) => void
}

/** A group that is ready to be committed. */
interface Staged<Write> {
  readonly entries: readonly Uint8Array[]
  readonly checkpoint: string | undefined
  readonly writes: readonly Write[]
  readonly acknowledge: readonly (() => void)[]
}

const defaultSchedule = (callback: () => void): void => {
  const host = globalThis as { setImmediate?: (callback: () => void) => unknown }
  if (host.setImmediate === undefined) setTimeout(callback, 0)
  else host.setImmediate(callback)
}

class Sequencer<Write> implements Log<Write> {
  readonly #options: OpenLogOptions<Write>
  readonly #hash: Sha256
  readonly #schedule: (callback: () => void) => void
  readonly #tree: EdgeTree
  readonly #waiting: Waiting<Write>[] = []
  readonly #closing: (() => void)[] = []
  #size: bigint
  #checkpoint: string | undefined
  /** True from the first append that waits until nothing does. */
  #running = false
  #commitSinceMs: number | undefined
  #stopped: ColophonError | undefined
  #closed = false

  constructor(options: OpenLogOptions<Write>, loaded: { tree: EdgeTree; checkpoint: string | undefined }) {
    this.#options = options
    this.#hash = options.hash ?? sha256
    this.#schedule = options.schedule ?? defaultSchedule
    this.#tree = loaded.tree
    this.#size = BigInt(loaded.tree.size)
    this.#checkpoint = loaded.checkpoint
  }

  get size(): bigint {
    return this.#size
  }

  checkpoint(): string | undefined {
    return this.#checkpoint
  }

  async append({ entry, writes }: Parameters<Log<Write>['append']>[0]): Promise<Sequenced> {
    if (entry.length > MAX_ENTRY_SIZE) {
      throw new RangeError(`entry: got ${entry.length} bytes, want at most ${MAX_ENTRY_SIZE}`)
    }
    const copy = entry.slice()
    const sequenced = await this.#enqueue({ entry: copy, writes: (place) => writes(place as Sequenced) })
    return sequenced as Sequenced
  }

  async write(writes: readonly Write[]): Promise<void> {
    await this.#enqueue({ entry: undefined, writes: () => writes })
  }

  async close(): Promise<void> {
    this.#closed = true
    if (this.#running) await new Promise<void>((resolve) => this.#closing.push(resolve))
  }

  #enqueue(item: Pick<Waiting<Write>, 'entry' | 'writes'>): Promise<Sequenced | undefined> {
    return new Promise((resolve, reject) => {
      this.#requireOpen()
      this.#waiting.push({ ...item, resolve, reject })
      if (this.#running) return
      this.#running = true
      this.#schedule(this.#next)
    })
  }

  #requireOpen(): void {
    if (this.#stopped !== undefined) throw this.#stopped
    if (this.#closed) throw new ColophonError('STORE_FAILED', 'the log is closed')
    if (this.#waiting.length >= MAX_WAITING) {
      throw new ColophonError('LOG_BUSY', `${this.#waiting.length} entries wait to be written, want fewer`)
    }
    const sinceMs = this.#commitSinceMs
    if (sinceMs !== undefined && this.#options.nowMs() - sinceMs > MAX_COMMIT_MS) {
      throw new ColophonError('LOG_BUSY', `a commit takes more than ${MAX_COMMIT_MS} ms`)
    }
  }

  /** Commits one group, and comes back in a later turn while anything waits. Never rejects. */
  readonly #next = (): void => {
    const group = this.#waiting.splice(0, MAX_GROUP)
    void this.#commit(group).then(() => {
      if (this.#waiting.length > 0) return this.#schedule(this.#next)
      this.#running = false
      for (const resolve of this.#closing.splice(0)) resolve()
    })
  }

  async #commit(group: readonly Waiting<Write>[]): Promise<void> {
    let staged: Staged<Write>
    try {
      staged = this.#stage(group)
    } catch (error) {
      // The key could not sign, say. Nothing has left this function.
      this.#tree.rollback()
      for (const item of group) item.reject(error)
      return
    }
    const { entries, checkpoint, writes, acknowledge } = staged
    // All of them failed to say what to write, and there is no entry: nothing to do.
    if (entries.length === 0 && acknowledge.length === 0) return
    try {
      this.#commitSinceMs = this.#options.nowMs()
      const tiles = entries.length === 0 ? [] : this.#tree.changedTiles()
      await this.#options.store.commit({ baseSize: this.#size, entries, tiles, checkpoint, writes })
    } catch (error) {
      this.#fail(group, error)
      return
    } finally {
      this.#commitSinceMs = undefined
    }
    this.#tree.settle()
    this.#size += BigInt(entries.length)
    this.#checkpoint = checkpoint ?? this.#checkpoint
    for (const tell of acknowledge) tell()
  }

  /** Everything about a group that can be known before it is durable. Changes nothing but the staged part of the tree. */
  #stage(group: readonly Waiting<Write>[]): Staged<Write> {
    const entries: Uint8Array[] = []
    for (const { entry } of group) {
      if (entry === undefined) continue
      this.#tree.append(leafHash(entry, this.#hash))
      entries.push(entry)
    }
    const treeSize = BigInt(this.#tree.size)
    const { root: rootHash, proofs } = this.#tree.prove()
    const checkpoint =
      entries.length === 0 ? undefined : signCheckpoint({ signer: this.#options.signer, size: treeSize, rootHash })

    const writes: Write[] = []
    const acknowledge: (() => void)[] = []
    let position = 0
    for (const item of group) {
      let sequenced: Sequenced | undefined
      if (item.entry !== undefined) {
        const proof = proofs[position] as readonly Uint8Array[]
        const index = this.#size + BigInt(position)
        sequenced = { index, proof, checkpoint: checkpoint as string, treeSize, rootHash }
        position += 1
      }
      try {
        const rows = [...item.writes(sequenced)]
        for (const row of rows) writes.push(row)
        acknowledge.push(() => item.resolve(sequenced))
      } catch (error) {
        item.reject(error)
      }
    }
    return { entries, checkpoint, writes, acknowledge }
  }

  /**
   * A commit did not succeed. Only a ColophonError without `fatal` says that nothing was written; after all else the
   * state of the store is unknown, and going on could give one index to two entries.
   */
  #fail(group: readonly Waiting<Write>[], cause: unknown): void {
    const known = ColophonError.is(cause) && !cause.fatal && cause.code !== 'STORE_DAMAGED'
    const code = ColophonError.is(cause, 'STORE_DAMAGED') ? 'STORE_DAMAGED' : 'STORE_FAILED'
    const message = cause instanceof Error ? cause.message : String(cause)
    const how = { ...placeOf(cause), fatal: !known, cause }
    const error = new ColophonError(code, `the group was not committed: ${message}`, how)
    this.#tree.rollback()
    for (const item of group) item.reject(error)
    if (known) return
    this.#stopped = new ColophonError(code, 'the log has stopped and has to be opened again', how)
    for (const item of this.#waiting.splice(0)) item.reject(this.#stopped)
  }
}

/** Where a store failed and what to do, as it says itself. */
function placeOf(cause: unknown): { readonly at?: string; readonly hint?: string } {
  if (!ColophonError.is(cause)) return {}
  const { at, hint } = cause
  return at === undefined ? { hint } : { at, hint }
}

/**
 * Opens the log in a store. An empty store begins an empty log.
 *
 * @throws {ColophonError} STORE_DAMAGED  (fatal) the store, its checkpoint and the log's key do not agree in everything
 * @throws {ColophonError} STORE_FAILED   the store cannot be read
 * @throws {RangeError} the signer's name is not the origin
 */
export const openLog = async <Write>(options: OpenLogOptions<Write>): Promise<Log<Write>> => {
  const { store, origin, signer, verifier = nobleVerifier, hash = sha256 } = options
  if (signer.name !== origin) throw new RangeError(`signer: got a key named ${signer.name}, want ${origin}`)
  const loaded = await loadTree({ store, logKey: verifierKeyOf(signer), verifier, hash })
  return new Sequencer(options, loaded)
}
