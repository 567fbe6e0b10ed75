/**
 * The fault table of the log: every step of a commit fails, before it has done anything or after, once or twice in a row,
 * and then the process dies. Sunlight's, on real files.
 *
 * @module
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeUtf8 } from '../../src/core/bytes/index.ts'
import { leafHash, rootFromInclusionProof } from '../../src/core/merkle/index.ts'
import { TileTree } from '../../src/core/tiles/index.ts'
import { nodeSha256 } from '../../src/node/keys/index.ts'
import { type Fault, LogFiles, treeOf } from '../support/log-files.ts'
import { bindingRow } from '../support/registry-rows.ts'

/** Of no disk where the machine has such a place: what is tested here is the order of steps, and others use the disk. */
const ROOM = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

interface FaultCase {
  readonly fault: Fault
  /** The log stops. */
  readonly fatal: boolean
  /** The group is in the log all the same. */
  readonly kept: boolean
}

/** How a commit can fail: the step, whether it is known, what is on the disk. */
const FAULTS: readonly FaultCase[] = [
  { fault: 'sign', fatal: false, kept: false },
  { fault: 'storeRefused', fatal: false, kept: false },
  { fault: 'storeLost', fatal: true, kept: false },
  { fault: 'storeKept', fatal: true, kept: true },
  { fault: 'headRefused', fatal: true, kept: true },
  { fault: 'headLost', fatal: true, kept: true },
  { fault: 'headKept', fatal: true, kept: true },
]

/** Everything that a log promises, of the files as they are. */
async function checkPromises(files: LogFiles, { base, note }: { base: number; note: (checkpoint: string) => void }) {
  const { log, store, head, memory } = files
  const stored = await store.load()
  const remembered = await head.load()
  expect([stored.size, stored.checkpoint]).toEqual([log.size, log.checkpoint()])
  expect(remembered?.checkpoint).toBe(stored.checkpoint)
  const newest = treeOf(stored.checkpoint as string)
  expect(newest.size).toBe(log.size)
  note(stored.checkpoint as string)

  const root = Uint8Array.from(Buffer.from(newest.root, 'base64'))
  const tiles = await TileTree.open({
    readTile: (tile) => store.readTile(tile),
    head: { size: newest.size, root },
    sha256: nodeSha256,
  })
  const entries = await store.readEntries({ start: BigInt(base), end: log.size })
  const texts = entries.map((entry) => new TextDecoder().decode(entry))
  expect(new Set(texts).size).toBe(texts.length)
  for (const [i, entry] of entries.entries()) {
    expect(await tiles.leafHash(BigInt(base + i))).toEqual(leafHash(entry, nodeSha256))
  }
  for (const { text, place } of memory.asked) {
    const at = texts.indexOf(text)
    // Wholly or not at all.
    const row = at === -1 ? undefined : { ...bindingRow(text, { index: BigInt(base + at) }), outcome: undefined }
    expect(await store.run(text)).toEqual(row)
    if (place === undefined) continue
    expect(place.index).toBe(BigInt(base + at))
    note(place.checkpoint)
    const { index: leafIndex, treeSize, proof } = place
    const leaf = leafHash(encodeUtf8(text), nodeSha256)
    expect(rootFromInclusionProof({ leafHash: leaf, leafIndex, treeSize, proof }, nodeSha256)).toEqual(place.rootHash)
    expect(treeOf(place.checkpoint).root).toBe(Buffer.from(place.rootHash).toString('base64'))
    expect((await tiles.proveConsistency(treeSize)).first.root).toEqual(place.rootHash)
  }
}

/** @param input.count  how often in a row; the second time at the same size, where nothing was kept */
export function declareFaultTable({
  sizes,
  count,
}: {
  readonly sizes: readonly number[]
  readonly count: 1 | 2
}): void {
  let folder: string
  const bases = new Map<number, LogFiles>()

  beforeAll(async () => {
    folder = mkdtempSync(join(ROOM, 'colophon-faults-'))
    const growing = new LogFiles(folder)
    await growing.open({ create: true })
    for (const size of sizes) {
      await growing.fill(size)
      bases.set(size, growing.copy(join(folder, `base-${size}`)))
    }
    growing.close()
  }, 60_000)
  afterAll(() => rmSync(folder, { recursive: true }))

  describe.each(sizes)('at %i entries', (base) => {
    test.each(FAULTS)(`$fault, ${count} in a row`, async ({ fault, fatal, kept }) => {
      const first = bases.get(base) as LogFiles
      let number = 0
      const caseFolder = join(folder, `${base}-${fault}`)
      const nextFolder = (): string => join(caseFolder, String(number++))
      let files = new LogFiles(first.folder).copy(nextFolder())
      await files.open()
      const durable = new Map<bigint, string>()
      /** No two trees of one size are ever durable or told. */
      const note = (checkpoint: string): void => {
        const { size, root } = treeOf(checkpoint)
        expect(durable.get(size) ?? root).toBe(root)
        durable.set(size, root)
      }
      const check = () => checkPromises(files, { base, note })

      let size = base
      for (let round = 0; round < count; round++) {
        files.fault = fault
        const asked = await files.append([`${round} a`, `${round} b`])
        for (const { error } of asked) expect(error).toMatchObject({ code: 'STORE_FAILED', fatal })
        expect(files.fault).toBe(undefined)
        expect(files.log.size).toBe(BigInt(size))
        if (fatal) {
          const [refused] = await files.append([`${round} after`])
          expect(refused?.error).toMatchObject({ code: 'STORE_FAILED', fatal: true })
          // What is durable now counts, even if this process were the last to see it.
          note((await files.store.load()).checkpoint as string)
          files = files.crash(nextFolder())
          await openThrough(files, round > 0 ? fault : undefined)
        }
        if (kept) size += 2
        expect(files.log.size).toBe(BigInt(size))
        await check()
      }
      const after = await files.append(['c', 'd', 'e'])
      expect(after.map(({ place }) => place?.index)).toEqual([0, 1, 2].map((i) => BigInt(size + i)))
      await files.reopen()
      await check()
      files.close()
      rmSync(caseFolder, { recursive: true })
      // Of all signatures made, those that are neither durable nor told were of groups that nothing is left of.
      const forgotten = files.memory.signed.map(treeOf).filter((tree) => durable.get(tree.size) !== tree.root)
      expect(forgotten.length).toBe(kept || fault === 'sign' ? 0 : count)
    })
  })
}

/** Opens the files; where the head store is behind and its fault strikes once more, that fails, and the next time not. */
async function openThrough(files: LogFiles, fault: Fault | undefined): Promise<void> {
  if (fault === 'headRefused' || fault === 'headLost') {
    files.fault = fault
    await expect(files.open()).rejects.toThrowCode('STORE_FAILED')
  }
  await files.open()
}
