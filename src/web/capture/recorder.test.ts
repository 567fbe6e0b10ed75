import { createHash, randomBytes as nodeRandomBytes } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { logSigner } from '../../../test/support/log-signer.ts'
import { MemoryLogStore } from '../../../test/support/memory-log-store.ts'
import { memoryRegistry } from '../../../test/support/memory-registry.ts'
import { makeP256Signer } from '../../../test/support/p256-signer.ts'
import { parseBundle } from '../../core/bundle/index.ts'
import { decodeUtf8, encodeHex, encodeUtf8 } from '../../core/bytes/index.ts'
import { openCheckpoint } from '../../core/checkpoint/index.ts'
import { declarationId, parseDeclarationStatement, resolveDeclaration } from '../../core/declaration/index.ts'
import type { DisclosedLeaf } from '../../core/disclosure/index.ts'
import { type Envelope, preAuthEncoding } from '../../core/dsse/index.ts'
import type { ErrorCode } from '../../core/errors.ts'
import { sha256 } from '../../core/hash/index.ts'
import { formatEntry } from '../../core/hashedrekord/index.ts'
import { canonicalize, parseJson } from '../../core/json/index.ts'
import { leafHash, verifyInclusion } from '../../core/merkle/index.ts'
import { fullKeyId } from '../../core/note/index.ts'
import {
  type Binding,
  parseBindingStatement,
  parseRunStatement,
  type RunRecord,
  runIdOf,
} from '../../core/run/index.ts'
import { keyId, nobleVerifier } from '../../core/signature/index.ts'
import { commitmentOf, type Direction, deriveSalts, leafHashOf } from '../../core/spans/index.ts'
import { parseTlogProof } from '../../core/tlog-proof/index.ts'
import { openLog, verifierKeyOf } from '../log/index.ts'
import type { Registry, RegistryWrite } from '../registry/index.ts'
import {
  createRecorder,
  declare,
  discloseRun,
  type Ending,
  type Recorder,
  type RunRequest,
  type RunResponse,
} from './index.ts'

const key = makeP256Signer()
const signer = { publicKey: key.spki, keyId: keyId(key.spki), sign: (message: Uint8Array) => key.sign(message) }
const checkpointSigner = logSigner()
const logKey = verifierKeyOf(checkpointSigner)
const randomBytes = (count: number): Uint8Array => Uint8Array.from(nodeRandomBytes(count))
const sha256Hex = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

const PROMPT = 'Answer politely, canary.'
const BODY = {
  model: 'tiny-canary',
  messages: [
    { role: 'system', content: PROMPT },
    { role: 'user', content: 'How much is the canary?' },
  ],
  temperature: 0,
  seed: 7,
}
const FILE = {
  name: 'shop',
  privacy: 'private',
  blind: '5a'.repeat(32),
  model: { fixed: BODY.model },
  instructions: { fixed: PROMPT },
  tools: 'absent',
  context: 'absent',
  history: 'absent',
  input: 'slot',
  parameters: { fixed: { temperature: 0 } },
  outputFormat: 'absent',
  policy: 'strict',
}

const REQUEST: RunRequest = {
  method: 'POST',
  path: '/v1/chat/completions',
  query: '',
  headers: [
    ['Content-Type', 'application/json'],
    ['Authorization', 'Bearer sk-canary'],
  ],
  body: encodeUtf8(JSON.stringify(BODY)),
  endpoint: 'https://api.example',
  declarationId: undefined,
  cutList: [],
}

const answer = (content: string, more: object = {}): RunResponse => ({
  status: 200,
  headers: [['content-type', 'application/json']],
  body: encodeUtf8(
    JSON.stringify({ model: 'tiny@1', choices: [{ index: 0, message: { content }, finish_reason: 'stop' }], ...more }),
  ),
})

let store: MemoryLogStore<RegistryWrite>
let registry: Registry
let recorder: Recorder

beforeEach(async () => {
  store = new MemoryLogStore()
  registry = memoryRegistry(store)
  recorder = await makeRecorder()
})

async function makeRecorder(): Promise<Recorder> {
  const log = await openLog<RegistryWrite>({
    store,
    head: store.head,
    origin: checkpointSigner.name,
    signer: checkpointSigner,
    nowMs: Date.now,
  })
  return createRecorder({
    log,
    logKeyId: fullKeyId(logKey),
    registry,
    signer,
    capture: { point: 'gateway', received: 'same', software: 'test' },
    nowMs: Date.now,
    randomBytes,
    hash: sha256,
    salts: deriveSalts,
  })
}

/** Declares beside the recorder, on a log of its own over the same store; so before anything is bound. */
async function declared(file: object): Promise<string> {
  const log = await openLog<RegistryWrite>({
    store,
    head: store.head,
    origin: checkpointSigner.name,
    signer: checkpointSigner,
    nowMs: Date.now,
  })
  const source = resolveDeclaration(parseJson(canonicalize(file)), () => new Uint8Array(0))
  await declare({ source, log, registry, signer, nowMs: Date.now, randomBytes })
  recorder = await makeRecorder()
  return declarationId(source.declaration)
}

const recordIn = (bundle: Uint8Array): RunRecord => parseRunStatement(parseBundle(bundle).envelope.payload)
const bindingIn = (record: RunRecord): Binding => parseBindingStatement(record.binding.envelope.payload)

async function run(request: Partial<RunRequest> = {}, response: RunResponse = answer('A canary.')) {
  const bound = await recorder.bind({ ...REQUEST, ...request })
  const sealed = await bound.seal({ ending: 'ended', response })
  return { ...sealed, record: recordIn(sealed.bundle) }
}

async function requireSigned(envelope: Envelope): Promise<void> {
  const message = preAuthEncoding(envelope)
  expect(await nobleVerifier.p256({ publicKey: key.spki, signature: envelope.signature, message })).toBe(true)
}

/** The index of a statement in the log, once its proof has held under the log's own signature. */
async function provenIndex(envelope: Envelope, proof: string): Promise<bigint> {
  await requireSigned(envelope)
  const artifactDigest = sha256(preAuthEncoding(envelope))
  const entry = formatEntry({ artifactDigest, signature: envelope.signature, publicKey: key.spki })
  const { index, hashes, checkpoint: signedNote } = parseTlogProof(proof)
  const { checkpoint } = await openCheckpoint({ signedNote, logKey, verifier: nobleVerifier })
  const { size, rootHash } = checkpoint
  verifyInclusion({ leafHash: leafHash(entry), leafIndex: index, treeSize: size, proof: hashes, rootHash })
  expect(store.entries[Number(index)]).toEqual(entry)
  return index
}

function commitmentTo(
  direction: Direction,
  dialect: string,
  leaves: readonly DisclosedLeaf[],
  bodyLength: number,
): string {
  const leafHashes = leaves.map((leaf, index) => {
    if (leaf.state === 'closed') return leaf.hash
    return leafHashOf({ leaf, index, salt: leaf.salt, hash: sha256 })
  })
  return encodeHex(commitmentOf({ direction, dialect, leafHashes, bodyLength, hash: sha256 }))
}

describe('a run', () => {
  test('its record parses, and its parts agree with one another and with the log', async () => {
    const id = await declared(FILE)
    const response = answer('Nothing.')
    const { runId, recordDigest, bundle, completion, record } = await run({ declarationId: id }, response)
    const { envelope, entry } = parseBundle(bundle)
    const binding = bindingIn(record)
    const { declaration } = record
    if (declaration.state === 'undeclared' || binding.declaration.state === 'undeclared')
      throw new Error('no declaration')

    expect([runId, record.runId]).toEqual([runIdOf(binding), runId])
    expect(recordDigest).toBe(sha256Hex(envelope.payload))
    expect(binding.issuer).toBe(signer.keyId)
    expect(binding.declaration.id).toBe(id)
    expect(parseDeclarationStatement(declaration.envelope.payload).id).toBe(id)
    expect(completion).toBe('complete')
    expect(record.outputs).toEqual([{ choice: 0, sha256: sha256Hex('Nothing.') }])
    expect(record.outcome.response).toMatchObject({ digest: sha256Hex(response.body), length: response.body.length })

    await requireSigned(envelope)
    const declaredAt = await provenIndex(declaration.envelope, binding.declaration.proof)
    const boundAt = await provenIndex(record.binding.envelope, record.binding.proof)
    expect([declaredAt, boundAt, entry.logIndex]).toEqual([0n, 1n, 2n])
    expect(entry.logKeyId).toEqual(fullKeyId(logKey))
  })

  test('binding and record commit to every byte that was sent and received', async () => {
    const response = answer('Nothing.')
    const { runId, record } = await run({}, response)
    const stored = await registry.run(runId)
    if (stored === undefined) throw new Error('not stored')
    expect([stored.requestBody, stored.outcome?.responseBody]).toEqual([REQUEST.body, response.body])
    const { request = [], response: answered = [] } = discloseRun({
      run: stored,
      declaration: undefined,
      salts: deriveSalts,
    })
    const { commitment, dialect } = bindingIn(record).request
    expect(commitmentTo('request', dialect, request, REQUEST.body.length)).toBe(commitment)
    expect(record.outcome.response).toMatchObject({
      commitment: commitmentTo('response', dialect, answered, response.body.length),
    })
  })

  test('the same request again is another run, and nothing in it repeats', async () => {
    const [first, second] = [await run(), await run()]
    const bindings = [first, second].map(({ record }) => bindingIn(record))
    const values = bindings.flatMap(({ nonce, request }) => [nonce, request.commitment])
    const commitments = [first, second].map(({ record }) => JSON.stringify(record.outcome.response))
    expect(new Set([first.runId, second.runId, ...values, ...commitments]).size).toBe(8)
  })

  test('is found by what came out of it', async () => {
    const { runId, recordDigest, bundle, record } = await run({}, answer('A canary.'))
    expect(await registry.runsByOutput(sha256Hex('A canary.'))).toEqual([runId])
    expect(record.outcome.response).toMatchObject({ state: 'received' })
    expect((await registry.recordByDigest(recordDigest))?.bundle).toEqual(bundle)
  })

  test('without a declaration says so everywhere', async () => {
    const { record } = await run()
    expect([bindingIn(record).declaration.state, record.declaration.state, record.composition.result]).toEqual([
      'undeclared',
      'undeclared',
      'undeclared',
    ])
    expect(record.composition.findings).toEqual([])
  })

  test('a requester knows by its own nonce that the run is fresh', async () => {
    const requesterNonce = '4e'.repeat(32)
    const { record } = await run({ requesterNonce })
    expect(bindingIn(record).requesterNonce).toBe(requesterNonce)
    await expect(recorder.bind({ ...REQUEST, requesterNonce: 'x' })).rejects.toThrowCode('HEX_MALFORMED')
  })
})

describe('what a record gives away', () => {
  const texts = ({ bundle }: { bundle: Uint8Array }): string => {
    const { envelope } = parseBundle(bundle)
    const record = parseRunStatement(envelope.payload)
    const declaration =
      record.declaration.state === 'declared' ? record.declaration.envelope.payload : new Uint8Array(0)
    return [bundle, envelope.payload, record.binding.envelope.payload, declaration]
      .map((bytes) => decodeUtf8(bytes))
      .join('\n')
  }
  /** What an attacker would try: every value of the request, and all of it. */
  const guesses = (): (string | Uint8Array)[] => {
    const leaves = [...new Set(JSON.stringify(BODY).split(/[[\]{},:]/))]
    return [
      ...leaves,
      ...leaves.map((text) => text.replaceAll('"', '')),
      PROMPT,
      REQUEST.body,
      JSON.stringify(BODY.messages),
    ]
  }

  test('under a private declaration: names that were declared, and no value, nor a digest that confirms one', async () => {
    const text = texts(await run({ declarationId: await declared(FILE) }))
    expect(text).not.toContain('canary')
    expect(text).toContain('"name":"temperature"')
    // Sent and not declared: counted.
    expect(text).not.toContain('seed')
    expect(text).toContain('{"count":1,"finding":"undeclared","role":"parameters"}')
    for (const guess of guesses()) expect(text).not.toContain(sha256Hex(guess))
  })

  test('under none: no name at all', async () => {
    const text = texts(await run())
    expect(text).not.toMatch(/canary|seed|temperature/)
    for (const guess of guesses()) expect(text).not.toContain(sha256Hex(guess))
  })

  test('under a public one: what was declared in public, and the names of the models', async () => {
    const { blind: _, ...file } = { ...FILE, privacy: 'public' }
    const answered = answer('Nothing.')
    const { record, bundle } = await run({ declarationId: await declared(file) }, answered)
    expect(record.model).toEqual({
      intended: { state: 'present', value: BODY.model },
      requested: { state: 'present', value: BODY.model },
      responded: { state: 'present', value: 'tiny@1' },
    })
    expect(texts({ bundle })).not.toContain('How much')
    expect(texts({ bundle })).not.toContain(sha256Hex('How much is the canary?'))
  })

  test('a credential is in no row and in no entry', async () => {
    await run({ query: 'key=sk-canary' })
    const rows = JSON.stringify(store.writes, (_, value) => {
      if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1')
      return typeof value === 'bigint' ? String(value) : value
    })
    expect(rows).toContain('canary?')
    expect(rows).not.toContain('sk-canary')
    expect(store.entries.map((entry) => Buffer.from(entry).toString('latin1')).join()).not.toContain('canary')
  })
})

describe('bind', () => {
  test('comes back when the binding is durable, not before', async () => {
    let resume = (): void => undefined
    store.pause = new Promise((resolve) => {
      resume = resolve
    })
    let isBound = false
    const binding = recorder.bind(REQUEST).then((bound) => {
      isBound = true
      return bound
    })
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
    expect([isBound, store.writes.length]).toEqual([false, 0])
    resume()
    const { runId } = await binding
    expect(store.writes.map(({ kind, row }) => [kind, (row as { runId: string }).runId])).toEqual([['binding', runId]])
  })

  test('refuses what it cannot bind, writes nothing then, and uses no number up', async () => {
    const cut = { pointer: '/model', start: 0, end: 1, label: '' }
    const refused: [Partial<RunRequest>, ErrorCode][] = [
      [{ declarationId: '00'.repeat(32) }, 'DECLARATION_UNKNOWN'],
      [{ cutList: [cut] }, 'CUT_LIST_MALFORMED'],
      [{ cutList: [{ ...cut, pointer: '/messages/0/content', end: 0 }] }, 'CUT_LIST_MALFORMED'],
    ]
    for (const [change, code] of refused) {
      await expect(recorder.bind({ ...REQUEST, ...change })).rejects.toThrowCode(code)
    }
    expect(store.entries.length).toBe(0)
    expect(bindingIn((await run()).record).sequence).toMatchObject({ number: 0 })
  })

  test.each([
    ['a number that no double holds', '{"model":"m","seed":9007199254740993,"temperature":1e400}'],
    ['a number without canonical text', `{"model":"m","seed":1e1${'0'.repeat(1000)}}`],
    ['no JSON', 'hello'],
    ['nothing', ''],
    ['half of a surrogate pair', '{"model":"\\ud83d"}'],
  ])('takes any body: %s', async (_, body) => {
    const { completion, record } = await run({ body: encodeUtf8(body), declarationId: await declared(FILE) })
    expect([completion, record.composition.result]).toEqual(['complete', 'broken'])
  })
})

describe('numbers', () => {
  /** Those that are durable, per stream, in the order of the log. */
  const durable = (): number[][] => {
    const streams = new Map<string, number[]>()
    for (const { kind, row } of store.writes) {
      if (kind === 'binding') streams.set(row.stream, [...(streams.get(row.stream) ?? []), row.number])
    }
    return [...streams.values()]
  }
  const bindMany = (count: number) => Promise.allSettled(Array.from({ length: count }, () => recorder.bind(REQUEST)))

  test('go up by one in the order of the log, however many at once', async () => {
    await Promise.all([bindMany(20), bindMany(5)])
    await bindMany(3)
    expect(durable()).toEqual([Array.from({ length: 28 }, (_, number) => number)])
  })

  test('a process has a stream of its own', async () => {
    await bindMany(2)
    recorder = await makeRecorder()
    await bindMany(2)
    expect(durable()).toEqual([
      [0, 1],
      [0, 1],
    ])
  })

  test('have no gap where the store refuses some: their stream ends before them', async () => {
    await bindMany(2)
    store.failNext = 'refused'
    let resume = (): void => undefined
    store.pause = new Promise((resolve) => {
      resume = resolve
    })
    const refused = bindMany(3)
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
    // These have numbers after the refused ones, and wait for the next commit.
    const late = bindMany(2)
    resume()
    const codes = (await Promise.all([refused, late])).flat().map((one) => one.status === 'rejected' && one.reason.code)
    expect(codes).toEqual(['STORE_FAILED', 'STORE_FAILED', 'STORE_FAILED', 'RUN_NOT_RECORDED', 'RUN_NOT_RECORDED'])
    await bindMany(2)
    expect(durable()).toEqual([
      [0, 1],
      [0, 1],
    ])
  })
})

describe('seal', () => {
  const CUT: RunResponse = { ...answer(''), body: encodeUtf8('{"choices":[') }
  const stream = (text: string): RunResponse => ({
    status: 200,
    headers: [['content-type', 'text/event-stream']],
    body: encodeUtf8(text),
  })
  const chunk = 'data: {"model":"m","choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"stop"}]}\n\n'
  const responses: Record<string, RunResponse | undefined> = {
    complete: stream(`${chunk}data: [DONE]\n\n`),
    cut: stream(chunk),
    anomalous: CUT,
    error: { ...CUT, status: 503 },
    none: undefined,
  }

  test.each<[Ending, Record<string, string>]>([
    ['ended', { complete: 'complete', cut: 'upstreamCut', anomalous: 'anomalous', error: 'error', none: 'error' }],
    [
      'clientAborted',
      { complete: 'complete', cut: 'clientAborted', anomalous: 'clientAborted', error: 'error', none: 'clientAborted' },
    ],
    [
      'upstreamCut',
      { complete: 'complete', cut: 'upstreamCut', anomalous: 'upstreamCut', error: 'error', none: 'error' },
    ],
    ['unreachable', { none: 'error' }],
  ])('a connection that %s', async (ending, table) => {
    for (const [shape, want] of Object.entries(table)) {
      const response = responses[shape]
      const bound = await recorder.bind(REQUEST)
      const { completion, bundle } = await bound.seal({ ending, ...(response === undefined ? {} : { response }) })
      const { outcome } = recordIn(bundle)
      expect([shape, completion, outcome.completion]).toEqual([shape, want, want])
      expect(outcome.response.state).toBe(response === undefined ? 'none' : 'received')
      expect((await registry.run(bound.runId))?.outcome?.state).toBe(want)
    }
  })

  test('where no dialect reads the bytes, the connection decides', async () => {
    const path = '/v1/audio/speech'
    const endings: Ending[] = ['ended', 'clientAborted', 'upstreamCut']
    const seen = await Promise.all(
      endings.map(async (ending) => {
        const bound = await recorder.bind({ ...REQUEST, path })
        return (await bound.seal({ ending, response: answer('x') })).completion
      }),
    )
    expect(seen).toEqual(['complete', 'clientAborted', 'upstreamCut'])
  })

  test('is done once', async () => {
    const bound = await recorder.bind(REQUEST)
    await bound.seal({ ending: 'unreachable' })
    await expect(bound.seal({ ending: 'unreachable' })).rejects.toThrow(TypeError)
    expect(store.writes.map(({ kind }) => kind)).toEqual(['binding', 'outcome'])
  })

  test('an upstream cannot make a run that has no record', async () => {
    const { blind: _, ...file } = { ...FILE, privacy: 'public' }
    const declarationId = await declared(file)
    const choices = Array.from({ length: 3_000 }, (_, index) => {
      return { index, message: { content: `${index}` }, finish_reason: 'stop' }
    })
    const hostile = { ...answer('', { choices, model: 'm'.repeat(100_000) }), status: 999 }
    const { record } = await run({ declarationId }, hostile)
    expect(record.model.responded).toEqual({ state: 'withheld' })
    expect(record.outputs.length).toBe(512)
    expect(record.outcome.response).toMatchObject({ status: 999 })
  })
})
