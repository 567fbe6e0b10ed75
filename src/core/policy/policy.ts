/**
 * A declaration's policy: what its components hold (`docs/spec/policy.md`, "In a declaration").
 *
 * `strict`, or a component `mode` and one component for each rule. Each is a JSON value in canonical form.
 *
 * @module
 */
import { ColophonError } from '../errors.ts'
import { canonicalize, type JsonValue, parseCanonicalJson, readObject } from '../json/index.ts'
import { type CompiledRule, compileRule } from './compile-rule.ts'
import { MAX_RULE_LENGTH, MAX_SENTENCE_LENGTH } from './limits.ts'

/**
 * - `observe`: what rules say is recorded, and the run goes on
 * - `enforce`: a request that violates a rule, or for which a rule has no result, is refused
 *
 * `findings`, where rules are enforced: `strict` refuses a request that is not what was declared too, `reported` only
 * records it.
 */
export type PolicyMode =
  | { readonly mode: 'observe' }
  | { readonly mode: 'enforce'; readonly findings: 'strict' | 'reported' }

/** As it is written and disclosed. */
export interface RuleText {
  readonly rule: string
  /** For people: what it wants. */
  readonly says: string
}

export interface PolicyRule extends RuleText {
  readonly name: string
  /** Undefined where the text is no rule: then it has no result. */
  readonly compiled: CompiledRule | undefined
}

export const MODE_NAME = 'mode'
export const RULE_NAME: RegExp = /^(?!(?:mode|strict)$)[a-z0-9][a-z0-9-]{0,63}$/

/** Every mode there is, in canonical form: a public declaration's digest tells which one it has. */
export const MODES: readonly PolicyMode[] = [
  { mode: 'observe' },
  { mode: 'enforce', findings: 'strict' },
  { mode: 'enforce', findings: 'reported' },
]

export const formatMode = (mode: PolicyMode): Uint8Array => canonicalize(mode)

export const formatRule = ({ rule, says }: RuleText): Uint8Array => canonicalize({ rule, says })

/** @throws {ColophonError} SCHEMA_MISMATCH, JSON_* */
export function parseMode(value: Uint8Array, at: string): PolicyMode {
  const reader = readObject(parseCanonicalJson(value), at)
  const mode = reader.oneOf('mode', ['observe', 'enforce'] as const)
  const read: PolicyMode =
    mode === 'observe' ? { mode } : { mode, findings: reader.oneOf('findings', ['strict', 'reported'] as const) }
  reader.end()
  return read
}

/** Says nothing about whether the text is a rule. @throws {ColophonError} SCHEMA_MISMATCH, JSON_* */
export const parseRule = (value: Uint8Array, at: string): RuleText => readRuleText(parseCanonicalJson(value), at)

/** @throws {ColophonError} SCHEMA_MISMATCH */
export function readRuleText(value: JsonValue, at: string): RuleText {
  const reader = readObject(value, at)
  const text = {
    rule: reader.string('rule', { max: MAX_RULE_LENGTH }),
    says: reader.string('says', { max: MAX_SENTENCE_LENGTH }),
  }
  reader.end()
  return text
}

/** A rule of a declaration that is there. One that this software would not have declared has no result, ever. */
export function policyRule(name: string, value: Uint8Array): PolicyRule {
  const text = orElse(() => parseRule(value, name), { rule: '', says: '' })
  return { name, ...text, compiled: orElse(() => compileRule(text.rule), undefined) }
}

function orElse<T>(make: () => T, otherwise: T): T {
  try {
    return make()
  } catch (error) {
    if (ColophonError.is(error)) return otherwise
    throw error
  }
}
