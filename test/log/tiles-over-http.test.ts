/**
 * A log as strangers see it: a real gateway, and nothing but its address and the log's key. Every size: `tiles-over-http.slow.test.ts`.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseBundle } from '../../src/core/bundle/index.ts'
import { type Checkpoint, openCheckpoint } from '../../src/core/checkpoint/index.ts'
import { sha256 } from '../../src/core/hash/index.ts'
import { formatVerifierKey, parseVerifierKey } from '../../src/core/note/index.ts'
import { deriveSalts } from '../../src/core/spans/index.ts'
import { entryBundlePath, formatEntryBundle, tilePath, tileWidth } from '../../src/core/tiles/index.ts'
import { type Gateway, startGateway } from '../../src/node/gateway/index.ts'
import { nodeVerifier } from '../../src/node/keys/index.ts'
import { createRoutes, passageShelf } from '../../src/web/gateway/index.ts'
import { type LogOverHttp, readLogOver, verifierKeyOf } from '../../src/web/log/index.ts'
import { completionText } from '../support/chat-texts.ts'
import { checkTileProofs } from '../support/check-tile-proofs.ts'
import { naiveTile } from '../support/naive-tiles.ts'
import { NaiveTree } from '../support/naive-tree.ts'
import { rawRequest } from '../support/raw-request.ts'
import { type ScriptedUpstream, startUpstream, wholeReply } from '../support/scripted-upstream.ts'
import { makeTestIssuer, type TestIssuer } from '../support/test-issuer.ts'

/** A full tile and a bit. */
const SIZE = 300
const RUNS = 3

let upstream: ScriptedUpstream
let issuer: TestIssuer
let gateway: Gateway
let vkey: string
let log: LogOverHttp
/** The runs' records, as the gateway gave them out. */
const records: Uint8Array[] = []

/** What a stranger makes of the log. */
let checkpoint: Checkpoint
let entries: Uint8Array[]
const tree = new NaiveTree()

const get = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(gateway.url + path, { ...init, redirect: 'manual' })
const bytesOf = async (answer: Response): Promise<Buffer> => Buffer.from(await answer.arrayBuffer())

beforeAll(async () => {
  upstream = await startUpstream(() => wholeReply(completionText('Hi')))
  issuer = await makeTestIssuer()
  gateway = await startGateway({ issuer: issuer.issuer, upstream: upstream.url, port: 0 })
  vkey = formatVerifierKey(verifierKeyOf(issuer.issuer.checkpointSigner))
  log = readLogOver({ url: gateway.url, fetch })

  await expect(log.checkpoint()).rejects.toThrowCode('RECORD_NOT_FOUND')
  for (let run = 0; run < RUNS; run++) {
    const body = '{"model":"tiny","messages":[{"role":"user","content":"x"}]}'
    const answer = await get('/v1/chat/completions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    await answer.text()
    records.push(await bytesOf(await get(`/runs/${answer.headers.get('colophon-run')}`)))
  }
  const appended: Promise<unknown>[] = []
  for (let index = Number(issuer.issuer.log.size); index < SIZE; index++) {
    appended.push(issuer.issuer.log.append({ entry: Buffer.from(`entry ${index}`), writes: () => [] }))
  }
  await Promise.all(appended)

  const opened = await openCheckpoint({
    signedNote: await log.checkpoint(),
    logKey: parseVerifierKey(vkey),
    verifier: nodeVerifier,
  })
  checkpoint = opened.checkpoint
  entries = await log.readEntries({ start: 0n, end: checkpoint.size })
  for (const entry of entries) tree.add(entry)
})

afterAll(async () => {
  await gateway.close()
  await upstream.close()
  await issuer.dispose()
})

describe('from outside', () => {
  test('the tree over all entries has the signed root', () => {
    expect(checkpoint.size).toBe(BigInt(SIZE))
    expect(tree.size).toBe(SIZE)
    expect(checkpoint.rootHash).toEqual(tree.root())
  })

  test("every record's own entry is in the log, where it says", () => {
    expect(records).toHaveLength(RUNS)
    for (const record of records) {
      const { entry } = parseBundle(record)
      expect(Buffer.from(entries[Number(entry.logIndex)] as Uint8Array)).toEqual(Buffer.from(entry.body))
    }
  })

  test('every tile and bundle has the bytes of the tree', async () => {
    for (const place of [
      { level: 0, index: 0n },
      { level: 0, index: 1n },
      { level: 1, index: 0n },
    ]) {
      const tile = { ...place, width: tileWidth({ ...place, size: checkpoint.size }) }
      expect(await bytesOf(await get(`/${tilePath(tile)}`))).toEqual(naiveTile(tree, tile))
    }
    for (const { index, width } of [
      { index: 0n, width: 256 },
      { index: 1n, width: SIZE - 256 },
    ]) {
      const first = Number(index) * 256
      const bundle = formatEntryBundle(entries.slice(first, first + width))
      expect(await bytesOf(await get(`/${entryBundlePath({ index, width })}`))).toEqual(Buffer.from(bundle))
    }
  })

  test('all proofs of many sizes, from tiles, are those of the naive tree', async () => {
    const sizes = [...Array.from({ length: 40 }, (_, i) => i + 1), 127, 128, 129, 255, 256, 257, 299, SIZE]
    await expect(checkTileProofs({ tree, sizes, readTile: log.readTile })).resolves.toBeUndefined()
  })
})

describe('what is served', () => {
  test('every width up to what is published, and nothing beyond', async () => {
    const full = await bytesOf(await get('/tile/0/000'))
    for (const width of [1, 2, 44, 45, 255]) {
      expect(await bytesOf(await get(`/tile/0/000.p/${width}`))).toEqual(full.subarray(0, 32 * width))
      const status = width <= SIZE - 256 ? 200 : 404
      expect((await get(`/tile/0/001.p/${width}`)).status).toBe(status)
      expect((await get(`/tile/entries/001.p/${width}`)).status).toBe(status)
    }
    const notThere = [
      '/tile/0/001',
      '/tile/0/002',
      '/tile/0/002.p/1',
      '/tile/1/000',
      '/tile/1/000.p/2',
      '/tile/2/000.p/1',
      '/tile/8/000.p/1',
      '/tile/63/x999/x999/x999/x999/x999/999',
      '/tile/entries/001',
      '/tile/entries/002.p/1',
      '/tile/entries/x999/x999/x999/x999/x999/999.p/1',
    ]
    for (const path of notThere) {
      const answer = await get(path)
      expect([path, answer.status, answer.headers.get('cache-control')]).toEqual([path, 404, 'no-store'])
      expect(await answer.json()).toMatchObject({ code: 'TILE_NOT_FOUND' })
    }
  })

  test('what is in the store beyond the published checkpoint stays there', async () => {
    const alone = await makeTestIssuer()
    const append = (text: string) => alone.issuer.log.append({ entry: Buffer.from(text), writes: () => [] })
    const { checkpoint: published } = await append('published')
    await append('not yet')
    const behind = { ...alone.issuer, log: { ...alone.issuer.log, checkpoint: () => published } }
    const routes = createRoutes({
      ...behind,
      salts: (input) => deriveSalts(input),
      passages: passageShelf({ hash: sha256 }),
      token: undefined,
    })
    const status = async (path: string): Promise<number> => (await routes.fetch(new Request(`http://x${path}`))).status
    for (const kind of ['0', 'entries']) {
      expect([await status(`/tile/${kind}/000.p/1`), await status(`/tile/${kind}/000.p/2`)]).toEqual([200, 404])
    }
    await alone.dispose()
  })

  test('media types, and for how long caches may keep what', async () => {
    const forGood = 'public, max-age=31536000, immutable'
    for (const [path, type, cache] of [
      ['/checkpoint', 'text/plain; charset=utf-8', 'no-store'],
      ['/tile/0/000', 'application/octet-stream', forGood],
      ['/tile/0/000.p/7', 'application/octet-stream', forGood],
      ['/tile/entries/001.p/44', 'application/octet-stream', forGood],
    ] as const) {
      const answer = await get(path)
      const length = (await bytesOf(answer)).length
      const head = await get(path, { method: 'HEAD' })
      for (const { status, headers } of [answer, head]) {
        expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([200, type, cache])
        expect(headers.get('x-content-type-options')).toBe('nosniff')
        if (cache === forGood) expect(headers.get('content-length')).toBe(String(length))
      }
      expect(await bytesOf(head)).toHaveLength(0)
    }
    expect((await get('/tile/0/001', { method: 'HEAD' })).status).toBe(404)
  })

  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY'])('%s is no way to read', async (method) => {
    for (const path of ['/checkpoint', '/tile/0/000', '/tile/entries/000', '/tile/nothing']) {
      const { status, headers, body } = await rawRequest(gateway.port, { method, target: path })
      expect([path, status, headers.get('allow')]).toEqual([path, 405, 'GET, HEAD'])
      expect(body.toString()).toContain('"METHOD_NOT_ALLOWED"')
    }
  })
})

const MALFORMED = [
  '/tile',
  '/tile/',
  '/tile/0',
  '/tile/0/',
  '/tile/0/0',
  '/tile/0/00',
  '/tile/0/0000',
  '/tile/0/000/',
  '/tile/0//000',
  '/tile//0/000',
  '/tile/00/000',
  '/tile/64/000',
  '/tile/-1/000',
  '/tile/0/x000/000',
  '/tile/0/x001',
  '/tile/0/X001/000',
  '/tile/0/x001/0002',
  '/tile/0/000.p',
  '/tile/0/000.p/',
  '/tile/0/000.p/0',
  '/tile/0/000.p/00',
  '/tile/0/000.p/007',
  '/tile/0/000.p/256',
  '/tile/0/000.P/7',
  '/tile/0/000.p/7/',
  '/tile/0/000?',
  '/tile/0/000?x=1',
  '/tile/0/%30%30%30',
  '/tile/0%2f000',
  '/tile/0/000%00',
  '/tile/0/000%0a',
  '/tile/0/x001/%2e%2e%2f000',
  '/tile/Entries/000',
  '/tile/entries',
  '/tile/entries/',
  '/tile/entries/0',
  '/tile/entries/000.p/256',
  '/tile/entries/000/',
  '/tile/entries/000?',
  '/tile/0/x001/..%5c000',
  `/tile/0/${'x000/'.repeat(2_000)}000`,
  `/tile/0/${'0'.repeat(10_000)}`,
]

/** Other names for what is there: a path that is not written as it is meant. */
const REWRITTEN = [
  '/tile/0/x001/../000',
  '/tile/0/x001/%2e%2e/000',
  '/tile/0/x001/%2E./000',
  '/tile/0/./000',
  '/tile/0/000/.',
  '/tile/../checkpoint',
  '/tile/..%2e/checkpoint/../../checkpoint',
  '/tile/0/../../../../etc/passwd',
  '/tile/0\\000',
  '/tile/0/000#',
  '/tile/0/000"',
  '/checkpoint/.',
  '/TILE/0/000',
  '/Checkpoint',
  '/checkpoint/',
  '//tile/0/000',
]

describe('paths that are none', () => {
  const expectRefusal = async (target: string, status: number, code: string): Promise<void> => {
    const answer = await rawRequest(gateway.port, { target })
    expect([target, answer.status, answer.body.toString()]).toEqual([
      target,
      status,
      expect.stringContaining(`"${code}"`),
    ])
  }

  test('malformed ones are refused', async () => {
    for (const target of MALFORMED) await expectRefusal(target, 400, 'TILE_PATH_MALFORMED')
  })

  test('other names for what is there name nothing', async () => {
    for (const target of REWRITTEN) await expectRefusal(target, 404, 'PATH_NOT_CAPTURED')
  })

  test('a target that is no path', async () => {
    for (const target of [
      '*',
      'tile/0/000',
      'http://localhost/tile/0/000',
      '@localhost/tile/0/000',
      '/tile/0/\xe9',
      '',
    ]) {
      const { status, body } = await rawRequest(gateway.port, { target })
      expect([target, [400, 404].includes(status)]).toEqual([target, true])
      expect(body.includes(Buffer.from(entries[0] as Uint8Array))).toBe(false)
    }
  })

  test('a method that no request of the web has', async () => {
    const { status, body } = await rawRequest(gateway.port, { method: 'TRACE', target: '/checkpoint' })
    expect([status, body.toString()]).toEqual([404, expect.stringContaining('"PATH_NOT_CAPTURED"')])
  })
})
