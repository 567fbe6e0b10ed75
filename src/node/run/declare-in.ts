/**
 * Declares in an issuer's folder.
 *
 * @module
 */
import type { DeclarationSource } from '../../core/declaration/index.ts'
import { declare } from '../../web/capture/index.ts'
import { SOFTWARE } from '../software/index.ts'
import { openWorkspace, openWorkspaceIssuer } from '../workspace/index.ts'

/** A declaration that is signed, logged and kept. */
export interface Declared {
  readonly id: string
  readonly name: string
  /** False where it was there already. */
  readonly isNew: boolean
}

/** @throws {ColophonError} STORE_*, CONFIG_MALFORMED, KEY_* */
export async function declareIn(folder: string, source: DeclarationSource): Promise<Declared> {
  const capture = { point: 'inProcess', signerControlsApplication: true, software: SOFTWARE } as const
  const issuer = await openWorkspaceIssuer(await openWorkspace(folder), capture)
  try {
    const { row, isNew } = await declare({ ...issuer, source })
    return { id: row.id, name: row.name, isNew }
  } finally {
    await issuer.close()
  }
}
