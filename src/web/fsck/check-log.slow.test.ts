/**
 * A log with tiles on three levels: one bit of each kind of tile, at the boundary of 65,536 entries.
 */
import { expect, test } from 'vitest'
import { logSigner } from '../../../test/support/log-signer.ts'
import { MemoryLogStore } from '../../../test/support/memory-log-store.ts'
import { sha256 } from '../../core/hash/index.ts'
import { nobleVerifier } from '../../core/signature/index.ts'
import { openLog, type TileKey, verifierKeyOf } from '../log/index.ts'
import { checkLog } from './check-log.ts'
import { Findings } from './findings.ts'

const signer = logSigner()

test.each([65_535, 65_536, 65_537])('%i entries', { timeout: 300_000 }, async (size) => {
  const store = new MemoryLogStore<never>()
  const log = await openLog<never>({ store, head: store.head, origin: signer.name, signer, nowMs: Date.now })
  for (let from = 0; from < size; from += 5_000) {
    const count = Math.min(5_000, size - from)
    const entries = Array.from({ length: count }, (_, index) => new TextEncoder().encode(`entry ${from + index}`))
    await Promise.all(entries.map((entry) => log.append({ entry, writes: () => [] })))
  }
  const keys = [...store.tiles.keys()].map((name): TileKey => {
    const [level, index] = name.split('/')
    return { level: Number(level), index: BigInt(index as string) }
  })
  const check = async (): Promise<readonly string[]> => {
    const findings = new Findings()
    await checkLog({
      log: {
        load: () => store.load(),
        readTile: (key) => store.readTile(key),
        readEntries: (range) => store.readEntries(range),
        lastIndex: async () => BigInt(store.entries.length) - 1n,
        tileKeys: async (after) => (after === undefined ? keys : []),
      },
      logKey: verifierKeyOf(signer),
      verifier: nobleVerifier,
      hash: sha256,
      findings,
      onProgress: () => {},
    })
    return findings.problems.map(({ code, at }) => `${code} ${at}`)
  }
  expect(await check()).toEqual([])
  const names = size < 65_536 ? ['0/255', '1/0'] : ['0/0', '0/255', '1/0', '2/0']
  for (const name of names) {
    const tile = store.tiles.get(name) as Uint8Array
    tile[0] = (tile[0] as number) ^ 1
    expect(await check()).toEqual([`TILE_CHANGED tile ${name}`])
    tile[0] ^= 1
  }
})
