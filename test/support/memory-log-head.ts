/**
 * A head store in memory for tests, which can be told to fail: before it has swapped, or after.
 */
import { ColophonError } from '../../src/core/errors.ts'
import type { LogHead, SignedHead } from '../../src/web/log/index.ts'

export class MemoryLogHead implements LogHead {
  signed: SignedHead | undefined
  /** What the next swap does instead of succeeding: nothing, or all of it without knowing. */
  failNext: 'refused' | 'kept' | undefined

  async load(): Promise<SignedHead | undefined> {
    return this.signed
  }

  async swap({ from, to }: { from: string | undefined; to: SignedHead }): Promise<void> {
    const failure = this.failNext
    this.failNext = undefined
    if (from !== this.signed?.checkpoint) {
      throw new ColophonError('LOG_HEAD_CHANGED', 'the head is another than expected', { fatal: true })
    }
    if (failure === 'refused') throw new ColophonError('STORE_FAILED', 'told to refuse')
    this.signed = to
    if (failure === 'kept') throw new ColophonError('STORE_FAILED', 'told to keep it', { fatal: true })
  }
}
