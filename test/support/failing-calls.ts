/**
 * A process in which a system call on a store's files fails: strace lets the kernel never see it, or kills the process
 * there. Only calls on these files are counted, so that those of Node itself are left alone.
 *
 * @module
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from './temporary-folder.ts'

export interface Fault {
  readonly call: string
  /** Which of its calls, from 1. */
  readonly number: number
  readonly how: 'EIO' | 'ENOSPC' | 'SIGKILL'
  /** So do all that come after it, as on a disk that is full or gone. */
  readonly andLater: boolean
}

export type TracedCall =
  | { readonly kind: 'call'; readonly call: string; readonly path: string; readonly isFailed: boolean }
  /** A line that the process wrote to standard output; only beside a fault in a write or sync of SQLite's. */
  | { readonly kind: 'told'; readonly number: number }

/**
 * Calls that Node makes to no file of its own here, so that a line that the process tells can be looked at beside them
 * without being counted.
 */
const APART = ['pwrite64', 'fsync', 'fdatasync']

export interface FaultyRun {
  readonly output: string
  readonly isKilled: boolean
  /** In order. */
  readonly calls: readonly TracedCall[]
}

/** Children start in half the time with it. */
const COMPILE_CACHE = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'compile')

const PARTS = ['', '-wal', '-journal', '-shm', '.owner'] as const

/**
 * @param options.calls  what to look at; the fault's own call where there is one
 * @param options.fault  undefined: nothing fails
 */
export async function runFaulty(
  words: readonly string[],
  options: { readonly folder: string; readonly calls: readonly string[]; readonly fault?: Fault },
): Promise<FaultyRun> {
  const { folder, calls, fault } = options
  const results = temporaryFolder()
  const [trace, told] = [join(results, 'trace'), join(results, 'told')]
  const isToldSeen = fault !== undefined && APART.includes(fault.call)
  const seen = isToldSeen ? ['write', ...calls] : calls
  const strace = ['-y', '-s', '0', '-o', trace, '-e', `trace=${seen.join()}`]
  // The filter that spares all other calls knows no signals.
  if (fault?.how !== 'SIGKILL') strace.push('-f', '--seccomp-bpf')
  if (fault !== undefined) strace.push('-e', `inject=${formatFault(fault)}`)
  for (const path of [folder, ...storeFiles(folder)]) strace.push('-P', path)
  if (isToldSeen) strace.push('-P', told)
  const output = openSync(told, 'w')
  const child = spawn('strace', [...strace, process.execPath, ...words], {
    stdio: ['ignore', output, 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILE_CACHE },
  })
  closeSync(output)
  const [code, signal] = await once(child, 'close')
  const isKilled = signal === 'SIGKILL' || code === 137
  if (code !== 0 && !isKilled) throw new Error(`the process ended with ${code ?? signal}`)
  return { output: readFileSync(told, 'utf8'), isKilled, calls: readCalls(readFileSync(trace, 'utf8'), told) }
}

const storeFiles = (folder: string): string[] =>
  ['store', 'head'].flatMap((file) => PARTS.map((part) => join(folder, `${file}.sqlite${part}`)))

const formatFault = ({ call, number, how, andLater }: Fault): string =>
  `${call}:${how === 'SIGKILL' ? 'signal' : 'error'}=${how}:when=${number}${andLater ? '+' : ''}`

/** `PID fsync(24</x/store.sqlite-wal>) = -1 EIO (Input/output error) (INJECTED)`, `openat(AT_FDCWD</x>, "/x/y", O_RDWR) = 3`. */
const LINE = /^(?:\d+ +)?(\w+)\((?:AT_FDCWD<[^>]*>, )?(?:\d+<([^>]*)>|"([^"]*)")/

function readCalls(trace: string, told: string): TracedCall[] {
  let number = 0
  return trace.split('\n').flatMap((line): TracedCall[] => {
    const [, call, file, name] = LINE.exec(line) ?? []
    if (call === undefined) return []
    const path = file ?? name ?? ''
    if (path === told) return [{ kind: 'told', number: number++ }]
    return [{ kind: 'call', call, path, isFailed: line.endsWith('(INJECTED)') }]
  })
}
