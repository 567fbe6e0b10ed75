/**
 * The last two checkpoints that a store holds, and the one that the head store remembers.
 *
 *     previous        signed, of this tree, not older than any other that a stored proof names
 *     signed_at_ms    signed nowhere: compared with what the head store has for the same checkpoint
 *
 * @module
 */
import { openCheckpoint } from '../../core/checkpoint/index.ts'
import type { LogHead, StoredLog } from '../log/index.ts'
import { checkRoot, type RowContext } from './check-statement.ts'

export async function checkHead(head: Pick<LogHead, 'load'> | undefined, context: RowContext): Promise<void> {
  // Where the store's own cannot be read, that was told already.
  const stored = await context.log.load().catch(() => undefined)
  if (stored === undefined) return
  await checkPrevious(stored, context)
  if ((stored.signedAtMs === undefined) !== (stored.checkpoint === undefined)) {
    context.findings.problem(
      'COLUMN_DIFFERS',
      'log head: signed_at_ms',
      'it is there without a checkpoint, or not with it',
    )
  }
  if (head !== undefined) await compareHead(stored, head, context)
}

async function checkPrevious({ previous, size }: StoredLog, context: RowContext): Promise<void> {
  const { findings, logKey, verifier, claims } = context
  const at = 'log head: previous'
  if (previous === undefined) {
    if (claims.largestOlder === 0n) return
    findings.problem('COLUMN_DIFFERS', at, `it is empty, and a proof is of a tree of ${claims.largestOlder} entries`)
    return
  }
  const opened = await findings.attempt('CHECKPOINT_WRONG', at, () =>
    openCheckpoint({ signedNote: previous, logKey, verifier }),
  )
  if (opened === undefined) return
  const { checkpoint } = opened
  checkRoot(checkpoint, at, context)
  if (checkpoint.size < size && checkpoint.size >= claims.largestOlder) return
  const range = `${claims.largestOlder} to ${size - 1n}`
  findings.problem('COLUMN_DIFFERS', at, `it is of a tree of ${checkpoint.size} entries, want ${range}`)
}

async function compareHead(stored: StoredLog, head: Pick<LogHead, 'load'>, { findings }: RowContext): Promise<void> {
  const read = await findings.attempt('UNREADABLE', 'head', async () => ({ head: await head.load() }))
  if (read === undefined) return
  const remembered = read.head
  if (remembered?.checkpoint === stored.checkpoint) {
    if (remembered?.signedAtMs !== stored.signedAtMs) findings.notice('HEAD_TIME_DIFFERS', 'head')
  } else if (remembered?.checkpoint === stored.previous) {
    findings.notice('HEAD_ROLLS_FORWARD', 'head')
  } else {
    const what = remembered === undefined ? 'it remembers no checkpoint' : 'it remembers another checkpoint'
    findings.problem('HEAD_DIFFERS', 'head', `${what} than the store’s last two`)
  }
}
