/**
 * Which headers pass, which do not, where requests go, and that no credential stays behind.
 */
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { startGateway } from '../../src/node/gateway/index.ts'
import { completionText } from '../support/chat-texts.ts'
import { headerOf, wholeReply } from '../support/scripted-upstream.ts'
import { errorCodeOf, testGateway } from '../support/test-gateway.ts'

const BODY = '{"model":"tiny","messages":[{"role":"user","content":"x"}]}'
const hi = () => wholeReply(completionText('Hi'))

/** What comes back for bytes that no client would send. */
async function sendRaw(url: string, request: string): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.write(request)
  let answer = ''
  try {
    for await (const piece of socket) answer += piece
  } catch {
    // A server that has not read everything resets the connection, which may take its answer along.
  }
  return answer
}

/** A captured request, written out; its connection ends with the answer. */
const rawRequest = (target: string, headers: readonly string[] = [], body = BODY): string =>
  [
    `POST ${target} HTTP/1.1`,
    'Host: gateway.example',
    `Content-Length: ${body.length}`,
    ...headers,
    ...(headers.some((header) => /^connection:/i.test(header)) ? [] : ['Connection: close']),
    '',
    body,
  ].join('\r\n')

test('end-to-end headers reach the upstream as they are; the others do not', async () => {
  const { gateway, upstream, runOf } = await testGateway(hi)
  const passed = ['Authorization: Bearer sk-1', 'X-Api-Key: k', 'Cookie: a=b', 'X-Twice: 1', 'X-Twice: 2', 'x-UTF: é']
  const dropped = [
    'Connection: close, X-Named',
    'X-Named: 1',
    'Keep-Alive: timeout=5',
    'TE: trailers',
    'Proxy-Authorization: Basic eA==',
    'Proxy-Connection: keep-alive',
    'Upgrade: h2c',
    'Colophon-Run: forged',
    'Colophon-Token: t',
    'colophon-x: 1',
  ]
  const answer = await sendRaw(gateway.url, rawRequest('/v1/chat/completions', [...passed, ...dropped]))
  expect(answer).toMatch(/^HTTP\/1.1 200 OK\r\n/)
  const { head } = upstream.requests[0] as { head: string }
  const lines = head.trim().split('\r\n')
  expect(lines[0]).toBe('POST /v1/chat/completions HTTP/1.1')
  const own = [`host: ${new URL(upstream.url).host}`, 'connection: keep-alive', `content-length: ${BODY.length}`]
  const sent = passed.map((line) => Buffer.from(line).toString('latin1'))
  expect(lines.slice(1).sort()).toEqual([...sent, ...own].sort())

  const runId = /^colophon-run: (\w+)\r$/im.exec(answer)?.[1] ?? ''
  const { row } = await runOf(new Response('', { headers: { 'colophon-run': runId } }))
  expect(JSON.parse(Buffer.from(row.requestHead).toString())).toMatchObject({ headers: [], unrecordedHeaders: 6 })
})

test('an upstream cannot speak for the gateway', async () => {
  const headers = [
    'Content-Type: application/json',
    'Colophon-Run: forged',
    'colophon-record: forged',
    'Link: </forged>; rel="describedby"',
    'Link: </next>; rel="next"',
    'Set-Cookie: a=1',
    'Set-Cookie: b=2',
    'Connection: X-Secret',
    'X-Secret: 1',
    'Keep-Alive: timeout=99',
    'Proxy-Authenticate: Basic',
    'X-Request-Id: req-1',
  ]
  const { post } = await testGateway(() => wholeReply(completionText('Hi'), { headers }))
  const answer = await post(BODY)
  const runId = answer.headers.get('colophon-run')
  expect(runId).toMatch(/^[0-9a-f]{64}$/)
  expect(answer.headers.get('link')).toBe(`</next>; rel="next", </runs/${runId}>; rel="describedby"`)
  expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  expect(answer.headers.get('x-request-id')).toBe('req-1')
  for (const name of ['colophon-record', 'x-secret', 'proxy-authenticate']) expect(answer.headers.get(name)).toBeNull()
})

test.each([
  ['', '/v1/chat/completions', '/v1/chat/completions'],
  ['', '/chat/completions?api-version=1&x=%2F', '/chat/completions?api-version=1&x=%2F'],
  ['/v1', '/v1/chat/completions', '/v1/chat/completions'],
  ['/v1/', '/chat/completions', '/v1/chat/completions'],
  ['/openai/v1', '/v1/chat/completions', '/openai/v1/chat/completions'],
  ['/api/v4', '/chat/completions', '/api/v4/chat/completions'],
])('upstream base %j: %s goes to %s', async (base, path, target) => {
  const other = await testGateway(hi)
  const { gateway } = await testGateway(hi, { upstream: other.upstream.url + base })
  expect((await fetch(gateway.url + path, { method: 'POST', body: BODY })).status).toBe(200)
  expect(other.upstream.requests[0]?.head.split(' ')[1]).toBe(target)
})

test.each([
  '//evil.example/v1/chat/completions',
  'http://evil.example/v1/chat/completions',
  'http://127.0.0.1:9/v1/chat/completions',
  '/v1/chat/completions/',
  '/v1/../v1/chat/completions',
  '/v1/chat%2Fcompletions',
  '/v2/embeddings/of-another-kind',
  '/v1/./chat/completions',
  '/v1/x/..',
  '@evil.example/v1/chat/completions',
  '*',
])('%s is not captured, and goes nowhere', async (target) => {
  const { gateway, upstream } = await testGateway(hi)
  const answer = await sendRaw(gateway.url, rawRequest(target))
  expect(answer).toMatch(/^HTTP\/1.1 (404 Not Found|400 Bad Request)\r\n/)
  expect(upstream.requests).toHaveLength(0)
})

test.each([
  ['two lengths', ['Content-Length: 5']],
  ['length and transfer coding', ['Transfer-Encoding: chunked']],
  ['a header with a NUL', ['X-Bad: a\0b']],
  ['a head of 100 kB', [`X-Large: ${'x'.repeat(100_000)}`]],
])('%s: refused', async (_, headers) => {
  const { gateway, upstream } = await testGateway(hi)
  expect(await sendRaw(gateway.url, rawRequest('/v1/chat/completions', headers))).toMatch(/^(HTTP\/1.1 4\d\d |$)/)
  expect(upstream.requests).toHaveLength(0)
})

test('the list of models passes, uncaptured', async () => {
  const { client, gateway, upstream, issuer } = await testGateway(() => wholeReply('{"data":[{"id":"tiny"}]}'), {
    isAlone: true,
  })
  expect((await client.models.list()).data).toMatchObject([{ id: 'tiny' }])
  expect(headerOf(upstream.requests[0] as never, 'authorization')).toBe('Bearer sk-test')
  expect((await fetch(`${gateway.url}/models?x=1`)).headers.get('colophon-run')).toBeNull()
  expect(upstream.requests[1]?.head).toMatch(/^GET \/models\?x=1 /)
  expect(await issuer.issuer.registry.runs({ limit: 1 })).toEqual([])
})

test('no credential gets into the store, a record, a log line or an error', async () => {
  const canary = 'sk-canary-4f6d2c'
  const { post, runOf, issuer, lines, gateway } = await testGateway(({ body }) =>
    body.includes('cut') ? { pieces: [], afterwards: 'reset' } : hi(),
  )
  const headers = {
    authorization: `Bearer ${canary}`,
    'x-api-key': canary,
    'api-key': canary,
    cookie: `session=${canary}`,
    'colophon-token': canary,
    'openai-organization': canary,
  }
  const answer = await post(BODY, headers)
  const { row } = await runOf(answer)
  const cut = await post('cut', headers)
  const refused = await post(BODY, { ...headers, 'colophon-declaration': canary })
  const malformed = await post(BODY, { ...headers, 'colophon-nonce': canary })
  const query = await fetch(`${gateway.url}/v1/chat/completions?key=${canary}`, { method: 'POST', body: BODY })
  const unknown = await fetch(`${gateway.url}/v1/${canary}`, { headers })
  const problem = await fetch(`${gateway.url}/runs/${canary}`, { headers })
  const texts = await Promise.all([cut, refused, malformed, query, unknown, problem].map((one) => one.text()))
  expect([cut, refused, malformed, query, unknown, problem].map(({ status }) => status)).toEqual([
    502, 404, 400, 200, 404, 404,
  ])
  const everything = [
    issuer.storedBytes(),
    Buffer.from(row.outcome?.bundle ?? []).toString(),
    ...texts,
    ...lines,
  ].join()
  expect(everything).toContain(row.runId)
  for (const form of [canary, ...['base64', 'hex'].map((name) => Buffer.from(canary).toString(name as 'hex'))]) {
    expect(everything.includes(form)).toBe(false)
  }
})

test('beyond this machine the gateway takes a token, and every captured request has to carry it', async () => {
  const { gateway, upstream, runOf, issuer } = await testGateway(hi, { host: '0.0.0.0', token: 'open sesame' })
  const options = { issuer: issuer.issuer, upstream: 'http://127.0.0.1:9', port: 0, host: '0.0.0.0' }
  await expect(startGateway(options)).rejects.toThrowCode('TOKEN_REQUIRED')
  await expect(startGateway({ ...options, token: '' })).rejects.toThrowCode('TOKEN_REQUIRED')
  const url = `http://127.0.0.1:${gateway.port}`
  const ask = (headers: Record<string, string>, path = '/v1/chat/completions'): Promise<Response> =>
    fetch(url + path, path.endsWith('models') ? { headers } : { method: 'POST', body: BODY, headers })
  const withoutToken: Record<string, string>[] = [
    {},
    { authorization: 'Bearer open sesame' },
    { 'colophon-token': '' },
    { 'colophon-token': 'open sesam' },
  ]
  for (const headers of withoutToken) {
    const refused = await ask(headers)
    expect(refused.status).toBe(401)
    expect(await errorCodeOf(refused)).toBe('UNAUTHORIZED')
  }
  expect((await ask({}, '/v1/models')).status).toBe(401)
  expect(upstream.requests).toHaveLength(0)
  const answer = await ask({ 'colophon-token': 'open sesame', authorization: 'Bearer sk-provider' })
  expect(answer.status).toBe(200)
  expect(headerOf(upstream.requests[0] as never, 'authorization')).toBe('Bearer sk-provider')
  expect(headerOf(upstream.requests[0] as never, 'colophon-token')).toBeUndefined()
  const { row } = await runOf(answer)
  expect((await fetch(`${url}/runs/${row.runId}`)).status).toBe(200)
})

test('a port that is taken, an address that is not here, an upstream that is none', async () => {
  const { gateway, issuer } = await testGateway(hi)
  const options = { issuer: issuer.issuer, upstream: 'http://127.0.0.1:9', port: gateway.port }
  await expect(startGateway(options)).rejects.toThrowCode('PORT_IN_USE')
  await expect(startGateway({ ...options, host: '192.0.2.1', token: 't', port: 0 })).rejects.toThrowCode(
    'ADDRESS_UNUSABLE',
  )
  for (const upstream of ['localhost:1', 'ftp://x', 'http://u:p@x', 'http://x?q', 'http://x#f', '']) {
    await expect(startGateway({ ...options, port: 0, upstream })).rejects.toThrowCode('USAGE')
  }
})
