import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { anyText } from '../../../../test/support/any-text.ts'
import { bindingRow, declarationRow, outcomeRow } from '../../../../test/support/registry-rows.ts'
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts'
import type { CommitGroup } from '../../../web/log/index.ts'
import type { RegistryWrite } from '../../../web/registry/index.ts'
import { openSqliteStore, type SqliteStore } from './index.ts'

const newPath = (): string => join(temporaryFolder(), 'store.db')

/** A store that is closed when the test ends. */
const open = (path: string, options: { create?: boolean } = {}): SqliteStore => {
  const store = openSqliteStore({ path, ...options })
  onTestFinished(() => store.close())
  return store
}
const newStore = (): SqliteStore => open(newPath(), { create: true })

type Group = CommitGroup<RegistryWrite>

const group = (baseSize: bigint, changes: Partial<Group> = {}): Group => ({
  baseSize,
  entries: [],
  tiles: [],
  head: undefined,
  writes: [],
  ...changes,
})

const head = (checkpoint: string, signedAtMs = 1) => ({ checkpoint, signedAtMs })

const tile = (level: number, index: bigint, ...bytes: number[]) => ({
  level,
  index,
  hashes: Uint8Array.from(bytes.flatMap((byte) => new Array(32).fill(byte))),
})

const binding = (row: ReturnType<typeof bindingRow>): RegistryWrite => ({ kind: 'binding', row })
const outcome = (row: ReturnType<typeof outcomeRow>): RegistryWrite => ({ kind: 'outcome', row })
const declaration = (row: ReturnType<typeof declarationRow>): RegistryWrite => ({ kind: 'declaration', row })

describe('the log', () => {
  test('a new one is empty', async () => {
    const store = newStore()
    expect(await store.load()).toEqual({ size: 0n, checkpoint: undefined, previous: undefined, signedAtMs: undefined })
    expect(await store.readTile({ level: 0, index: 0n })).toBeUndefined()
    expect(await store.readEntries({ start: 0n, end: 0n })).toEqual([])
    await expect(store.readEntries({ start: 0n, end: 1n })).rejects.toThrowCode('STORE_DAMAGED')
  })

  test('groups are there in order, byte for byte, also when it is opened again', async () => {
    const path = newPath()
    const store = open(path, { create: true })
    const entries = [new Uint8Array(0), Uint8Array.of(0, 255), new Uint8Array(65_535).fill(9)]
    await store.commit(group(0n, { entries: entries.slice(0, 1), tiles: [tile(0, 0n, 1)], head: head('first\n') }))
    await store.commit(
      group(1n, { entries: entries.slice(1), tiles: [tile(0, 0n, 1, 2, 3)], head: head('second\n', 2) }),
    )
    await store.commit(group(3n, { writes: [declaration(declarationRow('d'))] }))
    store.close()

    const again = open(path)
    expect(await again.load()).toEqual({ size: 3n, checkpoint: 'second\n', previous: 'first\n', signedAtMs: 2 })
    expect(await again.readEntries({ start: 0n, end: 3n })).toEqual(entries)
    expect(await again.readEntries({ start: 1n, end: 2n })).toEqual(entries.slice(1, 2))
    expect(await again.readTile({ level: 0, index: 0n })).toEqual(tile(0, 0n, 1, 2, 3).hashes)
    expect(await again.declaration('d')).toEqual(declarationRow('d'))
  })

  test('a group on another size is refused, and the store does nothing more: somebody else wrote', async () => {
    const store = newStore()
    await store.commit(group(0n, { entries: [Uint8Array.of(1)], head: head('a') }))
    for (const baseSize of [0n, 2n]) {
      const fresh = newStore()
      await fresh.commit(group(0n, { entries: [Uint8Array.of(1)], head: head('a') }))
      const fatal = { code: 'STORE_DAMAGED', fatal: true }
      await expect(fresh.commit(group(baseSize, { entries: [Uint8Array.of(2)] }))).rejects.toMatchObject(fatal)
      await expect(fresh.load()).rejects.toMatchObject(fatal)
      await expect(fresh.commit(group(1n))).rejects.toMatchObject(fatal)
    }
    expect((await store.load()).size).toBe(1n)
  })

  test.each<[string, Partial<Group>]>([
    [
      'a second run with one id, after other rows',
      { writes: [binding(bindingRow('new')), binding(bindingRow('old'))] },
    ],
    ['a second run with one number', { writes: [binding(bindingRow('new', { stream: 'old' }))] }],
    ['an outcome without its binding', { writes: [binding(bindingRow('new')), outcome(outcomeRow('nobody'))] }],
    ['a second outcome', { writes: [outcome(outcomeRow('old', { recordDigest: 'other' }))] }],
    ['an entry of 65,536 bytes', { entries: [Uint8Array.of(1), new Uint8Array(65_536)], head: head('b') }],
    ['a tile that is none', { tiles: [{ level: 0, index: 0n, hashes: new Uint8Array(33) }] }],
    ['a tile at no level', { tiles: [tile(64, 0n, 1)] }],
    ['a row of the wrong type', { writes: [binding({ ...bindingRow('new'), requestBody: 'text' as never })] }],
  ])('a group is rolled back whole: %s', async (_, changes) => {
    const store = newStore()
    await store.commit(
      group(0n, {
        entries: [Uint8Array.of(7)],
        tiles: [tile(0, 0n, 7)],
        head: head('a'),
        writes: [binding(bindingRow('old')), outcome(outcomeRow('old'))],
      }),
    )
    const bad = group(1n, { entries: [Uint8Array.of(8)], tiles: [tile(0, 0n, 7, 8)], head: head('b'), ...changes })
    await expect(store.commit(bad)).rejects.toMatchObject({ code: 'STORE_FAILED', fatal: false })

    expect(await store.load()).toEqual({ size: 1n, checkpoint: 'a', previous: undefined, signedAtMs: 1 })
    expect(await store.readTile({ level: 0, index: 0n })).toEqual(tile(0, 0n, 7).hashes)
    expect(await store.run('new')).toBeUndefined()
    expect(await store.runs({ limit: 10 })).toHaveLength(1)
    // And it goes on.
    await store.commit(
      group(1n, { entries: [Uint8Array.of(8)], head: head('c'), writes: [binding(bindingRow('new'))] }),
    )
    expect(await store.readEntries({ start: 1n, end: 2n })).toEqual([Uint8Array.of(8)])
    expect((await store.run('new'))?.runId).toBe('new')
  })
})

describe('the registry', () => {
  test('rows come back byte for byte: nothing is read as text that was not', async () => {
    const store = newStore()
    const run = bindingRow('run', {
      index: 2n ** 53n + 1n,
      number: 2 ** 53 - 1,
      declarationId: 'd',
      requestBody: Uint8Array.from({ length: 256 }, (_, byte) => byte),
      cutList: new Uint8Array(0),
    })
    const result = outcomeRow('run', { outputs: ['b', 'a', 'b'], responseBody: new Uint8Array(1_000_000).fill(0xc3) })
    await store.commit(group(0n, { writes: [declaration(declarationRow('d')), binding(run)] }))
    expect(await store.run('run')).toEqual({ ...run, outcome: undefined })
    await store.commit(group(0n, { writes: [outcome(result)] }))
    expect(await store.run('run')).toEqual({ ...run, outcome: result })
    expect(await store.declaration('d')).toEqual(declarationRow('d'))
    expect(await store.recordByDigest(result.recordDigest)).toEqual({ runId: 'run', bundle: result.bundle })
  })

  test('any text is a value and never SQL, and none is normalized: G8, B4, B10', async () => {
    const store = newStore()
    const naughty = [
      "'; drop table binding; --",
      '" or 1=1',
      '%',
      '_',
      '\u0000',
      'a\u0000b',
      'é',
      'e\u0301',
      'É',
      '',
      ' ',
    ]
    const texts = fc.uniqueArray(fc.oneof(anyText(8), fc.constantFrom(...naughty)), { minLength: 1, maxLength: 6 })
    let size = 0
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(texts, async (all) => {
        const ids = all.filter((text) => !seen.has(text))
        await store.commit(
          group(0n, {
            writes: ids.flatMap((id) => [
              declaration({ ...declarationRow(id), name: id }),
              binding(bindingRow(id, { declarationId: id })),
              outcome(outcomeRow(id, { state: id, outputs: [id] })),
            ]),
          }),
        )
        for (const id of ids) {
          seen.add(id)
          expect((await store.run(id))?.outcome?.outputs).toEqual([id])
          expect(await store.runsByOutput(id)).toEqual([id])
          expect((await store.declaration(id))?.name).toBe(id)
        }
        size += ids.length
        expect(await store.declarations()).toHaveLength(size)
      }),
      { numRuns: 50 },
    )
  })

  test('what is not there', async () => {
    const store = newStore()
    expect(await store.declaration('x')).toBeUndefined()
    expect(await store.run('x')).toBeUndefined()
    expect(await store.recordByDigest('x')).toBeUndefined()
    expect(await store.runsByOutput('x')).toEqual([])
    expect([await store.declarations(), await store.runs({ limit: 1 })]).toEqual([[], []])
  })

  test('lists: declarations oldest first, runs newest first and no more than asked for', async () => {
    const store = newStore()
    const ids = ['c', 'a', 'b']
    await store.commit(
      group(0n, {
        writes: [
          ...ids.map((id) => declaration(declarationRow(id))),
          ...ids.map((id) => binding(bindingRow(id, { declarationId: id }))),
          outcome(outcomeRow('a', { outputs: ['same', 'same'] })),
          outcome(outcomeRow('c', { outputs: ['same'] })),
        ],
      }),
    )
    expect((await store.declarations()).map(({ id }) => id)).toEqual(ids)
    expect(await store.runs({ limit: 2 })).toEqual([
      { runId: 'b', boundAt: '2026-01-31T00:00:01.000Z', declarationId: 'b', state: undefined },
      { runId: 'a', boundAt: '2026-01-31T00:00:01.000Z', declarationId: 'a', state: 'complete' },
    ])
    expect(await store.runsByOutput('same')).toEqual(['a', 'c'])
    for (const limit of [0, 1001, 0.5, Number.NaN]) await expect(store.runs({ limit })).rejects.toThrow(RangeError)
  })

  test('the same declaration again is the same declaration: the first row stays', async () => {
    const store = newStore()
    const again = { ...declarationRow('d'), name: 'another' }
    await store.commit(group(0n, { writes: [declaration(declarationRow('d')), declaration(again)] }))
    await store.commit(group(0n, { writes: [declaration(again)] }))
    expect(await store.declaration('d')).toEqual(declarationRow('d'))
    expect(await store.declarations()).toHaveLength(1)
  })
})

describe('a store that contradicts itself', () => {
  const damagedBy = async (sql: string): Promise<SqliteStore> => {
    const path = newPath()
    const store = open(path, { create: true })
    await store.commit(group(0n, { entries: [0, 1, 2].map((byte) => Uint8Array.of(byte)), head: head('a') }))
    store.close()
    const database = new DatabaseSync(path)
    database.exec(sql)
    database.close()
    return open(path)
  }

  test.each([
    ['the last entry is gone', 'delete from log_entry where log_index = 2'],
    ['all entries are gone', 'delete from log_entry'],
    ['there is an entry too many', "insert into log_entry values (3, x'00')"],
    ['the size is another', 'update log_head set size = 4'],
    ['there is no head', 'delete from log_head'],
  ])('is refused: %s', async (_, sql) => {
    await expect((await damagedBy(sql)).load()).rejects.toThrowCode('STORE_DAMAGED')
  })

  test('an entry in the middle is gone', async () => {
    const store = await damagedBy('delete from log_entry where log_index = 1')
    expect(await store.readEntries({ start: 0n, end: 1n })).toEqual([Uint8Array.of(0)])
    await expect(store.readEntries({ start: 0n, end: 3n })).rejects.toThrowCode('STORE_DAMAGED')
    await expect(store.readEntries({ start: 1n, end: 2n })).rejects.toThrowCode('STORE_DAMAGED')
  })
})

test('a closed store does nothing, and can be closed again', async () => {
  const store = newStore()
  store.close()
  store.close()
  await expect(store.load()).rejects.toThrowCode('STORE_FAILED')
  await expect(store.runs({ limit: 1 })).rejects.toThrowCode('STORE_FAILED')
  await expect(store.commit(group(0n))).rejects.toMatchObject({ code: 'STORE_FAILED', fatal: true })
})
