/**
 * The facts that rules are about: name, CEL type, and what a verifier needs to know them (`docs/spec/policy.md`, "Facts").
 *
 * @module
 */

/**
 * What has to be disclosed for a verifier to know a fact: nothing (`binding`: it stands in the record), the whole request,
 * the whole response. Where only some roles matter, they are named beside.
 */
export type FactSource = 'binding' | 'request' | 'response'

export interface Fact {
  readonly type: string
  readonly from: FactSource
  /** Roles of the declaration whose contents it takes too. */
  readonly declared?: 'model'
  /** The roles of the request that it is made of; empty for all of it. */
  readonly roles?: readonly string[]
  readonly means: string
}

export const FACTS = {
  boundAt: {
    type: 'google.protobuf.Timestamp',
    from: 'binding',
    means: "when the run was bound, by the issuer's clock",
  },
  dialect: { type: 'string', from: 'binding', means: 'the dialect that reads the request, such as `opaque/1`' },
  endpoint: { type: 'string', from: 'binding', means: 'scheme and authority of the upstream' },
  findings: {
    type: 'list<Finding>',
    from: 'request',
    means: 'declared against sent, without the role `policy`',
  },
  method: { type: 'string', from: 'request', means: 'such as `POST`' },
  models: {
    type: 'Models',
    from: 'request',
    declared: 'model',
    roles: ['model'],
    means: 'the models that are declared and asked for',
  },
  parameters: {
    type: 'map<string, dyn>',
    from: 'request',
    roles: ['parameters'],
    means: 'value by name; a header that was sent twice is joined with `, `',
  },
  parts: { type: 'list<Part>', from: 'request', means: 'everything that the request is composed of, in its order' },
  path: { type: 'string', from: 'request', means: 'the path at the upstream, without the query' },
  response: { type: 'Response', from: 'response', means: 'the answer; a rule that uses it is evaluated after the run' },
  roles: {
    type: 'map<string, string>',
    from: 'request',
    means: '`present`, `absent` or `unobservable`, for each of the eight roles that a request has',
  },
  selfContained: { type: 'bool', from: 'request', means: 'whether no role is unobservable' },
  tools: { type: 'list<Tool>', from: 'request', roles: ['tools'], means: 'the tools that the model is told of' },
} as const satisfies Record<string, Fact>

export type FactName = keyof typeof FACTS

export const isFactName = (name: string): name is FactName => Object.hasOwn(FACTS, name)

interface RecordField {
  readonly type: string
  readonly means: string
}

/** Members of the types that facts have. */
export const FACT_TYPES = {
  Finding: {
    role: { type: 'string', means: 'one of the eight roles' },
    name: { type: 'string', means: 'the component, or the empty text where the finding is about the whole role' },
    finding: { type: 'string', means: '`match`, `mismatch`, `undeclared`, `missing` or `unobservable`' },
  },
  Models: {
    intended: {
      type: 'list<string>',
      means: 'the names that the declaration gives, sorted; empty where it gives none',
    },
    requested: { type: 'string', means: 'what the request asks for; only where it names one' },
  },
  Output: {
    choice: { type: 'int', means: 'its number' },
    text: { type: 'string', means: 'what a person sees of it' },
  },
  Part: {
    role: { type: 'string', means: 'its role' },
    name: { type: 'string', means: 'its [name](composition.md#parts)' },
    encoding: { type: 'string', means: '`text` or `json`' },
    text: { type: 'string', means: 'its value: a text as it is, anything else in canonical form' },
    digest: { type: 'string', means: 'SHA-256 of its value in hexadecimal, as in a public declaration' },
    bytes: { type: 'int', means: 'length of its value' },
  },
  Response: {
    status: { type: 'int', means: 'the HTTP status' },
    model: { type: 'string', means: 'the model that says it answered; only where it names one' },
    finishReasons: { type: 'list<string>', means: 'why it ended, in the words of the API' },
    outputs: { type: 'list<Output>', means: 'what a person sees of it, one for each choice that is not empty' },
  },
  Tool: {
    name: { type: 'string', means: 'its [name](composition.md#parts)' },
    type: { type: 'string', means: 'what it says its type is; the empty text where it says none' },
  },
} as const satisfies Record<string, Record<string, RecordField>>

export type FactTypeName = keyof typeof FACT_TYPES
