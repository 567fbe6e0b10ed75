import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../test/support/temporary-folder.ts'
import { IN_PROCESS } from '../issuer/index.ts'
import { generateIssuerKey, loadStatementSigner } from '../keys/index.ts'
import { createWorkspace, openWorkspace, openWorkspaceIssuer } from './index.ts'
import { requireCurrentKey } from './require-current-key.ts'

test('nothing is signed while the key is being replaced, nor with one that was replaced since it was loaded', async () => {
  const folder = join(temporaryFolder(), 'issuer')
  const { paths } = await createWorkspace({ folder, origin: 'log.example-host', signer: 'The shop' })
  const loaded = loadStatementSigner(paths.issuerKey)
  requireCurrentKey(paths, loaded)

  generateIssuerKey({ path: paths.nextIssuerKey })
  const workspace = await openWorkspace(folder)
  await expect(openWorkspaceIssuer(workspace, IN_PROCESS)).rejects.toThrowCode('KEY_ROTATING')
  renameSync(paths.nextIssuerKey, paths.issuerKey)
  expect(() => requireCurrentKey(paths, loaded)).toThrowCode('KEY_ROTATING')

  // The refusal gave the lock back.
  await (await openWorkspaceIssuer(workspace, IN_PROCESS)).close()
})
