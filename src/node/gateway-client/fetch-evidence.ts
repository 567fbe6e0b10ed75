/**
 * Fetches what a gateway has recorded of a run.
 *
 * @module
 */
import { exchange, type GatewayAddress } from './exchange.ts'
import { requireDone } from './refusal.ts'

/** @throws {ColophonError} RUN_UNKNOWN, UPSTREAM_UNREACHABLE */
export function fetchRecord(gateway: GatewayAddress, runId: string): Promise<Uint8Array> {
  return fetchBytes(gateway, `/runs/${runId}`)
}

/** @throws {ColophonError} RUN_UNKNOWN, UNAUTHORIZED, UPSTREAM_UNREACHABLE */
export function fetchDisclosure(gateway: GatewayAddress, runId: string): Promise<Uint8Array> {
  return fetchBytes(gateway, `/runs/${runId}/disclosure`)
}

async function fetchBytes(gateway: GatewayAddress, path: string): Promise<Uint8Array> {
  return requireDone(await exchange(gateway, { method: 'GET', path }), gateway.url)
}
