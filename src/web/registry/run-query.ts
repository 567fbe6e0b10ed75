/**
 * What runs are looked for by: what they sent, and what they answered.
 *
 * @module
 */
import type { PartRow, RunSummary } from './ports.ts'

/** All that is given has to be met by one run. */
export interface RunQuery {
  /** Each by some part of the request. */
  readonly parts: readonly PartCondition[]
  /** Digests, hex: one of them is of an output, or of the whole response. Undefined: whatever it answered. */
  readonly outputs: readonly string[] | undefined
  /** Most runs in the answer: 1 to 1,000. */
  readonly limit: number
}

/** A part that meets all of it. */
export type PartCondition =
  | {
      /** Hex; one of them is the part's. */
      readonly digests: readonly string[]
      /** Undefined: any. */
      readonly role: string | undefined
    }
  /** A tool of this name, whatever it is. */
  | { readonly tool: string }

export interface FoundRun extends RunSummary {
  /** Undefined for a run without a declaration. */
  readonly declarationName: string | undefined
  /** What met the query, in the order it was sent; an output has the role `output`, and its place for a name. */
  readonly found: readonly FoundPart[]
}

export type FoundPart = Omit<PartRow, 'digest'>

export interface FoundRuns {
  /** Newest first. */
  readonly runs: readonly FoundRun[]
  /** Every run that is kept was looked at. Otherwise there may be more, and older ones. */
  readonly isComplete: boolean
}

/** Of one run what meets the query; undefined where not all of the query is met. */
export function matchRun(
  query: Pick<RunQuery, 'parts' | 'outputs'>,
  run: { readonly parts: readonly PartRow[]; readonly outputs: readonly string[] },
): readonly FoundPart[] | undefined {
  const met = query.parts.map((condition) => run.parts.filter((part) => meets(part, condition)))
  const outputs = [...run.outputs.entries()].filter(([, digest]) => query.outputs?.includes(digest) === true)
  if (met.some(({ length }) => length === 0) || (query.outputs !== undefined && outputs.length === 0)) return undefined
  const all = new Set(met.flat())
  return [
    ...run.parts.filter((part) => all.has(part)).map(({ role, name, at }): FoundPart => ({ role, name, at })),
    ...outputs.map(([position]): FoundPart => ({ role: 'output', name: String(position), at: 'response' })),
  ]
}

function meets({ digest, role, name }: PartRow, condition: PartCondition): boolean {
  if ('tool' in condition) return role === 'tools' && name === condition.tool
  return condition.digests.includes(digest) && (condition.role === undefined || condition.role === role)
}
