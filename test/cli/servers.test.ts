/**
 * The commands that serve: the gateway, the model host, and running through a gateway.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { join } from 'node:path'
import OpenAI from 'openai'
import { expect, onTestFinished, test } from 'vitest'
import { createWorkspace, firstDeclaration } from '../../src/node/workspace/index.ts'
import { ANSWER, startChatUpstream } from '../support/chat-upstream.ts'
import { colophon, startColophon } from '../support/command-line.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const SHIPPED = join(import.meta.dirname, '..', '..', 'models', 'colophon-tiny.gguf')
const TRUST = ['--trust', join('.colophon', 'trust', 'trust-policy.json')]

async function issuerFolder(): Promise<string> {
  const folder = temporaryFolder()
  await createWorkspace({ folder: join(folder, '.colophon'), origin: 'log.example-host', signer: 'Test issuer' })
  writeFileSync(join(folder, 'declaration.yaml'), firstDeclaration({ blindHex: '5a'.repeat(32) }))
  return folder
}

test('a gateway gives a client’s runs records, and runs through it disclosures', async () => {
  const folder = await issuerFolder()
  const upstream = await startChatUpstream()
  onTestFinished(() => upstream.close())
  const words = ['up', '--upstream', upstream.url, '--port', '0', '--declaration', 'declaration.yaml']
  const gateway = await startColophon(words, { folder })
  const { url } = gateway.ready
  expect(gateway.ready).toEqual({
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    port: expect.any(Number),
    upstream: upstream.url,
    origin: 'log.example-host',
    declaration: { id: expect.stringMatching(/^[0-9a-f]{64}$/), name: 'shop-assistant' },
  })

  const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'sk-canary', maxRetries: 0 })
  const messages = [
    { role: 'system', content: 'Answer politely and thank the customer.' } as const,
    { role: 'user', content: 'Who?' } as const,
  ]
  const { response } = await client.chat.completions
    .create({ model: 'colophon-tiny', temperature: 0, messages })
    .withResponse()
  const record = await fetch(`${url}/runs/${response.headers.get('colophon-run')}`)
  expect(record.status).toBe(200)

  const asked = ['run', 'declaration.yaml', '--context', 'The lamp is red.', '--input', 'Which?', '--gateway', url]
  const run = await colophon([...asked, '--stream', '--json'], { folder })
  expect(run.exitCode).toBe(0)
  expect(run.json()).toMatchObject({ answer: ANSWER, declaration: { ...gateway.ready.declaration, isNew: false } })

  const found = await colophon(['find', '--text', 'Who?', '--gateway', url, '--json'], { folder })
  const runId = response.headers.get('colophon-run')
  expect(found.json()).toMatchObject({ runs: [{ runId, found: [{ role: 'input', name: '0' }] }], isComplete: true })

  // The store is the gateway's now; a second process is told so, and whose it is.
  const locked = await colophon(['declare', 'declaration.yaml', '--json'], { folder })
  expect(locked.exitCode).toBe(6)
  expect(locked.json()).toMatchObject({ error: { code: 'STORE_LOCKED' } })

  const environment = { COLOPHON_TOKEN: 'not-the-right-token' }
  const refused = await colophon(['declare', 'declaration.yaml', '--gateway', url, '--json'], { folder, environment })
  expect(refused.exitCode).toBe(6)
  expect(refused.json()).toMatchObject({ error: { code: 'UNAUTHORIZED', at: url } })

  const { exitCode, stderr } = await gateway.stop()
  expect(exitCode).toBe(0)
  expect(stderr.match(/^run [0-9a-f]{64} complete$/gm)).toHaveLength(2)
  expect(stderr).not.toContain('sk-canary')

  const verified = await colophon(['verify', 'answer.txt', ...TRUST, '--json'], { folder })
  expect(verified.exitCode).toBe(0)
  expect(verified.json().facts).toMatchObject({ capture: 'gateway' })

  const gone = await colophon([...asked, '--out', 'b.txt', '--json'], { folder })
  expect(gone.exitCode).toBe(6)
  expect(gone.json()).toMatchObject({ error: { code: 'UPSTREAM_UNREACHABLE' } })
  expect(existsSync(join(folder, 'b.txt'))).toBe(false)
})

test('a gateway does not start on a port that is taken, nor with a declaration that is unknown', async () => {
  const folder = await issuerFolder()
  const squatter = createServer()
  await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void squatter.close())
  const port = String((squatter.address() as AddressInfo).port)
  const words = ['up', '--upstream', 'http://127.0.0.1:1', '--port', port, '--json']
  const taken = await colophon(words, { folder })
  expect(taken.exitCode).toBe(6)
  expect(taken.json()).toMatchObject({ error: { code: 'PORT_IN_USE' } })
  const unknown = await colophon([...words, '--declaration', 'ab'.repeat(32)], { folder })
  expect(unknown.exitCode).toBe(4)
  expect(unknown.json()).toMatchObject({ error: { code: 'DECLARATION_UNKNOWN' } })
})

test.skipIf(!existsSync(SHIPPED))('the model that ships answers from a passage, in this process', async () => {
  const folder = await issuerFolder()
  const asked = ['--context', 'The red lamp costs 12 euros.', '--input', 'How much does the red lamp cost?']
  const run = await colophon(['run', 'declaration.yaml', ...asked], { folder })
  expect(run.exitCode).toBe(0)
  expect(readFileSync(join(folder, 'answer.txt'), 'utf8')).toContain('12')
})

test.skipIf(!existsSync(SHIPPED))('the host serves the model that ships', async () => {
  const host = await startColophon(['host', '--port', '0'], { folder: temporaryFolder() })
  const models = await (await fetch(`${host.ready.url}/v1/models`)).json()
  expect(models).toMatchObject({ data: [{ id: expect.stringContaining('colophon-tiny') }] })
  const taken = await colophon(['host', '--port', String(host.ready.port), '--json'], { folder: temporaryFolder() })
  expect(taken.json()).toMatchObject({ error: { code: 'PORT_IN_USE' } })
  expect((await host.stop()).exitCode).toBe(0)
})
