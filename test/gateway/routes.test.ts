/**
 * The API beside the captured path: what is for everybody, and what takes the token.
 */
import { createHash } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { declarationId, resolveDeclaration } from '../../src/core/declaration/index.ts'
import { parseDisclosure } from '../../src/core/disclosure/index.ts'
import { sha256 } from '../../src/core/hash/index.ts'
import { type CanonicalInput, canonicalize, parseJson } from '../../src/core/json/index.ts'
import { deriveSalts } from '../../src/core/spans/index.ts'
import { createRoutes, passageShelf } from '../../src/web/gateway/index.ts'
import { completionText } from '../support/chat-texts.ts'
import { type Reply, wholeReply } from '../support/scripted-upstream.ts'
import { testGateway } from '../support/test-gateway.ts'

const TOKEN = 'open sesame'
const BODY = '{"model":"tiny","messages":[{"role":"user","content":"x"}]}'
const hi = (): Reply => wholeReply(completionText('Hi'))
const PRIVATE = {
  name: 'clock',
  privacy: 'private',
  blind: '5a'.repeat(32),
  model: { fixed: 'tiny' },
  instructions: { fixed: 'Be brief.' },
  tools: { fixed: { clock: { type: 'function' } } },
  context: 'absent',
  history: 'absent',
  input: { slot: { maxBytes: 100 } },
  parameters: { fixed: { temperature: 0.7 } },
  outputFormat: 'absent',
  policy: 'strict',
}

/** A declaration as it is posted. */
function posted(file: object = PRIVATE) {
  const source = resolveDeclaration(parseJson(canonicalize(file as CanonicalInput)), () => Buffer.of())
  const contents = source.contents.map((content) => ({ ...content, value: Buffer.from(content.value).toString() }))
  return { id: declarationId(source.declaration), declaration: source.declaration, contents }
}

const asBody = (value: unknown): Uint8Array<ArrayBuffer> => Uint8Array.from(canonicalize(value as CanonicalInput))
const bearer = (token = TOKEN) => ({ authorization: `Bearer ${token}` })

async function expectProblem(answer: Response, code: string, status: number): Promise<void> {
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(answer.status).toBe(status)
  expect(await answer.json()).toMatchObject({ code, status, type: expect.stringContaining(code) })
}

test('records and the log are for everybody', async () => {
  const { gateway, post, runOf, issuer } = await testGateway(hi, { isAlone: true })
  const get = (path: string): Promise<Response> => fetch(gateway.url + path)
  await expectProblem(await get('/checkpoint'), 'RECORD_NOT_FOUND', 404)
  const answer = await post(BODY)
  const { row } = await runOf(answer)
  const { bundle, recordDigest } = row.outcome as { bundle: Uint8Array; recordDigest: string }

  expect(await (await get('/')).json()).toMatchObject({ service: 'colophon gateway' })
  expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' })
  const checkpoint = await get('/checkpoint')
  expect(checkpoint.headers.get('content-type')).toMatch(/^text\/plain/)
  expect(checkpoint.headers.get('cache-control')).toBe('no-store')
  expect(await checkpoint.text()).toBe(issuer.issuer.log.checkpoint())

  for (const path of [`/runs/${row.runId}`, `/records/${recordDigest}`]) {
    const record = await get(path)
    expect(record.headers.get('content-type')).toBe('application/vnd.dev.sigstore.bundle.v0.3+json')
    expect(Buffer.from(await record.arrayBuffer())).toEqual(Buffer.from(bundle))
  }
  const head = await fetch(`${gateway.url}/runs/${row.runId}`, { method: 'HEAD' })
  expect([head.status, await head.text()]).toEqual([200, ''])

  const output = createHash('sha256').update('Hi').digest('hex')
  const second = (await runOf(await post(BODY))).row
  expect(await (await get(`/records?output=${output}`)).json()).toEqual({
    records: [
      { runId: second.runId, recordDigest: second.outcome?.recordDigest },
      { runId: row.runId, recordDigest },
    ],
  })
  expect(await (await get(`/records?output=${'0'.repeat(64)}`)).json()).toEqual({ records: [] })
})

test('what is not there, and what is not right', async () => {
  const { gateway } = await testGateway(hi)
  const get = (path: string): Promise<Response> => fetch(gateway.url + path)
  await expectProblem(await get(`/runs/${'0'.repeat(64)}`), 'RUN_UNKNOWN', 404)
  await expectProblem(await get('/runs/..%2f..%2fetc'), 'RUN_UNKNOWN', 404)
  await expectProblem(await get(`/records/${'0'.repeat(64)}`), 'RECORD_NOT_FOUND', 404)
  await expectProblem(await get('/records'), 'HEX_MALFORMED', 400)
  await expectProblem(await get('/records?output=AB'), 'HEX_MALFORMED', 400)
  await expectProblem(await get('/nothing'), 'PATH_NOT_CAPTURED', 404)
  await expectProblem(await fetch(`${gateway.url}/healthz`, { method: 'POST' }), 'PATH_NOT_CAPTURED', 404)
})

test('a run that is still open has no record yet', async () => {
  const { gateway, post, issuer, upstream } = await testGateway(() => ({ pieces: [], afterwards: 'hang' }), {
    isAlone: true,
  })
  const answer = post(BODY).catch(() => {})
  await vi.waitUntil(() => upstream.requests.length === 1)
  const [run] = await issuer.issuer.registry.runs({ limit: 1 })
  await expectProblem(await fetch(`${gateway.url}/runs/${run?.runId}`), 'RUN_UNKNOWN', 404)
  await upstream.close()
  await answer
})

const PRIVATE_PATHS = ['/declarations', '/runs', '/find?tool=x', `/runs/${'0'.repeat(64)}/disclosure`]

test.each(PRIVATE_PATHS)('%s takes the token', async (path) => {
  const { gateway } = await testGateway(hi, { token: TOKEN })
  const get = (headers: Record<string, string>): Promise<Response> => fetch(gateway.url + path, { headers })
  await expectProblem(await get({}), 'UNAUTHORIZED', 401)
  await expectProblem(await get(bearer('open sesam')), 'UNAUTHORIZED', 401)
  await expectProblem(await get({ authorization: TOKEN }), 'UNAUTHORIZED', 401)
  await expectProblem(await get({ authorization: 'Bearer ' }), 'UNAUTHORIZED', 401)
  expect((await get(bearer())).status).not.toBe(401)
  expect((await get({ 'colophon-token': TOKEN })).status).not.toBe(401)
})

test('where no token is configured, what takes one is closed', async () => {
  const { gateway } = await testGateway(hi)
  for (const path of PRIVATE_PATHS) {
    for (const headers of [{}, bearer(''), bearer('undefined'), { 'colophon-token': '' }]) {
      await expectProblem(await fetch(gateway.url + path, { headers }), 'UNAUTHORIZED', 401)
    }
  }
})

test('a declaration is posted once, and listed', async () => {
  const { gateway, issuer } = await testGateway(hi, { token: TOKEN, isAlone: true })
  const { id, ...declaration } = posted()
  const url = `${gateway.url}/declarations`
  const send = (): Promise<Response> => fetch(url, { method: 'POST', headers: bearer(), body: asBody(declaration) })
  const both = [await send(), await send()]
  expect(both.map(({ status }) => status)).toEqual([201, 200])
  for (const answer of both) expect(await answer.json()).toMatchObject({ id, name: 'clock' })
  expect(issuer.issuer.log.size).toBe(1n)
  const list = await fetch(url, { headers: bearer() })
  expect(await list.json()).toMatchObject({ declarations: [{ id, name: 'clock' }] })
})

test('one declaration that is posted twice at once makes one row', async () => {
  const { issuer } = await testGateway(hi, { isAlone: true })
  const routes = createRoutes({
    ...issuer.issuer,
    salts: deriveSalts,
    passages: passageShelf({ hash: sha256 }),
    token: TOKEN,
  })
  const { declaration, contents } = posted()
  const body = asBody({ declaration, contents })
  const send = () => routes.fetch(new Request('http://x/declarations', { method: 'POST', headers: bearer(), body }))
  const answers = await Promise.all([send(), send(), send()])
  expect(answers.map(({ status }) => status)).toEqual([201, 200, 200])
  expect(issuer.issuer.log.size).toBe(1n)
})

test.each<[string, (good: ReturnType<typeof posted>) => unknown, string]>([
  [
    'a content of another value',
    ({ declaration, contents: [first, ...rest] }) => ({ declaration, contents: [{ ...first, value: 'x' }, ...rest] }),
    'DECLARATION_MALFORMED',
  ],
  [
    'a content too few',
    ({ declaration, contents }) => ({ declaration, contents: contents.slice(1) }),
    'DECLARATION_MALFORMED',
  ],
  [
    'a content twice',
    ({ declaration, contents }) => ({ declaration, contents: [...contents, contents[0]] }),
    'DECLARATION_MALFORMED',
  ],
  [
    'a content of another role',
    ({ declaration, contents: [first, ...rest] }) => ({
      declaration,
      contents: [{ ...first, role: 'input' }, ...rest],
    }),
    'DECLARATION_MALFORMED',
  ],
  ['no contents', ({ declaration }) => ({ declaration }), 'SCHEMA_MISMATCH'],
  ['a member more', ({ declaration, contents }) => ({ declaration, contents, more: 1 }), 'SCHEMA_MISMATCH'],
  [
    'a declaration that lacks a role',
    ({ declaration, contents }) => ({ contents, declaration: { ...declaration, roles: {} } }),
    'DECLARATION_ROLE_MISSING',
  ],
])('a declaration with %s is refused', async (_, change, code) => {
  const { gateway, issuer } = await testGateway(hi, { token: TOKEN, isAlone: true })
  const body = asBody(change(posted()))
  const answer = await fetch(`${gateway.url}/declarations`, { method: 'POST', headers: bearer(), body })
  await expectProblem(answer, code, 400)
  expect(issuer.issuer.log.size).toBe(0n)
})

test('a posted declaration is canonical JSON of bounded size', async () => {
  const { gateway } = await testGateway(hi, { token: TOKEN, maxBodyBytes: 100 })
  const send = (body: string): Promise<Response> =>
    fetch(`${gateway.url}/declarations`, { method: 'POST', headers: bearer(), body })
  await expectProblem(await send('{ "declaration": {} }'), 'JSON_NOT_CANONICAL', 400)
  await expectProblem(await send('x'), 'JSON_MALFORMED', 400)
  await expectProblem(await send('x'.repeat(101)), 'REQUEST_TOO_LARGE', 413)
})

test('runs are listed and disclosed to who has the token', async () => {
  const { gateway, post, runOf, issuer } = await testGateway(hi, { token: TOKEN, isAlone: true })
  const id = await issuer.declare(PRIVATE)
  const { row, disclosure } = await runOf(await post(BODY, { 'colophon-declaration': id }))
  await runOf(await post(BODY))
  const get = (path: string): Promise<Response> => fetch(gateway.url + path, { headers: bearer() })
  expect(await (await get('/runs?limit=5')).json()).toMatchObject({
    runs: [{ state: 'complete' }, { runId: row.runId, state: 'complete', declarationId: id }],
  })
  expect(await (await get('/runs?limit=1')).json()).toMatchObject({ runs: [{ state: 'complete' }] })
  for (const limit of ['0', '-1', '1.5', '1001', 'x'])
    await expectProblem(await get(`/runs?limit=${limit}`), 'USAGE', 400)

  const answer = await get(`/runs/${row.runId}/disclosure`)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const parsed = parseDisclosure(new Uint8Array(await answer.arrayBuffer()))
  expect(parsed.declaration?.document.blind).toBe(PRIVATE.blind)
  expect(parsed.request?.length).toBe(disclosure.request?.length)
  await expectProblem(await get(`/runs/${'0'.repeat(64)}/disclosure`), 'RUN_UNKNOWN', 404)
})

test('a store that fails shows', async () => {
  const { gateway, issuer } = await testGateway(hi, { token: TOKEN, isAlone: true })
  await issuer.issuer.close()
  await expectProblem(await fetch(`${gateway.url}/healthz`), 'STORE_FAILED', 503)
})
