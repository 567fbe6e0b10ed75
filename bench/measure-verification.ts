/**
 * The size of a record, and the time that verifying it takes, against `@sigstore/verify` on the same bundle.
 *
 * @module
 */
import { bundleFromJSON } from '@sigstore/bundle'
import { PublicKeyDetails, TrustedRoot } from '@sigstore/protobuf-specs'
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify'
import { encodeUtf8 } from '../src/core/bytes/index.ts'
import { sigstoreTrustedRoot } from '../src/core/trust-root/index.ts'
import { verifyRecord } from '../src/core/verify/index.ts'
import { nodeSha256, nodeVerifier } from '../src/node/keys/index.ts'
import { ANSWER, type IssuedRun, issueRun } from '../test/support/issued-run.ts'

const TIMES = 300

/** Lines of Markdown. */
export async function measureVerification(): Promise<string[]> {
  const run = await issueRun()
  const ours = (disclosure: Uint8Array | undefined) => () =>
    verifyRecord(
      { record: run.record, output: encodeUtf8(ANSWER), disclosure },
      { trust: run.trust, verifier: nodeVerifier, hash: nodeSha256 },
    )
  const stock = stockVerification(run)
  const medians = await interleavedMedians([ours(undefined), ours(run.disclosureFile), stock])
  const [record, disclosed, sigstore] = medians as [number, number, number]
  return [
    `A record of a small run has ${run.record.length.toLocaleString('en')} bytes, its full disclosure ` +
      `${run.disclosureFile.length.toLocaleString('en')}.`,
    '',
    '| one verification, in process | ms | ratio |',
    '| --- | --- | --- |',
    `| \`@sigstore/verify\`: one signature, one log entry | ${sigstore.toFixed(2)} | 1.00 |`,
    `| Colophon, record alone: three signatures, three log entries | ${record.toFixed(2)} | ${(record / sigstore).toFixed(2)} |`,
    `| Colophon, with the full disclosure | ${disclosed.toFixed(2)} | ${(disclosed / sigstore).toFixed(2)} |`,
  ]
}

async function interleavedMedians(candidates: readonly (() => unknown)[]): Promise<number[]> {
  const times: number[][] = candidates.map(() => [])
  for (let round = -30; round < TIMES; round += 1) {
    for (const [index, candidate] of candidates.entries()) {
      const started = performance.now()
      await candidate()
      if (round >= 0) times[index]?.push(performance.now() - started)
    }
  }
  return times.map((all) => all.sort((left, right) => left - right)[all.length >> 1] as number)
}

function stockVerification({ record, trust }: IssuedRun): () => void {
  const [signer] = trust.signers
  const [log] = trust.logs
  if (signer === undefined || log === undefined) throw new Error('want a signer and a log')
  const validFrom = '2026-01-01T00:00:00.000Z'
  const root = sigstoreTrustedRoot({ origin: log.name, logPublicKey: log.publicKey, validFrom })
  const material = toTrustMaterial(TrustedRoot.fromJSON(JSON.parse(JSON.stringify(root))), {
    [signer.keyId]: {
      rawBytes: Buffer.from(signer.publicKey),
      keyDetails: PublicKeyDetails.PKIX_ECDSA_P256_SHA_256,
      validFor: { start: new Date(validFrom), end: undefined },
    },
  })
  const verifier = new Verifier(material, { tlogThreshold: 1, ctlogThreshold: 0, timestampThreshold: 0 })
  const text = Buffer.from(record).toString()
  return () => verifier.verify(toSignedEntity(bundleFromJSON(JSON.parse(text))))
}
