import { constants, createPublicKey, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { decodeBase64 } from '../../src/core/bytes/index.ts'
import { parseEnvelope, preAuthEncoding } from '../../src/core/dsse/index.ts'
import { parseJson } from '../../src/core/json/index.ts'
import { lowSDer } from '../../src/core/signature/index.ts'
import { nodeVerifier } from '../../src/node/keys/index.ts'
import { derOfRaw } from '../support/der-of-raw.ts'
import { differencesIn } from '../support/published-vectors.ts'
import { describeVectors, listVectors, readVector, readVectorJson, readVectorText } from '../support/shared-vectors.ts'

interface Vector {
  readonly payloadType: string
  readonly payload_utf8: string
  readonly pae_utf8: string
  readonly key: { readonly x_dec: string; readonly y_dec: string }
  readonly envelope: { readonly payload: string; readonly signatures: readonly { readonly sig: string }[] }
}

const FOLDER = 'dsse/in-toto-golang'

const base64Url = (decimal: string): string =>
  Buffer.from(BigInt(decimal).toString(16).padStart(64, '0'), 'hex').toString('base64url')

describeVectors('dsse', () => {
  test('the pre-authentication encoding, and the signature over it', () => {
    for (const { payloadType, payload_utf8, pae_utf8, key, envelope } of readVectorJson<Vector[]>(
      'dsse/vectors.json',
    )) {
      const message = preAuthEncoding({ payloadType, payload: decodeBase64(envelope.payload) })
      expect(Buffer.from(message).toString()).toBe(pae_utf8)
      expect(Buffer.from(decodeBase64(envelope.payload)).toString()).toBe(payload_utf8)

      const jwk = { kty: 'EC', crv: 'P-256', x: base64Url(key.x_dec), y: base64Url(key.y_dec) }
      const publicKey = Uint8Array.from(
        createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'der' }),
      )
      const raw = decodeBase64(envelope.signatures[0]?.sig as string)
      const signature = lowSDer(derOfRaw(raw))
      expect(nodeVerifier.p256({ publicKey, signature, message })).toBe(true)
      expect(nodeVerifier.p256({ publicKey, signature, message: Buffer.from(payload_utf8) })).toBe(false)
      // As it is published, it is the two numbers without DER.
      expect(nodeVerifier.p256({ publicKey, signature: raw, message })).toBe(false)
    }
  })

  test("in-toto's envelopes are none of ours: they name a keyid", () => {
    const envelopes = listVectors(FOLDER).filter((name) =>
      readVectorText(`${FOLDER}/${name}`).includes('"payloadType"'),
    )
    expect(differencesIn('dsse')).toEqual([`${envelopes.length} envelopes of in-toto`])
    for (const name of envelopes) {
      expect(() => parseEnvelope(parseJson(readVector(`${FOLDER}/${name}`))), name).toThrowCode('DSSE_MALFORMED')
    }
  })

  test("in-toto's layouts verify by our encoding", () => {
    interface Envelope {
      readonly payload: string
      readonly payloadType: string
      readonly signatures: readonly { readonly sig: string }[]
    }
    // Signed by alice; the keys of the other envelopes are not there.
    const alice = createPublicKey(readVectorText(`${FOLDER}/alice.pub`))
    for (const name of ['demo.dsse.layout', 'dsse-only.root.layout']) {
      const { payload, payloadType, signatures } = readVectorJson<Envelope>(`${FOLDER}/${name}`)
      const message = preAuthEncoding({ payloadType, payload: decodeBase64(payload) })
      const key = { key: alice, padding: constants.RSA_PKCS1_PSS_PADDING }
      expect(verify('sha256', message, key, decodeBase64(signatures[0]?.sig as string))).toBe(true)
    }
  })
})
