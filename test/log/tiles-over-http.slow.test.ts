import { expect, test } from 'vitest'
import { startGateway } from '../../src/node/gateway/index.ts'
import { readLogOver } from '../../src/web/log/index.ts'
import { checkTileProofs } from '../support/check-tile-proofs.ts'
import { NaiveTree } from '../support/naive-tree.ts'
import { makeTestIssuer } from '../support/test-issuer.ts'

test('every proof of every size up to 300, from tiles over HTTP, is that of the naive tree', async () => {
  const { issuer, dispose } = await makeTestIssuer()
  // Nothing goes upstream.
  const gateway = await startGateway({ issuer, upstream: 'http://127.0.0.1:9', port: 0 })
  const tree = new NaiveTree()
  for (let index = 0; index < 300; index++) {
    const entry = Buffer.from(`entry ${index}`)
    tree.add(entry)
    await issuer.log.append({ entry, writes: () => [] })
  }
  const { readTile } = readLogOver({ url: gateway.url, fetch })
  const sizes = Array.from({ length: tree.size }, (_, i) => i + 1)
  await expect(checkTileProofs({ tree, sizes, readTile })).resolves.toBeUndefined()
  await gateway.close()
  await dispose()
}, 120_000)
