/**
 * The rules of the policy, evaluated again from what is disclosed (`docs/spec/policy.md`, "Verifying").
 *
 * A rule whose facts are not all proven here is not evaluated, and says what it would take: the issuer's word for its
 * result stays the issuer's word.
 *
 * @module
 */
import { type Finding, intendedModels } from '../composition/index.ts'
import { digestsOf, type PublishedDeclaration, policyRulesOf, ruleNamesOf } from '../declaration/index.ts'
import type { ResponseCut } from '../dialects/index.ts'
import {
  bindingFacts,
  evaluateRule,
  FACTS,
  type Fact,
  findingFacts,
  isOwnEngine,
  type PolicyRule,
  type RunFacts,
  requestFacts,
  responseFacts,
} from '../policy/index.ts'
import type { RunRecord } from '../run/index.ts'
import type { ProvenDeclaration } from './check-declaration-contents.ts'
import type { DisclosureCheck } from './disclosure-check.ts'
import type { ReadRecord } from './read-record.ts'
import type { RecutRequest } from './recut.ts'
import type { PolicyFacts } from './report.ts'

/** What the checks before this one have proven; undefined is what they have not. */
export interface ProvenRun {
  readonly request: RecutRequest | undefined
  readonly response: ResponseCut | undefined
  readonly declaration: ProvenDeclaration | undefined
  readonly findings: readonly Finding[] | undefined
}

type RuleFacts = PolicyFacts['rules'][number]

/** @returns what the report says of each rule; undefined where the declaration has none */
export function checkPolicy({ read, sheet }: DisclosureCheck, proven: ProvenRun): PolicyFacts | undefined {
  const declared = read.declaration?.declaration
  const recorded = read.record.composition.policy
  if (declared === undefined) {
    sheet.skip('policy', 'The run was bound to no declaration.')
    return undefined
  }
  if (ruleNamesOf(declared).length === 0) {
    sheet.pass('policy', 'The declaration has no rules.')
    return undefined
  }
  // A record that says nothing of them contradicts itself, and the check before this one has said so.
  if (recorded === undefined) return undefined
  if (!isOwnEngine(recorded.engine)) {
    const { name, version, facts } = recorded.engine
    sheet.skip('policy', `The rules were evaluated by ${name} ${version} (${facts}), which is not in this verifier.`)
    return recordedPolicy(read)
  }
  const shown = new Map(policyRulesOf(proven.declaration?.contents ?? []).map((rule) => [rule.name, rule]))
  const facts = factsOf(read, proven)
  const rules = recorded.rules.map(({ rule, result }): RuleFacts & { readonly differs: boolean } => {
    const content = shown.get(rule)
    const needs = content === undefined ? ['declaration policy'] : needsOf(content, { declared, proven, read })
    const differs = content !== undefined && needs.length === 0 && evaluateRule(content, facts) !== result
    return { rule, result, says: content?.says, needs, differs }
  })
  enter(sheet, rules)
  return { engine: recorded.engine, rules: rules.map(({ differs: _, ...rule }) => rule) }
}

function enter(sheet: DisclosureCheck['sheet'], rules: readonly (RuleFacts & { readonly differs: boolean })[]): void {
  const different = rules.filter(({ differs }) => differs)
  const open = rules.filter(({ needs }) => needs.length > 0)
  if (different.length > 0) {
    const names = different.map(({ rule, result }) => `${rule} (${result})`).join(', ')
    sheet.fail('policy', `Evaluated here, these rules give another result than the recorded one: ${names}.`, {
      code: 'POLICY_MISMATCH',
    })
  } else if (open.length > 0) {
    const needs = open.map(({ rule, needs }) => `${rule} (${needs.join(', ')})`).join('; ')
    sheet.skip('policy', `Not evaluated again, for want of the disclosure of what stands in brackets: ${needs}.`)
  } else sheet.pass('policy', 'Every rule is evaluated again here, with the recorded result.')
}

/** Without any evaluation: what the record says. */
export function recordedPolicy({ record }: Pick<ReadRecord, 'record'>): PolicyFacts | undefined {
  const { policy } = record.composition
  if (policy === undefined) return undefined
  const rules = policy.rules.map((rule) => ({ ...rule, says: undefined, needs: ['declaration policy', 'request'] }))
  return { engine: policy.engine, rules }
}

interface Known {
  readonly declared: PublishedDeclaration
  readonly proven: ProvenRun
  readonly read: ReadRecord
}

/** What is not proven of what a rule asks for, in words that name roles where only those matter. */
function needsOf({ compiled }: PolicyRule, known: Known): readonly string[] {
  const needs = (compiled?.facts ?? []).flatMap((name) => [
    ...needsOfFact(FACTS[name], known),
    ...(name === 'findings' && known.proven.request !== undefined && known.proven.findings === undefined
      ? ['declaration']
      : []),
  ])
  return [...new Set(needs)]
}

function needsOfFact({ from, roles, declared }: Fact, known: Known): readonly string[] {
  const { proven, read } = known
  const ofDeclaration = declared === 'model' && !knowsIntended(known) ? ['declaration model'] : []
  switch (from) {
    case 'binding':
      return ofDeclaration
    case 'request':
      if (proven.request !== undefined) return ofDeclaration
      return [...(roles === undefined ? ['request'] : roles.map((role) => `request ${role}`)), ...ofDeclaration]
    case 'response':
      return hadResponse(read.record) && proven.response === undefined ? ['response'] : ofDeclaration
  }
}

const hadResponse = ({ outcome }: RunRecord): boolean => outcome.response.state === 'received'

/** Whether every name that the declaration gives the model is shown; where it gives none, there is nothing to show. */
function knowsIntended({ declared, proven }: Known): boolean {
  const { model } = declared.roles
  if (model.state !== 'fixed') return true
  const digests = model.components.reduce((count, component) => count + digestsOf(component).length, 0)
  return (proven.declaration?.contents ?? []).filter(({ role }) => role === 'model').length === digests
}

function factsOf({ binding, record }: ReadRecord, proven: ProvenRun): RunFacts {
  const { request, response, declaration, findings } = proven
  const { response: received } = record.outcome
  return {
    binding: bindingFacts(binding),
    request:
      request === undefined
        ? undefined
        : requestFacts({ method: request.method, path: request.path, sent: request.sent, model: request.cut.model }),
    findings: findings === undefined ? undefined : findingFacts(findings),
    intended: intendedModels(declaration?.contents ?? []),
    response:
      response === undefined || received.state === 'none' ? undefined : responseFacts(received.status, response),
  }
}
