/**
 * The policy role of a declaration: `strict`, or a mode and rules (`docs/spec/policy.md`, "In a declaration").
 *
 * Of a private declaration only names and encodings can be told without its blind; of a public one the digests of
 * `strict` and of the mode can be told too, since there are few of them. Whether a rule is one is looked at where it is
 * declared; a verifier meets it with its contents only, and gives one that is none no result.
 *
 * @module
 */
import { decodeHex, encodeUtf8 } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import { appendPointer, type JsonObject, type JsonValue } from '../json/index.ts'
import {
  compileRule,
  formatMode,
  formatRule,
  MAX_RULES,
  MODE_NAME,
  MODES,
  type Policy,
  type PolicyMode,
  type PolicyRule,
  parseMode,
  parseRule,
  policyRule,
  RULE_NAME,
  readRuleText,
} from '../policy/index.ts'
import { type Component, type ComponentContent, componentDigester, digestsOf } from './component.ts'
import type { Declaration, DeclaredRole, PublishedDeclaration } from './document.ts'

/** Nothing may be sent but what is declared, and whoever sends it is told afterwards. */
const STRICT: ComponentContent = policyContent('strict', 'text', encodeUtf8('strict'))

/**
 * `policy` of a declaration file: `strict`, or `{mode, findings, rules: {NAME: {rule, says}}}`.
 *
 * @throws {ColophonError} DECLARATION_POLICY_MALFORMED, DECLARATION_RULE_REFUSED, SCHEMA_MISMATCH
 */
export function readPolicy(value: JsonValue, at: string): readonly ComponentContent[] {
  if (value === 'strict') return [STRICT]
  if (!(value instanceof Map)) throw malformed('want strict, or a mode and rules', at)
  const mode = readMode(value, at)
  const rules = value.get('rules')
  if (!(rules instanceof Map) || rules.size === 0 || rules.size > MAX_RULES) {
    throw malformed(`want a map of 1 to ${MAX_RULES} rules`, `${at}/rules`)
  }
  const contents = [...rules].map(([name, rule]) => readRule(name, rule, appendPointer(`${at}/rules`, name)))
  return [policyContent(MODE_NAME, 'json', formatMode(mode)), ...contents].sort((a, b) => (a.name < b.name ? -1 : 1))
}

function readMode(policy: JsonObject, at: string): PolicyMode {
  const { mode, findings, ...rest } = Object.fromEntries(policy)
  const unknown = Object.keys(rest).find((name) => name !== 'rules')
  if (unknown !== undefined) throw malformed('a policy has mode, findings and rules', appendPointer(at, unknown))
  if (mode === 'observe' && findings === undefined) return { mode }
  if (mode === 'enforce' && (findings === 'strict' || findings === 'reported')) return { mode, findings }
  const message = 'want mode: observe without findings, or mode: enforce with findings: strict or reported'
  throw malformed(message, at)
}

function readRule(name: string, value: JsonValue, at: string): ComponentContent {
  if (!RULE_NAME.test(name)) {
    throw malformed('a rule is called by 1 to 64 of a-z, 0-9 and -, and neither mode nor strict', at)
  }
  const text = readRuleText(value, at)
  if (text.says.trim() === '') throw malformed('a rule needs a sentence that says what it wants', `${at}/says`)
  compileRule(text.rule, { at: `${at}/rule` })
  return policyContent(name, 'json', formatRule(text))
}

function policyContent(name: string, encoding: ComponentContent['encoding'], value: Uint8Array): ComponentContent {
  return { role: 'policy', name, encoding, value }
}

/** What can be told of a policy without the blind. @throws {ColophonError} DECLARATION_POLICY_MALFORMED */
export function requirePolicyForm(policy: DeclaredRole, at: string): void {
  const components = policy.state === 'fixed' && policy.allow === undefined ? policy.components : []
  if (isStrict(components)) return
  const rules = components.filter(({ name }) => name !== MODE_NAME)
  const isWhole = components.length === rules.length + 1 && rules.length >= 1 && rules.length <= MAX_RULES
  const isFormed =
    components.every((one) => 'digest' in one && one.encoding === 'json') &&
    rules.every(({ name }) => RULE_NAME.test(name))
  if (!isWhole || !isFormed) throw malformed('the policy is neither strict nor a mode with rules', at)
}

function isStrict([component, ...others]: readonly Component[]): boolean {
  if (component === undefined || !('digest' in component) || others.length > 0) return false
  return component.name === STRICT.name && component.encoding === STRICT.encoding
}

/**
 * Digests too, where there is the blind to compute them with: nothing else may go by the name of `strict` or of a mode.
 *
 * @throws {ColophonError} DECLARATION_POLICY_MALFORMED
 */
export function requirePolicyDigests({ roles, blind }: Declaration, at: string): void {
  const components = componentsOf(roles.policy)
  const digest = componentDigester(blind === undefined ? undefined : decodeHex(blind, {}))
  const known = isStrict(components)
    ? [STRICT]
    : MODES.map((mode) => policyContent(MODE_NAME, 'json', formatMode(mode)))
  const digests = components.filter(({ name }) => name === known[0]?.name).flatMap(digestsOf)
  if (known.every((content) => digest(content) !== digests[0]?.digest)) {
    throw malformed('the policy has another mode than there is', `${at}/roles/policy`)
  }
}

const componentsOf = (policy: DeclaredRole): readonly Component[] => (policy.state === 'fixed' ? policy.components : [])

/** The names of the rules, in order; empty for a strict policy. For everybody to read, in a private one too. */
export function ruleNamesOf({ roles }: PublishedDeclaration): readonly string[] {
  const components = componentsOf(roles.policy)
  return isStrict(components) ? [] : components.map(({ name }) => name).filter((name) => name !== MODE_NAME)
}

/**
 * The policy behind the digests: undefined for a strict one.
 *
 * @param source all contents of a whole declaration
 * @throws {ColophonError} SCHEMA_MISMATCH, JSON_*  the mode is none, which no whole declaration has
 */
export function policyOf(source: {
  readonly declaration: Declaration
  readonly contents: readonly ComponentContent[]
}): Policy | undefined {
  const { declaration, contents } = source
  const ofPolicy = contents.filter(({ role }) => role === 'policy')
  const mode = ofPolicy.find(({ name, encoding }) => name === MODE_NAME && encoding === 'json')
  if (mode === undefined) return undefined
  return {
    mode: parseMode(mode.value, `policy ${MODE_NAME}`),
    rules: policyRulesOf(contents),
    isPublic: declaration.privacy === 'public',
  }
}

/**
 * Of contents that somebody else has made: that every rule is one, as of those that a file holds.
 *
 * @throws {ColophonError} DECLARATION_RULE_REFUSED, SCHEMA_MISMATCH, JSON_*
 */
export function requireRules(contents: readonly ComponentContent[]): void {
  for (const { role, name, value } of contents) {
    if (role !== 'policy' || !RULE_NAME.test(name)) continue
    compileRule(parseRule(value, name).rule, { at: name })
  }
}

/** The rules among contents, which may be only some of them. */
export const policyRulesOf = (contents: readonly ComponentContent[]): PolicyRule[] =>
  contents
    .filter(({ role, name, encoding }) => role === 'policy' && encoding === 'json' && RULE_NAME.test(name))
    .map(({ name, value }) => policyRule(name, value))

const malformed = (message: string, at: string): ColophonError =>
  new ColophonError('DECLARATION_POLICY_MALFORMED', message, { at })
