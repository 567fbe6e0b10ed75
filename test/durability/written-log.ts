/**
 * A log in files that other processes write to, looked at between their lives: is everything there that they told?
 *
 * @module
 */
import { join } from 'node:path'
import { expect } from 'vitest'
import { encodeUtf8 } from '../../src/core/bytes/index.ts'
import { nodeSha256, nodeVerifier } from '../../src/node/keys/index.ts'
import { openSqliteHeadStore, openSqliteStore } from '../../src/node/store/sqlite/index.ts'
import { openLog, verifierKeyOf } from '../../src/web/log/index.ts'
import type { Acknowledged } from '../support/killed-writer.ts'
import { treeOf } from '../support/log-files.ts'
import { logSigner } from '../support/log-signer.ts'
import { NaiveTree } from '../support/naive-tree.ts'
import { bindingRow } from '../support/registry-rows.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const SIGNER = logSigner()
const LOG_KEY = verifierKeyOf(SIGNER)

export class WrittenLog {
  readonly path = join(temporaryFolder(), 'store.db')
  readonly head = `${this.path}.head`
  readonly acknowledged: Acknowledged[] = []
  /** Signed notes that were there after each life. */
  readonly #checkpoints: string[] = []
  /** The slowest opening so far. */
  slowestOpenMs = 0

  constructor() {
    openSqliteStore({ path: this.path, create: true }).close()
    openSqliteHeadStore({ path: this.head, logKey: LOG_KEY, create: true }).close()
  }

  /** Opens the log as a new process would, and demands all that was ever acknowledged. */
  async check(): Promise<{ readonly entries: number }> {
    const startedMs = performance.now()
    const store = openSqliteStore({ path: this.path })
    const head = openSqliteHeadStore({ path: this.head, logKey: LOG_KEY })
    try {
      const options = { origin: SIGNER.name, signer: SIGNER, verifier: nodeVerifier, hash: nodeSha256 }
      const log = await openLog({ ...options, store, head, nowMs: Date.now })
      this.slowestOpenMs = Math.max(this.slowestOpenMs, performance.now() - startedMs)

      const entries = await store.readEntries({ start: 0n, end: log.size })
      for (const { index, text } of this.acknowledged) expect(entries[Number(index)]).toEqual(encodeUtf8(text))
      for (const { index, text } of this.acknowledged.slice(-200)) {
        expect(await store.run(text)).toEqual({ ...bindingRow(text, { index }), outcome: undefined })
      }
      expect(new Set(this.acknowledged.map(({ index }) => index)).size).toBe(this.acknowledged.length)
      expect(new Set(entries.map((entry) => Buffer.from(entry).toString())).size).toBe(entries.length)
      if (log.checkpoint() !== undefined) this.#checkpoints.push(log.checkpoint() as string)
      this.#requireOneTree(entries)
      return { entries: entries.length }
    } finally {
      head.close()
      store.close()
    }
  }

  /** Every checkpoint that was ever told or found is of the one tree that these entries make. */
  #requireOneTree(entries: readonly Uint8Array[]): void {
    const tree = new NaiveTree()
    for (const entry of entries) tree.add(entry)
    const told = new Map(this.acknowledged.map(({ tree: { size, root } }) => [`${size} ${root}`, { size, root }]))
    for (const { size, root } of told.values()) {
      expect(Buffer.from(tree.root(0, Number(size))).toString('base64')).toBe(root)
    }
    const sizes = this.#checkpoints.map((note) => {
      const { size, root } = treeOf(note)
      expect(Buffer.from(tree.root(0, Number(size))).toString('base64')).toBe(root)
      return Number(size)
    })
    expect(Math.max(0, ...sizes)).toBe(entries.length)
  }
}
