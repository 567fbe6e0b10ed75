/**
 * A server of the command line, as a process of its own.
 *
 * @module
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'node', 'cli', 'main.ts')

export interface ServerProcess {
  readonly url: string
  readonly port: number
  /** What it has written to standard error so far. */
  readonly log: () => string
  close(): void
}

export async function startServerProcess(words: readonly string[], folder: string): Promise<ServerProcess> {
  const child = spawn(process.execPath, [MAIN, ...words, '--json'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  let log = ''
  child.stderr.on('data', (piece) => {
    log += String(piece)
  })
  const { url, port } = await new Promise<{ url: string; port: number }>((resolve, reject) => {
    child.stdout.on('data', (piece) => {
      printed += String(piece)
      if (printed.endsWith('}\n')) resolve(JSON.parse(printed))
    })
    child.once('exit', () => reject(new Error(`the server ended: ${printed}${log}`)))
  })
  return { url, port, log: () => log, close: () => void child.kill('SIGKILL') }
}
