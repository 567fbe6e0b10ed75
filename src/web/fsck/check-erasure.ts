/**
 * The erasure of a run against its signed statement: whose, when, and that nothing is left of the contents.
 *
 *     run, erased_at, public_key     follow from the statement
 *     envelope, log_index, proof     `check-statement.ts`
 *
 * @module
 */
import { parseErasureStatement } from '../../core/erasure/index.ts'
import { keyId } from '../../core/signature/index.ts'
import type { ErasureRow, RunRow } from '../registry/index.ts'
import { checkStatement, type RowContext } from './check-statement.ts'

export async function checkErasure(row: RunRow, erasure: ErasureRow, context: RowContext): Promise<void> {
  const { findings } = context
  const at = `erasure of run ${row.runId}`
  if (!isEmpty(row)) findings.problem('CONTENTS_DIFFER', at, 'there are contents of a run that was erased')
  const payload = await checkStatement(erasure.statement, at, context)
  if (payload === undefined) return
  const statement = await findings.attempt('STATEMENT_WRONG', at, () => parseErasureStatement(payload))
  if (statement === undefined) return
  const columns = {
    run: [row.runId, statement.runId],
    erased_at: [erasure.erasedAt, statement.erasedAt],
    public_key: [keyId(erasure.statement.publicKey), statement.issuer],
  }
  for (const [column, [stored, signed]] of Object.entries(columns)) {
    if (stored === signed) continue
    findings.problem('COLUMN_DIFFERS', `${at}: ${column}`, 'it is not what the signed statement says')
  }
}

function isEmpty({ secret, requestHead, requestBody, cutList, parts, outcome }: RunRow): boolean {
  const response = outcome === undefined ? [] : [outcome.responseHead, outcome.responseBody]
  const isFound = parts.length > 0 || (outcome !== undefined && outcome.outputs.length > 0)
  return !isFound && [secret, requestHead, requestBody, cutList, ...response].every(({ length }) => length === 0)
}
