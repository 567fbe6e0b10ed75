/**
 * What the log sequencer needs of a store, and of the head store beside it.
 *
 * A store keeps the log (entries, hash tiles, checkpoint) and the application's own rows, so that one transaction makes
 * both durable. It is trusted to keep what it acknowledged and to return it unchanged; the sequencer checks the right
 * edge of the tree against the signed checkpoint whenever it opens the log, and refuses to go on where they differ.
 *
 * A head store remembers one thing, apart from the store: the last checkpoint that the log signed. So an older copy of
 * the store, valid in itself, is noticed. Somebody who can bring back an older state of both at once is noticed only by
 * an outsider who remembers the newer checkpoint (a witness, a verifier).
 *
 * @module
 */

/** A checkpoint, and when it was signed. */
export interface SignedHead {
  /** The signed note. */
  readonly checkpoint: string
  /** By the issuer's clock: whole milliseconds since the epoch. */
  readonly signedAtMs: number
}

/** What a store holds of the log. */
export interface StoredLog {
  /** Entries in the log. */
  readonly size: bigint
  /** The signed note of the last commit with entries; undefined where there was none yet. */
  readonly checkpoint: string | undefined
  /** The signed note that `checkpoint` replaced; undefined where it is the first one, or there is none. */
  readonly previous: string | undefined
  /** When `checkpoint` was signed, as `SignedHead` has it. */
  readonly signedAtMs: number | undefined
}

/** Coordinates of a hash tile (C2SP tlog-tiles), without its width. */
export interface TileKey {
  /** 0 holds leaf hashes. */
  readonly level: number
  readonly index: bigint
}

/** A hash tile of height 8. */
export interface StoredTile extends TileKey {
  /** 1 to 256 hashes of 32 bytes, one after another. */
  readonly hashes: Uint8Array
}

/** All that one group of appends changes. */
export interface CommitGroup<Write> {
  /** The size that the group builds on: the store refuses any other. */
  readonly baseSize: bigint
  /** New entries, the first one with index `baseSize`; at most 65,535 bytes each. */
  readonly entries: readonly Uint8Array[]
  /** Every tile that the entries change, whole. A partial tile replaces the one that is there. */
  readonly tiles: readonly StoredTile[]
  /** The new signed note. Undefined in a group without entries: the stored one stays, and so does its `previous`. */
  readonly head: SignedHead | undefined
  /** The application's rows, in order. */
  readonly writes: readonly Write[]
}

/** The store behind a log. One log at a time has it open. */
export interface LogStore<Write> {
  /**
   * Size and checkpoint as of the last commit.
   *
   * @throws {ColophonError} STORE_DAMAGED  the two, or size and entries, contradict each other
   */
  load(): Promise<StoredLog>

  /** The hashes of a tile, as the last commit left them: 32 to 8,192 bytes. */
  readTile(key: TileKey): Promise<Uint8Array | undefined>

  /**
   * Entries from `start` up to, but not including, `end`, in order.
   *
   * @throws {ColophonError} STORE_DAMAGED  one of them is not there
   */
  readEntries(range: { readonly start: bigint; readonly end: bigint }): Promise<Uint8Array[]>

  /**
   * Makes a group durable: one transaction, all of it or nothing. When the promise resolves, the group survives a crash
   * of the process and of the machine.
   *
   * A write that breaks a rule of the store (a second row with one key) fails the whole group.
   *
   * @throws {ColophonError} STORE_FAILED   nothing was written; with `fatal: true`, it is not known whether it was
   * @throws {ColophonError} STORE_DAMAGED  (fatal) the stored size is not `baseSize`: somebody else wrote
   */
  commit(group: CommitGroup<Write>): Promise<void>
}

/** Reading a log: what a store gives to those who check it, serve it or prove from it. */
export type LogReads = Pick<LogStore<never>, 'load' | 'readTile' | 'readEntries'>

/**
 * The head store: remembers the last checkpoint that a log signed, in another place than the store.
 *
 * Trusted to remember: whoever can bring back an older state of it and of the store can make the log sign a second tree
 * of one size. Whoever can change it alone can only stop the log.
 */
export interface LogHead {
  /**
   * The last checkpoint that was swapped in; undefined where there was none yet.
   *
   * @throws {ColophonError} STORE_FAILED  it cannot be read
   */
  load(): Promise<SignedHead | undefined>

  /**
   * Compare and swap: remembers `to` where `from` is what is remembered. When the promise resolves, `to` survives a crash
   * of the process and of the machine.
   *
   * @param input.from  the note that is expected, to the byte; undefined where none is
   * @throws {ColophonError} LOG_HEAD_CHANGED  (fatal) another note is remembered: somebody else writes; nothing changed
   * @throws {ColophonError} STORE_FAILED      nothing was written; with `fatal: true`, it is not known whether it was
   */
  swap(input: { readonly from: string | undefined; readonly to: SignedHead }): Promise<void>
}
