import { describe, expect, test } from 'vitest'
import { logSigner } from '../../../test/support/log-signer.ts'
import { MemoryLogStore } from '../../../test/support/memory-log-store.ts'
import { ColophonError } from '../../core/errors.ts'
import { sha256 } from '../../core/hash/index.ts'
import { leafHash, rootHash } from '../../core/merkle/index.ts'
import { nobleVerifier } from '../../core/signature/index.ts'
import { openLog, type TileKey, verifierKeyOf } from '../log/index.ts'
import { type CheckedLog, checkLog } from './check-log.ts'
import { Findings } from './findings.ts'
import type { CheckableLog } from './ports.ts'

const signer = logSigner()
const entryOf = (index: number): Uint8Array => new TextEncoder().encode(`entry ${index}`)

/** Full tiles, a partial one on level 0, one on level 1. */
const SIZE = 600

async function makeStore(size = SIZE): Promise<MemoryLogStore<never>> {
  const store = new MemoryLogStore<never>()
  const log = await openLog<never>({ store, head: store.head, origin: signer.name, signer, nowMs: Date.now })
  const entries = Array.from({ length: size }, (_, index) => entryOf(index))
  await Promise.all(entries.map((entry) => log.append({ entry, writes: () => [] })))
  return store
}

function readsOf(store: MemoryLogStore<never>): CheckableLog {
  return {
    load: () => store.load(),
    readTile: (key) => store.readTile(key),
    readEntries: async (range) => {
      // A deleted one leaves a hole in the array.
      const entries = Array.from(await store.readEntries(range))
      if (entries.some((entry) => entry === undefined)) throw new ColophonError('STORE_DAMAGED', 'one is missing')
      return entries
    },
    lastIndex: async () => BigInt(store.entries.length) - 1n,
    tileKeys: async (after) => {
      const keys = [...store.tiles.keys()].map((name): TileKey => {
        const [level, index] = name.split('/')
        return { level: Number(level), index: BigInt(index as string) }
      })
      const next =
        after === undefined ? 0 : keys.findIndex((key) => key.level === after.level && key.index === after.index) + 1
      // Pages of two, so that there are several.
      return keys.slice(next, next + 2)
    },
  }
}

const tileOf = (store: MemoryLogStore<never>, name: string): Uint8Array => store.tiles.get(name) as Uint8Array

async function check(store: MemoryLogStore<never>): Promise<CheckedLog & { problems: string[] }> {
  const findings = new Findings()
  const logKey = verifierKeyOf(signer)
  const input = { log: readsOf(store), logKey, verifier: nobleVerifier, hash: sha256, findings, onProgress: () => {} }
  const checked = await checkLog(input)
  return { ...checked, problems: findings.problems.map(({ code, at }) => `${code} ${at}`) }
}

describe('a log that is in order', () => {
  test('has no problem, all its tiles and the root of every size', async () => {
    const { problems, tiles, tree } = await check(await makeStore())
    expect(problems).toEqual([])
    expect(tiles).toBe(4)
    const leaves = Array.from({ length: SIZE }, (_, index) => leafHash(entryOf(index)))
    for (const size of [0, 1, 2, 255, 256, 257, 599, 600]) {
      expect(tree.rootAt(BigInt(size))).toEqual(rootHash(leaves.slice(0, size)))
    }
    expect(tree.rootAt(601n)).toBeUndefined()
  })

  test.each([0, 1, 255, 256, 257, 512])('of %i entries', async (size) => {
    expect((await check(await makeStore(size))).problems).toEqual([])
  })
})

describe('one thing changed is one problem, with its name', () => {
  test.each([0, 255, 256, 511, 512, 599])('entry %i', async (index) => {
    const store = await makeStore()
    store.entries[index] = entryOf(index + 1)
    expect((await check(store)).problems).toEqual([`ENTRY_CHANGED entry ${index}`])
  })

  test.each(['0/0', '0/1', '0/2', '1/0'])('one bit of tile %s', async (name) => {
    const store = await makeStore()
    for (const place of [0, tileOf(store, name).length - 1]) {
      const tile = tileOf(store, name).slice()
      tile[place] = (tile[place] as number) ^ 0x80
      const { problems } = await check(
        Object.assign(await makeStore(), { tiles: new Map(store.tiles).set(name, tile) }),
      )
      expect(problems).toEqual([`TILE_CHANGED tile ${name}`])
    }
  })

  test.each(['0/0', '0/1', '0/2', '1/0'])('tile %s taken away, cut short, or longer', async (name) => {
    const store = await makeStore()
    const tile = tileOf(store, name)
    store.tiles.set(name, tile.slice(32))
    expect((await check(store)).problems).toEqual([`TILE_CHANGED tile ${name}`])
    store.tiles.set(name, Uint8Array.of(...tile, ...new Uint8Array(32)))
    expect((await check(store)).problems).toEqual([`TILE_CHANGED tile ${name}`])
    store.tiles.delete(name)
    expect((await check(store)).problems).toEqual([`TILE_MISSING tile ${name}`])
  })

  test.each(['0/3', '1/1', '2/0', '5/0'])('tile %s, which no log of this size has', async (name) => {
    const store = await makeStore()
    store.tiles.set(name, new Uint8Array(32))
    expect((await check(store)).problems).toEqual([`TILE_STRAY tile ${name}`])
  })
})

test('two entries in each other’s place', async () => {
  const store = await makeStore()
  store.entries[3] = entryOf(4)
  store.entries[4] = entryOf(3)
  expect((await check(store)).problems).toEqual(['ENTRY_CHANGED entry 3', 'ENTRY_CHANGED entry 4'])
})

test('an entry that is gone, and its hash in the tile stands in for it', async () => {
  const store = await makeStore()
  Reflect.deleteProperty(store.entries, 300)
  const { problems, tree } = await check(store)
  expect(problems).toEqual(['ENTRY_MISSING entry 300'])
  expect(tree.size).toBe(600n)
})

test('an entry and its tile that are gone: the tree ends there, and that is said', async () => {
  const store = await makeStore()
  Reflect.deleteProperty(store.entries, 300)
  store.tiles.delete('0/1')
  const { problems } = await check(store)
  expect(problems).toEqual(['ENTRY_MISSING entry 300', 'NOT_CHECKED entry 256'])
})

test('an entry and its hash in the tile, changed together', async () => {
  const store = await makeStore()
  store.entries[300] = entryOf(1)
  tileOf(store, '0/1').set(leafHash(entryOf(1)), (300 - 256) * 32)
  const { problems } = await check(store)
  expect(problems).toEqual(['TILE_CHANGED tile 1/0', 'ROOT_DIFFERS size 600'])
})

test('an entry more than the log has', async () => {
  const store = await makeStore()
  const reads = readsOf(store)
  const head = await reads.load()
  store.entries.push(entryOf(600))
  const findings = new Findings()
  const log = { ...reads, load: async () => head }
  const logKey = verifierKeyOf(signer)
  await checkLog({ log, logKey, verifier: nobleVerifier, hash: sha256, findings, onProgress: () => {} })
  expect(findings.problems.map(({ code, at }) => `${code} ${at}`)).toEqual(['ENTRY_STRAY entry 600'])
})

describe('the checkpoint', () => {
  const withHead = async (change: (note: string) => string | undefined) => {
    const store = await makeStore(3)
    const reads = readsOf(store)
    const head = await reads.load()
    const findings = new Findings()
    const log = { ...reads, load: async () => ({ ...head, checkpoint: change(head.checkpoint as string) }) }
    const logKey = verifierKeyOf(signer)
    await checkLog({ log, logKey, verifier: nobleVerifier, hash: sha256, findings, onProgress: () => {} })
    return findings.problems.map(({ code, at }) => `${code} ${at}`)
  }

  test('is not there, is not signed, is of another size', async () => {
    expect(await withHead(() => undefined)).toEqual(['CHECKPOINT_WRONG log head'])
    expect(await withHead((note) => note.replace('\n3\n', '\n4\n'))).toEqual(['CHECKPOINT_WRONG log head'])
    const older = (await makeStore(2).then((store) => store.load())).checkpoint
    const problems = await withHead(() => older)
    expect(problems).toContain('CHECKPOINT_WRONG log head')
    expect(problems).toContain('ENTRY_STRAY entry 2')
  })

  test('is of another tree, signed by the log', async () => {
    const other = new MemoryLogStore<never>()
    const log = await openLog<never>({ store: other, head: other.head, origin: signer.name, signer, nowMs: Date.now })
    await Promise.all([7, 8, 9].map((index) => log.append({ entry: entryOf(index), writes: () => [] })))
    expect(await withHead(() => log.checkpoint())).toContain('ROOT_DIFFERS size 3')
  })
})
