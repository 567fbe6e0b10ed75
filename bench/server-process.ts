/**
 * A server of the benchmark as a child process.
 *
 * @module
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export interface Usage {
  readonly cpuMicroseconds: number
  readonly peakBytes: number
}

export interface ServerProcess {
  readonly name: string
  readonly url: string
  usage(): Promise<Usage>
  stop(): void
}

export async function startServerProcess(name: string, upstream = ''): Promise<ServerProcess> {
  const child = fork(join(import.meta.dirname, 'servers.ts'), [name, upstream])
  const { port } = await nextMessage<{ port: number }>(child)
  return {
    name,
    url: `http://127.0.0.1:${port}`,
    usage: () => {
      const answer = nextMessage<Usage>(child)
      child.send('usage')
      return answer
    },
    stop: () => void child.kill(),
  }
}

async function nextMessage<T>(child: ChildProcess): Promise<T> {
  const stopped = once(child, 'exit').then(() => {
    throw new Error('the server stopped')
  })
  const [message] = await Promise.race([once(child, 'message'), stopped])
  return message as T
}
