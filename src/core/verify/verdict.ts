/**
 * From checks to the two verdicts, the exit code and the headline (`docs/spec/verdicts.md`, "Verdicts").
 *
 * @module
 */
import type { ErrorCode } from '../errors.ts'
import type { RuleResult } from '../policy/index.ts'
import type { TrustPolicy } from '../trust/index.ts'
import type { Authenticity, Check, CheckId, Composition, RecordFacts, Report, VerdictCode } from './report.ts'

/** Failures that say nothing against the record: the verifier does not trust it, or wants more of it. */
const NOT_TRUSTED: ReadonlySet<ErrorCode> = new Set([
  'KEY_NOT_TRUSTED',
  'KEY_REVOKED',
  'KEY_OUTSIDE_VALIDITY',
  'TRUSTED_TIME_MISSING',
  'LOG_NOT_TRUSTED',
])
const NOT_MET: ReadonlySet<ErrorCode> = new Set(['ANSWER_INCOMPLETE', 'CAPTURE_NOT_ACCEPTED', 'DECLARATION_NOT_AGREED'])

const TRUST_CHECKS: readonly CheckId[] = ['signer', 'bindingSigner', 'recordInLog', 'bindingInLog']
const DECLARED_TRUST_CHECKS: readonly CheckId[] = ['declarationSigner', 'declarationInLog']

export function judge(input: {
  readonly checks: readonly Check[]
  readonly facts: RecordFacts | undefined
  readonly trust: TrustPolicy | undefined
}): Report {
  const { checks, facts, trust } = input
  const authenticity = authenticityOf(checks, facts)
  const composition = compositionOf(checks, facts, authenticity)
  const unmet = unmetRequirements(checks, composition, trust)
  const exitCode = exitCodeOf(authenticity, unmet)
  const headline = headlineOf({ checks, facts, authenticity, composition, unmet })
  return { authenticity, composition, ok: exitCode === 0, exitCode, headline, checks, facts }
}

const failed = (checks: readonly Check[]): readonly Check[] => checks.filter(({ status }) => status === 'fail')

const isFlaw = ({ code }: Check): boolean => code === undefined || !(NOT_TRUSTED.has(code) || NOT_MET.has(code))

function authenticityOf(checks: readonly Check[], facts: RecordFacts | undefined): Authenticity {
  if (facts === undefined || failed(checks).some(isFlaw)) return 'invalid'
  const needed = facts.declaration === undefined ? TRUST_CHECKS : [...TRUST_CHECKS, ...DECLARED_TRUST_CHECKS]
  return needed.every((id) => statusOf(checks, id) === 'pass') ? 'trusted' : 'valid'
}

function compositionOf(
  checks: readonly Check[],
  facts: RecordFacts | undefined,
  authenticity: Authenticity,
): Composition {
  if (facts === undefined || authenticity === 'invalid') return 'notChecked'
  if (facts.recordedResult !== 'kept') return facts.recordedResult
  return ['composition', 'policy'].every((id) => statusOf(checks, id as CheckId) === 'pass') ? 'kept' : 'claimed'
}

const statusOf = (checks: readonly Check[], id: CheckId): Check['status'] =>
  checks.find((check) => check.id === id)?.status ?? 'notChecked'

/** What stands between a trusted record and a green answer, in words; empty where nothing does. */
function unmetRequirements(
  checks: readonly Check[],
  composition: Composition,
  trust: TrustPolicy | undefined,
): readonly string[] {
  const acceptClaimed = trust?.acceptClaimed ?? false
  const kept = composition === 'kept' || (composition === 'claimed' && acceptClaimed)
  const unmet = kept ? [] : [SENTENCES[composition]]
  for (const { code, reason } of failed(checks)) {
    // Whether the answer has to be complete is the policy's `require`.
    if (code !== undefined && NOT_MET.has(code) && code !== 'ANSWER_INCOMPLETE') unmet.push(reason)
  }
  for (const id of trust?.require ?? []) {
    const status = statusOf(checks, id)
    if (status === 'pass' || (status === 'claimed' && acceptClaimed)) continue
    unmet.push(`Your trust policy requires ${id}, which is ${WORDS[status]}.`)
  }
  return unmet
}

const WORDS: Readonly<Record<Check['status'], string>> = {
  pass: 'proven',
  fail: 'not met',
  claimed: 'only claimed',
  notChecked: 'not checked',
}

const SENTENCES: Readonly<Record<Composition, string>> = {
  kept: 'The composition kept its declaration, recomputed here.',
  claimed: 'That the composition kept its declaration is only claimed by the issuer.',
  broken: 'The composition BROKE its declaration.',
  undeclared: 'The run was bound to no declaration.',
  notChecked: 'Its composition was not looked at.',
}

function exitCodeOf(authenticity: Authenticity, unmet: readonly string[]): VerdictCode {
  if (authenticity === 'invalid') return 1
  if (authenticity === 'valid') return 3
  return unmet.length === 0 ? 0 : 5
}

interface Headline {
  readonly checks: readonly Check[]
  readonly facts: RecordFacts | undefined
  readonly authenticity: Authenticity
  readonly composition: Composition
  readonly unmet: readonly string[]
}

/** Begins with the verdict, and never says more than the checks did. */
function headlineOf({ checks, facts, authenticity, composition, unmet }: Headline): string {
  if (facts === undefined || authenticity === 'invalid') {
    return `INVALID. ${failed(checks).find(isFlaw)?.reason ?? 'The record is not intact.'}`
  }
  if (authenticity === 'valid') {
    const why = failed(checks).find(({ code }) => code !== undefined && NOT_TRUSTED.has(code))?.reason
    return `VALID, NOT TRUSTED. Intact under its own key ${facts.signer.keyId.slice(0, 16)}… ${why ?? 'You have not said whom you trust.'}`
  }
  const verdict = unmet.length === 0 ? 'TRUSTED' : 'TRUSTED, BUT NOT WHAT YOU ASKED FOR'
  const signer = facts.signer.name ?? 'its issuer'
  const isRefused = facts.completion === 'refused'
  const composed = isRefused
    ? refusedSentence(facts, signer)
    : composition === 'claimed'
      ? `Composition kept, claimed by ${signer}.`
      : SENTENCES[composition]
  const cut =
    isRefused || facts.completion === 'complete' ? [] : [`The answer did not come to its end: “${facts.completion}”.`]
  const rest = unmet.filter((reason) => reason !== SENTENCES[composition])
  return [`${verdict}. Made by ${signer}, according to your trust policy.`, composed, ...cut, ...rest].join(' ')
}

/** That nothing was sent is the issuer's word; whether the rules have these results, the check `policy` says. */
function refusedSentence({ policy }: RecordFacts, signer: string): string {
  const named = (result: RuleResult): readonly string[] =>
    (policy?.rules ?? []).filter((rule) => rule.result === result).map(({ rule }) => rule)
  const [violated, open] = [named('violated'), named('notEvaluated')]
  const why =
    violated.length > 0
      ? `violated: ${violated.join(', ')}`
      : open.length > 0
        ? `could not be evaluated: ${open.join(', ')}`
        : 'it differs from what was declared'
  return `The request was REFUSED by its policy (${why}); nothing was sent, says ${signer}.`
}
