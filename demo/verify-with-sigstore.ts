/**
 * The same record, verified with `@sigstore/verify` and none of Colophon's code: from the record, the answer, the log's
 * trusted root and the issuer's public key.
 *
 *     node demo/verify-with-sigstore.ts ANSWER RECORD TRUSTED_ROOT PUBLIC_KEY_PEM
 *
 * @module
 */
import { createHash, createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { bundleFromJSON } from '@sigstore/bundle'
import { PublicKeyDetails, TrustedRoot } from '@sigstore/protobuf-specs'
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify'

const [answerPath, recordPath, trustedRootPath, publicKeyPath] = process.argv.slice(2)
if (!answerPath || !recordPath || !trustedRootPath || !publicKeyPath) throw new Error('want four files')
const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

const spki = createPublicKey(readFileSync(publicKeyPath, 'utf8')).export({ type: 'spki', format: 'der' })
const keyHint = createHash('sha256').update(spki).digest('hex')
const material = toTrustMaterial(TrustedRoot.fromJSON(readJson(trustedRootPath)), {
  [keyHint]: {
    rawBytes: spki,
    keyDetails: PublicKeyDetails.PKIX_ECDSA_P256_SHA_256,
    validFor: { start: new Date(0), end: undefined },
  },
})

const bundle = bundleFromJSON(readJson(recordPath))
if (bundle.content.$case !== 'dsseEnvelope') throw new Error('want a DSSE envelope')
new Verifier(material, { tlogThreshold: 1, ctlogThreshold: 0, timestampThreshold: 0 }).verify(toSignedEntity(bundle))

const statement = JSON.parse(bundle.content.dsseEnvelope.payload.toString('utf8')) as {
  readonly subject: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[]
}
const digest = createHash('sha256').update(readFileSync(answerPath)).digest('hex')
const subject = statement.subject.find((one) => one.digest.sha256 === digest)
if (subject === undefined) throw new Error('the answer is no subject of the statement')
console.log(
  `@sigstore/verify: signature, log entry and checkpoint verified; the answer is its subject "${subject.name}".`,
)
