/**
 * What is known of a run, as rules ask for it (`docs/spec/policy.md`, "Facts").
 *
 * Pure data, made of what a capture point has and a verifier recomputes. What is costly (a digest, a decoded text) is
 * made when a rule asks for it, once.
 *
 * @module
 */
import { decodeUtf8, encodeHex, parseTime } from '../bytes/index.ts'
import type { Finding, NamedModel, Part, Sent } from '../composition/index.ts'
import type { ResponseCut } from '../dialects/index.ts'
import { sha256 } from '../hash/index.ts'
import { parseJson } from '../json/index.ts'
import { SENT_ROLES } from '../roles/index.ts'
import { type CelValue, celValueOf } from './cel-value.ts'

/** What the binding says: known to everybody who has the record. */
export interface BindingFacts {
  readonly boundAtMs: number
  readonly dialect: string
  readonly endpoint: string
}

export interface RequestFacts {
  readonly method: string
  readonly path: string
  readonly parts: readonly PartFacts[]
  readonly parameters: ReadonlyMap<string, () => CelValue>
  readonly tools: readonly { readonly name: string; readonly type: string }[]
  readonly roles: ReadonlyMap<string, string>
  readonly selfContained: boolean
  readonly requested: string | undefined
}

export interface PartFacts {
  readonly role: string
  readonly name: string
  readonly encoding: string
  readonly bytes: number
  readonly text: () => string
  readonly digest: () => string
}

export interface FindingFacts {
  readonly role: string
  readonly name: string
  readonly finding: string
}

export interface ResponseFacts {
  readonly status: number
  readonly model: string | undefined
  readonly finishReasons: readonly string[]
  readonly outputs: readonly { readonly choice: number; readonly text: () => string }[]
}

/** Undefined is what is not known: to a verifier what is not disclosed, to anybody the answer before there is one. */
export interface RunFacts {
  readonly binding: BindingFacts
  readonly request: RequestFacts | undefined
  readonly findings: readonly FindingFacts[] | undefined
  /** The models that the declaration names; empty where it names none. */
  readonly intended: readonly string[] | undefined
  readonly response: ResponseFacts | undefined
}

export const bindingFacts = (binding: {
  readonly boundAt: string
  readonly endpoint: string
  readonly request: { readonly dialect: string }
}): BindingFacts => ({
  boundAtMs: parseTime(binding.boundAt),
  dialect: binding.request.dialect,
  endpoint: binding.endpoint,
})

export function requestFacts(request: {
  readonly method: string
  readonly path: string
  readonly sent: Pick<Sent, 'parts' | 'unobservable'>
  /** The model asked for. */
  readonly model: NamedModel
}): RequestFacts {
  const { method, path, sent, model } = request
  return {
    method,
    path,
    requested: nameOf(model),
    parts: sent.parts.map(partFacts),
    parameters: parameterFacts(sent.parts),
    tools: sent.parts
      .filter(({ role }) => role === 'tools')
      .map((part) => ({ name: part.name, type: typeOfTool(part) })),
    roles: new Map(SENT_ROLES.map((role) => [role, stateOf(role, sent)])),
    selfContained: sent.unobservable.length === 0,
  }
}

function partFacts({ role, name, encoding, value }: Part): PartFacts {
  const text = once(() => textOf(value))
  const digest = once(() => encodeHex(sha256(value)))
  return { role, name, encoding, bytes: value.length, text, digest }
}

/** Bytes of a part are UTF-8 always: a text, or JSON as it was sent. */
const textOf = (value: Uint8Array): string => decodeUtf8(value)

/** Only headers can have a name twice; as in HTTP, that is one list. */
function parameterFacts(parts: readonly Part[]): ReadonlyMap<string, () => CelValue> {
  const parameters = new Map<string, () => CelValue>()
  for (const part of parts) {
    if (part.role !== 'parameters') continue
    const before = parameters.get(part.name)
    const value = once(() => parameterValue(part))
    parameters.set(part.name, before === undefined ? value : once(() => `${before()}, ${value()}`))
  }
  return parameters
}

function parameterValue({ encoding, value }: Part): CelValue {
  return encoding === 'text' ? decodeUtf8(value) : celValueOf(parseJson(value))
}

function typeOfTool({ encoding, value }: Part): string {
  if (encoding !== 'json') return ''
  const tool = parseJson(value)
  const type = tool instanceof Map ? tool.get('type') : undefined
  return typeof type === 'string' ? type : ''
}

function stateOf(role: string, { parts, unobservable }: Pick<Sent, 'parts' | 'unobservable'>): string {
  if (unobservable.some((one) => one.role === role)) return 'unobservable'
  return parts.some((part) => part.role === role || part.within === role) ? 'present' : 'absent'
}

/** Without those of the policy, which are made of what rules say. */
export const findingFacts = (findings: readonly Finding[]): FindingFacts[] =>
  findings.filter(({ role }) => role !== 'policy').map(({ role, name = '', finding }) => ({ role, name, finding }))

export function responseFacts(status: number, cut: ResponseCut): ResponseFacts {
  return {
    status,
    model: nameOf(cut.model),
    finishReasons: cut.finishReasons,
    outputs: cut.outputs.map(({ choice, text }) => ({ choice, text: once(() => decodeUtf8(text)) })),
  }
}

const nameOf = (model: NamedModel): string | undefined => (model.state === 'named' ? model.name : undefined)

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
