export { type CompiledRule, compileRule, type RuleResult } from './compile-rule.ts'
export { isOwnEngine, POLICY_ENGINE, type PolicyEngine } from './engine.ts'
export { FACT_TYPES, FACTS, type Fact, type FactName } from './fact-table.ts'
export {
  evaluateRule,
  evaluateRules,
  isAfterRun,
  type Policy,
  type Refusal,
  type RuleOutcome,
  refusalOf,
} from './judge-policy.ts'
export { MAX_RULES } from './limits.ts'
export {
  formatMode,
  formatRule,
  MODE_NAME,
  MODES,
  type PolicyMode,
  type PolicyRule,
  parseMode,
  parseRule,
  policyRule,
  RULE_NAME,
  type RuleText,
  readRuleText,
} from './policy.ts'
export {
  type BindingFacts,
  bindingFacts,
  findingFacts,
  type RequestFacts,
  type ResponseFacts,
  type RunFacts,
  requestFacts,
  responseFacts,
} from './run-facts.ts'
