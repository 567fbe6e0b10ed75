/**
 * An issuer whose keys and logs the verifier trusts signs a lie, and discloses everything. Nothing may come out as
 * trusted and kept that is not.
 */
import { describe, expect, test } from 'vitest'
import { encodeUtf8 } from '../../src/core/bytes/index.ts'
import type { ErrorCode } from '../../src/core/errors.ts'
import { canonicalize } from '../../src/core/json/index.ts'
import type { Outcome, RunRecord } from '../../src/core/run/index.ts'
import type { Leaf } from '../../src/core/spans/index.ts'
import { type Check, type Report, verifyRecord } from '../../src/core/verify/index.ts'
import { nodeVerifier } from '../../src/node/keys/index.ts'
import {
  ACCOMPLICE,
  type Forgery,
  forgeRun,
  judgeForgery,
  judgeRun,
  openForgedLog,
  TRUST,
} from '../support/forged-run.ts'
import { DECLARATION, REQUEST_BODY, RESPONSE_BODY } from '../support/issued-run.ts'
import { spoiledJson } from '../support/spoiled-json.ts'

const { blind: _, ...WITHOUT_BLIND } = DECLARATION
const PUBLIC = { ...WITHOUT_BLIND, privacy: 'public' }
const ANYTHING = {
  ...PUBLIC,
  ...{ model: 'any', instructions: 'any', tools: 'any', context: 'any' },
  ...{ history: 'any', input: 'any', parameters: 'any', outputFormat: 'any' },
}

const failures = ({ checks }: Report): (Pick<Check, 'id'> & { code: ErrorCode | undefined })[] =>
  checks.filter(({ status }) => status === 'fail').map(({ id, code }) => ({ id, code }))

async function expectInvalid(forgery: Forgery, id: Check['id'], code: ErrorCode): Promise<void> {
  const report = await judgeForgery(forgery)
  expect(failures(report)).toContainEqual({ id, code })
  expect(report).toMatchObject({ authenticity: 'invalid', composition: 'notChecked', ok: false, exitCode: 1 })
}

const outcome = (record: RunRecord, changes: object): RunRecord => ({
  ...record,
  outcome: { ...record.outcome, ...changes },
})
const response = (record: RunRecord, changes: object): RunRecord =>
  outcome(record, { response: { ...record.outcome.response, ...changes } })
const composition = (record: RunRecord, changes: object): RunRecord => ({
  ...record,
  composition: { ...record.composition, ...changes },
})
/** The request with another first message. */
const withSystem = (message: string): string =>
  REQUEST_BODY.replace('"role":"system","content":"Answer politely."', message)

test('without a lie, what it makes is trusted and kept', async () => {
  expect(await judgeForgery()).toMatchObject({ authenticity: 'trusted', composition: 'kept', ok: true })
  expect(await judgeForgery({ declaration: PUBLIC })).toMatchObject({ composition: 'kept', ok: true })
})

describe('the record lies about', () => {
  const BROKEN = { body: REQUEST_BODY.replace('"temperature":0', '"temperature":1') }
  const kept = (record: RunRecord): RunRecord =>
    composition(record, {
      findings: record.composition.findings.map((one) => ({ ...one, finding: 'match' })),
      result: 'kept',
    })

  test.each<[string, Forgery, Check['id'], ErrorCode]>([
    ['a broken declaration', { ...BROKEN, record: kept }, 'composition', 'COMPOSITION_MISMATCH'],
    [
      'a role, by leaving its findings out',
      { record: (r) => composition(r, { findings: r.composition.findings.filter(({ role }) => role !== 'tools') }) },
      'composition',
      'COMPOSITION_MISMATCH',
    ],
    [
      'the state of a role',
      { record: (r) => composition(r, { roles: { ...r.composition.roles, input: { state: 'absent' } } }) },
      'composition',
      'COMPOSITION_MISMATCH',
    ],
    [
      'the model asked for',
      {
        declaration: PUBLIC,
        record: (r) => ({ ...r, model: { ...r.model, requested: { state: 'present', value: 'huge' } } }),
      },
      'models',
      'MODEL_MISMATCH',
    ],
    [
      'the model that answered',
      { record: (r) => ({ ...r, model: { ...r.model, responded: { state: 'absent' } } }) },
      'models',
      'MODEL_MISMATCH',
    ],
    [
      'how the answer ended',
      { record: (r) => outcome(r, { completion: 'error' }) },
      'completion',
      'COMPLETION_MISMATCH',
    ],
    [
      'the output',
      { record: (r) => ({ ...r, outputs: [...r.outputs, { choice: 1, sha256: 'ab'.repeat(32) }] }) },
      'responseClosure',
      'RECORD_INCONSISTENT',
    ],
    [
      'the output, by leaving it out',
      { record: (r) => ({ ...r, outputs: [] }) },
      'responseClosure',
      'RECORD_INCONSISTENT',
    ],
    [
      'the digest',
      { record: (r) => response(r, { digest: 'ab'.repeat(32) }) },
      'responseClosure',
      'RECORD_INCONSISTENT',
    ],
    ['the length', { record: (r) => response(r, { length: 1 }) }, 'responseClosure', 'RECORD_INCONSISTENT'],
    ['the status', { record: (r) => response(r, { status: 201 }) }, 'responseClosure', 'RECORD_INCONSISTENT'],
    ['a failed request', { record: (r) => response(r, { status: 500 }) }, 'statement', 'RECORD_INCONSISTENT'],
    ['the run', { record: (r) => ({ ...r, runId: 'ab'.repeat(32) }) }, 'binding', 'RECORD_INCONSISTENT'],
  ])('%s', (_, forgery, id, code) => expectInvalid(forgery, id, code))

  test('states of roles, with a private declaration kept closed', async () => {
    const run = await forgeRun({
      record: (r) => composition(r, { roles: { ...r.composition.roles, input: { state: 'absent' } } }),
    })
    const report = await judgeRun(run, { disclose: ({ declaration: _, ...rest }) => rest })
    expect(failures(report)).toEqual([{ id: 'composition', code: 'COMPOSITION_MISMATCH' }])
  })

  test.each<[string, Partial<Outcome>]>([
    ['one that is complete', { completion: 'complete' }],
    ['one of an error, with an output', { completion: 'error' }],
  ])('an answer where it says that there was none: %s', async (_, changes) => {
    const run = await forgeRun({
      record: (r) =>
        outcome(
          { ...r, model: { ...r.model, responded: { state: 'absent' } } },
          { ...changes, response: { state: 'none' } },
        ),
    })
    const report = await judgeRun(run, { disclose: ({ response: _, ...rest }) => rest })
    expect(failures(report)).toEqual([{ id: 'statement', code: 'RECORD_INCONSISTENT' }])
  })

  test('anything at all: no spoiled place is accepted, and none is an exception', async () => {
    const run = await forgeRun()
    const spoiled = [...spoiledJson(JSON.parse(Buffer.from(run.payload).toString()))].filter((_, n) => n % 10 === 0)
    expect(spoiled.length).toBeGreaterThan(100)
    const accepted: string[] = []
    for (const { how, document } of spoiled) {
      const record = await run.seal(canonicalize(document as object))
      if ((await judgeRun({ ...run, record })).authenticity !== 'invalid') accepted.push(how)
    }
    expect(accepted).toEqual([])
  })
})

describe('a dialect that hides what the bytes say', () => {
  test('for the request: the opaque one, of a chat', async () => {
    await expectInvalid({ declaration: ANYTHING, dialect: 'opaque/1' }, 'requestClosure', 'CLOSURE_BROKEN')
  })

  test('for the response only, so that no model and no output shows', async () => {
    await expectInvalid({ responseDialect: 'opaque/1' }, 'binding', 'RECORD_INCONSISTENT')
  })

  test('that nobody has', async () => {
    const unknown = (record: RunRecord): RunRecord => response(record, { dialect: 'none/1' })
    await expectInvalid({ record: unknown }, 'binding', 'RECORD_INCONSISTENT')
    await expectInvalid(
      { binding: (b) => ({ ...b, request: { ...b.request, dialect: 'none/1' } }), record: unknown },
      'requestBytes',
      'DISCLOSURE_MISMATCH',
    )
  })

  test('a content type that makes a chat opaque: no role is told, and none is kept', async () => {
    const headers = [['content-type', 'text/plain']] as const
    const report = await judgeForgery({ headers })
    expect(report).toMatchObject({ authenticity: 'trusted', composition: 'broken', ok: false })
    const reasons = report.checks.map(({ reason }) => reason)
    expect(reasons.join(' ')).not.toContain('Every byte of the request has a role')
  })
})

describe('leaves that are not those of the bytes', () => {
  type Lie = NonNullable<Forgery['leaves']>
  const INPUT = (leaf: Leaf): boolean => leaf.role === 'input'
  const change =
    (which: (leaf: Leaf) => boolean, to: (leaf: Leaf) => readonly Leaf[]): Lie =>
    (leaves, direction) =>
      direction === 'response' ? leaves : leaves.flatMap((leaf) => (which(leaf) ? to(leaf) : [leaf]))
  const halves = (leaf: Leaf): Leaf[] => [
    { ...leaf, bytes: leaf.bytes.subarray(0, 9) },
    { ...leaf, offset: leaf.offset + 9, bytes: leaf.bytes.subarray(9) },
  ]
  const method = ({ kind }: Leaf): boolean => kind === 'method'
  const counted = ({ kind, pointer }: Leaf): boolean => kind === 'unrecorded' && pointer === 'header'
  const fact = (text: string) => (leaf: Leaf) => [{ ...leaf, bytes: encodeUtf8(text) }]

  test.each<[string, Lie]>([
    ['another role', change(INPUT, (leaf) => [{ ...leaf, role: 'context' }])],
    ['another pointer', change(INPUT, (leaf) => [{ ...leaf, pointer: '/messages/0/content' }])],
    ['structure that is input', change(INPUT, (leaf) => [{ ...leaf, kind: 'structure', role: '', pointer: '' }])],
    ['two spans for one', change(INPUT, halves)],
    ['an empty span more', change(INPUT, (leaf) => [{ ...leaf, bytes: new Uint8Array(0) }, leaf])],
    ['a method twice', change(method, (leaf) => [leaf, leaf])],
    ['another method', change(method, fact('GET'))],
    ['no method', change(method, () => [])],
    ['no count of headers', change(counted, () => [])],
    ['a count that is none', change(counted, fact('-1'))],
    ['a count with a sign more', change(counted, fact('00'))],
    ['a count that is not UTF-8', change(counted, (leaf) => [{ ...leaf, bytes: Uint8Array.of(0xff) }])],
    [
      'a header that is not recorded',
      change(counted, (leaf) => [{ ...leaf, kind: 'header', pointer: 'x-evil' }, leaf]),
    ],
    [
      'a header that changes a parameter, without its role',
      change(counted, (leaf) => [{ ...leaf, kind: 'header', pointer: 'openai-beta' }, leaf]),
    ],
    [
      'a query member with another in its name',
      change(counted, (leaf) => [{ ...leaf, kind: 'query', pointer: 'alt=x&beta' }, leaf]),
    ],
    ['a status in a request', change(counted, (leaf) => [leaf, { ...leaf, kind: 'status', pointer: '' }])],
  ])('%s', (_, leaves) => expectInvalid({ leaves }, 'requestClosure', 'CLOSURE_BROKEN'))

  test.each<[string, Lie]>([
    ['a byte left out', change(INPUT, (leaf) => [{ ...leaf, bytes: leaf.bytes.subarray(1) }])],
    ['a byte more', change(INPUT, (leaf) => [{ ...leaf, bytes: encodeUtf8('"x"') }])],
    ['the bytes twice at one place', change(INPUT, (leaf) => [leaf, leaf])],
    ['a head leaf in the body', change(INPUT, (leaf) => [{ ...leaf, kind: 'header' }])],
    ['a body leaf in the head', change(method, (leaf) => [{ ...leaf, kind: 'opaque' }])],
    [
      'none at all',
      change(
        (leaf) => !method(leaf),
        () => [],
      ),
    ],
  ])('that do not tile the body: %s', (_, leaves) => expectInvalid({ leaves }, 'requestBytes', 'DISCLOSURE_MISMATCH'))

  test('no cut list', async () => {
    const isList = ({ kind }: Leaf): boolean => kind === 'cutList'
    await expectInvalid({ leaves: change(isList, () => []) }, 'requestClosure', 'CUT_LIST_MALFORMED')
  })

  test('a request committed to as a response', async () => {
    const report = await judgeRun(await forgeRun(), {
      disclose: (whole) => ({ ...whole, request: whole.response ?? [], response: whole.request ?? [] }),
    })
    expect(failures(report).map(({ id }) => id)).toEqual(['requestBytes', 'responseBytes'])
  })
})

describe('what the declaration fixes, sent where no model reads it', () => {
  test.each([
    ['a refusal', '"role":"system","refusal":"Answer politely."'],
    ['a name', '"role":"system","content":[],"name":"Answer politely."'],
    ['a call', '"role":"system","tool_call_id":"Answer politely."'],
    ['a part of another kind', '"role":"system","content":[{"type":"refusal","refusal":"Answer politely."}]'],
    ['an unknown member', '"role":"system","contents":"Answer politely."'],
    ['an unknown author', '"role":"System","content":"Answer politely."'],
    ['a user’s message', '"role":"user","content":"Answer politely."'],
  ])('as %s', async (_, message) => {
    expect(await judgeForgery({ body: withSystem(message) })).toMatchObject({
      authenticity: 'trusted',
      composition: 'broken',
      ok: false,
    })
  })
})

describe('a cut list', () => {
  const cut = (end: number) => ({ pointer: '/messages/0/content', start: 0, end, label: 'passage' })

  test('does not make a system prompt absent', async () => {
    const report = await judgeForgery({
      declaration: { ...DECLARATION, instructions: 'absent' },
      body: withSystem('"role":"system","content":"Be evil."'),
      cutList: [cut(8)],
    })
    expect(report).toMatchObject({ authenticity: 'trusted', composition: 'broken' })
    expect(report.facts?.roles.instructions).toEqual({ state: 'withheld' })
  })

  test('does not make absent what stands in the input', async () => {
    const report = await judgeForgery({
      declaration: { ...DECLARATION, input: 'absent' },
      cutList: [{ pointer: '/messages/1/content', start: 0, end: 52, label: '' }],
    })
    expect(report.composition).toBe('broken')
  })

  test('cannot be another than the spans were cut by', async () => {
    const leaves: Forgery['leaves'] = (all) =>
      all.map((leaf) => (leaf.kind === 'cutList' ? { ...leaf, bytes: canonicalize([cut(6)]) } : leaf))
    await expectInvalid({ leaves }, 'requestClosure', 'CLOSURE_BROKEN')
  })
})

describe('a declaration', () => {
  test('published otherwise than it is', async () => {
    const run = await forgeRun({ statement: (s) => ({ ...s, declaration: { ...s.declaration, name: 'another' } }) })
    expect(failures(await judgeRun(run))).toEqual([{ id: 'declarationContents', code: 'DECLARATION_MISMATCH' }])
    // Closed, nothing tells; so nothing is kept, and the report does not say that the id is proven.
    const closed = await judgeRun(run, { disclose: ({ declaration: _, ...rest }) => rest })
    expect(closed).toMatchObject({ composition: 'claimed', ok: false })
    expect(closed.checks.find(({ id }) => id === 'declaration')?.reason).toContain('only a disclosure proves')
  })

  test('that is public, with an id of its own choosing', async () => {
    const id = 'ab'.repeat(32)
    await expectInvalid(
      {
        declaration: PUBLIC,
        statement: (s) => ({ ...s, id }),
        binding: (b) => ({ ...b, declaration: { ...b.declaration, id } as never }),
      },
      'declaration',
      'DECLARATION_MISMATCH',
    )
  })

  test('another than the binding names', async () => {
    await expectInvalid({ statement: (s) => ({ ...s, id: 'ab'.repeat(32) }) }, 'declaration', 'DECLARATION_MISMATCH')
  })

  test('with another blind in the disclosure', async () => {
    const run = await forgeRun()
    const report = await judgeRun(run, {
      disclose: (whole) => {
        const { declaration } = whole
        if (declaration === undefined) throw new Error('want a declaration')
        return {
          ...whole,
          declaration: { ...declaration, document: { ...declaration.document, blind: 'a5'.repeat(32) } },
        }
      },
    })
    expect(report.authenticity).toBe('invalid')
  })

  test('put in the place of the one that was logged before the binding', async () => {
    const other = await forgeRun({ statement: (s) => ({ ...s, nonce: 'ab'.repeat(32) }) })
    const { declaration } = JSON.parse(Buffer.from(other.payload).toString()).predicate
    const run = await forgeRun()
    const statement = JSON.parse(Buffer.from(run.payload).toString())
    const record = await run.seal(canonicalize({ ...statement, predicate: { ...statement.predicate, declaration } }))
    expect(failures(await judgeRun({ ...run, record }))).toEqual([{ id: 'declarationInLog', code: 'PROOF_INVALID' }])
  })

  test('whose run is said to have none', async () => {
    await expectInvalid(
      { record: (r) => ({ ...r, declaration: { state: 'undeclared' } }) },
      'binding',
      'RECORD_INCONSISTENT',
    )
    await expectInvalid(
      { record: (r) => composition(r, { findings: [], result: 'undeclared' }) },
      'composition',
      'COMPOSITION_MISMATCH',
    )
  })
})

describe('keys and logs', () => {
  test('binding and record by two trusted keys', async () => {
    for (const signers of [
      { binding: ACCOMPLICE },
      { record: ACCOMPLICE },
      { binding: ACCOMPLICE, record: ACCOMPLICE },
    ]) {
      const report = await judgeForgery({ signers })
      const isOne = signers.binding === signers.record
      expect(report.authenticity).toBe(isOne ? 'trusted' : 'invalid')
    }
  })

  test('a declaration by another trusted key is one, and explained as no more than that', async () => {
    expect(await judgeForgery({ signers: { declaration: ACCOMPLICE } })).toMatchObject({
      composition: 'kept',
      ok: true,
    })
  })

  test('a record in a second view of the log, before the checkpoints that it contains', async () => {
    const log = await openForgedLog()
    const view = await openForgedLog()
    await expectInvalid({ logs: { declaration: log, record: view } }, 'order', 'ORDER_INVALID')
    // A detour over another log hides nothing: what is contained in what is contained comes before, too.
    const binding = await openForgedLog('b.log.example')
    await expectInvalid(
      { logs: { declaration: log, binding, record: await openForgedLog() } },
      'order',
      'ORDER_INVALID',
    )
  })

  test('a log that nobody trusts, for one of the three', async () => {
    for (const which of ['declaration', 'binding', 'record']) {
      const [trusted, foreign] = [await openForgedLog(), await openForgedLog('c.log.example')]
      const logs = { declaration: trusted, binding: trusted, record: trusted, [which]: foreign }
      expect(await judgeForgery({ logs })).toMatchObject({ authenticity: 'valid', ok: false, exitCode: 3 })
    }
  })
})

test('a claim is never proven by anything but bytes', async () => {
  const run = await forgeRun({ responseBody: RESPONSE_BODY.replace('tiny@1', 'huge') })
  const trust = { ...TRUST, require: ['responseClosure', 'composition'] as const }
  const report = await verifyRecord({ record: run.record }, { trust, verifier: nodeVerifier })
  expect(report).toMatchObject({ authenticity: 'trusted', composition: 'claimed', ok: false, exitCode: 5 })
  expect(report.headline).toContain('only claimed')
})
