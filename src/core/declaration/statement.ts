/**
 * The declaration statement: what is signed and logged (`docs/spec/declaration.md`, "The statement").
 *
 * An in-toto Statement v1 whose one subject is the declaration id. Its predicate holds the published declaration and a
 * random nonce, which stands outside the id: the log, which holds the statement's digest, then confirms no guess.
 *
 * @module
 */

import { ColophonError } from '../errors.ts'
import { formatStatement, parseStatement } from '../intoto/index.ts'
import { readObject } from '../json/index.ts'
import { PREDICATE } from '../predicate-types.ts'
import { type PublishedDeclaration, parsePublishedDeclaration } from './document.ts'

export interface DeclarationStatement {
  readonly id: string
  readonly declaration: PublishedDeclaration
  /** Hex, 32 random bytes. */
  readonly nonce: string
}

/** Most bytes of the statement: every record holds it whole, and names each of its components once more. */
const MAX_BYTES = 1 << 18

/** @returns the DSSE payload @throws {ColophonError} DECLARATION_MALFORMED where there is too much to declare */
export function formatDeclarationStatement(statement: DeclarationStatement): Uint8Array {
  const payload = formatStatement({
    predicateType: PREDICATE.declaration,
    subjects: [{ name: 'declaration', sha256: statement.id }],
    predicate: { declaration: statement.declaration, nonce: statement.nonce },
  })
  requireSize(payload)
  return payload
}

/** Says nothing about the signature. @throws {ColophonError} STATEMENT_MALFORMED, SCHEMA_MISMATCH, DECLARATION_* */
export function parseDeclarationStatement(payload: Uint8Array): DeclarationStatement {
  requireSize(payload)
  const { subjects, predicate } = parseStatement(payload, { predicateType: PREDICATE.declaration })
  const [subject] = subjects
  if (subjects.length !== 1 || subject?.name !== 'declaration') {
    throw new ColophonError('STATEMENT_MALFORMED', 'want exactly one subject, declaration', { at: '/subject' })
  }
  const reader = readObject(predicate, '/predicate')
  const declaration = parsePublishedDeclaration(reader.value('declaration'), '/predicate/declaration')
  const nonce = reader.hex('nonce', 32)
  reader.end()
  return { id: subject.sha256, declaration, nonce }
}

function requireSize(payload: Uint8Array): void {
  if (payload.length <= MAX_BYTES) return
  throw new ColophonError(
    'DECLARATION_MALFORMED',
    `the statement has ${payload.length} bytes, want at most ${MAX_BYTES}; declare fewer components`,
  )
}
