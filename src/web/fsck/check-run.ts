/**
 * A run's rows against its signed binding, and against the record where there is one.
 *
 *     run_id, stream, number,
 *     bound_at, declaration_id       follow from the binding
 *     envelope, public_key,
 *     log_index, proof               `check-statement.ts`; record and declaration repeat what they contain
 *     secret, head, body, cut_list   open the binding's commitment, all of it, unless they were erased
 *     run_part                       what the stored request is made of, made again, unless it was erased
 *
 * @module
 */
import { encodeHex } from '../../core/bytes/index.ts'
import { type Binding, parseBindingStatement, runIdOf } from '../../core/run/index.ts'
import { keyId } from '../../core/signature/index.ts'
import { type SaltSource, storedParts, storedRequestCommitment } from '../capture/index.ts'
import type { DeclarationRow, PartRow, RunRow } from '../registry/index.ts'
import { checkErasure } from './check-erasure.ts'
import { checkOutcome } from './check-outcome.ts'
import { checkStatement, type RowContext } from './check-statement.ts'

export interface RunContext extends RowContext {
  readonly salts: SaltSource
  /** The declaration with this id, as far as it can be read. */
  readonly declarationOf: (id: string) => Promise<DeclarationRow | undefined>
  /** The next number of each stream. */
  readonly streams: Map<string, number>
}

export async function checkRun(row: RunRow, context: RunContext): Promise<void> {
  const { findings } = context
  const at = `run ${row.runId}`
  if (row.erasure !== undefined) await checkErasure(row, row.erasure, context)
  const payload = await checkStatement(row.statement, at, context)
  if (payload === undefined) return
  const binding = await findings.attempt('STATEMENT_WRONG', at, () => parseBindingStatement(payload))
  if (binding === undefined) return
  checkColumns(row, binding, context)
  checkNumber(binding, at, context)
  const declaration = await checkBoundDeclaration(binding, at, context)
  const requestOpens = row.erasure === undefined && (await checkRequestContents(row, binding, context))
  if (requestOpens) await checkParts(row, context)
  if (row.outcome === undefined) findings.notice('RUN_OPEN', at)
  else await checkOutcome({ row, outcome: row.outcome, declaration, requestOpens }, context)
}

function checkColumns(row: RunRow, binding: Binding, { findings }: RunContext): void {
  const { sequence, declaration } = binding
  const numbered = sequence.state === 'numbered' ? sequence : { stream: undefined, number: undefined }
  const columns = {
    run_id: [row.runId, runIdOf(binding)],
    stream: [row.stream, numbered.stream],
    number: [row.number, numbered.number],
    bound_at: [row.boundAt, binding.boundAt],
    declaration_id: [row.declarationId, declaration.state === 'declared' ? declaration.id : undefined],
    public_key: [keyId(row.statement.publicKey), binding.issuer],
  }
  for (const [column, [stored, signed]] of Object.entries(columns)) {
    if (stored === signed) continue
    findings.problem('COLUMN_DIFFERS', `run ${row.runId}: ${column}`, 'it is not what the signed binding says')
  }
}

/** Numbers reach the log in their order and without gaps (`docs/spec/binding.md`, "Sequence"). */
function checkNumber({ sequence }: Binding, at: string, { streams, findings }: RunContext): void {
  if (sequence.state !== 'numbered') return
  const { stream, number } = sequence
  const want = streams.get(stream) ?? 0
  if (number !== want) {
    findings.problem('ROW_MISSING', at, `it is number ${number} of its stream, and ${want} was to come before`)
  }
  streams.set(stream, Math.max(want, number + 1))
}

async function checkBoundDeclaration(
  { declaration }: Binding,
  at: string,
  { declarationOf, findings }: RunContext,
): Promise<DeclarationRow | undefined> {
  if (declaration.state === 'undeclared') return undefined
  const row = await findings.attempt('UNREADABLE', `declaration ${declaration.id}`, async () => ({
    declaration: await declarationOf(declaration.id),
  }))
  if (row === undefined) return undefined
  if (row.declaration === undefined) {
    findings.problem('ROW_MISSING', `declaration ${declaration.id}`, `the ${at} is bound to it, and it is not there`)
  } else if (row.declaration.statement.proof !== declaration.proof) {
    findings.problem('COLUMN_DIFFERS', `declaration ${declaration.id}: proof`, `the ${at} was bound with another proof`)
  }
  return row.declaration
}

/** @returns whether the stored request is the one that the binding commits to */
async function checkRequestContents(
  row: RunRow,
  { request }: Binding,
  { salts, hash, findings }: RunContext,
): Promise<boolean> {
  const at = `run ${row.runId}: secret, head, body, cut_list`
  const opened = await findings.attempt('CONTENTS_DIFFER', at, () => storedRequestCommitment({ run: row, salts, hash }))
  if (opened === undefined) return false
  if (encodeHex(opened) === request.commitment) return true
  findings.problem('CONTENTS_DIFFER', at, 'the stored request is not the one that the binding commits to')
  return false
}

/** By which the run is found. Of a request that is not the one that was bound, there is nothing to compare with. */
async function checkParts(row: RunRow, { hash, findings }: RunContext): Promise<void> {
  const at = `run ${row.runId}: run_part`
  const made = await findings.attempt('CONTENTS_DIFFER', at, () => storedParts({ run: row, hash }))
  if (made === undefined || formatParts(made) === formatParts(row.parts)) return
  findings.problem('COLUMN_DIFFERS', at, 'they are not the parts of the stored request')
}

const formatParts = (parts: readonly PartRow[]): string =>
  JSON.stringify(parts.map(({ digest, role, name, at }) => [digest, role, name, at]))
