import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Acknowledged, appendUntilKilled } from '../../../../test/support/killed-writer.ts'
import { logSigner } from '../../../../test/support/log-signer.ts'
import { NaiveTree } from '../../../../test/support/naive-tree.ts'
import { bindingRow } from '../../../../test/support/registry-rows.ts'
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts'
import { encodeUtf8 } from '../../../core/bytes/index.ts'
import { parseCheckpoint } from '../../../core/checkpoint/index.ts'
import { parseNote } from '../../../core/note/index.ts'
import { openLog, verifierKeyOf } from '../../../web/log/index.ts'
import { nodeSha256, nodeVerifier } from '../../keys/index.ts'
import { openSqliteHeadStore, openSqliteStore } from './index.ts'

test('whatever was acknowledged before a SIGKILL is there after it, and the log goes on from a verified edge', async () => {
  const path = join(temporaryFolder(), 'store.db')
  const signer = logSigner()
  const headFile = { path: `${path}.head`, logKey: verifierKeyOf(signer) }
  openSqliteStore({ path, create: true }).close()
  openSqliteHeadStore({ ...headFile, create: true }).close()
  const acknowledged: Acknowledged[] = []

  for (const enough of [60, 150, 270]) {
    acknowledged.push(...(await appendUntilKilled(path, enough)))
    const store = openSqliteStore({ path })
    const head = openSqliteHeadStore(headFile)
    try {
      const options = { origin: signer.name, signer, verifier: nodeVerifier, hash: nodeSha256, nowMs: Date.now }
      const log = await openLog({ ...options, store, head })
      const entries = await store.readEntries({ start: 0n, end: log.size })

      for (const { index, text } of acknowledged) {
        expect(entries[Number(index)]).toEqual(encodeUtf8(text))
        expect(await store.run(text)).toEqual({ ...bindingRow(text, { index }), outcome: undefined })
      }
      // No entry without its row, none twice, and the signed root is the root of just these entries.
      expect(await store.runs({ limit: 1000 })).toHaveLength(Math.min(1000, entries.length))
      expect(new Set(entries.map((entry) => Buffer.from(entry).toString())).size).toBe(entries.length)
      const tree = new NaiveTree()
      for (const entry of entries) tree.add(entry)
      const { size, rootHash } = parseCheckpoint(parseNote(log.checkpoint() as string).text)
      expect([size, rootHash]).toEqual([BigInt(entries.length), tree.root()])
    } finally {
      head.close()
      store.close()
    }
  }
  expect(new Set(acknowledged.map(({ index }) => index)).size).toBe(acknowledged.length)
})
