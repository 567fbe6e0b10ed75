/**
 * One run, really issued: keys, SQLite store, log, declaration, binding and record in a temporary folder, and everything
 * that a verifier may be given of it. Nothing is left on the disk.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeUtf8 } from '../../src/core/bytes/index.ts'
import { declarationId, resolveDeclaration } from '../../src/core/declaration/index.ts'
import { type Disclosure, formatDisclosure } from '../../src/core/disclosure/index.ts'
import { type CanonicalInput, canonicalize, parseJson } from '../../src/core/json/index.ts'
import type { Capture } from '../../src/core/run/index.ts'
import { deriveSalts } from '../../src/core/spans/index.ts'
import type { TrustPolicy } from '../../src/core/trust/index.ts'
import { openIssuer } from '../../src/node/issuer/index.ts'
import { generateIssuerKey, generateLogKey } from '../../src/node/keys/index.ts'
import { declare, discloseRun, type RunRequest, type RunResponse } from '../../src/web/capture/index.ts'
import { verifierKeyOf } from '../../src/web/log/index.ts'

export const BLIND = '5a'.repeat(32)

/** A declaration that `REQUEST_BODY` keeps. */
export const DECLARATION = {
  name: 'shop-assistant',
  privacy: 'private',
  blind: BLIND,
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

export const REQUEST_BODY =
  '{"model":"tiny","messages":[{"role":"system","content":"Answer politely."},' +
  '{"role":"user","content":"Context: The lamp costs 5 euros. Question: How much?"}],"temperature":0}'

export const ANSWER = 'Certainly. The lamp costs 5 euros.'

export const RESPONSE_BODY = JSON.stringify({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'tiny@1',
  choices: [{ index: 0, message: { role: 'assistant', content: ANSWER }, finish_reason: 'stop' }],
})

const GATEWAY: Capture = { point: 'gateway', received: 'same', software: 'test' }

export interface IssueOptions {
  /** What the declaration file says; undefined members of it are left out; null for a run without a declaration. */
  readonly declaration?: object | null
  readonly request?: Partial<RunRequest>
  readonly requestBody?: string
  readonly response?: Partial<RunResponse>
  readonly responseBody?: string
  readonly ending?: 'ended' | 'clientAborted' | 'upstreamCut' | 'unreachable'
  readonly capture?: Capture
  /** The log's origin. */
  readonly origin?: string
}

export interface IssuedRun {
  readonly runId: string
  readonly declarationId: string | undefined
  readonly record: Uint8Array
  readonly disclosure: Disclosure
  readonly disclosureFile: Uint8Array
  /** Names the run's signer and log, and requires nothing. */
  readonly trust: TrustPolicy
}

export async function issueRun(options: IssueOptions = {}): Promise<IssuedRun> {
  const folder = await mkdtemp(join(tmpdir(), 'colophon-run-'))
  try {
    return await issueIn(folder, options)
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function issueIn(folder: string, options: IssueOptions): Promise<IssuedRun> {
  const { origin = '2026a.log.example' } = options
  const files = {
    issuerKey: join(folder, 'issuer.pem'),
    logKey: join(folder, 'log.pem'),
    store: join(folder, 'store.sqlite'),
    head: join(folder, 'head.sqlite'),
  }
  generateIssuerKey({ path: files.issuerKey })
  generateLogKey({ path: files.logKey, origin })
  const issuer = await openIssuer({ files, origin, capture: options.capture ?? GATEWAY, create: true })
  const { log, registry, signer, checkpointSigner, recorder, nowMs, randomBytes } = issuer
  try {
    const source = readSource(options.declaration)
    if (source !== undefined) await declare({ source, log, registry, signer, nowMs, randomBytes })
    const id = source === undefined ? undefined : declarationId(source.declaration)
    const bound = await recorder.bind({
      method: 'POST',
      path: '/v1/chat/completions',
      query: '',
      headers: [
        ['Content-Type', 'application/json'],
        ['Authorization', 'Bearer sk-secret'],
      ],
      body: encodeUtf8(options.requestBody ?? REQUEST_BODY),
      endpoint: 'http://127.0.0.1:9',
      declarationId: id,
      cutList: [],
      ...options.request,
    })
    const sealed = await bound.seal({
      ending: options.ending ?? 'ended',
      ...(options.ending === 'unreachable' ? {} : { response: responseOf(options) }),
    })
    const run = await registry.run(bound.runId)
    if (run === undefined) throw new Error('the run is not in the registry')
    const declaration = id === undefined ? undefined : await registry.declaration(id)
    const disclosure = discloseRun({ run, declaration, salts: (input) => deriveSalts(input) })
    return {
      runId: bound.runId,
      declarationId: id,
      record: sealed.bundle,
      disclosure,
      disclosureFile: formatDisclosure(disclosure),
      trust: {
        signers: [{ name: 'Test issuer', publicKey: signer.publicKey, keyId: signer.keyId, valid: 'always' }],
        logs: [verifierKeyOf(checkpointSigner)],
        witnesses: [],
        require: [],
        acceptClaimed: false,
        captures: ['gateway', 'inProcess'],
        declarations: 'any',
      },
    }
  } finally {
    await issuer.close()
  }
}

function readSource(declaration: object | null | undefined) {
  if (declaration === null) return undefined
  const json = parseJson(canonicalize((declaration ?? DECLARATION) as CanonicalInput))
  return resolveDeclaration(json, () => {
    throw new Error('no file is expected')
  })
}

function responseOf(options: IssueOptions): RunResponse {
  return {
    status: 200,
    headers: [['content-type', 'application/json']],
    body: encodeUtf8(options.responseBody ?? RESPONSE_BODY),
    ...options.response,
  }
}
