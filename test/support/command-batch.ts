/**
 * The real command line many times over, in one child process: a process for each would take a quarter of a second.
 *
 * @module
 */
import { fork } from 'node:child_process'
import { join } from 'node:path'

const CHILD = join(import.meta.dirname, 'command-batch-child.ts')
const TIMEOUT_MS = 20_000

export interface BatchCommand {
  readonly words: readonly string[]
  readonly folder: string
  readonly environment: Readonly<Record<string, string>>
  /** Without the rights of root, where the tests have them. */
  readonly asNobody: boolean
}

export interface BatchAnswer {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export interface CommandBatch {
  /** Runs a command to its end; one at a time. */
  run(
    words: readonly string[],
    options: Pick<BatchCommand, 'folder'> & Partial<Pick<BatchCommand, 'environment' | 'asNobody'>>,
  ): Promise<BatchAnswer>
  close(): void
}

export async function startCommandBatch(): Promise<CommandBatch> {
  const child = fork(CHILD, {
    env: { PATH: '', NO_COLOR: '1' },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ended = new Promise<never>((_, reject) => {
    child.once('exit', (code, signal) => reject(new Error(`the commands ended with ${code ?? signal}`)))
  })
  ended.catch(() => undefined)
  const next = <T>(): Promise<T> => new Promise((resolve) => child.once('message', (message) => resolve(message as T)))
  await Promise.race([next(), ended])
  return {
    run: async (words, { folder, environment = {}, asNobody = false }) => {
      const answer = next<BatchAnswer>()
      const command: BatchCommand = { words, folder, environment, asNobody }
      child.send(command)
      const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS)
      try {
        return await Promise.race([answer, ended])
      } finally {
        clearTimeout(timer)
      }
    },
    close: () => void child.kill('SIGKILL'),
  }
}
