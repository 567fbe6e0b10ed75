/**
 * A request against its declaration, before it leaves: findings, and whether the policy lets it go
 * (`docs/spec/policy.md`, "Evaluation").
 *
 * @module
 */
import {
  compareComposition,
  type Finding,
  type RecordedPolicy,
  type Sent,
  sentOf,
} from '../../core/composition/index.ts'
import type { RequestCut } from '../../core/dialects/index.ts'
import {
  bindingFacts,
  evaluateRules,
  findingFacts,
  POLICY_ENGINE,
  type Refusal,
  type ResponseFacts,
  type RunFacts,
  refusalOf,
  requestFacts,
} from '../../core/policy/index.ts'
import type { Binding } from '../../core/run/index.ts'
import type { RequestHead } from '../../core/spans/index.ts'
import type { KnownDeclaration } from './known-declaration.ts'

export interface JudgedRequest {
  readonly sent: Sent
  /** Without those of a policy with rules; empty without a declaration. */
  readonly findings: readonly Finding[]
  /** Why the request may not go upstream. */
  readonly refusal: Refusal | undefined
  /** What the rules make of the whole run; undefined where there are none. */
  readonly outcomes: (response: ResponseFacts | undefined) => RecordedPolicy | undefined
}

export function judgeRequest(input: {
  readonly binding: Binding
  readonly declaration: KnownDeclaration | undefined
  readonly head: RequestHead
  readonly cut: RequestCut
}): JudgedRequest {
  const { binding, declaration, head, cut } = input
  const sent = sentOf({ head, body: cut })
  if (declaration === undefined) return { sent, findings: [], refusal: undefined, outcomes: () => undefined }
  const findings = compareComposition({ declaration: declaration.declaration, digest: declaration.digest, sent })
  const { policy, intendedModels } = declaration
  if (policy === undefined) return { sent, findings, refusal: undefined, outcomes: () => undefined }
  const facts: RunFacts = {
    binding: bindingFacts(binding),
    request: requestFacts({ method: head.method, path: head.path, sent, model: cut.model }),
    findings: findingFacts(findings),
    intended: intendedModels,
    response: undefined,
  }
  return {
    sent,
    findings,
    refusal: refusalOf(policy, facts),
    outcomes: (response) => ({
      engine: POLICY_ENGINE,
      rules: evaluateRules(policy.rules, { ...facts, response }),
    }),
  }
}
