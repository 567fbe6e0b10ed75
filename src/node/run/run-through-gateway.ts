/**
 * One declared run through a gateway: the gateway binds, signs and keeps the records; this process only asks.
 *
 * A gateway is told of no passages, so whatever was retrieved is part of the input there.
 *
 * @module
 */
import { parseBundle } from '../../core/bundle/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { type Completion, parseRunStatement } from '../../core/run/index.ts'
import { CAPTURED_PATH } from '../../web/gateway/index.ts'
import {
  declareAt,
  exchange,
  fetchDisclosure,
  fetchRecord,
  type GatewayAddress,
  refusalOf,
} from '../gateway-client/index.ts'
import { credentialHeaders } from './api-key.ts'
import type { RunPlan } from './plan-run.ts'
import { failureOfAnswer, readAnswer } from './read-answer.ts'
import type { FinishedRun } from './run-once.ts'

export interface RunThroughGatewayInput {
  readonly gateway: GatewayAddress
  readonly plan: RunPlan
  /** Goes through the gateway to its upstream. */
  readonly apiKey: string | undefined
}

/** @throws {ColophonError} USAGE, UNAUTHORIZED, UPSTREAM_*, and whatever the gateway answers */
export async function runThroughGateway(input: RunThroughGatewayInput): Promise<FinishedRun> {
  const { gateway, plan, apiKey } = input
  const headers = [...plan.headers, ...credentialHeaders(apiKey)]
  const declaration = await declareAt(gateway, plan.source)
  const answer = await exchange(gateway, {
    method: 'POST',
    path: CAPTURED_PATH,
    headers: { ...Object.fromEntries(headers), 'colophon-declaration': declaration.id },
    body: plan.body,
  })
  const { runId } = answer
  if (runId === undefined) throw refusalOf(answer, gateway.url)
  const record = await fetchRecord(gateway, runId)
  const completion = completionIn(record)
  if (completion !== 'complete') throw failureOfAnswer(completion, answer)
  const { text, model } = readAnswer(CAPTURED_PATH, answer)
  return {
    declaration,
    runId,
    recordDigest: undefined,
    record,
    disclosure: await fetchDisclosureIfAllowed(gateway, runId),
    answer: text,
    model,
  }
}

/** As the gateway recorded it; whether the record holds is for the verifier to say. */
function completionIn(record: Uint8Array): Completion {
  return parseRunStatement(parseBundle(record).envelope.payload).outcome.completion
}

/** Without the token there is a record and no disclosure. */
async function fetchDisclosureIfAllowed(gateway: GatewayAddress, runId: string): Promise<Uint8Array | undefined> {
  try {
    return await fetchDisclosure(gateway, runId)
  } catch (error) {
    if (ColophonError.is(error, 'UNAUTHORIZED')) return undefined
    throw error
  }
}
