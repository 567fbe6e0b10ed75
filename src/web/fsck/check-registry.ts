/**
 * Every row of the registry against what was signed, and the entries of the log against the rows.
 *
 * @module
 */
import type { DeclarationRow } from '../registry/index.ts'
import { checkDeclaration } from './check-declaration.ts'
import { checkRun, type RunContext } from './check-run.ts'
import type { RowContext } from './check-statement.ts'
import type { CheckableStore } from './ports.ts'

export interface CheckRegistryInput extends RowContext, Pick<RunContext, 'salts'> {
  readonly store: CheckableStore
  /** Called after each row, with the statements looked at so far. */
  readonly onProgress: (statements: number) => void
}

export interface CheckedRegistry {
  /** Signed statements that were looked at. */
  readonly statements: number
  /** Records among them. */
  readonly records: number
}

export async function checkRegistry(input: CheckRegistryInput): Promise<CheckedRegistry> {
  const { store, findings, claims, onProgress } = input
  let statements = 0
  let records = 0
  for await (const key of keysOf('declarations', (after) => store.declarationKeys(after), input)) {
    await findings.attempt('UNREADABLE', `declaration row ${key}`, async () => {
      const row = await store.declarationAt(key)
      if (row !== undefined) await checkDeclaration(row, input)
    })
    statements += 1
    onProgress(statements)
  }
  const context: RunContext = { ...input, declarationOf: declarationLookup(store), streams: new Map() }
  for await (const key of keysOf('runs', (after) => store.runKeys(after), input)) {
    await findings.attempt('UNREADABLE', `run row ${key}`, async () => {
      const row = await store.runAt(key)
      if (row?.outcome !== undefined) records += 1
      if (row?.erasure !== undefined) statements += 1
      if (row !== undefined) await checkRun(row, context)
    })
    statements += 1
    onProgress(statements + records)
  }
  for (const index of claims.unclaimed()) findings.notice('ENTRY_UNCLAIMED', `entry ${index}`)
  return { statements: statements + records, records }
}

async function* keysOf(
  what: string,
  read: (after: bigint | undefined) => Promise<readonly bigint[]>,
  { findings }: RowContext,
): AsyncGenerator<bigint> {
  let page = await findings.attempt('UNREADABLE', what, () => read(undefined))
  while (page !== undefined && page.length > 0) {
    yield* page
    const last = page.at(-1)
    page = await findings.attempt('UNREADABLE', what, () => read(last))
  }
}

/** The last one that was asked for: runs that follow one another mostly have one declaration. */
function declarationLookup(store: CheckableStore): (id: string) => Promise<DeclarationRow | undefined> {
  let last: DeclarationRow | undefined
  return async (id) => {
    if (last?.id !== id) last = await store.declaration(id)
    return last
  }
}
