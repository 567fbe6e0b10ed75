/**
 * System calls of a process, as strace sees them: what was written to which file, what was synced, what was told.
 *
 * @module
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from './temporary-folder.ts'

const CALLS = 'write,writev,pwrite64,pwritev,fsync,fdatasync,sync_file_range,ftruncate'

export type Call =
  | { readonly kind: 'write' | 'sync'; readonly path: string }
  /** A line to standard output. */
  | { readonly kind: 'told'; readonly text: string }

/** Why processes cannot be traced here; undefined where they can. */
export function whyNotTraced(): string | undefined {
  const { error, status, stderr } = spawnSync('strace', ['-o', '/dev/null', 'true'], { encoding: 'utf8' })
  if (error !== undefined) return 'strace is not installed (Debian: apt-get install strace)'
  return status === 0 ? undefined : `strace may not trace here: ${stderr.trim().split('\n')[0]}`
}

/** Runs a script of Node under strace until it has told enough lines, and kills it. */
export async function traceUntil(words: readonly string[], { lines }: { readonly lines: number }): Promise<Call[]> {
  const trace = join(temporaryFolder(), 'trace')
  const strace = ['-f', '-y', '-s', '64', '-e', `trace=${CALLS}`, '-o', trace, process.execPath, ...words]
  const child = spawn('strace', strace, { stdio: ['ignore', 'pipe', 'inherit'], detached: true })
  let told = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    told += text
    if (told.split('\n').length > lines) process.kill(-(child.pid as number), 'SIGKILL')
  })
  await once(child, 'close')
  return readFileSync(trace, 'utf8').split('\n').flatMap(readCall)
}

/**
 * `PID fdatasync(21</tmp/x/store.db-wal>) = 0`. A call that another thread interrupts is told of twice; a sync counts only
 * where one line says that it succeeded.
 */
const LINE = /^\d+ +(\w+)\((\d+)<([^>]*)>(?:, "((?:[^"\\]|\\.)*)")?/

function readCall(line: string): Call[] {
  const [, name, file, path = '', text = ''] = LINE.exec(line) ?? []
  if (name === undefined) return []
  if (file === '1') return [{ kind: 'told', text }]
  if (name === 'fsync' || name === 'fdatasync') return line.endsWith(' = 0') ? [{ kind: 'sync', path }] : []
  return path.startsWith('/') ? [{ kind: 'write', path }] : []
}
