/**
 * How this implementation runs a case of `checkpoint`.
 *
 * @module
 */
import { openCheckpoint, parseCheckpoint } from '../../../src/core/checkpoint/index.ts'
import { parseVerifierKey } from '../../../src/core/note/index.ts'
import { nobleVerifier } from '../../../src/core/signature/index.ts'
import { hexOf, type Parts, textOf } from '../parts.ts'
import type { Value } from '../topic.ts'

export type CheckpointInput = {
  readonly operation: keyof typeof OPERATIONS
  readonly checkpointText?: Parts
  readonly noteText?: Parts
  readonly logKey?: string
}

export const OPERATIONS = {
  read: 'The text of a note, `checkpointText`: `origin`, `size`, `rootHashHex` and the lines `extensions`.',
  open: 'The signed checkpoint `noteText`, opened with the log key `logKey` (a vkey): the same.',
}

export const runCheckpoint = async ({
  operation,
  checkpointText = '',
  noteText = '',
  logKey = '',
}: CheckpointInput): Promise<Value> => {
  const { origin, size, rootHash, extensions } =
    operation === 'read'
      ? parseCheckpoint(textOf(checkpointText))
      : (
          await openCheckpoint({
            signedNote: textOf(noteText),
            logKey: parseVerifierKey(logKey),
            verifier: nobleVerifier,
          })
        ).checkpoint
  return { origin, size: String(size), rootHashHex: hexOf(rootHash), extensions }
}
