import fc from 'fast-check'
import { expect, test } from 'vitest'
import { logSigner } from '../../../test/support/log-signer.ts'
import { type Failure, MemoryLogStore } from '../../../test/support/memory-log-store.ts'
import { NaiveTree } from '../../../test/support/naive-tree.ts'
import { openCheckpoint } from '../../core/checkpoint/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { leafHash, rootFromInclusionProof } from '../../core/merkle/index.ts'
import { nodeSha256 } from '../../node/keys/node-sha256.ts'
import { nodeVerifier } from '../../node/keys/node-verifier.ts'
import { verifierKeyOf } from './checkpoint-signer.ts'
import { type Log, openLog, type Sequenced } from './index.ts'

const signer = logSigner()

const open = (store: MemoryLogStore<string>, overrides: Partial<Parameters<typeof openLog<string>>[0]> = {}) =>
  openLog<string>({
    store,
    head: store.head,
    origin: 'log.example',
    signer,
    verifier: nodeVerifier,
    nowMs: () => 0,
    hash: nodeSha256,
    ...overrides,
  })

const entryOf = (number: number): Uint8Array => Uint8Array.from([number >> 16, number >> 8, number])

const none = (): readonly string[] => []

const appendMany = (log: Log<string>, from: number, count: number): Promise<Sequenced[]> =>
  Promise.all(Array.from({ length: count }, (_, i) => log.append({ entry: entryOf(from + i), writes: none })))

const expectProof = (sequenced: Sequenced, entry: Uint8Array): void => {
  const { index: leafIndex, treeSize, proof, rootHash } = sequenced
  const root = rootFromInclusionProof({ leafHash: leafHash(entry), leafIndex, treeSize, proof }, nodeSha256)
  expect(root).toEqual(rootHash)
}

const codeOf = async (promise: Promise<unknown>): Promise<{ code: string; fatal: boolean }> => {
  const error = await promise.then(
    () => expect.unreachable('it resolved'),
    (reason: unknown) => reason,
  )
  if (!ColophonError.is(error)) throw error
  return { code: error.code, fatal: error.fatal }
}

/** The log of a store is whole: it opens, and its checkpoint is that of a naive tree over its entries. */
const checkLog = async (store: MemoryLogStore<string>): Promise<Log<string>> => {
  const log = await open(store)
  expect(log.size).toBe(BigInt(store.entries.length))
  const naive = new NaiveTree()
  for (const entry of store.entries) naive.add(entry)
  if (store.checkpoint !== undefined) {
    const signedNote = store.checkpoint
    const { checkpoint } = await openCheckpoint({ signedNote, logKey: verifierKeyOf(signer), verifier: nodeVerifier })
    expect(checkpoint.origin).toBe('log.example')
    expect(checkpoint.size).toBe(log.size)
    expect(checkpoint.rootHash).toEqual(naive.root())
  }
  return log
}

test('appends of one turn are one group with one checkpoint, and every proof leads to its root', async () => {
  const store = new MemoryLogStore<string>()
  const log = await open(store)
  const sequenced = await appendMany(log, 0, 10)
  expect(store.groups).toEqual([{ entries: 10, writes: 0 }])
  expect(new Set(sequenced.map(({ checkpoint }) => checkpoint)).size).toBe(1)
  for (const [number, place] of sequenced.entries()) {
    expect(place.index).toBe(BigInt(number))
    expect(place.treeSize).toBe(10n)
    expectProof(place, entryOf(number))
  }
  expect(log.checkpoint()).toBe(sequenced[0]?.checkpoint)
  expect(log.size).toBe(10n)
  await checkLog(store)
})

test('appends that arrive while a commit is under way form the next group', async () => {
  const store = new MemoryLogStore<string>()
  const log = await open(store)
  let goOn = (): void => {}
  store.pause = new Promise((resolve) => {
    goOn = resolve
  })
  const first = appendMany(log, 0, 2)
  await new Promise((resolve) => setTimeout(resolve, 5))
  const second = [appendMany(log, 2, 3), appendMany(log, 5, 4)]
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(log.size).toBe(0n)
  goOn()
  await Promise.all([first, ...second])
  expect(store.groups.map(({ entries }) => entries)).toEqual([2, 7])
  await checkLog(store)
})

test('a group is bounded, and so is what waits', async () => {
  const store = new MemoryLogStore<string>()
  const log = await open(store)
  const waiting = appendMany(log, 0, 10_000)
  expect(await codeOf(log.append({ entry: entryOf(0), writes: none }))).toEqual({ code: 'LOG_BUSY', fatal: false })
  await waiting
  expect(store.groups.map(({ entries }) => entries)).toEqual(Array(10).fill(1000))
})

test('new submissions are refused while a commit takes longer than a minute', async () => {
  const store = new MemoryLogStore<string>()
  let nowMs = 0
  const log = await open(store, { nowMs: () => nowMs })
  let goOn = (): void => {}
  store.pause = new Promise((resolve) => {
    goOn = resolve
  })
  const slow = appendMany(log, 0, 1)
  await new Promise((resolve) => setTimeout(resolve, 5))
  nowMs = 60_001
  expect(await codeOf(appendMany(log, 1, 1))).toEqual({ code: 'LOG_BUSY', fatal: false })
  goOn()
  await slow
  await appendMany(log, 1, 1)
})

test('logs of any group sizes are those of RFC 6962, also when reopened between groups', async () => {
  const group = fc.record({
    count: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constantFrom(127, 254, 255, 256, 257, 511, 1001)),
    reopen: fc.boolean(),
    failure: fc.constantFrom<Failure | undefined>(undefined, undefined, 'refused', 'lost', 'kept', 'thrown'),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(group, { minLength: 1, maxLength: 6 }), async (groups) => {
      const store = new MemoryLogStore<string>()
      let log = await open(store)
      let number = 0
      for (const { count, reopen, failure } of groups) {
        if (failure !== undefined) {
          store.failNext = failure
          const { fatal } = await codeOf(log.append({ entry: entryOf(number), writes: none }))
          expect(fatal).toBe(failure !== 'refused')
          if (failure === 'kept' || failure === 'thrown') number += 1
          if (fatal) log = await checkLog(store)
        }
        const sequenced = await appendMany(log, number, count)
        for (const [i, place] of sequenced.entries()) {
          expect(place.index).toBe(BigInt(number + i))
          if (i % 9 === 0) expectProof(place, entryOf(number + i))
        }
        number += count
        if (reopen) log = await checkLog(store)
      }
      await checkLog(store)
      expect(store.entries).toEqual(Array.from({ length: number }, (_, i) => entryOf(i)))
    }),
    { numRuns: 30 },
  )
}, 60_000)

test('across 65,536 entries every proof holds and the log reopens', async () => {
  const store = new MemoryLogStore<string>()
  let log = await open(store)
  for (let number = 0; number < 65_534; ) {
    const count = Math.min(5000, 65_534 - number)
    const sequenced = await appendMany(log, number, count)
    for (const [i, place] of sequenced.entries()) if (i % 97 === 0) expectProof(place, entryOf(number + i))
    number += count
  }
  for (const count of [1, 1, 1, 1, 300]) {
    log = await open(store)
    const number = store.entries.length
    const sequenced = await appendMany(log, number, count)
    for (const [i, place] of sequenced.entries()) expectProof(place, entryOf(number + i))
  }
  expect(store.tiles.get('2/0')?.length).toBe(32)
  await checkLog(store)
}, 60_000)

test('writes know the place of their entry and are in the same commit, in order', async () => {
  const store = new MemoryLogStore<string>()
  const log = await open(store)
  const writes = (place: Sequenced): string[] => [`entry ${place.index} of ${place.treeSize}`]
  await Promise.all([
    log.append({ entry: entryOf(0), writes }),
    log.write(['alone']),
    log.append({ entry: entryOf(1), writes }),
  ])
  expect(store.writes).toEqual(['entry 0 of 2', 'alone', 'entry 1 of 2'])
  expect(store.groups).toEqual([{ entries: 2, writes: 3 }])
})

test('a group without entries has no new checkpoint', async () => {
  const store = new MemoryLogStore<string>()
  const log = await open(store)
  await log.write(['before any entry'])
  expect(log.checkpoint()).toBe(undefined)
  const [place] = await appendMany(log, 0, 1)
  await log.write(['after'])
  expect(log.checkpoint()).toBe(place?.checkpoint)
  expect(store.checkpoint).toBe(place?.checkpoint)
  await checkLog(store)
})

test('where one callback throws, only its append rejects, and the entry stays in the log', async () => {
  const store = new MemoryLogStore<string>()
  const log = await open(store)
  const refuse = (): never => {
    throw new Error('cannot say what to write')
  }
  const [first, second, third] = await Promise.allSettled([
    log.append({ entry: entryOf(0), writes: () => ['first'] }),
    log.append({ entry: entryOf(1), writes: refuse }),
    log.append({ entry: entryOf(2), writes: () => ['third'] }),
  ])
  expect(second).toMatchObject({ status: 'rejected', reason: { message: 'cannot say what to write' } })
  if (first?.status !== 'fulfilled' || third?.status !== 'fulfilled') return expect.unreachable()
  expectProof(first.value, entryOf(0))
  expectProof(third.value, entryOf(2))
  expect(store.writes).toEqual(['first', 'third'])
  expect((await checkLog(store)).size).toBe(3n)
})

test('an entry of 65,536 bytes is refused before it is sequenced, one of 65,535 is taken', async () => {
  const store = new MemoryLogStore<string>()
  const log = await open(store)
  await expect(log.append({ entry: new Uint8Array(65_536), writes: none })).rejects.toThrow(RangeError)
  expect(store.groups).toEqual([])
  expect((await log.append({ entry: new Uint8Array(65_535), writes: none })).index).toBe(0n)
})

test('an entry that its owner changes afterwards is logged as it was', async () => {
  const store = new MemoryLogStore<string>()
  const log = await open(store)
  const entry = Uint8Array.of(1, 2, 3)
  const appended = log.append({ entry, writes: none })
  entry.fill(9)
  expectProof(await appended, Uint8Array.of(1, 2, 3))
  expect(store.entries).toEqual([Uint8Array.of(1, 2, 3)])
})

test.each<{ failure: Failure; fatal: boolean; kept: number }>([
  { failure: 'refused', fatal: false, kept: 0 },
  { failure: 'lost', fatal: true, kept: 0 },
  { failure: 'kept', fatal: true, kept: 3 },
  { failure: 'thrown', fatal: true, kept: 3 },
])('a commit that is $failure rejects its whole group; fatal: $fatal', async ({ failure, fatal, kept }) => {
  const store = new MemoryLogStore<string>()
  const log = await open(store)
  await appendMany(log, 0, 300)
  const before = log.checkpoint()
  store.failNext = failure
  const group = Array.from({ length: 3 }, (_, i) => codeOf(log.append({ entry: entryOf(300 + i), writes: none })))
  expect(await Promise.all(group)).toEqual(Array(3).fill({ code: 'STORE_FAILED', fatal }))
  expect(log.size).toBe(300n)
  expect(log.checkpoint()).toBe(before)
  if (fatal) {
    expect(await codeOf(log.append({ entry: entryOf(0), writes: none }))).toEqual({ code: 'STORE_FAILED', fatal: true })
    expect(await codeOf(log.write(['x']))).toEqual({ code: 'STORE_FAILED', fatal: true })
    expect(store.entries.length).toBe(300 + kept)
  } else {
    const [next] = await appendMany(log, 300, 1)
    expect(next?.index).toBe(300n)
  }
  await checkLog(store)
})

test('when the log stops, what waits is refused too', async () => {
  const store = new MemoryLogStore<string>()
  const log = await open(store)
  let goOn = (): void => {}
  store.pause = new Promise((resolve) => {
    goOn = resolve
  })
  store.failNext = 'lost'
  const first = codeOf(appendMany(log, 0, 1))
  await new Promise((resolve) => setTimeout(resolve, 5))
  const waiting = codeOf(appendMany(log, 1, 1))
  goOn()
  expect(await first).toEqual({ code: 'STORE_FAILED', fatal: true })
  expect(await waiting).toEqual({ code: 'STORE_FAILED', fatal: true })
  expect(store.groups).toEqual([])
})

test('a second writer is noticed: the log stops and nothing of its own is written', async () => {
  const store = new MemoryLogStore<string>()
  const [one, other] = [await open(store), await open(store)]
  await appendMany(one, 0, 2)
  expect(await codeOf(appendMany(other, 100, 1))).toEqual({ code: 'STORE_DAMAGED', fatal: true })
  expect(await codeOf(appendMany(other, 100, 1))).toEqual({ code: 'STORE_DAMAGED', fatal: true })
  expect(store.entries.length).toBe(2)
  await checkLog(store)
})

test('where the key cannot sign, the group rejects and the log goes on', async () => {
  const store = new MemoryLogStore<string>()
  let broken = true
  const log = await open(store, {
    signer: {
      ...signer,
      sign: (text) => {
        if (broken) throw new Error('the key is away')
        return signer.sign(text)
      },
    },
  })
  await expect(appendMany(log, 0, 3)).rejects.toThrow('the key is away')
  broken = false
  const [place] = await appendMany(log, 0, 1)
  expect(place?.index).toBe(0n)
  await checkLog(store)
})

test('close waits for what is under way and refuses what is new', async () => {
  const store = new MemoryLogStore<string>()
  const log = await open(store)
  const appended = appendMany(log, 0, 2500)
  await log.close()
  expect(store.entries.length).toBe(2500)
  await appended
  expect(await codeOf(appendMany(log, 0, 1))).toEqual({ code: 'STORE_FAILED', fatal: false })
  await log.close()
})

test('the origin has to be the name of the key', async () => {
  await expect(open(new MemoryLogStore(), { origin: 'other.example' })).rejects.toThrow(RangeError)
})
