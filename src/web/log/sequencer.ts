/**
 * The sequencer: gives entries their place in the log, and makes that durable, in groups.
 *
 * RFC 6962 tree, C2SP tlog-tiles and tlog-checkpoint. Appends that arrive in one turn of the event loop, or while a commit
 * is under way, form one group: one new root, one signed checkpoint, one transaction of the store that holds entries,
 * tiles, checkpoint and the application's rows, one swap of the head store. Only then does anybody learn an index, a proof
 * or the checkpoint.
 *
 * What a crash leaves behind: before the transaction nothing; after it everything, and a head store that is one commit
 * behind, which opening moves on. Where a store cannot say which, the log stops for good and has to be opened again;
 * opening believes nothing but signed checkpoints (`open-log.ts`).
 *
 * A checkpoint whose group the store refused is forgotten: it was in memory and nowhere else, and the next one may have
 * its size. No two trees of one size are ever durable, in the store and the head store that belong together, or told.
 *
 * One log at a time may have a store open, which the store has to see to; the size that every commit builds on, and the
 * checkpoint that every swap replaces, are compared all the same.
 *
 * @module
 */
import { ColophonError } from '../../core/errors.ts'
import { type Sha256, sha256 } from '../../core/hash/index.ts'
import { leafHash } from '../../core/merkle/index.ts'
import { signCheckpoint } from './checkpoint-signer.ts'
import { headSwapError, stoppedError, storeCommitError } from './commit-error.ts'
import type { EdgeTree } from './edge-tree.ts'
import { type Log, MAX_ENTRY_SIZE, type OpenLogOptions, type Sequenced } from './log.ts'
import type { SignedHead } from './ports.ts'
import { SigningClock } from './signing-clock.ts'

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
  readonly head: SignedHead | undefined
  readonly writes: readonly Write[]
  readonly acknowledge: readonly (() => void)[]
}

const defaultSchedule = (callback: () => void): void => {
  const host = globalThis as { setImmediate?: (callback: () => void) => unknown }
  if (host.setImmediate === undefined) setTimeout(callback, 0)
  else host.setImmediate(callback)
}

/** The edge of a log that was verified, and what the head store remembers of it. */
export interface OpenedLog {
  readonly tree: EdgeTree
  readonly head: SignedHead | undefined
}

export class Sequencer<Write> implements Log<Write> {
  readonly #options: OpenLogOptions<Write>
  readonly #hash: Sha256
  readonly #schedule: (callback: () => void) => void
  readonly #tree: EdgeTree
  readonly #clock: SigningClock
  readonly #waiting: Waiting<Write>[] = []
  readonly #closing: (() => void)[] = []
  #size: bigint
  #checkpoint: string | undefined
  /** True from the first append that waits until nothing does. */
  #running = false
  #commitSinceMs: number | undefined
  #stopped: ColophonError | undefined
  #closed = false

  constructor(options: OpenLogOptions<Write>, { tree, head }: OpenedLog) {
    this.#options = options
    this.#hash = options.hash ?? sha256
    this.#schedule = options.schedule ?? defaultSchedule
    this.#tree = tree
    this.#clock = new SigningClock({ ...options, signedAtMs: head?.signedAtMs })
    this.#size = BigInt(tree.size)
    this.#checkpoint = head?.checkpoint
  }

  get size(): bigint {
    return this.#size
  }

  checkpoint(): string | undefined {
    return this.#checkpoint
  }

  get stopped(): ColophonError | undefined {
    return this.#stopped
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
    if (sinceMs !== undefined && this.#elapsedMs() - sinceMs > MAX_COMMIT_MS) {
      throw new ColophonError('LOG_BUSY', `a commit takes more than ${MAX_COMMIT_MS} ms`)
    }
  }

  #elapsedMs(): number {
    const { monotonicMs, nowMs } = this.#options
    return (monotonicMs ?? nowMs)()
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
      // The key could not sign, or the clock is not fit to sign by. Nothing has left this function.
      this.#tree.rollback()
      for (const item of group) item.reject(error)
      return
    }
    const { entries, head, acknowledge } = staged
    // All of them failed to say what to write, and there is no entry: nothing to do.
    if (entries.length === 0 && acknowledge.length === 0) return
    try {
      this.#commitSinceMs = this.#elapsedMs()
      await this.#persist(staged)
    } catch (error) {
      this.#fail(group, error as ColophonError)
      return
    } finally {
      this.#commitSinceMs = undefined
    }
    this.#tree.settle()
    this.#size += BigInt(entries.length)
    if (head !== undefined) {
      this.#clock.settle(head.signedAtMs)
      this.#checkpoint = head.checkpoint
    }
    for (const tell of acknowledge) tell()
  }

  /**
   * Reads straight down. A crash in the first step leaves the group in the store or not, never in part; one in the second
   * leaves it there, with the head store at the checkpoint before it or at this one.
   */
  async #persist({ entries, head, writes }: Staged<Write>): Promise<void> {
    const tiles = head === undefined ? [] : this.#tree.changedTiles()
    try {
      await this.#options.store.commit({ baseSize: this.#size, entries, tiles, head, writes })
    } catch (cause) {
      throw storeCommitError(cause)
    }
    if (head === undefined) return
    try {
      await this.#options.head.swap({ from: this.#checkpoint, to: head })
    } catch (cause) {
      throw headSwapError(cause)
    }
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
    const head = entries.length === 0 ? undefined : this.#sign({ size: treeSize, rootHash })

    const writes: Write[] = []
    const acknowledge: (() => void)[] = []
    let position = 0
    for (const item of group) {
      let sequenced: Sequenced | undefined
      if (item.entry !== undefined) {
        const proof = proofs[position] as readonly Uint8Array[]
        const index = this.#size + BigInt(position)
        sequenced = { index, proof, checkpoint: (head as SignedHead).checkpoint, treeSize, rootHash }
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
    return { entries, head, writes, acknowledge }
  }

  #sign(tree: { readonly size: bigint; readonly rootHash: Uint8Array }): SignedHead {
    const signedAtMs = this.#clock.timeToSign()
    return { checkpoint: signCheckpoint({ signer: this.#options.signer, ...tree }), signedAtMs }
  }

  /** A commit did not succeed. Where it is not known what is durable, this log does nothing more. */
  #fail(group: readonly Waiting<Write>[], error: ColophonError): void {
    this.#tree.rollback()
    for (const item of group) item.reject(error)
    if (!error.fatal) return
    this.#stopped = stoppedError(error)
    for (const item of this.#waiting.splice(0)) item.reject(this.#stopped)
  }
}
