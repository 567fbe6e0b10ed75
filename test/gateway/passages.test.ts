/**
 * Passages that an application puts at a gateway and names in its requests.
 */
import { expect, test } from 'vitest'
import { sha256 } from '../../src/core/hash/index.ts'
import { parseCutList } from '../../src/core/spans/index.ts'
import { passageShelf } from '../../src/web/gateway/index.ts'
import { completionText } from '../support/chat-texts.ts'
import { wholeReply } from '../support/scripted-upstream.ts'
import { testGateway } from '../support/test-gateway.ts'

const TOKEN = 'test-token'
const LAMP = 'The red lamp costs 12 €.\n"Ask" the host.'

const asking = (text: string): string => JSON.stringify({ model: 'm', messages: [{ role: 'user', content: text }] })

async function gatewayWithPassages() {
  const one = await testGateway(() => wholeReply(completionText('Yes.')), { token: TOKEN })
  const put = (body: unknown, token = TOKEN): Promise<Response> =>
    fetch(`${one.gateway.url}/passages`, {
      method: 'PUT',
      headers: { 'Colophon-Token': token },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  return { ...one, put }
}

test('a request that names passages has them as context, at their places, and the upstream never hears of it', async () => {
  const { put, post, upstream, runOf } = await gatewayWithPassages()
  const answer = await put({
    passages: [
      { label: 'lamps.md', version: '7', rank: 0, text: LAMP },
      { label: 'chairs.md', text: 'The chair costs 9 €.' },
    ],
  })
  expect(answer.status).toBe(200)
  const { reference, count } = (await answer.json()) as { reference: string; count: number }
  expect([reference, count]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), 2])

  const body = asking(`Context: ${LAMP}\nQuestion: how much?`)
  const run = await runOf(await post(body, { 'Colophon-Context': reference }))
  const sent = upstream.requests.at(-1)
  expect(sent?.body.toString()).toBe(body)
  expect(sent?.head).not.toMatch(/colophon/i)

  const leaves = run.disclosure.request ?? []
  const list = leaves.find(({ kind }) => kind === 'cutList')
  const entries = parseCutList(list?.state === 'open' ? list.bytes : new Uint8Array())
  expect(entries.map(({ label, version, rank }) => [label, version, rank])).toEqual([
    ['lamps.md', '7', 0],
    ['chairs.md', undefined, undefined],
  ])
  const context = leaves.filter(({ role }) => role === 'context')
  expect(
    context.map((leaf) => (leaf.state === 'open' ? JSON.parse(`"${Buffer.from(leaf.bytes)}"`) : undefined)),
  ).toEqual([LAMP])
})

test('references are of one form, and of passages that the gateway has', async () => {
  const { post } = await gatewayWithPassages()
  for (const [context, code] of [
    ['ab', 'HEADER_MALFORMED'],
    ['', 'HEADER_MALFORMED'],
    [`${'ab'.repeat(32)};`, 'HEADER_MALFORMED'],
    ['ab'.repeat(32), 'CONTEXT_UNKNOWN'],
  ] as const) {
    const answer = await post(asking('x'), { 'Colophon-Context': context })
    expect([answer.status >= 400, await answer.text()]).toEqual([true, expect.stringContaining(code)])
  }
})

test('passages are for those who have the token, and of one form', async () => {
  const { put } = await gatewayWithPassages()
  const refusal = async (body: unknown, token?: string): Promise<string> => {
    const { code } = (await (await put(body, token)).json()) as { code: string }
    return code
  }
  expect(await refusal({ passages: [] }, 'another')).toBe('UNAUTHORIZED')
  expect(await refusal('{')).toBe('JSON_MALFORMED')
  for (const passage of [
    {},
    { label: 'a' },
    { label: 'a', text: '' },
    { label: 'a', text: 'x', sha256: 'ab'.repeat(32) },
    { label: 'a', text: 'x', rank: -1 },
    { label: 'a', text: 'x', more: 1 },
    { text: 'x' },
  ]) {
    expect([passage, await refusal({ passages: [passage] })]).toEqual([passage, 'SCHEMA_MISMATCH'])
  }
  expect(await refusal({ passages: Array.from({ length: 1_001 }, () => ({ label: 'a', text: 'x' })) })).toBe(
    'SCHEMA_MISMATCH',
  )
})

test('a shelf forgets what was used longest ago, and keeps within its bound', () => {
  const shelf = passageShelf({ hash: sha256, maxBytes: 1_000 })
  const put = (letter: string, length = 400): string =>
    shelf.put(Buffer.from(JSON.stringify({ passages: [{ label: letter, text: letter.repeat(length) }] }))).reference
  const [a, b] = [put('a'), put('b')]
  expect(put('a')).toBe(a)
  const c = put('c')
  expect(shelf.take([a, c]).map(({ label }) => label)).toEqual(['a', 'c'])
  expect(() => shelf.take([b])).toThrowCode('CONTEXT_UNKNOWN')
  expect(() => put('d', 1_000)).toThrowCode('CONTEXT_TOO_LARGE')
  expect(shelf.take([a]).length).toBe(1)
})
