/**
 * One rule: text in, a function of the facts out (`docs/spec/policy.md`, "Evaluation").
 *
 * @module
 */
import { ParseError, type ParseResult, TypeError as TypeFault } from '@marcbachmann/cel-js'
import { ColophonError } from '../errors.ts'
import { contextOf, ruleEnvironment } from './environment.ts'
import type { FactName } from './fact-table.ts'
import { MAX_RULE_LENGTH } from './limits.ts'
import { Meter } from './meter.ts'
import { NotInProfile, profileOf } from './profile.ts'
import type { RunFacts } from './run-facts.ts'

export type RuleResult = 'kept' | 'violated' | 'notEvaluated'

export interface CompiledRule {
  /** The facts that it uses, sorted. */
  readonly facts: readonly FactName[]
  /** Never throws, and ends within the bounds. `notEvaluated`: what it asks for is not there, or too much. */
  readonly evaluate: (facts: RunFacts) => RuleResult
}

/** @throws {ColophonError} DECLARATION_RULE_REFUSED  with line and column where it is no rule */
export function compileRule(text: string, options: { readonly at?: string } = {}): CompiledRule {
  const { at } = options
  if (text.length > MAX_RULE_LENGTH) {
    throw refused(`the rule has ${text.length} characters, want at most ${MAX_RULE_LENGTH}`, at)
  }
  try {
    const parsed = ruleEnvironment.parse(text)
    const profile = profileOf(parsed.ast)
    const { valid, type, error } = parsed.check()
    if (!valid) throw error
    if (type !== 'bool') throw new NotInProfile(`a rule is true or false, and this is ${type}`, { start: 0 })
    return { facts: profile.facts, evaluate: (facts) => evaluate(parsed, new Meter(profile), facts) }
  } catch (error) {
    const fault = faultOf(error)
    if (fault === undefined) throw error
    throw refused(`${placeIn(text, fault.start)}: ${fault.message}`, at)
  }
}

/** The engine's own text is not passed on whole: it quotes the rule. */
function faultOf(error: unknown): { readonly start: number; readonly message: string } | undefined {
  if (error instanceof NotInProfile) return error
  if (error instanceof ParseError || error instanceof TypeFault) {
    return { start: error.range?.start ?? 0, message: error.summary }
  }
  // An expression that is nested beyond the stack, say; the engine's bounds come first.
  return error instanceof RangeError ? { start: 0, message: 'the rule is nested too deeply' } : undefined
}

function placeIn(text: string, start: number): string {
  const lines = text.slice(0, start).split('\n')
  return `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`
}

const refused = (message: string, at: string | undefined): ColophonError =>
  new ColophonError('DECLARATION_RULE_REFUSED', message, at === undefined ? {} : { at })

function evaluate(parsed: ParseResult, meter: Meter, facts: RunFacts): RuleResult {
  try {
    const value: unknown = parsed(contextOf(facts, meter))
    // CEL lets an error be overruled, and reading too much is one.
    if (meter.isExceeded || typeof value !== 'boolean') return 'notEvaluated'
    return value ? 'kept' : 'violated'
  } catch {
    // Whatever it was (a fact that is not there, a division by zero, a bound), there is no result.
    return 'notEvaluated'
  }
}
