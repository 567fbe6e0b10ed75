/**
 * One declared run in this process, start to finish: declare, bind, send, seal, disclose.
 *
 * @module
 */
import { formatDisclosure } from '../../core/disclosure/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { deriveSalts } from '../../core/spans/index.ts'
import { declare, discloseRun } from '../../web/capture/index.ts'
import { CAPTURED_PATH, describeRefusal } from '../../web/gateway/index.ts'
import type { Declared } from '../gateway-client/index.ts'
import { openUpstream, type Upstream } from '../http/index.ts'
import type { Issuer } from '../issuer/index.ts'
import { nodeHmacSha256 } from '../keys/index.ts'
import { credentialHeaders } from './api-key.ts'
import type { RunPlan } from './plan-run.ts'
import { failureOfAnswer, readAnswer } from './read-answer.ts'
import { sendRequest } from './send-request.ts'

export interface RunOnceInput {
  /** Its capture point is this process. */
  readonly issuer: Issuer
  readonly plan: RunPlan
  /** An http or https address, which may have a path. */
  readonly upstream: string
  /** Goes to the upstream, and nowhere else. */
  readonly apiKey: string | undefined
}

export interface FinishedRun {
  readonly declaration: Declared
  readonly runId: string
  /** Undefined where it is not known here. */
  readonly recordDigest: string | undefined
  readonly record: Uint8Array
  /** Undefined where it could not be had. */
  readonly disclosure: Uint8Array | undefined
  /** The text of the first choice; undefined where there is none. */
  readonly answer: Uint8Array | undefined
  /** The model that says it answered. */
  readonly model: string | undefined
}

/**
 * An answer that is not complete is an error; its run and record stay in the store.
 *
 * @throws {ColophonError} USAGE, POLICY_REFUSED, UPSTREAM_*, LOG_BUSY, STORE_*
 */
export async function runOnce(input: RunOnceInput): Promise<FinishedRun> {
  const upstream = openUpstream(input.upstream)
  try {
    return await runOn(upstream, input)
  } finally {
    await upstream.pool.close()
  }
}

async function runOn(upstream: Upstream, { issuer, plan, apiKey }: RunOnceInput): Promise<FinishedRun> {
  const { source, body, cutList } = plan
  const path = upstream.pathOf(CAPTURED_PATH)
  const headers = [...plan.headers, ...credentialHeaders(apiKey)]
  const { row, isNew } = await declare({ ...issuer, source })
  const { endpoint } = upstream
  const request = { method: 'POST', path, query: '', headers, body, endpoint, declarationId: row.id, cutList }
  const run = await issuer.recorder.bind(request)
  if (run.refusal !== undefined) {
    // Nothing leaves; the record says why.
    await run.seal({ ending: 'refused' })
    throw new ColophonError('POLICY_REFUSED', describeRefusal(run.refusal), { at: run.runId })
  }
  // The binding is durable. From here on the request may leave.
  const answer = await sendRequest({ upstream, path, headers, body })
  const { ending, response, failure } = answer
  const sealed = await run.seal({ ending, ...(response === undefined ? {} : { response }) })
  // The record is durable, whatever the answer was.
  if (failure !== undefined) throw failure
  if (sealed.completion !== 'complete' || response === undefined) throw failureOfAnswer(sealed.completion, response)
  const read = readAnswer(path, response)
  return {
    declaration: { id: row.id, name: row.name, isNew },
    runId: run.runId,
    recordDigest: sealed.recordDigest,
    record: sealed.bundle,
    disclosure: await disclose(issuer, run.runId),
    answer: read.text,
    model: read.model,
  }
}

async function disclose({ registry }: Issuer, runId: string): Promise<Uint8Array> {
  const run = await registry.run(runId)
  if (run === undefined) throw new ColophonError('STORE_DAMAGED', 'the store does not have the run', { at: runId })
  const declaration = run.declarationId === undefined ? undefined : await registry.declaration(run.declarationId)
  return formatDisclosure(discloseRun({ run, declaration, salts: (input) => deriveSalts(input, nodeHmacSha256) }))
}
