/**
 * A stranger, with nothing but what the gateway handed out and a trust policy of their own.
 */
import { expect, test } from 'vitest'
import type { TrustPolicy } from '../../src/core/trust/index.ts'
import { verifyRecord } from '../../src/core/verify/index.ts'
import { nodeSha256, nodeVerifier } from '../../src/node/keys/index.ts'
import { verifierKeyOf } from '../../src/web/log/index.ts'
import { completionText, streamText } from '../support/chat-texts.ts'
import { chunkedReply, wholeReply } from '../support/scripted-upstream.ts'
import { testGateway } from '../support/test-gateway.ts'

const TOKEN = 'open sesame'
const DECLARATION = {
  name: 'clock',
  privacy: 'private',
  blind: '5a'.repeat(32),
  model: { fixed: 'tiny' },
  instructions: { fixed: 'Be brief.' },
  tools: 'absent',
  context: 'absent',
  history: 'absent',
  input: { slot: { maxBytes: 100 } },
  parameters: { fixed: { temperature: 0 }, allow: ['stream'] },
  outputFormat: 'absent',
  policy: 'strict',
}
const requestFor = (more: object = {}): string =>
  JSON.stringify({
    model: 'tiny',
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'What time is it?' },
    ],
    temperature: 0,
    ...more,
  })

test.each([
  ['a JSON answer', { stream: false }, 'kept'],
  ['a stream', { stream: true }, 'kept'],
  ['a request with another parameter than was declared', { seed: 7 }, 'broken'],
  ['a request with another value than was declared', { temperature: 1 }, 'broken'],
])('%s %o: trusted, and its composition is %s', async (_, more, composition) => {
  const { gateway, issuer, post } = await testGateway(
    ({ body }) =>
      body.includes('"stream":true') ? chunkedReply([streamText(['Noon', '.'])]) : wholeReply(completionText('Noon.')),
    { token: TOKEN },
  )
  const { signer, checkpointSigner } = issuer.issuer
  const id = await issuer.declare(DECLARATION)
  const answer = await post(requestFor(more), { 'colophon-declaration': id })
  await answer.text()
  const run = `${gateway.url}/runs/${answer.headers.get('colophon-run')}`
  const bytesOf = async (url: string): Promise<Uint8Array> =>
    new Uint8Array(await (await fetch(url, { headers: { 'colophon-token': TOKEN } })).arrayBuffer())
  const evidence = { record: await bytesOf(run), output: Buffer.from('Noon.') }
  const trust: TrustPolicy = {
    signers: [{ name: 'Test issuer', publicKey: signer.publicKey, keyId: signer.keyId, valid: 'always' }],
    logs: [verifierKeyOf(checkpointSigner)],
    witnesses: [],
    require: ['output', 'completion'],
    acceptClaimed: false,
    captures: ['gateway'],
    declarations: [id],
  }
  const options = { trust, verifier: nodeVerifier, hash: nodeSha256 }
  const opened = await verifyRecord({ ...evidence, disclosure: await bytesOf(`${run}/disclosure`) }, options)
  expect(opened.checks.filter(({ status }) => status === 'fail')).toEqual([])
  expect(opened).toMatchObject({ authenticity: 'trusted', composition, ok: composition === 'kept' })
  const closed = await verifyRecord(evidence, options)
  expect(closed).toMatchObject({
    authenticity: 'trusted',
    composition: composition === 'kept' ? 'claimed' : 'broken',
    ok: false,
  })
  const other = await verifyRecord({ ...evidence, output: Buffer.from('Noon') }, options)
  expect(other.authenticity).toBe('invalid')
})
