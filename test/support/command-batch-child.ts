/**
 * Runs command lines one after the other in this process, as the parent asks for them. What `cli/main.ts` does before the
 * first is done once; everything else is the real thing, from words to what is printed.
 *
 * @module
 */
import { runCommandLine } from '../../src/node/cli/command-line.ts'
import type { BatchAnswer, BatchCommand } from './command-batch.ts'

// What commands load when they need it: whoever runs one as another user may not be allowed to read the sources.
await Promise.all([
  import('../../src/node/declaration-file/index.ts'),
  import('../../src/node/doctor/index.ts'),
  import('../../src/node/gateway/index.ts'),
  import('../../src/node/gateway-client/index.ts'),
  import('../../src/node/host/index.ts'),
  import('../../src/node/issuer/index.ts'),
  import('../../src/node/run/index.ts'),
  import('../../src/node/store/sqlite/index.ts'),
  import('../../src/node/workspace/index.ts'),
])

const NOBODY = 65_534
const PARENT_ENVIRONMENT = { ...process.env }
const { stdout, stderr } = process
const writers = [stdout.write, stderr.write] as const

process.on('message', (command: BatchCommand) => {
  void run(command).then((answer) => process.send?.(answer))
})
process.send?.('ready')

async function run({ words, folder, environment, asNobody }: BatchCommand): Promise<BatchAnswer> {
  const printed = { stdout: '', stderr: '' }
  process.chdir(folder)
  process.env = { ...PARENT_ENVIRONMENT, ...environment }
  process.exitCode = undefined
  stdout.write = (text: string | Uint8Array) => {
    printed.stdout += String(text)
    return true
  }
  stderr.write = (text: string | Uint8Array) => {
    printed.stderr += String(text)
    return true
  }
  const isRoot = asNobody && process.geteuid?.() === 0
  try {
    if (isRoot) process.seteuid?.(NOBODY)
    await runCommandLine(words)
  } finally {
    if (isRoot) process.seteuid?.(0)
    ;[stdout.write, stderr.write] = writers
    stdout.removeAllListeners('error')
    stderr.removeAllListeners('error')
  }
  return { exitCode: Number(process.exitCode ?? 0), ...printed }
}
