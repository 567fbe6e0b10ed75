/**
 * A declared run through a gateway, seen from the caller's side.
 */
import { describe, expect, onTestFinished, test } from 'vitest'
import { decodeUtf8 } from '../../src/core/bytes/index.ts'
import { resolveDeclaration } from '../../src/core/declaration/index.ts'
import { canonicalize, parseJson } from '../../src/core/json/index.ts'
import { verifyRecord } from '../../src/core/verify/index.ts'
import { nodeVerifier } from '../../src/node/keys/index.ts'
import { type FinishedRun, planRun, runThroughGateway } from '../../src/node/run/index.ts'
import { ANSWER, chatReply } from '../support/chat-upstream.ts'
import { type Reply, startUpstream, wholeReply } from '../support/scripted-upstream.ts'
import { testGateway } from '../support/test-gateway.ts'

const DECLARATION = {
  name: 'test',
  privacy: 'public',
  model: { fixed: 'tiny' },
  instructions: 'absent',
  tools: 'absent',
  context: 'slot',
  history: 'absent',
  input: 'slot',
  parameters: { fixed: { temperature: 0 }, allow: ['stream'] },
  outputFormat: 'absent',
  policy: 'strict',
}
const SOURCE = resolveDeclaration(parseJson(canonicalize(DECLARATION)), () => new Uint8Array(0))
const TOKEN = 'token-of-the-gateway'

const planned = (stream = false) => {
  const values = { input: 'Why?', passages: [{ label: 'p', text: 'So.' }], model: undefined, stream }
  return planRun(SOURCE, values, { tellsPassages: false })
}
const run = (url: string, options: { token?: string; stream?: boolean } = {}): Promise<FinishedRun> => {
  const { token = TOKEN, stream = false } = options
  return runThroughGateway({ gateway: { url, token }, plan: planned(stream), apiKey: 'sk-canary' })
}

describe('runThroughGateway', () => {
  test.each([false, true])('gives an answer whose record verifies, streamed: %s', async (stream) => {
    const { gateway } = await testGateway(chatReply, { token: TOKEN })
    const { answer, record, disclosure, declaration } = await run(gateway.url, { stream })
    expect(decodeUtf8(answer as Uint8Array)).toBe(ANSWER)
    expect(declaration).toMatchObject({ name: 'test', id: expect.stringMatching(/^[0-9a-f]{64}$/) })
    const report = await verifyRecord({ record, output: answer, disclosure }, { verifier: nodeVerifier })
    expect(report).toMatchObject({ authenticity: 'valid', composition: 'kept' })
  })

  test.each<[string, () => Reply, string]>([
    [
      'refuses',
      () => wholeReply('{"error":{"code":"no_such_model"}}', { status: '404 Not Found' }),
      'UPSTREAM_REFUSED',
    ],
    ['goes away', () => ({ pieces: [], afterwards: 'reset' }), 'UPSTREAM_REFUSED'],
  ])('gives nothing where the upstream behind it %s', async (_, script, code) => {
    const { gateway } = await testGateway(script, { token: TOKEN })
    await expect(run(gateway.url)).rejects.toMatchObject({ code })
  })

  test('wants the token to declare', async () => {
    const { gateway, upstream } = await testGateway(chatReply, { token: TOKEN })
    await expect(run(gateway.url, { token: 'another' })).rejects.toMatchObject({
      code: 'UNAUTHORIZED',
      hint: expect.stringContaining('COLOPHON_TOKEN'),
    })
    expect(upstream.requests).toHaveLength(0)
  })

  test.each<[string, Reply]>([
    ['no JSON', wholeReply('<html>', { status: '201 Created' })],
    ['no declaration', wholeReply('{}', { status: '201 Created' })],
    ['an error of its own', wholeReply('{"code":"x"}', { status: '500 Error' })],
  ])('takes something else for no gateway: %s', async (_, reply) => {
    const other = await startUpstream(() => reply)
    onTestFinished(() => other.close())
    await expect(run(other.url)).rejects.toMatchObject({ code: 'UPSTREAM_REFUSED' })
  })

  test('refuses an address with credentials, without repeating them', async () => {
    const refused = await run('http://user:secret@127.0.0.1:1').catch((thrown: Error) => thrown)
    expect(refused).toMatchObject({ code: 'USAGE', message: expect.not.stringContaining('secret') })
  })
})
