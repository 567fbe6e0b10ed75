/**
 * The sheet that checks are entered on: each once, in any order; what nobody entered was not checked.
 *
 * @module
 */
import { ColophonError, type ErrorCode } from '../errors.ts'
import { CHECK_IDS, type Check, type CheckId, type CheckStatus } from './report.ts'

const SPEC: Readonly<Record<CheckId, string>> = {
  container: 'docs/spec/container.md',
  logEntry: 'docs/spec/log-entry.md',
  signature: 'docs/spec/container.md#envelope',
  statement: 'docs/spec/record.md',
  binding: 'docs/spec/binding.md',
  declaration: 'docs/spec/declaration.md#the-statement',
  signer: 'docs/spec/trust-policy.md',
  bindingSigner: 'docs/spec/trust-policy.md',
  declarationSigner: 'docs/spec/trust-policy.md',
  recordInLog: 'docs/spec/log-entry.md#inclusion',
  bindingInLog: 'docs/spec/log-entry.md#inclusion',
  declarationInLog: 'docs/spec/log-entry.md#inclusion',
  order: 'docs/spec/order.md',
  output: 'docs/spec/record.md#subjects',
  requestBytes: 'docs/spec/commitment.md',
  requestClosure: 'docs/spec/spans.md#closure',
  responseBytes: 'docs/spec/commitment.md',
  responseClosure: 'docs/spec/spans.md#closure',
  declarationContents: 'docs/spec/disclosure.md#declaration',
  composition: 'docs/spec/composition.md',
  policy: 'docs/spec/policy.md#verifying',
  models: 'docs/spec/record.md#models',
  completion: 'docs/spec/record.md#completion',
  capture: 'docs/spec/binding.md#capture',
  agreedDeclaration: 'docs/spec/verdicts.md#agreed-declaration',
}

interface Failure {
  readonly code: ErrorCode
  readonly at?: string
}

export class CheckSheet {
  readonly #checks = new Map<CheckId, Check>()

  pass(id: CheckId, reason: string): void {
    this.#enter(id, 'pass', reason)
  }

  claim(id: CheckId, reason: string): void {
    this.#enter(id, 'claimed', reason)
  }

  skip(id: CheckId, reason: string): void {
    this.#enter(id, 'notChecked', reason)
  }

  fail(id: CheckId, reason: string, failure: Failure): void {
    this.#enter(id, 'fail', reason, failure)
  }

  /**
   * Runs a check whose errors are its failures.
   *
   * @param reason why it passed
   * @returns what it returned, or undefined where it failed
   */
  async attempt<T>(
    id: CheckId,
    reason: string | ((result: T) => string),
    check: () => T | Promise<T>,
  ): Promise<T | undefined> {
    try {
      const result = await check()
      this.pass(id, typeof reason === 'string' ? reason : reason(result))
      return result
    } catch (error) {
      if (!ColophonError.is(error)) throw error
      this.refuse(id, error)
      return undefined
    }
  }

  /** A failure that is an error already. */
  refuse(id: CheckId, error: ColophonError): void {
    this.fail(id, sentence(error.message), { code: error.code, ...placeOf(error) })
  }

  status(id: CheckId): CheckStatus {
    return this.#checks.get(id)?.status ?? 'notChecked'
  }

  /** Every check, in the order of the report. @param reason why the others were not made */
  finish(reason: string): Check[] {
    return CHECK_IDS.map((id) => this.#checks.get(id) ?? { id, status: 'notChecked', reason, spec: SPEC[id] })
  }

  #enter(id: CheckId, status: CheckStatus, reason: string, failure?: Failure): void {
    if (this.#checks.has(id)) throw new TypeError(`check ${id} was entered twice`)
    this.#checks.set(id, { id, status, reason, ...failure, spec: SPEC[id] })
  }
}

/** A place can be a pointer with names of any length that others chose. */
export const placeOf = ({ at }: ColophonError): { readonly at?: string } =>
  at === undefined ? {} : { at: at.length > MAX_PLACE ? `${at.slice(0, MAX_PLACE)}…` : at }

const MAX_PLACE = 1_000

/** A capital letter and a full stop. */
function sentence(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1)
  return /[.?!]$/.test(text) ? text : `${text}.`
}
