/**
 * A gateway between a real issuer and a scripted upstream, and what tests ask of it.
 */
import OpenAI from 'openai'
import { afterAll, onTestFinished, vi } from 'vitest'
import { parseBundle } from '../../src/core/bundle/index.ts'
import type { Disclosure } from '../../src/core/disclosure/index.ts'
import { parseBindingStatement, parseRunStatement, type RunRecord } from '../../src/core/run/index.ts'
import { deriveSalts } from '../../src/core/spans/index.ts'
import { type Gateway, type GatewayOptions, startGateway } from '../../src/node/gateway/index.ts'
import { discloseRun } from '../../src/web/capture/index.ts'
import type { RunRow } from '../../src/web/registry/index.ts'
import { type ReceivedRequest, type Reply, type ScriptedUpstream, startUpstream } from './scripted-upstream.ts'
import { makeTestIssuer, type TestIssuer } from './test-issuer.ts'

export interface TestGateway {
  readonly gateway: Gateway
  readonly issuer: TestIssuer
  readonly upstream: ScriptedUpstream
  /** Lines that the gateway logged. */
  readonly lines: readonly string[]
  readonly client: OpenAI
  /** A captured request with this body. */
  post(body: string | Uint8Array<ArrayBuffer>, headers?: Record<string, string>): Promise<Response>
  /** The run of an answer, once it is recorded. */
  runOf(answer: Response): Promise<RecordedRun>
  /** The run that was bound last, once it is recorded. */
  lastRun(): Promise<RecordedRun>
}

export interface RecordedRun {
  readonly row: RunRow
  readonly record: RunRecord
  readonly disclosure: Disclosure
}

export interface TestGatewayOptions extends Partial<Omit<GatewayOptions, 'issuer'>> {
  /** An issuer of the test's own; otherwise the tests of a file share one. */
  readonly isAlone?: boolean
}

let shared: Promise<TestIssuer> | undefined

afterAll(async () => (await shared)?.dispose())

/** Closed when the test is over. */
export async function testGateway(
  script: (request: ReceivedRequest) => Reply,
  { isAlone = false, ...options }: TestGatewayOptions = {},
): Promise<TestGateway> {
  if (!isAlone) shared ??= makeTestIssuer()
  const issuer = await (isAlone ? makeTestIssuer() : (shared as Promise<TestIssuer>))
  const upstream = await startUpstream(script)
  const lines: string[] = []
  const gateway = await startGateway({
    issuer: issuer.issuer,
    upstream: upstream.url,
    port: 0,
    log: (line) => lines.push(line),
    ...options,
  })
  onTestFinished(async () => {
    await gateway.close()
    await upstream.close()
    if (isAlone) await issuer.dispose()
  })
  const runOfId = (runId: string): Promise<RecordedRun> => vi.waitFor(() => recordedRun(issuer, runId), { interval: 5 })
  return {
    gateway,
    issuer,
    upstream,
    lines,
    client: new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'sk-test', maxRetries: 0 }),
    post: (body, headers = {}) =>
      fetch(`${gateway.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
        redirect: 'manual',
      }),
    runOf: (answer) => runOfId(answer.headers.get('colophon-run') ?? ''),
    lastRun: async () => {
      const [last] = await vi.waitUntil(() => issuer.issuer.registry.runs({ limit: 1 }))
      return await runOfId(last?.runId ?? '')
    },
  }
}

async function recordedRun({ issuer }: TestIssuer, runId: string): Promise<RecordedRun> {
  const { registry } = issuer
  const row = await registry.run(runId)
  if (row?.outcome === undefined) throw new Error('the run is not recorded yet')
  const declaration = row.declarationId === undefined ? undefined : await registry.declaration(row.declarationId)
  return {
    row,
    record: parseRunStatement(parseBundle(row.outcome.bundle).envelope.payload),
    disclosure: discloseRun({ run: row, declaration, salts: (input) => deriveSalts(input) }),
  }
}

/** The binding inside a record. */
export const bindingOf = ({ binding }: RunRecord) => parseBindingStatement(binding.envelope.payload)

/** The bytes of a message's body, put together from its open leaves. */
export function disclosedBody(disclosure: Disclosure, direction: 'request' | 'response'): Buffer {
  const head = new Set(['method', 'path', 'query', 'status', 'header', 'unrecorded', 'cutList'])
  const leaves = disclosure[direction] ?? []
  return Buffer.concat(leaves.map((leaf) => (leaf.state === 'open' && !head.has(leaf.kind) ? leaf.bytes : Buffer.of())))
}

/** The code of an error in the shape of the OpenAI API. */
export async function errorCodeOf(answer: Response): Promise<unknown> {
  const body = (await answer.json()) as { error?: { code?: unknown; message?: unknown; type?: unknown } }
  if (typeof body.error?.message !== 'string' || typeof body.error.type !== 'string') throw new Error('not the shape')
  return body.error.code
}
