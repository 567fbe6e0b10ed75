/** Logs that other people serve, and what they may do wrong. */
import { expect, onTestFinished, test } from 'vitest'
import { entryBundlePath, formatEntryBundle, TileTree, tilePath } from '../../src/core/tiles/index.ts'
import { type LogOverHttp, readLogOver, signCheckpoint } from '../../src/web/log/index.ts'
import { logSigner } from '../support/log-signer.ts'
import { naiveTile } from '../support/naive-tiles.ts'
import { NaiveTree } from '../support/naive-tree.ts'
import { chunk, type Reply, type ScriptedUpstream, startUpstream, wholeReply } from '../support/scripted-upstream.ts'

const SIZE = 600
const entries = Array.from({ length: SIZE }, (_, index) => new Uint8Array(Buffer.from(`entry ${index}`)))
const tree = new NaiveTree()
for (const entry of entries) tree.add(entry)
const checkpoint = signCheckpoint({ signer: logSigner(), size: BigInt(SIZE), rootHash: tree.root() })

const nothing = (): Reply => wholeReply('nothing here', { status: '404 Not Found' })
const file = (bytes: string | Uint8Array): Reply =>
  wholeReply(bytes, { headers: ['Content-Type: application/octet-stream'] })

/** A log whose files are the replies of a script, under a prefix with a path. */
async function serve(
  script: (path: string) => Reply,
  timeoutMs = 10_000,
): Promise<{ log: LogOverHttp; server: ScriptedUpstream }> {
  const server = await startUpstream(({ head }) => {
    const [, path = ''] = /^GET \/logs\/one\/(\S+) HTTP/.exec(head) ?? []
    return script(path)
  })
  onTestFinished(server.close)
  return { server, log: readLogOver({ url: `${server.url}/logs/one/`, fetch, timeoutMs }) }
}

/** The files of the log above; of partial ones, only those of its size, or none. */
const files = ({ hasPartial }: { hasPartial: boolean }): Map<string, Uint8Array | string> => {
  const bundle = (first: number, width: number) => formatEntryBundle(entries.slice(first, first + width))
  const made = new Map<string, Uint8Array | string>([['checkpoint', checkpoint]])
  for (const index of [0n, 1n]) {
    made.set(tilePath({ level: 0, index, width: 256 }), naiveTile(tree, { level: 0, index, width: 256 }) as Uint8Array)
    made.set(entryBundlePath({ index, width: 256 }), bundle(Number(index) * 256, 256))
  }
  if (hasPartial) made.set(entryBundlePath({ index: 2n, width: 88 }), bundle(512, 88))
  return made
}

const serveFiles = (made: Map<string, Uint8Array | string>) =>
  serve((path) => {
    const bytes = made.get(path)
    return bytes === undefined ? nothing() : file(bytes)
  })

test('a checkpoint, tiles and entries', async () => {
  const { log, server } = await serveFiles(files({ hasPartial: true }))
  expect(await log.checkpoint()).toBe(checkpoint)
  const tile = { level: 0, index: 1n, width: 256 }
  expect(Buffer.from((await log.readTile(tile)) as Uint8Array)).toEqual(naiveTile(tree, tile))
  expect(await log.readTile({ level: 3, index: 0n, width: 1 })).toBeUndefined()
  for (const [start, end] of [
    [0, SIZE],
    [0, 256],
    [255, 512],
    [256, 512],
    [599, 600],
  ] as const) {
    expect(await log.readEntries({ start: BigInt(start), end: BigInt(end) })).toEqual(entries.slice(start, end))
  }
  const asked = server.requests.length
  expect(await log.readEntries({ start: 300n, end: 300n })).toEqual([])
  expect(server.requests).toHaveLength(asked)
})

test('where the partial file is gone, the full one does', async () => {
  const { log, server } = await serveFiles(files({ hasPartial: false }))
  expect(await log.readEntries({ start: 3n, end: 44n })).toEqual(entries.slice(3, 44))
  const head = { size: 300n, root: tree.root(0, 300) }
  const upper = { level: 1, index: 0n, width: 1 }
  const tiles = await TileTree.open({
    readTile: async (tile) => (tile.level === 0 ? await log.readTile(tile) : naiveTile(tree, upper, 300)),
    head,
  })
  expect((await tiles.proveInclusion(299n)).proof).toEqual(tree.path(299, 0, 300))
  const paths = server.requests.map((request) => request.head.split(' ', 2)[1]?.replace('/logs/one/', ''))
  expect(paths).toEqual(['tile/entries/000.p/44', 'tile/entries/000', 'tile/0/001.p/44', 'tile/0/001'])
  await expect(log.readEntries({ start: 0n, end: 600n })).rejects.toMatchObject({
    code: 'TILE_NOT_FOUND',
    at: expect.stringContaining('/logs/one/tile/entries/002.p/88'),
  })
})

test('nobody there', async () => {
  const { server, log } = await serve(nothing)
  await server.close()
  await expect(log.checkpoint()).rejects.toMatchObject({
    code: 'LOG_UNREACHABLE',
    at: `${server.url}/logs/one/checkpoint`,
  })
  await expect(log.readTile({ level: 0, index: 0n, width: 1 })).rejects.toThrowCode('LOG_UNREACHABLE')
})

const STATUSES: [string, Reply][] = [
  ['an error', wholeReply('', { status: '500 Internal Server Error' })],
  ['part of it', wholeReply('x', { status: '206 Partial Content' })],
  ['no end', { pieces: ['HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx'], afterwards: 'reset' }],
  ['nothing, for ever', { pieces: [], afterwards: 'hang' }],
  ['a beginning, and nothing more', { pieces: ['HTTP/1.1 200 OK\r\nContent-Length: 32\r\n\r\nx'], afterwards: 'hang' }],
]

test.each(STATUSES)('an answer with %s', async (_, reply) => {
  const { log } = await serve(() => reply, reply.afterwards === 'hang' ? 100 : 10_000)
  await expect(log.checkpoint()).rejects.toThrowCode('LOG_UNREACHABLE')
  await expect(log.readTile({ level: 0, index: 0n, width: 1 })).rejects.toThrowCode('LOG_UNREACHABLE')
})

test('a redirect is not followed', async () => {
  const elsewhere = { status: '302 Found', headers: ['Location: /logs/one/moved'] }
  const { log, server } = await serve((path) => (path === 'moved' ? file(checkpoint) : wholeReply('', elsewhere)))
  await expect(log.checkpoint()).rejects.toThrowCode('LOG_UNREACHABLE')
  expect(server.requests).toHaveLength(1)
})

const NO_CHECKPOINTS: [string, string | Uint8Array, string][] = [
  ['a page', '<!doctype html>\n<title>Hello</title>\n', 'NOTE_MALFORMED'],
  ['no text', Uint8Array.of(0xff, 0xfe), 'UTF8_MALFORMED'],
  ['a note of something else', checkpoint.replace('\n600\n', '\nsix hundred\n'), 'CHECKPOINT_MALFORMED'],
  ['far too much', 'x'.repeat(1_000_001), 'NOTE_MALFORMED'],
]

test.each(NO_CHECKPOINTS)('%s for a checkpoint', async (_, body, code) => {
  const { log } = await serve(() => file(body))
  await expect(log.checkpoint()).rejects.toMatchObject({ code })
})

test('no checkpoint', async () => {
  const { log } = await serve(nothing)
  await expect(log.checkpoint()).rejects.toThrowCode('RECORD_NOT_FOUND')
})

test('an answer is read no further than it may be long', async () => {
  // 64 MiB, of which the reader wants 8 KiB.
  const chunks = Array.from({ length: 1_024 }, () => chunk(new Uint8Array(64 * 1024)))
  const pieces = ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', ...chunks]
  const { log, server } = await serve(() => ({ pieces, afterwards: 'hang' }))
  await expect(log.readTile({ level: 0, index: 0n, width: 256 })).rejects.toThrowCode('TILE_MALFORMED')
  await expect.poll(server.cuts).toBe(1)
})

test.each([0, 31, 33, 64, 8192])('%i bytes for a tile of one hash', async (length) => {
  const { log } = await serve(() => file(new Uint8Array(length)))
  await expect(log.readTile({ level: 0, index: 0n, width: 1 })).rejects.toMatchObject({
    code: 'TILE_MALFORMED',
    at: expect.stringContaining('/logs/one/tile/0/000.p/1'),
  })
})

test.each([
  ['an entry short', formatEntryBundle(entries.slice(0, 2))],
  ['an entry long', formatEntryBundle(entries.slice(0, 4))],
  ['cut off', formatEntryBundle(entries.slice(0, 3)).subarray(0, -1)],
])('a bundle that is %s', async (_, bytes) => {
  const { log } = await serve(() => file(bytes))
  await expect(log.readEntries({ start: 0n, end: 3n })).rejects.toMatchObject({
    code: 'TILE_MALFORMED',
    at: expect.stringContaining('/logs/one/tile/entries/000.p/3'),
  })
})
