/**
 * Erases a run's contents: in an issuer's folder, or at its gateway.
 *
 * @module
 */
import { asFormat } from '../../core/as-format.ts'
import { parseJson, readObject } from '../../core/json/index.ts'
import { eraseRun } from '../../web/capture/index.ts'
import { exchange, type GatewayAddress, requireDone } from '../gateway-client/index.ts'
import { IN_PROCESS } from '../issuer/index.ts'
import { openWorkspace, openWorkspaceIssuer } from '../workspace/index.ts'

export interface Erased {
  readonly runId: string
  /** RFC 3339, UTC. */
  readonly erasedAt: string
  /** False where they were erased before. */
  readonly isNew: boolean
}

/** @throws {ColophonError} RUN_UNKNOWN, RUN_OPEN, STORE_*, CONFIG_MALFORMED, KEY_* */
export async function eraseInFolder(folder: string, runId: string): Promise<Erased> {
  const issuer = await openWorkspaceIssuer(await openWorkspace(folder), IN_PROCESS)
  try {
    const { erasure, isNew } = await eraseRun({ ...issuer, runId })
    return { runId, erasedAt: erasure.erasedAt, isNew }
  } finally {
    await issuer.close()
  }
}

/** @throws {ColophonError} UNAUTHORIZED, UPSTREAM_UNREACHABLE, and whatever the gateway answers */
export async function eraseAtGateway(gateway: GatewayAddress, runId: string): Promise<Erased> {
  const answer = await exchange(gateway, { method: 'DELETE', path: `/runs/${runId}/contents` })
  const body = requireDone(answer, gateway.url)
  return asFormat({ code: 'UPSTREAM_REFUSED' }, () => {
    const reader = readObject(parseJson(body), '')
    return { runId: reader.hex('runId', 32), erasedAt: reader.time('erasedAt'), isNew: reader.boolean('isNew') }
  })
}
