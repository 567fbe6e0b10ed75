/**
 * Cases of `records.ts`: what a verifier is given, and what it must make of it, check by check.
 *
 * @module
 */
import type { ErrorCode } from '../../src/core/errors.ts'
import type { CheckId } from '../../src/core/verify/index.ts'
import type { Members } from './declared.ts'
import { ANSWER, ISSUER, type Issued, issue, type Plan } from './issued.ts'
import { LOG } from './notes.ts'
import { base64Of } from './parts.ts'
import type { RecordsInput } from './run-records.ts'
import type { Case, Value } from './topic.ts'

/** In the order of the report. */
const CHECK_IDS: readonly CheckId[] = [
  ...(['container', 'logEntry', 'signature', 'statement', 'binding', 'declaration'] as const),
  ...(['signer', 'bindingSigner', 'declarationSigner', 'recordInLog', 'bindingInLog', 'declarationInLog'] as const),
  ...(['order', 'output', 'requestBytes', 'requestClosure', 'responseBytes', 'responseClosure'] as const),
  ...([
    'declarationContents',
    'composition',
    'policy',
    'models',
    'completion',
    'capture',
    'agreedDeclaration',
  ] as const),
]

/** A status, or the code of a failure. */
export type Outcome = 'pass' | 'claimed' | 'notChecked' | ErrorCode
export type Checks = Partial<Record<CheckId, Outcome>>

/** Authenticity, composition and exit code. */
export type Verdict =
  `${'invalid' | 'valid' | 'trusted'} ${'kept' | 'claimed' | 'broken' | 'undeclared' | 'notChecked'} ${0 | 1 | 3 | 5}`

export interface Given {
  /** Null where none is given. */
  readonly output?: string | null
  readonly disclosure?: ((whole: Members) => Members | string) | null
  /** Members of the trust policy, in place of the usual ones. */
  readonly policy?: Members | null
  readonly agreed?: (issued: Issued) => string | undefined
}

/** A case before its files have names. */
export interface RecordCase {
  readonly name: string
  readonly rule: string
  readonly record: string
  readonly output: string | undefined
  readonly disclosure: string | undefined
  readonly policy: string | undefined
  readonly agreedDeclaration: string | undefined
  readonly takesRules: boolean
  readonly accept: Value
}

export const signerOf = (name: string, { publicKey }: { publicKey: Uint8Array }, valid: Value = 'always'): Value => {
  return { name, publicKey: base64Of(publicKey), valid }
}

const POLICY: Members = {
  format: 'colophon/trust-policy/v1',
  signers: [signerOf('Example issuer', ISSUER)],
  logs: [LOG.vkey],
  witnesses: [],
  require: [],
  acceptClaimed: false,
  captures: ['gateway', 'inProcess'],
  declarations: 'any',
}

/** Of the example, with everything given. */
const EVERYTHING: Checks = {
  ...Object.fromEntries(CHECK_IDS.map((id) => [id, 'pass'])),
  order: 'claimed',
  capture: 'claimed',
  agreedDeclaration: 'notChecked',
}

/** What is otherwise where something is not given. */
export const WITHOUT = {
  policy: {
    signer: 'notChecked',
    bindingSigner: 'notChecked',
    declarationSigner: 'notChecked',
    recordInLog: 'notChecked',
    bindingInLog: 'notChecked',
    declarationInLog: 'notChecked',
    order: 'notChecked',
  },
  output: { output: 'notChecked' },
  disclosure: {
    requestBytes: 'notChecked',
    requestClosure: 'claimed',
    responseBytes: 'notChecked',
    responseClosure: 'claimed',
    declarationContents: 'notChecked',
    composition: 'claimed',
    models: 'claimed',
    completion: 'claimed',
  },
  declaration: {
    declaration: 'notChecked',
    declarationSigner: 'notChecked',
    declarationInLog: 'notChecked',
    declarationContents: 'notChecked',
    policy: 'notChecked',
  },
} as const satisfies Record<string, Checks>

/** Of an answer that did not come to its end. */
export const INCOMPLETE: Checks = { completion: 'ANSWER_INCOMPLETE' }

/** Expects a verdict and the checks that differ from those of the example. */
export function judged(input: {
  readonly name: string
  readonly rule: string
  readonly plan?: Plan
  readonly given?: Given
  readonly verdict: Verdict
  readonly checks?: Checks
  /** Whether it takes an implementation that evaluates rules. */
  readonly takesRules?: boolean
}): RecordCase {
  const { plan, given = {}, verdict, checks = {} } = input
  const issued = issue(plan)
  const [authenticity = '', composition = '', exitCode] = verdict.split(' ')
  return {
    name: input.name,
    rule: input.rule,
    ...filesOf(issued, given),
    takesRules: input.takesRules ?? false,
    accept: {
      authenticity,
      composition,
      exitCode: Number(exitCode),
      runId: issued.runId,
      recordDigest: issued.recordDigest,
      checks: { ...EVERYTHING, ...checks },
    },
  }
}

interface Whole {
  readonly takesRules?: boolean
  readonly rule?: string
  readonly plan?: Plan
  readonly given?: Given
  readonly checks?: Checks
}

/** A record that is as it should be. */
export const whole = (
  name: string,
  verdict: Verdict,
  { rule = 'docs/spec/verdicts.md#verdicts', ...more }: Whole = {},
): RecordCase => judged({ name, rule, verdict, ...more })

export const withoutMember =
  (name: string) =>
  (file: Members): Members =>
    Object.fromEntries(Object.entries(file).filter(([member]) => member !== name))
export const ACCEPTED = { acceptClaimed: true } as const

/** Expects that one check of the record by itself fails, and that nothing after it is checked. */
export function stopped(input: {
  readonly name: string
  readonly rule: string
  readonly plan: Plan
  readonly check: CheckId
  readonly code: ErrorCode
}): RecordCase {
  const at = CHECK_IDS.indexOf(input.check)
  const outcome = (place: number): Outcome => (place < at ? 'pass' : place === at ? input.code : 'notChecked')
  return {
    name: input.name,
    rule: input.rule,
    ...filesOf(issue(input.plan), {}),
    takesRules: false,
    accept: {
      authenticity: 'invalid',
      composition: 'notChecked',
      exitCode: 1,
      runId: null,
      recordDigest: null,
      checks: Object.fromEntries(CHECK_IDS.map((id, place) => [id, outcome(place)])),
    },
  }
}

function filesOf(issued: Issued, given: Given) {
  const { output = ANSWER, disclosure = (whole: Members) => whole, policy = {}, agreed } = given
  const shown = disclosure === null ? undefined : disclosure(issued.disclosure)
  return {
    record: issued.record,
    output: output ?? undefined,
    disclosure: typeof shown === 'object' ? textOf(shown) : shown,
    policy: policy === null ? undefined : textOf({ ...POLICY, ...policy }),
    agreedDeclaration: agreed?.(issued),
  }
}

const textOf = (document: Members): string => `${JSON.stringify(document)}\n`

const NAMES = {
  record: 'record.sigstore.json',
  output: 'output.txt',
  disclosure: 'disclosure.json',
  policy: 'trust-policy.json',
} as const

/** Gives files their names: each stands once, in the folder of the first case that has it. */
export function nameFiles(cases: readonly RecordCase[]): {
  readonly cases: readonly Case<RecordsInput>[]
  readonly files: ReadonlyMap<string, Uint8Array>
} {
  const paths = new Map<string, string>()
  const fileOf = (kind: keyof typeof NAMES, folder: string, text: string): string => {
    const key = `${kind} ${text}`
    const path = paths.get(key) ?? `${folder}/${NAMES[kind]}`
    paths.set(key, path)
    return path
  }
  const named = cases.map((one): Case<RecordsInput> => {
    const { name, rule, record, output, disclosure, policy, agreedDeclaration, takesRules, accept } = one
    const path = (kind: keyof typeof NAMES, text: string): string => `records/${fileOf(kind, name, text)}`
    return {
      name,
      rule,
      recordFile: path('record', record),
      ...(output === undefined ? {} : { outputFile: path('output', output) }),
      ...(disclosure === undefined ? {} : { disclosureFile: path('disclosure', disclosure) }),
      ...(policy === undefined ? {} : { trustPolicyFile: path('policy', policy) }),
      ...(agreedDeclaration === undefined ? {} : { agreedDeclaration }),
      ...(takesRules ? { takesRules } : {}),
      accept,
    }
  })
  const bytes = [...paths].map(([key, path]) => [path, Buffer.from(key.slice(key.indexOf(' ') + 1))] as const)
  return { cases: named, files: new Map(bytes) }
}
