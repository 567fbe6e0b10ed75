/**
 * A signed statement in a log of its own, as a bundle, for tests.
 *
 * @module
 */
import type { Bundle } from '../../src/core/bundle/index.ts'
import { formatCheckpoint } from '../../src/core/checkpoint/index.ts'
import { preAuthEncoding } from '../../src/core/dsse/index.ts'
import { sha256 } from '../../src/core/hash/index.ts'
import { formatEntry } from '../../src/core/hashedrekord/index.ts'
import { formatStatement, PAYLOAD_TYPE } from '../../src/core/intoto/index.ts'
import {
  completeSubtrees,
  inclusionPath,
  joinSubtrees,
  leafHash,
  RightEdge,
  type Subtree,
} from '../../src/core/merkle/index.ts'
import { formatNote, fullKeyId } from '../../src/core/note/index.ts'
import { keyId } from '../../src/core/signature/index.ts'
import { type LogSigner, makeLogSigner } from './ed25519-log-key.ts'
import { makeP256Signer, type P256Signer } from './p256-signer.ts'

export interface RecordOptions {
  readonly origin?: string
  readonly size?: number // entries of the log
  readonly index?: number // the record's place among them
}

export interface TestRecord {
  readonly bundle: Bundle
  readonly signer: P256Signer
  readonly log: LogSigner
}

/** Makes keys, a log whose other entries are arbitrary, and the bundle of one entry. */
export function makeRecord({ origin = '2026a.log.example', size = 7, index = 4 }: RecordOptions = {}): TestRecord {
  const signer = makeP256Signer()
  const log = makeLogSigner(origin)
  const payload = formatStatement({
    predicateType: 'https://example.com/test/v1',
    subjects: [{ name: 'answer.txt', sha256: 'ab'.repeat(32) }],
    predicate: { answer: 'é', number: 1 },
  })
  const message = preAuthEncoding({ payloadType: PAYLOAD_TYPE, payload })
  const signature = signer.sign(message)
  const body = formatEntry({ artifactDigest: sha256(message), signature, publicKey: signer.spki })

  const edge = new RightEdge()
  const nodes = new Map<string, Uint8Array>()
  for (let place = 0; place < size; place += 1) {
    for (const node of edge.append(leafHash(place === index ? body : Uint8Array.of(place)))) {
      nodes.set(`${node.level}/${node.index}`, node.hash)
    }
  }
  const hashOf = ({ level, index: place }: Subtree) => nodes.get(`${level}/${place}`) as Uint8Array
  const path = inclusionPath({ index: BigInt(index), size: BigInt(size) })
  const rootHash = joinSubtrees(completeSubtrees({ start: 0n, end: BigInt(size) }).map(hashOf))
  const text = formatCheckpoint({ origin, size: BigInt(size), rootHash, extensions: [] })

  const bundle: Bundle = {
    envelope: { payloadType: PAYLOAD_TYPE, payload, signature },
    keyHint: keyId(signer.spki),
    entry: {
      logIndex: BigInt(index),
      logKeyId: fullKeyId(log.key),
      body,
      proof: {
        rootHash,
        treeSize: BigInt(size),
        hashes: path.map((subtrees) => joinSubtrees(subtrees.map(hashOf))),
        checkpoint: formatNote({ text, signatures: [log.sign(text)] }),
      },
    },
  }
  return { bundle, signer, log }
}
