/**
 * The erasure statement: that an issuer removed its copies of a run's contents (`docs/spec/erasure.md`).
 *
 * It is the issuer's word, signed and logged. Record and log stay valid: they never held contents. Copies that others have
 * are beyond it.
 *
 * @module
 */
import { ColophonError } from '../errors.ts'
import { formatStatement, parseStatement } from '../intoto/index.ts'
import { readObject } from '../json/index.ts'
import { PREDICATE } from '../predicate-types.ts'

export interface ErasureStatement {
  readonly runId: string
  /** The issuer's clock; nobody else vouches for it. */
  readonly erasedAt: string
  /** Key id (hex SHA-256 of the SubjectPublicKeyInfo) of the signer. */
  readonly issuer: string
}

/** @returns the DSSE payload */
export const formatErasureStatement = ({ runId, erasedAt, issuer }: ErasureStatement): Uint8Array =>
  formatStatement({
    predicateType: PREDICATE.erasure,
    subjects: [{ name: 'run', sha256: runId }],
    predicate: { erasedAt, issuer },
  })

/** Says nothing about the signature. @throws {ColophonError} STATEMENT_MALFORMED, SCHEMA_MISMATCH, TIME_MALFORMED */
export function parseErasureStatement(payload: Uint8Array): ErasureStatement {
  const { subjects, predicate } = parseStatement(payload, { predicateType: PREDICATE.erasure })
  const [run] = subjects
  if (subjects.length !== 1 || run?.name !== 'run') {
    throw new ColophonError('STATEMENT_MALFORMED', 'want exactly one subject, run', { at: '/subject' })
  }
  const reader = readObject(predicate, '/predicate')
  const statement = { runId: run.sha256, erasedAt: reader.time('erasedAt'), issuer: reader.hex('issuer', 32) }
  reader.end()
  return statement
}
