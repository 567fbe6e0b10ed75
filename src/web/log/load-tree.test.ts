import { expect, test } from 'vitest'
import { logSigner } from '../../../test/support/log-signer.ts'
import { MemoryLogStore } from '../../../test/support/memory-log-store.ts'
import { nodeVerifier } from '../../node/keys/node-verifier.ts'
import type { CheckpointSigner } from '../../web/log/index.ts'
import { signCheckpoint } from './checkpoint-signer.ts'
import { openLog } from './open-log.ts'

const signer = logSigner()

const open = (store: MemoryLogStore<never>, by: CheckpointSigner = signer) =>
  openLog<never>({ store, head: store.head, origin: by.name, signer: by, verifier: nodeVerifier, nowMs: () => 0 })

const storeOf = async (size: number): Promise<MemoryLogStore<never>> => {
  const store = new MemoryLogStore<never>()
  const log = await open(store)
  const appends = Array.from({ length: size }, (_, i) =>
    log.append({ entry: Uint8Array.of(i >> 8, i), writes: () => [] }),
  )
  await Promise.all(appends)
  return store
}

const flip = (bytes: Uint8Array | undefined, at: number): void => {
  if (bytes === undefined) throw new Error('nothing to flip')
  bytes[at] = (bytes[at] as number) ^ 1
}

const expectDamaged = async (store: MemoryLogStore<never>, by?: CheckpointSigner): Promise<void> => {
  await expect(open(store, by)).rejects.toThrowCode('STORE_DAMAGED')
  await expect(open(store, by)).rejects.toMatchObject({ fatal: true })
}

test.each([1, 2, 255, 256, 257, 512, 600])('a log of %i entries opens as it is', async (size) => {
  expect((await open(await storeOf(size))).size).toBe(BigInt(size))
})

test.each([
  [300, '0/1'],
  [300, '1/0'],
  [512, '0/1'],
  [512, '1/0'],
] as const)('one bit of any hash on the right edge of %i entries, tile %s', async (size, name) => {
  const store = await storeOf(size)
  const tile = store.tiles.get(name) as Uint8Array
  for (let at = 0; at < tile.length; at += 32) {
    flip(tile, at)
    await expectDamaged(store)
    flip(tile, at)
  }
  await open(store)
})

test('one bit of an entry of the last tile, whether it is full or not', async () => {
  for (const size of [300, 512]) {
    for (const index of [256, 260, size - 1]) {
      const store = await storeOf(size)
      flip(store.entries[index], 1)
      await expectDamaged(store)
    }
  }
})

test('a missing last entry, a surplus one, two that changed places', async () => {
  const missing = await storeOf(300)
  missing.entries.pop()
  await expectDamaged(missing)
  const surplus = await storeOf(300)
  surplus.entries.push(Uint8Array.of(1))
  await expectDamaged(surplus)
  const swapped = await storeOf(300)
  swapped.entries.push(...swapped.entries.splice(298, 1))
  await expectDamaged(swapped)
})

test.each([
  ['0/1', 'tile (level 0, index 1)', 44],
  ['1/0', 'tile (level 1, index 0)', 1],
] as const)('tile %s missing, empty, too short, too long: named', async (name, words, width) => {
  const missing = await storeOf(300)
  missing.tiles.delete(name)
  await expect(open(missing)).rejects.toMatchObject({ code: 'STORE_DAMAGED', message: `${words} is missing` })
  for (const sizeBytes of [0, width * 32 - 32, width * 32 - 1, width * 32 + 1, width * 32 + 32, 8192]) {
    const store = await storeOf(300)
    const resized = new Uint8Array(sizeBytes)
    resized.set((store.tiles.get(name) as Uint8Array).subarray(0, sizeBytes))
    store.tiles.set(name, resized)
    await expectDamaged(store)
    const message = `${words} has ${sizeBytes} bytes, want ${width * 32}`
    await expect(open(store)).rejects.toMatchObject({ message })
  }
})

test('tiles that fit each other but not the checkpoint', async () => {
  const store = await storeOf(300)
  const other = new MemoryLogStore<never>()
  const log = await open(other)
  for (let i = 0; i < 300; i++) void log.append({ entry: Uint8Array.of(i >> 8, i, 1), writes: () => [] })
  await log.close()
  store.entries.splice(0, 300, ...other.entries)
  for (const [name, hashes] of other.tiles) store.tiles.set(name, hashes)
  await expectDamaged(store)
})

test('a checkpoint that is missing, changed, of another size, by another key or of another log', async () => {
  const size = 300
  const good = (await storeOf(size)).checkpoint as string
  const rootHash = new Uint8Array(32)
  const checkpoints = [
    undefined,
    '',
    good.replace('300', '299'),
    good.replace('log.example', 'log.exbmple'),
    good.slice(0, -1),
    `${good}x`,
    (await storeOf(299)).checkpoint,
    signCheckpoint({ signer, size: 300n, rootHash }),
    good.replace(
      /(— log\.example .{20})(.)/,
      (_, start: string, character: string) => start + (character === 'A' ? 'B' : 'A'),
    ),
  ]
  for (const checkpoint of checkpoints) {
    const store = await storeOf(size)
    store.signed = checkpoint === undefined ? undefined : { checkpoint, signedAtMs: 0 }
    await expectDamaged(store)
  }
  await expectDamaged(await storeOf(size), logSigner('log.example', 8))
  await expectDamaged(await storeOf(size), logSigner('other.example', 7))
})

test('entries without a log: none may be there', async () => {
  const store = await storeOf(1)
  store.entries.pop()
  await expectDamaged(store)
})
