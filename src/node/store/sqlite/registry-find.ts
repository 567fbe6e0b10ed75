/**
 * Finding runs by what they sent or answered.
 *
 * One condition is looked up in its index, newest runs first, and the others in theirs, run by run. So that a prompt that
 * every run has, beside a tool that none has, does not keep a gateway busy, that ends after some thousand runs.
 *
 * @module
 */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import { decodeHex } from '../../../core/bytes/index.ts'
import {
  type FoundRun,
  type FoundRuns,
  matchRun,
  type PartCondition,
  type RunQuery,
} from '../../../web/registry/index.ts'
import { optionalText, partRowOf, requireListLimit, text } from './registry-reads.ts'

/** Runs of one digest or name that are looked at, which takes a tenth of a second. */
const MAX_LOOKED_AT = 10_000

/** One condition, as an index has it. */
interface Indexed {
  readonly newest: StatementSync
  /** Whether a run is among them. */
  readonly has: StatementSync
  /** Any one of them. */
  readonly values: readonly SQLInputValue[]
}

type Index = Pick<Indexed, 'newest' | 'has'>

export class RegistryFind {
  readonly #byDigest: Index
  readonly #byTool: Index
  readonly #byOutput: Index
  readonly #parts: StatementSync
  readonly #outputs: StatementSync
  readonly #summary: StatementSync

  constructor(database: DatabaseSync) {
    const prepare = (sql: string): StatementSync => {
      const statement = database.prepare(sql)
      statement.setReadBigInts(true)
      return statement
    }
    const index = (rows: string): Index => ({
      newest: prepare(`select distinct run from ${rows} = ? order by run desc limit ${MAX_LOOKED_AT + 1}`),
      has: prepare(`select 1 from ${rows} = ? and run = ? limit 1`),
    })
    this.#byDigest = index('run_part where digest')
    this.#byTool = index("run_part where role = 'tools' and name")
    this.#byOutput = index('run_output where digest')
    this.#parts = prepare('select digest, role, name, place from run_part where run = ? order by position')
    this.#outputs = prepare('select digest from run_output where run = ? order by position')
    this.#summary = prepare(
      `select b.run_id, b.bound_at, b.declaration_id, d.name, o.state
       from binding b left join declaration d on d.id = b.declaration_id left join outcome o using (run) where b.run = ?`,
    )
  }

  find(query: RunQuery): FoundRuns {
    requireListLimit(query.limit)
    const [first, ...others] = this.#conditionsOf(query)
    if (first === undefined) throw new RangeError('query: want something to look for')
    const { keys, isAll } = newestRuns(first)
    const runs: FoundRun[] = []
    for (const key of keys) {
      const found = others.every((condition) => isAmong(condition, key)) ? this.#foundIn(key, query) : undefined
      if (found === undefined) continue
      if (runs.length === query.limit) return { runs, isComplete: false }
      runs.push(found)
    }
    return { runs, isComplete: isAll }
  }

  /** First what is likely to be in the fewest runs: an answer, then a content, then the name of a tool, of a model. */
  #conditionsOf({ parts, outputs }: RunQuery): readonly Indexed[] {
    return [
      ...(outputs === undefined ? [] : [{ ...this.#byOutput, values: outputs }]),
      ...[...parts].sort((left, right) => rank(left) - rank(right)).map((condition) => this.#indexed(condition)),
    ]
  }

  #indexed(condition: PartCondition): Indexed {
    if ('tool' in condition) return { ...this.#byTool, values: [condition.tool] }
    const values = condition.digests.map((digest) => decodeHex(digest, { sizeBytes: 32 }))
    return { ...this.#byDigest, values }
  }

  #foundIn(key: bigint, query: RunQuery): FoundRun | undefined {
    const parts = this.#parts.all(key).map(partRowOf)
    const outputs = this.#outputs.all(key).map((row) => text(row, 'digest'))
    const found = matchRun(query, { parts, outputs })
    const row = found === undefined ? undefined : this.#summary.get(key)
    if (found === undefined || row === undefined) return undefined
    return {
      runId: text(row, 'run_id'),
      boundAt: text(row, 'bound_at'),
      declarationId: optionalText(row, 'declaration_id'),
      declarationName: optionalText(row, 'name'),
      state: optionalText(row, 'state'),
      found,
    }
  }
}

function newestRuns({ newest, values }: Indexed): { readonly keys: readonly bigint[]; readonly isAll: boolean } {
  const lists = values.map((value) => newest.all(value).map((row) => row['run'] as bigint))
  const keys = [...new Set(lists.flat())].sort((left, right) => (left < right ? 1 : -1))
  return { keys: keys.slice(0, MAX_LOOKED_AT), isAll: keys.length <= MAX_LOOKED_AT }
}

const isAmong = ({ has, values }: Indexed, key: bigint): boolean =>
  values.some((value) => has.get(value, key) !== undefined)

/** A model's name is in more runs than any other content. */
function rank(condition: PartCondition): number {
  if ('tool' in condition) return 1
  return condition.role === 'model' ? 2 : 0
}
