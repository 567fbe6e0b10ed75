import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { bindingRow, outcomeRow } from '../../../../test/support/registry-rows.ts'
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts'
import { matchRun, type PartRow, type RegistryWrite, type RunQuery } from '../../../web/registry/index.ts'
import { openSqliteStore, type SqliteStore } from './index.ts'

function newStore(): SqliteStore {
  const store = openSqliteStore({ path: join(temporaryFolder(), 'store.db'), create: true })
  onTestFinished(() => store.close())
  return store
}

const commit = (store: SqliteStore, writes: readonly RegistryWrite[]): Promise<void> =>
  store.commit({ baseSize: 0n, entries: [], tiles: [], head: undefined, writes })

const digest = fc.constantFrom('aa', 'bb', 'cc').map((byte) => byte.repeat(32))
const role = fc.constantFrom('tools', 'context', 'model')
const name = fc.constantFrom('0', 'model', 'a tool', 'nul\0')
const part: fc.Arbitrary<PartRow> = fc.record({ digest, role, name, at: fc.constantFrom('/a', 'path') })
const run = fc.record({
  parts: fc.array(part, { maxLength: 4 }),
  outputs: fc.option(fc.uniqueArray(digest, { maxLength: 2 }), { nil: undefined }),
})
const condition = fc.oneof(
  fc.record({ digests: fc.array(digest, { minLength: 1, maxLength: 2 }), role: fc.option(role, { nil: undefined }) }),
  name.map((tool) => ({ tool })),
)
const query: fc.Arbitrary<RunQuery> = fc
  .record({
    parts: fc.array(condition, { maxLength: 3 }),
    outputs: fc.option(fc.array(digest, { minLength: 1, maxLength: 2 }), { nil: undefined }),
    limit: fc.integer({ min: 1, max: 6 }),
  })
  .filter(({ parts, outputs }) => parts.length > 0 || outputs !== undefined)

test('finds what looking at every run finds', async () => {
  const cases = fc.asyncProperty(
    fc.array(run, { maxLength: 12 }),
    fc.array(query, { minLength: 8, maxLength: 8 }),
    async (runs, queries) => {
      const store = newStore()
      await commit(
        store,
        runs.flatMap(({ parts, outputs }, at): RegistryWrite[] => [
          { kind: 'binding', row: bindingRow(`run ${at}`, { index: BigInt(at), parts }) },
          ...(outputs === undefined ? [] : [{ kind: 'outcome' as const, row: outcomeRow(`run ${at}`, { outputs }) }]),
        ]),
      )
      for (const asked of queries) {
        const all = runs
          .map(({ parts, outputs = [] }, at) => ({ runId: `run ${at}`, found: matchRun(asked, { parts, outputs }) }))
          .filter(({ found }) => found !== undefined)
          .reverse()
        const { runs: found, isComplete } = await store.find(asked)
        expect(found).toMatchObject(all.slice(0, asked.limit))
        expect(found.length).toBe(Math.min(all.length, asked.limit))
        expect(isComplete).toBe(all.length <= asked.limit)
      }
    },
  )
  await fc.assert(cases, { numRuns: 25 })
})

test('looks at the newest ten thousand runs of a digest, and says that there are more', async () => {
  const store = newStore()
  const parts: readonly PartRow[] = [{ digest: 'ab'.repeat(32), role: 'instructions', name: '0', at: '/a' }]
  const rare: PartRow = { digest: 'cd'.repeat(32), role: 'tools', name: 'rare', at: '/b' }
  const rows = Array.from({ length: 10_002 }, (_, at): RegistryWrite => {
    return {
      kind: 'binding',
      row: bindingRow(`run ${at}`, { index: BigInt(at), parts: at === 0 ? [...parts, rare] : parts }),
    }
  })
  await commit(store, rows)
  const prompt = { digests: ['ab'.repeat(32)], role: undefined }
  const both = { parts: [prompt, { tool: 'rare' }], outputs: undefined, limit: 1 }
  expect(await store.find(both)).toEqual({ runs: [], isComplete: false })
  expect(await store.find({ ...both, parts: [{ tool: 'rare' }] })).toMatchObject({
    runs: [{ runId: 'run 0' }],
    isComplete: true,
  })
})

test.each([0, 1_001, 1.5])('refuses the limit %s, and a question about nothing', async (limit) => {
  const store = newStore()
  await expect(store.find({ parts: [{ tool: 'a' }], outputs: undefined, limit })).rejects.toThrow(RangeError)
  await expect(store.find({ parts: [], outputs: undefined, limit: 1 })).rejects.toThrow(RangeError)
})
