/**
 * How this implementation runs a case of `cosignature`.
 *
 * @module
 */

import { openCheckpoint } from '../../../src/core/checkpoint/index.ts'
import { parseVerifierKey } from '../../../src/core/note/index.ts'
import { nobleVerifier } from '../../../src/core/signature/index.ts'
import type { Value } from '../topic.ts'

export type CosignatureInput = {
  readonly noteText: string
  readonly logKey: string
  readonly witnessKeys: readonly string[]
}

export const runCosignature = async ({ noteText, logKey, witnessKeys }: CosignatureInput): Promise<Value> => {
  const { cosignatures } = await openCheckpoint({
    signedNote: noteText,
    logKey: parseVerifierKey(logKey),
    witnesses: witnessKeys.map(parseVerifierKey),
    verifier: nobleVerifier,
  })
  return { cosignatures: cosignatures.map(({ name, timeSeconds }) => ({ name, timeSeconds: String(timeSeconds) })) }
}
