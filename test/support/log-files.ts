/**
 * A log in real files, the store's and the head store's, for tests that break it: steps that fail, crashes, copies that are
 * brought back, clocks that are wrong.
 *
 * @module
 */
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseCheckpoint } from '../../src/core/checkpoint/index.ts'
import { ColophonError } from '../../src/core/errors.ts'
import { parseNote } from '../../src/core/note/index.ts'
import { nodeSha256, nodeVerifier } from '../../src/node/keys/index.ts'
import {
  openSqliteHeadStore,
  openSqliteStore,
  type SqliteHeadStore,
  type SqliteStore,
} from '../../src/node/store/sqlite/index.ts'
import {
  type Log,
  type LogHead,
  type LogStore,
  openLog,
  type Sequenced,
  verifierKeyOf,
} from '../../src/web/log/index.ts'
import type { RegistryWrite } from '../../src/web/registry/index.ts'
import { logSigner } from './log-signer.ts'
import { bindingRow } from './registry-rows.ts'

export const SIGNER = logSigner()
export const LOG_KEY = verifierKeyOf(SIGNER)

/** What goes wrong in the next step of its kind. */
export type Fault =
  /** The key does not sign. */
  | 'sign'
  /** Nothing is written, and it is known. */
  | 'storeRefused'
  | 'headRefused'
  /** Nothing is written, and it is not known. */
  | 'storeLost'
  | 'headLost'
  /** All is written, and it is not known. */
  | 'storeKept'
  | 'headKept'

/** An entry that was asked for. */
export interface Asked {
  readonly text: string
  /** Its place, where it was acknowledged. */
  readonly place: Sequenced | undefined
  readonly error: ColophonError | undefined
}

const FILES = ['store', 'head'] as const
const PARTS = ['', '-wal'] as const

/** What was ever signed and asked for lives on through crashes and copies. */
export interface Memory {
  /** Every note that the key signed. */
  readonly signed: string[]
  readonly asked: Asked[]
}

export class LogFiles {
  readonly folder: string
  readonly memory: Memory
  fault: Fault | undefined
  wallMs = 1_000_000
  monotonicMs = 0
  store!: SqliteStore
  head!: SqliteHeadStore
  log!: Log<RegistryWrite>

  constructor(folder: string, memory: Memory = { signed: [], asked: [] }) {
    this.folder = folder
    this.memory = memory
  }

  path(file: (typeof FILES)[number]): string {
    return join(this.folder, `${file}.sqlite`)
  }

  async open({ create = false }: { readonly create?: boolean } = {}): Promise<Log<RegistryWrite>> {
    this.openFiles({ create })
    try {
      this.log = await openLog<RegistryWrite>({
        store: this.#faultyStore(),
        head: this.#faultyHead(),
        origin: SIGNER.name,
        signer: { ...SIGNER, sign: (text) => this.#sign(text) },
        verifier: nodeVerifier,
        nowMs: () => this.wallMs,
        monotonicMs: () => this.monotonicMs,
        hash: nodeSha256,
      })
      return this.log
    } catch (error) {
      this.close()
      throw error
    }
  }

  openFiles({ create = false }: { readonly create?: boolean } = {}): void {
    this.store = openSqliteStore({ path: this.path('store'), create })
    try {
      this.head = openSqliteHeadStore({ path: this.path('head'), logKey: LOG_KEY, create })
    } catch (error) {
      this.store.close()
      throw error
    }
  }

  close(): void {
    this.head.close()
    this.store.close()
  }

  async reopen(): Promise<Log<RegistryWrite>> {
    this.close()
    return await this.open()
  }

  /** Asks for entries in one group, each with its row. */
  async append(texts: readonly string[]): Promise<readonly Asked[]> {
    const group = texts.map(async (text): Promise<Asked> => {
      const entry = new TextEncoder().encode(text)
      const writes = ({ index }: Sequenced): RegistryWrite[] => [{ kind: 'binding', row: bindingRow(text, { index }) }]
      try {
        return { text, place: await this.log.append({ entry, writes }), error: undefined }
      } catch (error) {
        if (!ColophonError.is(error)) throw error
        return { text, place: undefined, error }
      }
    })
    const asked = await Promise.all(group)
    this.memory.asked.push(...asked)
    return asked
  }

  /** Fills the log with entries that nobody asks after, without rows. */
  async fill(size: number): Promise<void> {
    for (let from = Number(this.log.size); from < size; from = Number(this.log.size)) {
      const count = Math.min(1000, size - from)
      const entries = Array.from({ length: count }, (_, i) => new TextEncoder().encode(`base ${from + i}`))
      await Promise.all(entries.map((entry) => this.log.append({ entry, writes: () => [] })))
    }
  }

  /** The files as a crash would leave them now, in another folder; those that are open here are closed. */
  crash(folder: string): LogFiles {
    const copy = this.copy(folder)
    this.close()
    return copy
  }

  /** The files as they are now, write-ahead logs included, in another folder. */
  copy(folder: string): LogFiles {
    mkdirSync(folder, { recursive: true })
    const copy = new LogFiles(folder, this.memory)
    copy.wallMs = this.wallMs
    copy.monotonicMs = this.monotonicMs
    for (const file of FILES) copy.takeFrom(this, file)
    return copy
  }

  /** Replaces one of the files by that of a copy; neither may be open for it to make sense. */
  takeFrom(other: LogFiles, file: (typeof FILES)[number]): void {
    for (const part of PARTS) {
      const [from, to] = [other.path(file) + part, this.path(file) + part]
      rmSync(to, { force: true })
      if (existsSync(from)) copyFileSync(from, to)
    }
  }

  #sign(text: Uint8Array): Uint8Array {
    if (this.#fails('sign')) throw new ColophonError('STORE_FAILED', 'the key is away')
    this.memory.signed.push(new TextDecoder().decode(text))
    return SIGNER.sign(text)
  }

  #fails(fault: Fault): boolean {
    if (this.fault !== fault) return false
    this.fault = undefined
    return true
  }

  #faultyStore(): LogStore<RegistryWrite> {
    const { store } = this
    return {
      load: () => store.load(),
      readTile: (key) => store.readTile(key),
      readEntries: (range) => store.readEntries(range),
      commit: (group) => this.#step('store', () => store.commit(group)),
    }
  }

  #faultyHead(): LogHead {
    const { head } = this
    return { load: () => head.load(), swap: (input) => this.#step('head', () => head.swap(input)) }
  }

  async #step(kind: 'store' | 'head', work: () => Promise<void>): Promise<void> {
    if (this.#fails(`${kind}Refused`)) throw new ColophonError('STORE_FAILED', 'told to refuse')
    if (this.#fails(`${kind}Lost`)) throw new ColophonError('STORE_FAILED', 'told to lose it', { fatal: true })
    await work()
    if (this.#fails(`${kind}Kept`)) throw new ColophonError('STORE_FAILED', 'told to keep it', { fatal: true })
  }
}

/** Size and root hash (base64) of a signed note, or of the text that is signed. */
export const treeOf = (note: string): { readonly size: bigint; readonly root: string } => {
  const text = note.includes('\n\n') ? parseNote(note).text : note
  const { size, rootHash } = parseCheckpoint(text)
  return { size, root: Buffer.from(rootHash).toString('base64') }
}
