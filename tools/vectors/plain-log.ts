/**
 * A log for vectors, in memory: a naive tree, and checkpoints signed by a fixed key (`docs/spec/log.md`).
 *
 * @module
 */
import { NaiveTree } from '../../test/support/naive-tree.ts'
import type { NoteKey } from './notes.ts'
import { base64Of } from './parts.ts'

/** Where an entry stands, proven under the checkpoint of the tree that it ends. */
export interface Sequenced {
  readonly index: number
  readonly treeSize: number
  readonly rootHash: Uint8Array
  readonly hashes: readonly Uint8Array[]
  /** A signed note. */
  readonly checkpoint: string
}

export class PlainLog {
  readonly key: NoteKey
  readonly #tree = new NaiveTree()
  readonly #cosigners: readonly ((text: string) => string)[]

  /**
   * @param options.size entries that are there before all others
   * @param options.cosigners lines of witnesses under every checkpoint
   */
  constructor(key: NoteKey, options: { size?: number; cosigners?: readonly ((text: string) => string)[] } = {}) {
    this.key = key
    this.#cosigners = options.cosigners ?? []
    for (let index = 0; index < (options.size ?? 1); index += 1) this.#tree.add(Buffer.from(`entry ${index}`))
  }

  append(entry: Uint8Array): Sequenced {
    this.#tree.add(entry)
    const treeSize = this.#tree.size
    const rootHash = this.#tree.root()
    const text = `${this.key.name}\n${treeSize}\n${base64Of(rootHash)}\n`
    const lines = [this.key.line(text), ...this.#cosigners.map((cosign) => cosign(text))]
    const checkpoint = `${text}\n${lines.join('')}`
    return { index: treeSize - 1, treeSize, rootHash, hashes: this.#tree.path(treeSize - 1), checkpoint }
  }
}

/** C2SP tlog-proof (`docs/spec/log.md`, "Proofs"). */
export function proofText({ index, hashes, checkpoint }: Sequenced): string {
  return `c2sp.org/tlog-proof@v1\nindex ${index}\n${hashes.map((hash) => `${base64Of(hash)}\n`).join('')}\n${checkpoint}`
}
