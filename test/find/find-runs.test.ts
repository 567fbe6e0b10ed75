/**
 * Finding runs at a real gateway and in its real store: by what they sent, and by what they answered.
 */
import { expect, test } from 'vitest'
import { encodeUtf8 } from '../../src/core/bytes/index.ts'
import { componentDigester } from '../../src/core/declaration/index.ts'
import { contentDigests, findAtGateway } from '../../src/node/find/index.ts'
import { eraseRun } from '../../src/web/capture/index.ts'
import type { AskedQuery, FoundRun } from '../../src/web/registry/index.ts'
import { completionText } from '../support/chat-texts.ts'
import { wholeReply } from '../support/scripted-upstream.ts'
import { type TestGateway, testGateway } from '../support/test-gateway.ts'

const TOKEN = 'test-token'
const PROMPT = 'Answer politely.\nSay "thank you".'
const LAMP = 'The red lamp costs 12 €.'
const TOOL = { type: 'function', function: { name: 'find_lamp', parameters: { type: 'object', properties: {} } } }

const NOTHING: AskedQuery = {
  ...{ sha256: [], role: undefined, tool: undefined, model: undefined, output: [], limit: 20 },
}

const body = (changes: object = {}): string =>
  JSON.stringify({
    model: 'm-1',
    messages: [
      { role: 'system', content: PROMPT },
      { role: 'user', content: `Context: ${LAMP} Question: how much?` },
    ],
    tools: [TOOL],
    ...changes,
  })

interface Asking extends TestGateway {
  ask(changes?: Record<string, string>, request?: object): Promise<string>
  find(asked: Partial<AskedQuery>): Promise<readonly FoundRun[]>
  findAll(asked: Partial<AskedQuery>): ReturnType<typeof findAtGateway>
}

async function asking(): Promise<Asking> {
  let count = 0
  const one = await testGateway(() => wholeReply(completionText(`Answer ${++count}.`)), { token: TOKEN, isAlone: true })
  const findAll = (asked: Partial<AskedQuery>) =>
    findAtGateway({ url: one.gateway.url, token: TOKEN }, { ...NOTHING, ...asked })
  return {
    ...one,
    ask: async (headers = {}, request = {}) => {
      const run = await one.runOf(await one.post(body(request), headers))
      return run.row.runId
    },
    findAll,
    find: async (asked) => (await findAll(asked)).runs,
  }
}

const digests = (text: string): readonly string[] => contentDigests(encodeUtf8(text))
const ids = (runs: readonly FoundRun[]): string[] => runs.map(({ runId }) => runId)

test('a run is found by each of its parts, and says where each stood', async () => {
  const { ask, find, gateway } = await asking()
  const put = await fetch(`${gateway.url}/passages`, {
    ...{ method: 'PUT', headers: { 'Colophon-Token': TOKEN } },
    body: JSON.stringify({ passages: [{ label: 'lamps.md', text: LAMP }] }),
  })
  const { reference } = (await put.json()) as { reference: string }
  const runId = await ask({ 'Colophon-Context': reference })
  const found = async (asked: Partial<AskedQuery>) => (await find(asked)).map((run) => [run.runId, run.found])
  const at = (role: string, name: string, place: string) => [[runId, [{ role, name, at: place }]]]

  const prompt = at('instructions', '0', '/messages/0/content')
  expect(await found({ sha256: digests(PROMPT) })).toEqual(prompt)
  expect(await found({ sha256: digests(`${PROMPT}\n`) })).toEqual(prompt)
  expect(await found({ sha256: digests(PROMPT), role: 'instructions' })).toEqual(prompt)
  expect(await found({ sha256: digests(PROMPT), role: 'context' })).toEqual([])
  expect(await found({ sha256: digests(LAMP), role: 'context' })).toEqual(at('context', '0', '/messages/1/content'))
  expect(await found({ sha256: digests(' Question: how much?') })).toEqual(at('input', '1', '/messages/1/content'))

  const tool = at('tools', 'find_lamp', '/tools/0')
  expect(await found({ tool: 'find_lamp' })).toEqual(tool)
  const { type, function: told } = TOOL
  expect(await found({ sha256: digests(JSON.stringify({ function: told, type }, undefined, 2)) })).toEqual(tool)
  expect(await found({ model: 'm-1' })).toEqual(at('model', 'model', '/model'))
  expect(await found({ output: digests('Answer 1.') })).toEqual(at('output', '0', 'response'))
  expect(await found({ output: digests(completionText('Answer 1.')) })).toEqual(at('output', '1', 'response'))

  for (const asked of [{ sha256: digests('Answer') }, { tool: 'find' }, { model: 'm' }, { output: digests('no') }]) {
    expect(await found(asked)).toEqual([])
  }
})

test('the digest is the one that a public declaration has', async () => {
  const { ask, find } = await asking()
  const runId = await ask()
  const content = { role: 'instructions', name: '0', encoding: 'text', value: encodeUtf8(PROMPT) } as const
  expect(ids(await find({ sha256: [componentDigester(undefined)(content)] }))).toEqual([runId])
})

test('all that is asked for has to be met by one run; newest first, and no more than asked for', async () => {
  const { ask, find, findAll } = await asking()
  const first = await ask()
  const other = await ask({}, { tools: [] })
  const last = await ask({}, { model: 'm-2' })
  expect(ids(await find({ sha256: digests(PROMPT) }))).toEqual([last, other, first])
  expect(await findAll({ sha256: digests(PROMPT), limit: 2 })).toMatchObject({
    ...{ runs: [{ runId: last }, { runId: other }], isComplete: false },
  })
  expect(await findAll({ sha256: digests(PROMPT), limit: 3 })).toMatchObject({ isComplete: true })
  expect(ids(await find({ sha256: digests(PROMPT), tool: 'find_lamp' }))).toEqual([last, first])
  expect(ids(await find({ tool: 'find_lamp', model: 'm-1' }))).toEqual([first])
  expect(ids(await find({ model: 'm-1', output: digests('Answer 2.') }))).toEqual([other])
  expect(ids(await find({ model: 'm-2', output: digests('Answer 2.') }))).toEqual([])
})

test('says which declaration a run was bound to, and whether it ended', async () => {
  const { ask, find, issuer } = await asking()
  const roles = 'model instructions tools context history input parameters outputFormat'.split(' ')
  const anything = Object.fromEntries(roles.map((role) => [role, 'any']))
  const id = await issuer.declare({ name: 'the shop', privacy: 'public', ...anything, policy: 'strict' })
  await ask({ 'Colophon-Declaration': id })
  await ask()
  expect(await find({ tool: 'find_lamp' })).toMatchObject([
    { declarationId: undefined, declarationName: undefined, state: 'complete' },
    { declarationId: id, declarationName: 'the shop', state: 'complete' },
  ])
})

test('history and parameters are not kept, and of very many parts the first thousand', async () => {
  const { ask, find, issuer } = await asking()
  const content = Array.from({ length: 1_200 }, (_, at) => ({ type: 'text', text: `piece ${at}` }))
  const messages = [
    { role: 'user', content: 'Earlier.' },
    { role: 'assistant', content: 'Yes.' },
    { role: 'user', content },
  ]
  const runId = await ask({}, { messages, temperature: 0.5 })
  expect(await find({ sha256: digests('Earlier.') })).toEqual([])
  expect(await find({ sha256: digests('0.5') })).toEqual([])
  const run = await issuer.issuer.registry.run(runId)
  expect(run?.parts).toHaveLength(1_000)
  expect(ids(await find({ sha256: digests('piece 900') }))).toEqual([runId])
  expect(await find({ sha256: digests('piece 1199') })).toEqual([])
})

test('a run that is erased is found no more, and its digests are in no file', async () => {
  const { ask, find, issuer } = await asking()
  // Many, so that the rows fill pages, which are divided.
  const content = Array.from({ length: 300 }, (_, at) => ({ type: 'text', text: `piece ${at}` }))
  const runId = await ask({}, { messages: [{ role: 'user', content }] })
  const kept = await ask()
  const stored = (text: string): boolean => {
    return issuer.storedBytes().includes(Buffer.from(digests(text)[0] ?? '', 'hex').toString('latin1'))
  }
  expect(['piece 7', 'piece 250', PROMPT].map(stored)).toEqual([true, true, true])
  await eraseRun({ ...issuer.issuer, runId })
  expect(await find({ sha256: digests('piece 7') })).toEqual([])
  expect(ids(await find({ tool: 'find_lamp' }))).toEqual([kept])
  expect(content.filter(({ text }) => stored(text))).toEqual([])
  expect(stored(PROMPT)).toBe(true)
})

test('the route takes the token, and refuses what it does not understand', async () => {
  const { url } = (await testGateway(() => wholeReply(completionText('Yes.')), { token: TOKEN })).gateway
  const get = async (query: string, token = TOKEN): Promise<unknown> => {
    const answer = await fetch(`${url}/find?${query}`, { headers: { 'Colophon-Token': token } })
    const { code } = (await answer.json()) as { code?: unknown }
    return code ?? answer.status
  }
  const hex = 'ab'.repeat(32)
  expect(await get(`sha256=${hex}`)).toBe(200)
  expect(await get(`sha256=${hex}`, 'other')).toBe('UNAUTHORIZED')
  expect(await get('')).toBe('USAGE')
  expect(await get('sha256=')).toBe('HEX_MALFORMED')
  expect(await get(`sha256=${hex.toUpperCase()}`)).toBe('HEX_MALFORMED')
  expect(await get(`output=${hex}0`)).toBe('HEX_MALFORMED')
  expect(await get(`sha256=${hex}`.concat(`&sha256=${hex}`.repeat(8)))).toBe('USAGE')
  expect(await get('role=tools')).toBe('USAGE')
  expect(await get(`sha256=${hex}&role=history`)).toBe('USAGE')
  expect(await get(`sha256=${hex}&rôle=tools`)).toBe('USAGE')
  expect(await get('tool=a&tool=b')).toBe('USAGE')
  for (const limit of ['0', '1001', '-1', '1e2', '']) expect(await get(`tool=a&limit=${limit}`)).toBe('USAGE')
})
