import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { makeP256Signer } from '../../../test/support/p256-signer.ts'
import { readSpoiled } from '../../../test/support/spoiled-json.ts'
import { decodeUtf8, encodeUtf8 } from '../bytes/index.ts'
import type { RoleState } from '../composition/index.ts'
import { ColophonError } from '../errors.ts'
import { formatStatement } from '../intoto/index.ts'
import { canonicalize } from '../json/index.ts'
import { ROLES, type Role } from '../roles/index.ts'
import {
  type Binding,
  formatBindingStatement,
  formatRunStatement,
  PREDICATE,
  parseBindingStatement,
  parseRunStatement,
  type RunRecord,
  runIdOf,
} from './index.ts'

const hex = (byte: string): string => byte.repeat(32)

const BINDING: Binding = {
  boundAt: '2026-01-31T00:00:00.000Z',
  capture: { point: 'gateway', received: 'same', software: 'colophon/0.1.0' },
  declaration: { state: 'declared', id: hex('0d'), proof: 'c2sp.org/tlog-proof@v1\n' },
  endpoint: 'https://api.example',
  issuer: hex('15'),
  nonce: hex('0e'),
  request: { commitment: hex('c0'), dialect: 'openai-chat-completions/1' },
  sequence: { state: 'numbered', stream: '5e'.repeat(16), number: 0 },
}

const BINDINGS: readonly Binding[] = [
  BINDING,
  { ...BINDING, attemptOf: hex('a7'), requesterNonce: hex('4e') },
  {
    ...BINDING,
    capture: { point: 'inProcess', signerControlsApplication: true, software: 'x' },
    declaration: { state: 'undeclared' },
    sequence: { state: 'none', reason: 'an edge worker' },
  },
]

const signer = makeP256Signer()
const embedded = {
  envelope: {
    payloadType: 'application/vnd.in-toto+json',
    payload: encodeUtf8('{}'),
    signature: signer.sign(encodeUtf8('x')),
  },
  publicKey: signer.spki,
}
const roles = Object.fromEntries(ROLES.map((role) => [role, { state: 'withheld' }])) as Record<Role, RoleState>

const RECORD: RunRecord = {
  runId: hex('44'),
  outputs: [
    { choice: 0, sha256: hex('00') },
    { choice: 2, sha256: hex('02') },
  ],
  binding: { ...embedded, proof: 'c2sp.org/tlog-proof@v1\n' },
  declaration: { state: 'declared', ...embedded },
  composition: {
    roles: {
      ...roles,
      context: { state: 'unobservable', reason: 'server-side: file_id' },
      model: { state: 'present' },
    },
    findings: [
      { role: 'model', finding: 'match', name: 'model' },
      { role: 'parameters', finding: 'undeclared', count: 2 },
      { role: 'input', finding: 'match' },
    ],
    result: 'broken',
  },
  model: {
    intended: { state: 'present', value: 'tiny' },
    requested: { state: 'withheld' },
    responded: { state: 'absent' },
  },
  outcome: {
    completion: 'complete',
    endedAt: '2026-01-31T00:00:01.000Z',
    response: {
      state: 'received',
      commitment: hex('c1'),
      dialect: 'openai-chat-completions/1',
      digest: hex('d1'),
      length: 12,
      status: 200,
    },
  },
}

const UNANSWERED: RunRecord = {
  ...RECORD,
  outputs: [],
  declaration: { state: 'undeclared' },
  composition: { roles, findings: [], result: 'undeclared' },
  model: { ...RECORD.model, requested: { state: 'unobservable' } },
  outcome: { completion: 'error', endedAt: RECORD.outcome.endedAt, response: { state: 'none' } },
}

/** Spoils a statement place by place. Only optional members of its predicate may be left out, and only to say less. */
function readSpoiledStatement(payload: Uint8Array, parse: (payload: Uint8Array) => unknown) {
  const statement = parse(payload)
  return readSpoiled({
    document: JSON.parse(decodeUtf8(payload)),
    read: (document) => expect(parse(canonicalize(document as object))).not.toEqual(statement),
    isCoded: (error) => ColophonError.is(error),
  })
}

describe('the binding', () => {
  test.each(BINDINGS)('parse gives back what format was given', (binding) => {
    const payload = formatBindingStatement(binding)
    expect(parseBindingStatement(payload)).toEqual(binding)
    expect(formatBindingStatement(parseBindingStatement(payload))).toEqual(payload)
  })

  test('the run id is what the specification says, and every member counts', () => {
    const text = Buffer.concat([Buffer.from('colophon/run/v1\n'), canonicalize(BINDING)])
    expect(runIdOf(BINDING)).toBe(createHash('sha256').update(text).digest('hex'))
    expect(new Set(BINDINGS.map(runIdOf)).size).toBe(BINDINGS.length)
    for (const name of ['boundAt', 'endpoint', 'issuer', 'nonce'] as const) {
      expect(runIdOf({ ...BINDING, [name]: 'x' })).not.toBe(runIdOf(BINDING))
    }
  })

  test('every spoiled place is a coded error, or another binding', () => {
    const optional = ['/predicate/attemptOf left out', '/predicate/requesterNonce left out']
    const free =
      /^\/predicate\/(endpoint|capture\/software|declaration\/proof|request\/dialect|sequence\/(number|reason))/
    for (const binding of BINDINGS) {
      const { uncoded, accepted } = readSpoiledStatement(formatBindingStatement(binding), parseBindingStatement)
      expect(uncoded).toEqual([])
      expect(accepted.filter((how) => !optional.includes(how) && !free.test(how))).toEqual([])
    }
  })

  test('subjects follow from the predicate', () => {
    const request = { name: 'request', sha256: BINDING.request.commitment }
    const declaration = { name: 'declaration', sha256: hex('0d') }
    const others = [
      [request],
      [declaration, request],
      [request, declaration, { name: 'x', sha256: hex('00') }],
      [request, { ...declaration, sha256: hex('0c') }],
      [{ ...request, name: 'x' }, declaration],
    ]
    for (const subjects of others) {
      const payload = formatStatement({ predicateType: PREDICATE.binding, subjects, predicate: BINDING })
      expect(() => parseBindingStatement(payload)).toThrowCode('STATEMENT_MALFORMED')
    }
  })

  test('in process, that the signer controls the application cannot be denied', () => {
    const [, , inProcess] = BINDINGS
    const predicate = { ...inProcess, capture: { ...inProcess?.capture, signerControlsApplication: false } }
    const subjects = [{ name: 'request', sha256: BINDING.request.commitment }]
    const payload = formatStatement({ predicateType: PREDICATE.binding, subjects, predicate })
    expect(() => parseBindingStatement(payload)).toThrowCode('SCHEMA_MISMATCH')
  })
})

describe('the run', () => {
  test.each([RECORD, UNANSWERED])('parse gives back what format was given', (record) => {
    const payload = formatRunStatement(record)
    expect(parseRunStatement(payload)).toEqual(record)
    expect(formatRunStatement(parseRunStatement(payload))).toEqual(payload)
  })

  test('every spoiled place is a coded error, or another record', () => {
    const optional = ['/predicate/composition/findings/0/name left out', '/subject/0 left out', '/subject/1 left out']
    const free =
      /\/(payloadType|publicKey|proof|dialect|value|reason|length)( |$)|findings( is|\/\d( left out| twice|\/name is))/
    for (const record of [RECORD, UNANSWERED]) {
      const { uncoded, accepted } = readSpoiledStatement(formatRunStatement(record), parseRunStatement)
      expect(uncoded).toEqual([])
      expect(accepted.filter((how) => !optional.includes(how) && !free.test(how))).toEqual([])
    }
  })

  test('subjects follow from the predicate and name each output once', () => {
    const { subject, predicate } = JSON.parse(decodeUtf8(formatRunStatement(RECORD)))
    expect(subject.map(({ name }: { name: string }) => name)).toEqual(['output-0', 'output-2', 'response', 'run'])
    const subjects = (subject as { name: string; digest: { sha256: string } }[]).map(({ name, digest }) => {
      return { name, sha256: digest.sha256 }
    })
    const parse = (all: typeof subjects) =>
      parseRunStatement(formatStatement({ predicateType: PREDICATE.run, subjects: all, predicate }))
    expect(parse(subjects)).toEqual(RECORD)
    const [first, second, response, run] = subjects as [{ name: string; sha256: string }, ...typeof subjects]
    const others = [
      [first, second, response],
      [first, second, run],
      [first, second, run, response],
      [second, first, response, run],
      [first, { ...first, name: 'output-02' }, response, run],
      [first, { ...first, name: 'output-1000000' }, response, run],
      [first, { ...first, name: 'answer' }, response, run],
      [first, second, { ...first, name: 'response' }, run],
    ] as (typeof subjects)[]
    for (const all of others) expect(() => parse(all)).toThrowCode('STATEMENT_MALFORMED')
  })

  test('findings count what is undeclared, and nothing else', () => {
    const findings = [
      { role: 'parameters', finding: 'undeclared' },
      { role: 'parameters', finding: 'undeclared', name: 'canary' },
      { role: 'parameters', finding: 'undeclared', name: 'canary', count: 1 },
      { role: 'parameters', finding: 'match', count: 1 },
      { role: 'parameters', finding: 'undeclared', count: 0 },
    ]
    for (const finding of findings) {
      const record = { ...RECORD, composition: { ...RECORD.composition, findings: [finding] } } as RunRecord
      expect(() => parseRunStatement(formatRunStatement(record))).toThrowCode('SCHEMA_MISMATCH')
    }
  })

  test('any status that HTTP can have', () => {
    const { response } = RECORD.outcome
    const withStatus = (status: number) => {
      const outcome = { ...RECORD.outcome, response: { ...response, status } } as RunRecord['outcome']
      return () => parseRunStatement(formatRunStatement({ ...RECORD, outcome }))
    }
    for (const status of [100, 599, 999]) expect(withStatus(status)).not.toThrow()
    for (const status of [0, 99, 1000]) expect(withStatus(status)).toThrowCode('SCHEMA_MISMATCH')
  })

  test('each statement is read as its own kind only', () => {
    const binding = formatBindingStatement(BINDING)
    const record = formatRunStatement(RECORD)
    expect(() => parseRunStatement(binding)).toThrowCode('STATEMENT_MALFORMED')
    expect(() => parseBindingStatement(record)).toThrowCode('STATEMENT_MALFORMED')
  })
})
