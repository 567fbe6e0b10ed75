/**
 * A row of a declaration against its signed statement.
 *
 *     id, name, document, contents   follow from the statement and the document
 *     declared_at                    is signed nowhere: only its form is checked
 *     envelope, public_key,
 *     log_index, proof               `check-statement.ts`
 *
 * @module
 */
import { equalBytes, parseTime } from '../../core/bytes/index.ts'
import {
  declarationId,
  parseDeclarationStatement,
  publishedDeclaration,
  requireWholeContents,
} from '../../core/declaration/index.ts'
import { canonicalize } from '../../core/json/index.ts'
import { readDeclarationRow } from '../capture/index.ts'
import type { DeclarationRow } from '../registry/index.ts'
import { checkStatement, type RowContext } from './check-statement.ts'

export async function checkDeclaration(row: DeclarationRow, context: RowContext): Promise<void> {
  const { findings } = context
  const at = `declaration ${row.id}`
  const differs = (column: string): void =>
    findings.problem('COLUMN_DIFFERS', `${at}: ${column}`, 'it is not what the signed statement says')

  await findings.attempt('COLUMN_DIFFERS', `${at}: declared_at`, () => parseTime(row.declaredAt))
  const payload = await checkStatement(row.statement, at, context)
  if (payload === undefined) return
  const statement = await findings.attempt('STATEMENT_WRONG', at, () => parseDeclarationStatement(payload))
  if (statement === undefined) return
  if (row.id !== statement.id) differs('id')
  if (row.name !== statement.declaration.name) differs('name')

  const source = await findings.attempt('CONTENTS_DIFFER', `${at}: document, contents`, () => readDeclarationRow(row))
  if (source === undefined) return
  const { declaration, contents } = source
  const published = canonicalize(publishedDeclaration(declaration))
  if (
    declarationId(declaration) !== statement.id ||
    !equalBytes({ left: canonicalize(declaration), right: row.document }) ||
    !equalBytes({ left: published, right: canonicalize(statement.declaration) })
  ) {
    differs('document')
    return
  }
  await findings.attempt('CONTENTS_DIFFER', `${at}: contents`, () => requireWholeContents({ declaration, contents }))
}
