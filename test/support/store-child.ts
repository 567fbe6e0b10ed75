/**
 * A process of its own for tests of the store.
 *
 *     store-child.ts hold STORE            opens it, says so, and keeps it
 *     store-child.ts append STORE [HEAD]   appends without end; one line per acknowledged entry: its index, its
 *     text, and size and root hash of the checkpoint that it was proven under
 *
 * HEAD is the head store, STORE.head unless told.
 *
 * Run by `node` with the path of a store that is there.
 */
import { writeSync } from 'node:fs'
import { nodeSha256, nodeVerifier } from '../../src/node/keys/index.ts'
import { openSqliteHeadStore, openSqliteStore } from '../../src/node/store/sqlite/index.ts'
import { openLog, verifierKeyOf } from '../../src/web/log/index.ts'
import { logSigner } from './log-signer.ts'
import { bindingRow } from './registry-rows.ts'

const [command, path, headPath = `${path}.head`] = process.argv.slice(2)
if (path === undefined) throw new Error('want a command and a path')
const store = openSqliteStore({ path })
const say = (line: string): void => {
  writeSync(1, `${line}\n`)
}

if (command === 'hold') {
  say('open')
  setInterval(() => undefined, 1000)
} else {
  const signer = logSigner()
  const head = openSqliteHeadStore({ path: headPath, logKey: verifierKeyOf(signer) })
  const options = { store, head, origin: signer.name, signer, verifier: nodeVerifier, hash: nodeSha256 }
  const log = await openLog({ ...options, nowMs: Date.now, monotonicMs: () => performance.now() })
  say('open')
  const work = async (worker: number): Promise<void> => {
    for (let number = 0; ; number++) {
      const text = `${process.pid}-${worker}-${number}`
      const entry = new TextEncoder().encode(text)
      const { index, treeSize, rootHash } = await log.append({
        entry,
        writes: ({ index: at }) => [{ kind: 'binding', row: bindingRow(text, { index: at }) }],
      })
      say(`${index} ${text} ${treeSize} ${Buffer.from(rootHash).toString('base64')}`)
    }
  }
  for (let worker = 0; worker < 8; worker++) {
    work(worker).catch((error: unknown) => {
      say(`failed ${(error as { code?: string }).code} ${(error as { fatal?: boolean }).fatal}`)
      process.exit(3)
    })
  }
}
