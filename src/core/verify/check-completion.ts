/**
 * The recorded end of the answer against what its bytes show (`docs/spec/record.md`, "Completion").
 *
 * @module
 */
import type { ResponseCut } from '../dialects/index.ts'
import type { Completion } from '../run/index.ts'
import type { DisclosureCheck } from './disclosure-check.ts'

const POSSIBLE: Readonly<Record<ResponseCut['shape'], readonly Completion[]>> = {
  complete: ['complete'],
  error: ['error'],
  cut: ['clientAborted', 'upstreamCut'],
  anomalous: ['anomalous', 'clientAborted', 'upstreamCut'],
  open: ['complete', 'clientAborted', 'upstreamCut'],
}

export function checkCompletion({ read, sheet }: DisclosureCheck, response: ResponseCut | undefined): void {
  const { completion } = read.record.outcome
  if (response !== undefined && !POSSIBLE[response.shape].includes(completion)) {
    const reason = `The record says “${completion}”; the bytes of the response show “${response.shape}”.`
    sheet.fail('completion', reason, { code: 'COMPLETION_MISMATCH' })
  } else if (completion === 'refused') {
    const reason = 'There is no answer: the issuer says that the policy refused the request and that nothing was sent.'
    sheet.fail('completion', reason, { code: 'ANSWER_INCOMPLETE' })
  } else if (completion !== 'complete') {
    sheet.fail('completion', `The answer did not come to its end: “${completion}”.`, { code: 'ANSWER_INCOMPLETE' })
  } else if (response === undefined || response.shape === 'open') {
    sheet.claim('completion', 'That the answer came to its end is the issuer’s word.')
  } else {
    sheet.pass('completion', 'The response ends as its API says that an answer ends, recomputed here.')
  }
}
