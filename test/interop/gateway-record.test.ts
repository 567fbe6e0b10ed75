/**
 * Records that the gateway made, of runs by the real client: stock Sigstore code verifies them, and refuses them after
 * any change.
 */
import type OpenAI from 'openai'
import { expect, test } from 'vitest'
import { type Bundle, parseBundle } from '../../src/core/bundle/index.ts'
import { decodeBase64, encodeBase64 } from '../../src/core/bytes/index.ts'
import { verifierKeyOf } from '../../src/web/log/index.ts'
import { ANSWER, RESPONSE_BODY } from '../support/issued-run.ts'
import { type StockTrust, verifyWithSigstore } from '../support/stock-sigstore.ts'
import { testGateway } from '../support/test-gateway.ts'

const QUESTION = { model: 'tiny', messages: [{ role: 'user' as const, content: 'How much is the lamp?' }] }

const jsonReply = () => ({
  pieces: [
    `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(RESPONSE_BODY)}\r\n\r\n`,
    RESPONSE_BODY,
  ],
})

const chunk = (delta: object, reason: string | null): string => {
  const choices = [{ index: 0, delta, finish_reason: reason }]
  const data = `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'tiny@1', choices })}\n\n`
  return `${data.length.toString(16)}\r\n${data}\r\n`
}

const streamReply = () => ({
  pieces: [
    'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n',
    chunk({ role: 'assistant', content: ANSWER }, null),
    chunk({}, 'stop'),
    'e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n',
  ],
})

async function ask(client: OpenAI, kind: 'json' | 'stream'): Promise<string> {
  if (kind === 'json') return (await client.chat.completions.create(QUESTION)).choices[0]?.message.content ?? ''
  let text = ''
  for await (const part of await client.chat.completions.create({ ...QUESTION, stream: true })) {
    text += part.choices[0]?.delta.content ?? ''
  }
  return text
}

/** Every part that is decoded, and how the bundle looks with another one in its place. */
function partsOf(bundle: Bundle): [Uint8Array, (changed: Uint8Array) => Bundle][] {
  const { envelope, entry } = bundle
  const { proof } = entry
  const text = proof.checkpoint.slice(0, proof.checkpoint.indexOf('\n\n') + 1)
  const rest = proof.checkpoint.slice(text.length)
  const encoded = rest.trimEnd().split(' ').at(-1) as string
  const signature = decodeBase64(encoded)
  const withProof = (changed: Partial<Bundle['entry']['proof']>): Bundle => {
    return { ...bundle, entry: { ...entry, proof: { ...proof, ...changed } } }
  }
  return [
    [envelope.payload, (payload) => ({ ...bundle, envelope: { ...envelope, payload } })],
    [envelope.signature, (signature) => ({ ...bundle, envelope: { ...envelope, signature } })],
    [entry.body, (body) => ({ ...bundle, entry: { ...entry, body } })],
    ...proof.hashes.map((hash, place): [Uint8Array, (changed: Uint8Array) => Bundle] => {
      return [hash, (changed) => withProof({ hashes: proof.hashes.with(place, changed) })]
    }),
    // The line of the signature is base64, which stock code reads leniently: so its bytes are changed, decoded.
    [Buffer.from(text), (changed) => withProof({ checkpoint: `${Buffer.from(changed)}${rest}` })],
    [signature, (changed) => withProof({ checkpoint: `${text}${rest.replace(encoded, encodeBase64(changed))}` })],
  ]
}

test.each(['json', 'stream'] as const)(
  'the record of a %s run verifies, and no changed bit of it does',
  async (kind) => {
    const { client, lastRun, issuer } = await testGateway(kind === 'json' ? jsonReply : streamReply)
    expect(await ask(client, kind)).toBe(ANSWER)
    const { row } = await lastRun()
    const bundle = parseBundle(row.outcome?.bundle ?? new Uint8Array(0))
    const { signer, checkpointSigner } = issuer.issuer
    const trust: StockTrust = { log: verifierKeyOf(checkpointSigner), signerKey: signer.publicKey }
    verifyWithSigstore(bundle, trust)
    for (const [bytes, changed] of partsOf(bundle)) {
      // Of the payload every 19th byte: each is one signature check.
      for (let place = 0; place < bytes.length; place += bytes.length > 1_000 ? 19 : 1) {
        const mutant = changed(bytes.with(place, (bytes[place] as number) ^ 1))
        expect(() => verifyWithSigstore(mutant, trust)).toThrow()
      }
    }
  },
)
