/**
 * How this implementation runs a case of `policy`.
 *
 * @module
 */
import type { Part } from '../../../src/core/composition/index.ts'
import { compileRule, type RunFacts, requestFacts } from '../../../src/core/policy/index.ts'
import { bytesOfText, type Parts, textOfBytes } from '../parts.ts'
import type { Value } from '../topic.ts'

export interface PlainPart {
  readonly role: string
  readonly name: string
  readonly encoding: 'text' | 'json'
  readonly valueText: string
}

/** Facts as the page has them; `request`, `findings`, `intended` and `response` are left out where they are not known. */
export interface PlainFacts {
  readonly boundAtMs: number
  readonly dialect: string
  readonly endpoint: string
  readonly request?: {
    readonly method: string
    readonly path: string
    readonly parts: readonly PlainPart[]
    readonly unobservable: readonly string[]
    readonly requested?: string
  }
  readonly findings?: readonly { readonly role: string; readonly name: string; readonly finding: string }[]
  readonly intended?: readonly string[]
  readonly response?: {
    readonly status: number
    readonly model?: string
    readonly finishReasons: readonly string[]
    readonly outputs: readonly { readonly choice: number; readonly text: string }[]
  }
}

export type PolicyInput = {
  readonly operation: keyof typeof OPERATIONS
  readonly ruleText: Parts
  readonly facts?: Value
}

export const OPERATIONS = {
  compile: 'A rule, `ruleText`. Accepted: the names of the facts that it uses, sorted.',
  evaluate:
    'A rule, `ruleText`, over `facts`: the members of the page, a part with its value as `valueText`, times in ' +
    'milliseconds since 1970; what is not there is not known. Accepted: `result`.',
} as const

export function runPolicy({ operation, ruleText, facts }: PolicyInput): Value {
  const rule = compileRule(textOfBytes(bytesOfText(ruleText)) as string)
  if (operation === 'compile') return { facts: rule.facts }
  return { result: rule.evaluate(factsOf(facts as unknown as PlainFacts)) }
}

function factsOf({ boundAtMs, dialect, endpoint, request, findings, intended, response }: PlainFacts): RunFacts {
  return {
    binding: { boundAtMs, dialect, endpoint },
    request:
      request === undefined
        ? undefined
        : requestFacts({
            method: request.method,
            path: request.path,
            sent: {
              parts: request.parts.map(partOf),
              unobservable: request.unobservable.map((role) => ({ role: role as Part['role'], reason: 'x' })),
            },
            model: request.requested === undefined ? { state: 'absent' } : { state: 'named', name: request.requested },
          }),
    findings,
    intended,
    response:
      response === undefined
        ? undefined
        : {
            status: response.status,
            model: response.model,
            finishReasons: response.finishReasons,
            outputs: response.outputs.map(({ choice, text }) => ({ choice, text: () => text })),
          },
  }
}

const partOf = ({ role, name, encoding, valueText }: PlainPart): Part => ({
  role: role as Part['role'],
  name,
  encoding,
  value: bytesOfText(valueText),
  at: '',
})
