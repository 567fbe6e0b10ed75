/**
 * A run's outcome: its record, by the project's own verifier with everything disclosed, and the columns beside it.
 *
 *     bundle                         verified, in the one form that records have; its entry and proof are of this log
 *     record_digest, state           follow from the bundle
 *     head, body                     open the commitment to the response, all of it
 *     run_output                     the record's subjects, each once, in their order
 *
 * @module
 */
import { parseBundle } from '../../core/bundle/index.ts'
import { encodeHex, equalBytes } from '../../core/bytes/index.ts'
import { formatDisclosure } from '../../core/disclosure/index.ts'
import { envelopeValue } from '../../core/dsse/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { canonicalize } from '../../core/json/index.ts'
import { type EmbeddedStatement, parseRunStatement, type RunRecord } from '../../core/run/index.ts'
import { type Report, verifyRecord } from '../../core/verify/index.ts'
import { discloseRun, storedResponseCommitment } from '../capture/index.ts'
import type { DeclarationRow, LoggedStatement, OutcomeRow, RunRow } from '../registry/index.ts'
import type { RunContext } from './check-run.ts'
import { checkEntry, checkProof } from './check-statement.ts'

export interface OutcomeInput {
  readonly row: RunRow
  readonly outcome: OutcomeRow
  readonly declaration: DeclarationRow | undefined
  /** Whether the stored request is the one that the binding commits to. */
  readonly requestOpens: boolean
}

export async function checkOutcome(input: OutcomeInput, context: RunContext): Promise<void> {
  const { row, outcome, declaration } = input
  const { findings } = context
  const at = `record of run ${row.runId}`
  const read = await findings.attempt('RECORD_WRONG', at, () => {
    const bundle = parseBundle(outcome.bundle)
    return { bundle, record: parseRunStatement(bundle.envelope.payload) }
  })
  if (read === undefined) return
  const { bundle, record } = read
  const { body: entry, logIndex: index, proof } = bundle.entry
  await checkEntry({ entry, index }, at, context)
  await findings.attempt('PROOF_WRONG', `${at}: proof`, () =>
    checkProof({ entry, index, hashes: proof.hashes, signedNote: proof.checkpoint }, at, context),
  )
  checkColumns(input, record, encodeHex(context.hash(bundle.envelope.payload)), context)
  checkEmbedded(input, record, context)
  const responseOpens = row.erasure === undefined && (await checkResponseContents(input, record, context))
  const isWhole = input.requestOpens && responseOpens && (declaration !== undefined || row.declarationId === undefined)
  const disclosure = isWhole ? await disclosureOf(input, at, context) : undefined
  const { trust, verifier, hash } = context
  const report = await verifyRecord({ record: outcome.bundle, disclosure }, { trust, verifier, hash })
  checkReport(report, { at, isDisclosed: disclosure !== undefined, hasResponse: hasResponse(record) }, context)
}

function checkColumns(
  { outcome, row }: OutcomeInput,
  record: RunRecord,
  digest: string,
  { findings }: RunContext,
): void {
  const isErased = row.erasure !== undefined
  const response = record.outcome.response.state === 'received' ? [record.outcome.response.digest] : []
  const found = [...new Set([...record.outputs.map(({ sha256 }) => sha256), ...response])]
  const outputs = isErased ? [] : found
  const columns = {
    run_id: [outcome.runId, record.runId],
    state: [outcome.state, record.outcome.completion],
    record_digest: [outcome.recordDigest, digest],
    run_output: [outcome.outputs.join(' '), outputs.join(' ')],
  }
  for (const [column, [stored, signed]] of Object.entries(columns)) {
    if (stored === signed) continue
    findings.problem('COLUMN_DIFFERS', `record of run ${outcome.runId}: ${column}`, 'it is not what the record says')
  }
}

/** The record repeats binding and declaration as they were logged. */
function checkEmbedded({ row, declaration }: OutcomeInput, record: RunRecord, { findings }: RunContext): void {
  const at = `record of run ${row.runId}`
  if (!isSame(record.binding, row.statement) || record.binding.proof !== row.statement.proof) {
    findings.problem('COLUMN_DIFFERS', `${at}: binding`, 'the record holds another binding, key or proof than the row')
  }
  if (declaration === undefined || record.declaration.state === 'undeclared') return
  if (isSame(record.declaration, declaration.statement)) return
  findings.problem('COLUMN_DIFFERS', `${at}: declaration`, 'the record holds another declaration or key than the row')
}

const isSame = ({ envelope, publicKey }: EmbeddedStatement, row: LoggedStatement): boolean =>
  equalBytes({ left: canonicalize(envelopeValue(envelope)), right: row.envelope }) &&
  equalBytes({ left: publicKey, right: row.publicKey })

/** @returns whether the stored response is the one that the record commits to */
async function checkResponseContents(
  { row, outcome }: OutcomeInput,
  record: RunRecord,
  { salts, hash, findings }: RunContext,
): Promise<boolean> {
  const at = `response of run ${row.runId}: head, body`
  const { response } = record.outcome
  const opens = await findings.attempt('CONTENTS_DIFFER', at, () => {
    if (response.state === 'none') return outcome.responseHead.length === 0 && outcome.responseBody.length === 0
    return encodeHex(storedResponseCommitment({ run: row, salts, hash }, outcome)) === response.commitment
  })
  if (opens === false) {
    findings.problem('CONTENTS_DIFFER', at, 'the stored response is not the one that the record commits to')
  }
  return opens === true
}

const hasResponse = ({ outcome }: RunRecord): boolean => outcome.response.state === 'received'

/** Everything opened. Undefined where that is larger than any disclosure: then bytes and commitments have to do. */
async function disclosureOf(
  { row, declaration }: OutcomeInput,
  at: string,
  { salts, findings }: RunContext,
): Promise<Uint8Array | undefined> {
  return findings.attempt('RECORD_WRONG', at, () => {
    try {
      return formatDisclosure(discloseRun({ run: row, declaration, salts }))
    } catch (error) {
      if (ColophonError.is(error, 'JSON_TOO_LARGE')) return undefined
      throw error
    }
  })
}

/** Failures that say nothing against a record: of a run that did not end as its API says, or broke what it declared. */
const ALLOWED = new Set(['ANSWER_INCOMPLETE', 'CAPTURE_NOT_ACCEPTED', 'DECLARATION_NOT_AGREED'])

function checkReport(
  { authenticity, checks }: Report,
  { at, isDisclosed, hasResponse }: { at: string; isDisclosed: boolean; hasResponse: boolean },
  { findings }: RunContext,
): void {
  const failed = checks.filter(({ status, code }) => status === 'fail' && !(code !== undefined && ALLOWED.has(code)))
  for (const { id, reason } of failed) findings.problem('RECORD_WRONG', at, `${id}: ${reason}`)
  if (failed.length === 0 && authenticity !== 'trusted') {
    findings.problem('RECORD_WRONG', at, `the verifier calls it ${authenticity}, want trusted`)
  }
  if (!isDisclosed || failed.length > 0) return
  const wanted = ['requestBytes', 'requestClosure', 'composition', ...(hasResponse ? RESPONSE_CHECKS : [])]
  const missing = checks.filter(({ id, status }) => wanted.includes(id) && status !== 'pass')
  for (const { id, reason } of missing) findings.problem('RECORD_WRONG', at, `${id} was not proven: ${reason}`)
}

const RESPONSE_CHECKS = ['responseBytes', 'responseClosure']
