/**
 * Runs for vectors, issued without the code that is tested: every byte follows from the plan, which may hold lies. Without
 * any, a run is the one that the specification uses as its example, but for the stock of its log.
 *
 * @module
 */
import type { Direction, PlainLeaf } from './committed.ts'
import { type Content, documentOf, idOf, type Members } from './declared.ts'
import { canonical } from './document.ts'
import { CHAT, commitmentHex, REQUEST, RESPONSE, shown } from './example-message.ts'
import { type StatementKey, statementKey } from './keys.ts'
import { sha256, tag } from './layout.ts'
import { LOG } from './notes.ts'
import { base64Of } from './parts.ts'
import { PlainLog, proofText, type Sequenced } from './plain-log.ts'
import { keyIdOf, type Logged, type Signing, signAndLog } from './signed.ts'
import type { Value } from './topic.ts'

export const ISSUER: StatementKey = statementKey(0x11)
export const OTHER: StatementKey = statementKey(0x22)

export const ANSWER = 'Certainly. The lamp costs 5 euros.'

export const CONTENTS: readonly Content[] = [
  { role: 'model', name: 'model', encoding: 'text', valueText: 'tiny' },
  { role: 'instructions', name: '0', encoding: 'text', valueText: 'Answer politely.' },
  { role: 'parameters', name: 'temperature', encoding: 'json', valueText: '0' },
  { role: 'policy', name: 'strict', encoding: 'text', valueText: 'strict' },
]

type Kind = 'declaration' | 'binding' | 'record'
type Change = (value: Members) => Members

export interface Plan {
  /** The whole document; null for a run without a declaration. */
  readonly document?: Members | null
  /** What is disclosed of it; the example's unless told. */
  readonly contents?: readonly Content[]
  readonly dialect?: string
  readonly request?: readonly PlainLeaf[]
  /** Null where nothing came. */
  readonly response?: readonly PlainLeaf[] | null
  readonly responseDialect?: string
  readonly status?: number
  /** Texts by choice. */
  readonly outputs?: Readonly<Record<number, string>>
  readonly composition?: Members
  readonly model?: Members
  readonly completion?: string
  /** Members of the binding's predicate, in place of its own. */
  readonly bound?: Members

  readonly keys?: Partial<Record<Kind, StatementKey>>
  readonly logs?: Partial<Record<Kind, PlainLog>>
  readonly signing?: Partial<Record<Kind, Signing>>
  /** What is changed in a statement before it is signed. */
  readonly statement?: Partial<Record<Kind, Change>>
  /** What is changed in a predicate before it is signed; subjects follow. */
  readonly predicate?: Partial<Record<Kind, Change>>
  /** The record's payload, as it is signed. */
  readonly payload?: (text: string) => string
  /** Where a statement is said to stand, in place of where it stands. */
  readonly place?: Partial<Record<Kind, (sequenced: Sequenced) => Sequenced>>
  readonly proof?: Partial<Record<'declaration' | 'binding', (proof: string) => string>>
  /** The container, after everything has been signed and logged. */
  readonly container?: Change
  readonly file?: (text: string) => string
}

/** Everything in one log. */
export const inOneLog = (log: PlainLog): Plan => ({ logs: { declaration: log, binding: log, record: log } })

export interface Issued {
  readonly runId: string
  readonly recordDigest: string
  readonly record: string
  readonly disclosure: Members
  readonly declarationId: string | undefined
  readonly logged: Readonly<Record<'binding' | 'record', Logged>>
}

const digest = (text: string): string => sha256(Buffer.from(text)).toString('hex')
const HEAD = ['method', 'path', 'query', 'status', 'header', 'unrecorded', 'cutList']
const bodyOf = (leaves: readonly PlainLeaf[]): Buffer =>
  Buffer.concat(leaves.filter(({ kind }) => !HEAD.includes(kind)).map(({ bytes }) => bytes))

export function issue(plan: Plan = {}): Issued {
  const { document = documentOf(), dialect = CHAT, request = REQUEST } = plan
  const first = new PlainLog(LOG)
  const logs = { declaration: first, binding: first, record: first, ...plan.logs }
  const keys = { declaration: ISSUER, binding: ISSUER, record: ISSUER, ...plan.keys }
  const place = (kind: Kind, { sequenced }: Logged): Sequenced => plan.place?.[kind]?.(sequenced) ?? sequenced
  const statementOf = (kind: Kind, predicate: Members, subjects: readonly Subject[]): Uint8Array => {
    const statement: Members = {
      _type: 'https://in-toto.io/Statement/v1',
      predicate: predicate as Value,
      predicateType: `https://colophon/${kind === 'record' ? 'run' : kind}/v1`,
      subject: subjects.map(([name, sha256]) => ({ digest: { sha256 }, name })),
    }
    const text = canonical((plan.statement?.[kind]?.(statement) ?? statement) as Value)
    return Buffer.from(kind === 'record' ? (plan.payload?.(text) ?? text) : text)
  }
  const sign = (kind: Kind, payload: Uint8Array): Logged =>
    signAndLog({ payload, key: keys[kind], log: logs[kind], signing: plan.signing?.[kind] })
  const changed = (kind: Kind, predicate: Members): Members => plan.predicate?.[kind]?.(predicate) ?? predicate

  const declared =
    document === null
      ? undefined
      : declare(document, (id, honest) => {
          return sign('declaration', statementOf('declaration', changed('declaration', honest), [['declaration', id]]))
        })

  const binding = changed('binding', {
    boundAt: '2026-01-01T00:00:01.000Z',
    capture: { point: 'inProcess', signerControlsApplication: true, software: 'example/1' },
    declaration:
      declared === undefined
        ? { state: 'undeclared' }
        : {
            id: declared.id,
            proof:
              plan.proof?.declaration?.(proofText(place('declaration', declared.logged))) ??
              proofText(place('declaration', declared.logged)),
            state: 'declared',
          },
    endpoint: 'https://api.example',
    issuer: keyIdOf(plan.signing?.binding?.shownKey ?? keys.binding),
    nonce: '05'.repeat(32),
    request: { commitment: commitmentHex('request', request, dialect), dialect },
    sequence: { number: 0, state: 'numbered', stream: '03'.repeat(16) },
    ...plan.bound,
  })
  const runId = sha256(tag('colophon/run/v1'), Buffer.from(canonical(binding as Value))).toString('hex')
  const bound = sign('binding', statementOf('binding', binding, bindingSubjects(binding)))

  const predicate = changed('record', {
    binding: {
      ...embedded(bound),
      proof: plan.proof?.binding?.(proofText(place('binding', bound))) ?? proofText(place('binding', bound)),
    },
    composition: (plan.composition ?? KEPT) as Value,
    declaration: declared === undefined ? { state: 'undeclared' } : { ...embedded(declared.logged), state: 'declared' },
    model: (plan.model ?? MODELS) as Value,
    outcome: outcomeOf(plan) as Value,
  })
  const payload = statementOf('record', predicate, recordSubjects(plan, predicate, runId))
  const signed = sign('record', payload)
  const container = containerOf(signed, place('record', signed), logs.record)
  const text = canonical((plan.container?.(container) ?? container) as Value)
  return {
    runId,
    recordDigest: sha256(payload).toString('hex'),
    record: plan.file?.(text) ?? text,
    disclosure: disclosureOf(plan, runId, document),
    declarationId: declared?.id,
    logged: { binding: bound, record: signed },
  }
}

type Subject = readonly [name: string, sha256: string]

/** The published document with a nonce, signed and logged. */
function declare(document: Members, sign: (id: string, predicate: Members) => Logged) {
  const { blind: _, ...published } = document
  const id = idOf(document)
  return { id, logged: sign(id, { declaration: published, nonce: '02'.repeat(32) }) }
}

function bindingSubjects({ request, declaration }: Members): Subject[] {
  const { state, id } = declaration as Members
  const { commitment } = request as Members
  return [['request', commitment as string], ...(state === 'declared' ? [['declaration', id as string] as const] : [])]
}

function recordSubjects({ outputs = { 0: ANSWER } }: Plan, { outcome }: Members, runId: string): Subject[] {
  const response = (outcome as Members | undefined)?.['response'] as Members | undefined
  return [
    ...Object.entries(outputs).map(([choice, text]): Subject => [`output-${choice}`, digest(text)]),
    ...(response?.['state'] === 'received' ? [['response', response['digest'] as string] as const] : []),
    ['run', runId],
  ]
}

const embedded = ({ envelope, publicKey }: Logged): Members => {
  return { envelope: envelope as unknown as Value, publicKey: base64Of(publicKey) }
}

function outcomeOf({ completion = 'complete', response = RESPONSE, status = 200, ...plan }: Plan): Members {
  const endedAt = '2026-01-01T00:00:02.000Z'
  if (response === null) return { completion, endedAt, response: { state: 'none' } }
  const dialect = plan.responseDialect ?? plan.dialect ?? CHAT
  const body = bodyOf(response)
  return {
    completion,
    endedAt,
    response: {
      commitment: commitmentHex('response', response, dialect),
      dialect,
      digest: sha256(body).toString('hex'),
      length: body.length,
      state: 'received',
      status,
    },
  }
}

function containerOf({ envelope, entry, publicKey }: Logged, place: Sequenced, log: PlainLog): Members {
  return {
    dsseEnvelope: envelope as unknown as Value,
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: {
      publicKey: { hint: keyIdOf({ publicKey }) },
      tlogEntries: [
        {
          canonicalizedBody: base64Of(entry),
          inclusionProof: {
            checkpoint: { envelope: place.checkpoint },
            hashes: place.hashes.map(base64Of),
            logIndex: String(place.index),
            rootHash: base64Of(place.rootHash),
            treeSize: String(place.treeSize),
          },
          kindVersion: { kind: 'hashedrekord', version: '0.0.2' },
          logId: { keyId: Buffer.from(log.key.keyIdHex, 'hex').toString('base64') },
          logIndex: String(place.index),
        },
      ],
    },
  }
}

function disclosureOf(
  { request = REQUEST, response = RESPONSE, contents = CONTENTS }: Plan,
  runId: string,
  document: Members | null,
): Members {
  const leaves = (direction: Direction, message: readonly PlainLeaf[]): Value => shown(direction, message)
  return {
    format: 'colophon/disclosure/v1',
    runId,
    ...(document === null
      ? {}
      : { declaration: { document: document as Value, contents: contents.map(contentValue) } }),
    request: leaves('request', request),
    ...(response === null ? {} : { response: leaves('response', response) }),
  }
}

export const contentValue = ({ valueText, ...content }: Content): Value => ({ ...content, value: valueText })

const match = (role: string, name?: string): Value => ({ finding: 'match', ...(name ? { name } : {}), role })
const ABSENT = { state: 'absent' }
const WITHHELD = { state: 'withheld' }
const PRESENT = { state: 'present' }

/** What the record of the example says of its composition. */
export const KEPT: Members = {
  findings: [
    match('model', 'model'),
    match('instructions', '0'),
    match('tools'),
    match('context'),
    match('history'),
    match('input'),
    match('parameters', 'temperature'),
    match('outputFormat'),
    match('policy', 'strict'),
  ],
  result: 'kept',
  roles: {
    model: PRESENT,
    instructions: WITHHELD,
    tools: ABSENT,
    context: WITHHELD,
    history: ABSENT,
    input: WITHHELD,
    parameters: WITHHELD,
    outputFormat: ABSENT,
    policy: PRESENT,
  },
}

const named = (value: string): Value => ({ state: 'present', value })
export const MODELS: Members = { intended: named('tiny'), requested: named('tiny'), responded: named('tiny@1') }
