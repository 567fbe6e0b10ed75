/**
 * The registry in memory for tests: looks things up in the rows that a `MemoryLogStore` has kept.
 */
import type { Scrubbed } from '../../src/web/capture/index.ts'
import {
  type FoundRun,
  matchRun,
  type Registry,
  type RegistryWrite,
  type RunRow,
} from '../../src/web/registry/index.ts'
import type { MemoryLogStore } from './memory-log-store.ts'

type RowOf<Kind extends RegistryWrite['kind']> = Extract<RegistryWrite, { kind: Kind }>['row']

export function memoryRegistry(store: MemoryLogStore<RegistryWrite>): Registry & Scrubbed {
  const rows = <Kind extends RegistryWrite['kind']>(kind: Kind): RowOf<Kind>[] =>
    store.writes.filter((write) => write.kind === kind).map(({ row }) => row as RowOf<Kind>)
  const runs = (): RunRow[] => {
    const outcomes = new Map(rows('outcome').map((row) => [row.runId, row]))
    const erasures = new Map(rows('erasure').map((row) => [row.runId, row]))
    return rows('binding').map((row): RunRow => {
      return { ...row, outcome: outcomes.get(row.runId), erasure: erasures.get(row.runId) }
    })
  }
  return {
    scrub: async () => {},
    declaration: async (id) => rows('declaration').find((row) => row.id === id),
    declarations: async () => rows('declaration').map(({ id, name, declaredAt }) => ({ id, name, declaredAt })),
    run: async (runId) => runs().find((row) => row.runId === runId),
    recordByDigest: async (digest) => rows('outcome').find(({ recordDigest }) => recordDigest === digest),
    runsByOutput: async (digest) =>
      rows('outcome')
        .filter(({ outputs }) => outputs.includes(digest))
        .map(({ runId }) => runId)
        .reverse(),
    find: async ({ limit, ...query }) => {
      const found = runs()
        .reverse()
        .flatMap(({ runId, boundAt, declarationId, parts, outcome }): FoundRun[] => {
          const met = matchRun(query, { parts, outputs: outcome?.outputs ?? [] })
          const declarationName = rows('declaration').find(({ id }) => id === declarationId)?.name
          if (met === undefined) return []
          return [{ runId, boundAt, declarationId, declarationName, state: outcome?.state, found: met }]
        })
      return { runs: found.slice(0, limit), isComplete: found.length <= limit }
    },
    runs: async ({ limit }) =>
      runs()
        .reverse()
        .slice(0, limit)
        .map(({ runId, boundAt, declarationId, outcome }) => ({
          runId,
          boundAt,
          declarationId,
          state: outcome?.state,
        })),
  }
}
