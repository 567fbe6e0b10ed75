/**
 * The run that the specification uses as its example: made by the real recorder on a real log, with keys, times and
 * random numbers that are fixed, so that everything about it can be computed again.
 *
 * @module
 */
import { createPublicKey, type JsonWebKey } from 'node:crypto'
import { p256 } from '@noble/curves/nist.js'
import { encodeUtf8 } from '../../src/core/bytes/index.ts'
import { type DeclarationSource, declarationId, resolveDeclaration } from '../../src/core/declaration/index.ts'
import { formatDisclosure } from '../../src/core/disclosure/index.ts'
import { sha256 } from '../../src/core/hash/index.ts'
import { type CanonicalInput, canonicalize, parseJson } from '../../src/core/json/index.ts'
import { formatVerifierKey, fullKeyId } from '../../src/core/note/index.ts'
import { keyId, nobleVerifier } from '../../src/core/signature/index.ts'
import { type Cut, deriveSalts } from '../../src/core/spans/index.ts'
import { formatTrustPolicy, parseTrustPolicy } from '../../src/core/trust/index.ts'
import { verifyRecord } from '../../src/core/verify/index.ts'
import { createRecorder, declare, discloseRun, type StatementSigner } from '../../src/web/capture/index.ts'
import { openLog, verifierKeyOf } from '../../src/web/log/index.ts'
import type { DeclarationRow, RegistryWrite, RunRow } from '../../src/web/registry/index.ts'
import { logSigner } from './log-signer.ts'
import { MemoryLogStore } from './memory-log-store.ts'
import { memoryRegistry } from './memory-registry.ts'

/** 2026-01-01T00:00:00.000Z */
const START_MS = 1_767_225_600_000

export const PUBLIC_FILE = {
  name: 'shop-assistant',
  privacy: 'public',
  model: { fixed: 'tiny' },
  instructions: { fixed: 'Answer politely.' },
  tools: 'absent',
  context: { slot: { maxBytes: 1000 } },
  history: 'absent',
  input: { slot: { maxBytes: 1000 } },
  parameters: { fixed: { temperature: 0 } },
  outputFormat: 'absent',
  policy: 'strict',
}

/** The same, with its values closed. */
export const PRIVATE_FILE = { ...PUBLIC_FILE, privacy: 'private', blind: 'b1'.repeat(32) }

export const REQUEST_BODY =
  '{"model":"tiny","messages":[{"role":"system","content":"Answer politely."},' +
  '{"role":"user","content":"Context: The lamp costs 5 euros. Question: How much?"}],"temperature":0}'

export const CUT: Cut = { pointer: '/messages/1/content', start: 9, end: 32, label: 'lamp.txt' }

export const ANSWER = 'Certainly. The lamp costs 5 euros.'

export const RESPONSE_BODY = JSON.stringify({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1767225601,
  model: 'tiny@1',
  choices: [{ index: 0, message: { role: 'assistant', content: ANSWER }, finish_reason: 'stop' }],
})

export interface ExampleRun {
  readonly publicSource: DeclarationSource
  readonly privateSource: DeclarationSource
  readonly signer: StatementSigner
  /** C2SP vkey of the log. */
  readonly logKey: string
  readonly declaration: DeclarationRow
  readonly run: RunRow
  readonly record: Uint8Array
  readonly disclosure: Uint8Array
  readonly trustPolicy: Uint8Array
}

/** The files of `test/vectors/example-run`, by name. */
export async function exampleFiles(example: ExampleRun): Promise<ReadonlyMap<string, Uint8Array>> {
  return new Map([
    ['declaration.json', encodeUtf8(`${JSON.stringify(PUBLIC_FILE, undefined, 2)}\n`)],
    ['request.json', encodeUtf8(REQUEST_BODY)],
    ['response.json', encodeUtf8(RESPONSE_BODY)],
    ['answer.txt', encodeUtf8(ANSWER)],
    ['answer.txt.sigstore.json', example.record],
    ['answer.txt.disclosure.json', example.disclosure],
    ['trust-policy.json', example.trustPolicy],
    ['expect.json', encodeUtf8(`${JSON.stringify(await expectedOf(example), undefined, 2)}\n`)],
  ])
}

/** What every verifier must make of the files. */
async function expectedOf({ record, disclosure, trustPolicy }: ExampleRun) {
  const { authenticity, composition, exitCode, checks } = await verifyRecord(
    { record, output: encodeUtf8(ANSWER), disclosure },
    { trust: parseTrustPolicy(trustPolicy), verifier: nobleVerifier },
  )
  return { authenticity, composition, exitCode, checks: checks.map(({ id, status }) => ({ id, status })) }
}

export async function makeExampleRun(): Promise<ExampleRun> {
  const store = new MemoryLogStore<RegistryWrite>()
  const registry = memoryRegistry(store)
  const signer = exampleSigner()
  const checkpointSigner = logSigner('2026a.log.example')
  const logKey = verifierKeyOf(checkpointSigner)
  let clockMs = START_MS
  const options = {
    log: await openLog<RegistryWrite>({
      store,
      head: store.head,
      origin: logKey.name,
      signer: checkpointSigner,
      nowMs: () => clockMs,
    }),
    logKeyId: fullKeyId(logKey),
    registry,
    signer,
    capture: { point: 'inProcess', signerControlsApplication: true, software: 'example/1' },
    nowMs: () => clockMs,
    randomBytes: countedBytes(),
    hash: sha256,
    salts: deriveSalts,
  } as const

  const publicSource = sourceOf(PUBLIC_FILE)
  const privateSource = sourceOf(PRIVATE_FILE)
  await declare({ ...options, source: privateSource })
  const { row: declaration } = await declare({ ...options, source: publicSource })
  clockMs += 1_000
  const bound = await createRecorder(options).bind({
    method: 'POST',
    path: '/v1/chat/completions',
    query: '',
    headers: [
      ['Authorization', 'Bearer a-credential'],
      ['Content-Type', 'application/json'],
    ],
    body: encodeUtf8(REQUEST_BODY),
    endpoint: 'https://api.example',
    declarationId: declaration.id,
    cutList: [CUT],
  })
  clockMs += 1_000
  const { bundle: record } = await bound.seal({
    ending: 'ended',
    response: { status: 200, headers: [['Content-Type', 'application/json']], body: encodeUtf8(RESPONSE_BODY) },
  })
  const run = await registry.run(bound.runId)
  if (run === undefined) throw new Error('the run is not in the registry')
  return {
    publicSource,
    privateSource,
    signer,
    logKey: formatVerifierKey(logKey),
    declaration,
    run,
    record,
    disclosure: formatDisclosure(discloseRun({ run, declaration, salts: deriveSalts })),
    trustPolicy: formatTrustPolicy({
      signers: [{ name: 'Example issuer', publicKey: signer.publicKey, keyId: signer.keyId, valid: 'always' }],
      logs: [logKey],
      witnesses: [],
      require: ['output', 'completion'],
      acceptClaimed: false,
      captures: ['inProcess'],
      declarations: [declarationId(publicSource.declaration)],
    }),
  }
}

function sourceOf(file: object): DeclarationSource {
  return resolveDeclaration(parseJson(canonicalize(file as CanonicalInput)), () => {
    throw new Error('no file is expected')
  })
}

/** P-256 with the private key 11…11 (hexadecimal) and RFC 6979, so that its signatures can be made again. */
function exampleSigner(): StatementSigner {
  const secretKey = new Uint8Array(32).fill(0x11)
  const publicKey = spkiOf(p256.getPublicKey(secretKey, false))
  return {
    publicKey,
    keyId: keyId(publicKey),
    sign: (message) => p256.sign(message, secretKey, { prehash: true, lowS: true, format: 'der' }),
  }
}

function spkiOf(point: Uint8Array): Uint8Array {
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => Buffer.from(part).toString('base64url'))
  const key = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } as JsonWebKey })
  return Uint8Array.from(key.export({ format: 'der', type: 'spki' }))
}

/** The first call gives bytes of value 1, the second of value 2, and so on. */
function countedBytes(): (count: number) => Uint8Array {
  let calls = 0
  return (count) => {
    calls += 1
    return new Uint8Array(count).fill(calls)
  }
}
