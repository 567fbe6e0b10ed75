/**
 * How this implementation runs a case of `container`.
 *
 * @module
 */
import { parseBundle } from '../../../src/core/bundle/index.ts'
import { bytesOfText, hexOf, type Parts } from '../parts.ts'
import type { Value } from '../topic.ts'

export type ContainerInput = { readonly bundleText: Parts }

export const runContainer = ({ bundleText }: ContainerInput): Value => {
  const { envelope, keyHint, entry } = parseBundle(bytesOfText(bundleText))
  return {
    payloadType: envelope.payloadType,
    payloadHex: hexOf(envelope.payload),
    signatureHex: hexOf(envelope.signature),
    keyHint,
    logIndex: String(entry.logIndex),
    logKeyIdHex: hexOf(entry.logKeyId),
    entryHex: hexOf(entry.body),
    treeSize: String(entry.proof.treeSize),
    rootHashHex: hexOf(entry.proof.rootHash),
    hashes: entry.proof.hashes.map(hexOf),
    checkpointText: entry.proof.checkpoint,
  }
}
