/**
 * Processes that append to a store until somebody kills them.
 *
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export const STORE_CHILD = fileURLToPath(new URL('store-child.ts', import.meta.url))

/** An entry whose place a process told before it died. */
export interface Acknowledged {
  readonly index: bigint
  readonly text: string
  /** Of the checkpoint that it was proven under: a size, and the root hash in base64. */
  readonly tree: { readonly size: bigint; readonly root: string }
}

/**
 * Lets a process append until it has acknowledged `enough` entries, kills it, and gives all that it acknowledged.
 *
 * @throws {Error} it ended by itself, or never opened the store
 */
export async function appendUntilKilled(path: string, enough: number): Promise<Acknowledged[]> {
  const child = spawn(process.execPath, [STORE_CHILD, 'append', path], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
    if (output.split('\n').length > enough) child.kill('SIGKILL')
  })
  const [, signal] = await once(child, 'close')
  if (signal !== 'SIGKILL') throw new Error(`the writer ended by itself: ${output.slice(-200)}`)
  return acknowledgedIn(output)
}

/** A process that appends, and all that it says. */
export interface Writer {
  readonly child: ChildProcess
  /** Settles when it has opened the store, or has ended without. */
  readonly isOpen: Promise<boolean>
  /** Both streams so far. */
  said(): string
  /** Kills it, and gives all that it acknowledged. */
  kill(): Promise<readonly Acknowledged[]>
}

export function startWriter(path: string, { head }: { readonly head?: string } = {}): Writer {
  const words = [STORE_CHILD, 'append', path, ...(head === undefined ? [] : [head])]
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let errors = ''
  child.stdout.setEncoding('utf8')
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const ended = once(child, 'close')
  const opened = new Promise<boolean>((resolve) => {
    child.stdout.on('data', (text: string) => {
      output += text
      if (output.startsWith('open\n')) resolve(true)
    })
  })
  return {
    child,
    isOpen: Promise.race([opened, ended.then(() => false)]),
    said: () => output + errors,
    kill: async () => {
      child.kill('SIGKILL')
      await ended
      return output === '' ? [] : acknowledgedIn(output)
    },
  }
}

/** The last line may be cut short: then nobody was told. */
function acknowledgedIn(output: string): Acknowledged[] {
  const [first, ...lines] = output.slice(0, output.lastIndexOf('\n')).split('\n')
  if (first !== 'open') throw new Error(`the writer did not open the store: ${output.slice(0, 200)}`)
  return lines.map((line) => {
    const [index, text, size, root] = line.split(' ') as [string, string, string, string]
    return { index: BigInt(index), text, tree: { size: BigInt(size), root } }
  })
}
