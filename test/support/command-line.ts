/**
 * The real command line, as child processes.
 *
 * @module
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')
const MAIN = join(ROOT, 'src', 'node', 'cli', 'main.ts')

export interface Ended {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
  /** What `--json` printed. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into documents of many forms
  json(): any
}

export interface ChildOptions {
  readonly folder: string
  readonly environment?: Readonly<Record<string, string>>
  /** No file may grow past this, as on a disk that is full; a multiple of 512. */
  readonly maxFileBytes?: number
}

/** Nothing of the environment of the tests but what makes children start faster. */
const environmentOf = (options: ChildOptions): NodeJS.ProcessEnv => ({
  PATH: '',
  NODE_COMPILE_CACHE: join(ROOT, 'node_modules', '.cache', 'compile'),
  ...options.environment,
})

function commandOf(words: readonly string[], { maxFileBytes }: ChildOptions): [string, ...string[]] {
  const command = [process.execPath, MAIN, ...words] as const
  if (maxFileBytes === undefined) return [...command]
  return ['/bin/sh', '-c', `ulimit -f ${maxFileBytes / 512} && exec "$@"`, 'sh', ...command]
}

/** Runs a command to its end. */
export function colophon(words: readonly string[], options: ChildOptions): Promise<Ended> {
  return new Promise((resolve) => {
    const [command, ...args] = commandOf(words, options)
    const child = execFile(
      command,
      args,
      { cwd: options.folder, env: environmentOf(options), timeout: 25_000 },
      (_, stdout, stderr) => {
        resolve({ exitCode: child.exitCode, stdout, stderr, json: () => JSON.parse(stdout) })
      },
    )
  })
}

export interface Running {
  /** What the command printed when it was ready. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly ready: any
  /** Sends SIGTERM and waits for the end. */
  stop(): Promise<{ readonly exitCode: number | null; readonly stdout: string; readonly stderr: string }>
  /** Sends SIGKILL and waits for the end. */
  kill(): Promise<void>
}

/** Starts a server with `--json` and waits until it says that it is ready. Killed when the test is over. */
export async function startColophon(words: readonly string[], options: ChildOptions): Promise<Running> {
  const child = spawn(process.execPath, [MAIN, ...words, '--json'], {
    cwd: options.folder,
    env: environmentOf(options),
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let stdout = ''
  let stderr = ''
  child.stderr.on('data', (piece) => {
    stderr += String(piece)
  })
  const ended = exitOf(child)
  const ready = await new Promise((resolve, reject) => {
    child.stdout.on('data', (piece) => {
      stdout += String(piece)
      if (stdout.endsWith('}\n')) resolve(JSON.parse(stdout))
    })
    void ended.then(() => reject(new Error(`colophon ended: ${stderr}`)))
  })
  return {
    ready,
    stop: async () => {
      child.kill('SIGTERM')
      return { exitCode: await ended, stdout, stderr }
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

const exitOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once('close', (code) => resolve(code)))
