/**
 * The verifier's report (`docs/spec/verdicts.md`).
 *
 * It answers two questions apart. Authenticity: is the record what its signer made, and is the signer one that the
 * verifier's own trust policy names? Composition: did what was sent keep what was declared? Every check stands in it,
 * in one fixed order, with its reason; a check that could not be made says so and never counts as passed.
 *
 * @module
 */
import type {
  CompositionResult,
  Finding,
  RecordedComposition,
  RecordedFinding,
  RecordedModels,
} from '../composition/index.ts'
import type { ErrorCode } from '../errors.ts'
import type { PolicyEngine, RuleResult } from '../policy/index.ts'
import type { Completion } from '../run/index.ts'

/**
 * - `pass`: recomputed here, and holds
 * - `fail`: recomputed here, and does not hold
 * - `claimed`: the issuer says so, and nothing here proves it
 * - `notChecked`: something that the check needs was not given
 */
export type CheckStatus = 'pass' | 'fail' | 'claimed' | 'notChecked'

/** Every check, in the order of the report. */
export const CHECK_IDS = [
  // The record by itself
  'container',
  'logEntry',
  'signature',
  'statement',
  'binding',
  'declaration',
  // Against the trust policy
  'signer',
  'bindingSigner',
  'declarationSigner',
  'recordInLog',
  'bindingInLog',
  'declarationInLog',
  'order',
  // Against the output
  'output',
  // Against the disclosure
  'requestBytes',
  'requestClosure',
  'responseBytes',
  'responseClosure',
  'declarationContents',
  'composition',
  'policy',
  'models',
  // What the verifier asked for
  'completion',
  'capture',
  'agreedDeclaration',
] as const

export type CheckId = (typeof CHECK_IDS)[number]

export interface Check {
  readonly id: CheckId
  readonly status: CheckStatus
  /** One sentence for people: what was found, and who says so. */
  readonly reason: string
  /** Where the check failed over something malformed or mismatched. */
  readonly code?: ErrorCode
  /** Place in the file that was wrong. */
  readonly at?: string
  /** Section of the specification, such as `docs/spec/record.md#subjects`. */
  readonly spec: string
}

/** The statements of a record, innermost first. */
export type StatementKind = 'declaration' | 'binding' | 'record'

/**
 * - `invalid`: something is wrong
 * - `valid`: intact under the keys it brings along, but the trust policy does not believe those for it, or there is none
 * - `trusted`: intact, by a signer and in a log that the trust policy names
 */
export type Authenticity = 'invalid' | 'valid' | 'trusted'

/**
 * - `kept`, `broken`: recomputed from a full disclosure (`broken` also where the issuer itself says so)
 * - `claimed`: the issuer says that it was kept
 * - `undeclared`: the run was bound to no declaration
 * - `notChecked`: the record is invalid, so what it says of its composition counts for nothing
 */
export type Composition = 'kept' | 'claimed' | 'broken' | 'undeclared' | 'notChecked'

/** 0, 1 invalid, 3 valid and not trusted, 5 composition or a required check not met. */
export type VerdictCode = 0 | 1 | 3 | 5

/** What the record says of each rule, in order, and what the verifier made of it. */
export interface PolicyFacts {
  readonly engine: PolicyEngine
  readonly rules: readonly {
    readonly rule: string
    readonly result: RuleResult
    /** What the rule wants, in words; undefined where the declaration's contents do not show it. */
    readonly says: string | undefined
    /** What would have to be disclosed to evaluate the rule again; empty where it was. */
    readonly needs: readonly string[]
  }[]
}

/** What a verified record says. Each fact is the issuer's word, unless a check of the report passed over it. */
export interface RecordFacts {
  /** Lowercase hex. */
  readonly runId: string
  /** SHA-256 of the record's DSSE payload, lowercase hex: the record's identity. */
  readonly recordDigest: string
  /** `name`: where the trust policy believes the key for this record. */
  readonly signer: { readonly keyId: string; readonly name: string | undefined }
  /** `origin`: as the trust policy names it. */
  readonly log: { readonly origin: string | undefined; readonly index: bigint }
  /** Which statements were in the log by when, as witnesses that the trust policy names have cosigned. */
  readonly trustedTimes: readonly {
    readonly statement: StatementKind
    readonly witness: string
    /** 2026-01-31T00:00:00.000Z; `POSIX time N` beyond the year 9999. */
    readonly time: string
  }[]
  readonly boundAt: string
  readonly endedAt: string
  readonly endpoint: string
  /** Of the request. */
  readonly dialect: string
  readonly capture: 'gateway' | 'inProcess'
  readonly declaration: { readonly id: string; readonly name: string; readonly privacy: string } | undefined
  readonly completion: Completion
  readonly models: RecordedModels
  readonly outputs: readonly { readonly choice: number; readonly sha256: string }[]
  readonly recordedResult: CompositionResult
  /** Undefined where the declaration has no rules. */
  readonly policy: PolicyFacts | undefined
  /** State of each role. Recomputed where the check `requestClosure` passed: a record that differs is invalid. */
  readonly roles: RecordedComposition['roles']
  /** Recomputed with names and details where the request is fully disclosed, else as recorded. */
  readonly findings: readonly (Finding | RecordedFinding)[]
}

export interface Report {
  readonly authenticity: Authenticity
  readonly composition: Composition
  /** Trusted, composition kept (or claimed, where the policy accepts that), every required check met. */
  readonly ok: boolean
  readonly exitCode: VerdictCode
  /** One line: the verdict, and according to whom. */
  readonly headline: string
  /** All of `CHECK_IDS`, in order. */
  readonly checks: readonly Check[]
  /** Undefined where the record could not be read. */
  readonly facts: RecordFacts | undefined
}
