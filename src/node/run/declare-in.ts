/**
 * Declares in an issuer's folder.
 *
 * @module
 */
import type { DeclarationSource } from '../../core/declaration/index.ts'
import { declare } from '../../web/capture/index.ts'
import type { Declared } from '../gateway-client/index.ts'
import { IN_PROCESS } from '../issuer/index.ts'
import { openWorkspace, openWorkspaceIssuer } from '../workspace/index.ts'

/** @throws {ColophonError} STORE_*, CONFIG_MALFORMED, KEY_* */
export async function declareIn(folder: string, source: DeclarationSource): Promise<Declared> {
  const issuer = await openWorkspaceIssuer(await openWorkspace(folder), IN_PROCESS)
  try {
    const { row, isNew } = await declare({ ...issuer, source })
    return { id: row.id, name: row.name, isNew }
  } finally {
    await issuer.close()
  }
}
