/**
 * How this implementation runs a case of `tlog-proof`.
 *
 * @module
 */
import { formatTlogProof, parseTlogProof } from '../../../src/core/tlog-proof/index.ts'
import { hexOf, type Parts, textOf } from '../parts.ts'
import type { Value } from '../topic.ts'

export type TlogProofInput = { readonly proofText: Parts }

export const runTlogProof = ({ proofText }: TlogProofInput): Value => {
  const text = textOf(proofText)
  const proof = parseTlogProof(text)
  if (formatTlogProof(proof) !== text) throw new Error('another text came back')
  return {
    index: String(proof.index),
    hashes: proof.hashes.map(hexOf),
    checkpointText: proof.checkpoint,
    ...(proof.extra === undefined ? {} : { extraHex: hexOf(proof.extra) }),
  }
}
