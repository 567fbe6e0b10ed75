/**
 * What a process does to the files of a folder, and what it tells meanwhile, in order and with every byte: as strace sees
 * the main thread, which is the only one that writes here.
 *
 * @module
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { temporaryFolder } from './temporary-folder.ts'

/** Files by their names in the folder. */
export type DiskStep =
  | { readonly kind: 'create'; readonly name: string }
  | { readonly kind: 'write'; readonly name: string; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'resize'; readonly name: string; readonly size: number }
  | { readonly kind: 'remove'; readonly name: string }
  | { readonly kind: 'sync'; readonly name: string }
  /** Of the folder: names that were made and removed. */
  | { readonly kind: 'syncFolder' }
  | { readonly kind: 'told'; readonly text: string }

const READ = ['openat', 'write', 'pwrite64', 'ftruncate', 'fsync', 'fdatasync', 'unlink']
/** What else could change a file. None of them may occur, since it would be missed. */
const UNREAD = [
  ...['open', 'creat', 'writev', 'pwritev', 'pwritev2', 'truncate', 'fallocate', 'copy_file_range', 'sendfile'],
  ...['rename', 'renameat', 'renameat2', 'link', 'linkat', 'symlink', 'symlinkat', 'unlinkat', 'mkdir', 'mkdirat'],
  'sync_file_range',
]
/** Longer than any write. */
const MAX_STRING = 1 << 20

/** @param files  names of the files that are there before */
export function recordDisk(words: readonly string[], folder: string, files: readonly string[]): readonly DiskStep[] {
  const trace = join(temporaryFolder(), 'trace')
  const strace = ['-y', '-xx', '-s', String(MAX_STRING), '-e', `trace=${[...READ, ...UNREAD].join()}`, '-o', trace]
  const { status, stderr } = spawnSync('strace', [...strace, process.execPath, ...words], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the process ended with ${status}: ${stderr}`)
  return readSteps(readFileSync(trace, 'latin1'), { folder, files })
}

/** `pwrite64(24<\x2f\x78>, "\x00\x01", 2, 4096) = 2`: name of the call, a descriptor or none, its path, the rest, the result. */
const LINE = /^(\w+)\((?:AT_FDCWD<[^>]*>, )?(?:(\d+)<([^>]*)>|"([^"]*)")(.*)\) += (-?\d+)/

function readSteps(trace: string, options: { readonly folder: string; readonly files: readonly string[] }): DiskStep[] {
  const there = new Set(options.files)
  /** Where the next plain write to a file goes. */
  const positions = new Map<string, number>()
  return trace.split('\n').flatMap((line): DiskStep[] => {
    const [, call = '', descriptor, file, text, rest = '', result] = LINE.exec(line) ?? []
    if (descriptor === '1' && call === 'write') return [{ kind: 'told', text: bytesIn(rest).toString() }]
    const path = unescaped(file ?? text ?? '').toString()
    if (path === options.folder && call === 'fsync') return [{ kind: 'syncFolder' }]
    if (dirname(path) !== options.folder || Number(result) < 0) return []
    const name = basename(path)
    switch (call) {
      case 'openat': {
        if (!rest.includes('O_CREAT')) return []
        positions.set(name, 0)
        const isThere = there.has(name)
        there.add(name)
        if (!isThere) return [{ kind: 'create', name }]
        return rest.includes('O_TRUNC') ? [{ kind: 'resize', name, size: 0 }] : []
      }
      case 'pwrite64':
        return [{ kind: 'write', name, at: numberAtEnd(rest), bytes: wholeWrite(rest, result) }]
      case 'write': {
        const at = positions.get(name) ?? 0
        positions.set(name, at + Number(result))
        return [{ kind: 'write', name, at, bytes: wholeWrite(rest, result) }]
      }
      case 'ftruncate':
        return [{ kind: 'resize', name, size: numberAtEnd(rest) }]
      case 'fsync':
      case 'fdatasync':
        return [{ kind: 'sync', name }]
      case 'unlink':
        there.delete(name)
        return [{ kind: 'remove', name }]
    }
    throw new Error(`cannot read what ${call} does`)
  })
}

const unescaped = (text: string): Buffer => Buffer.from(text.replaceAll('\\x', ''), 'hex')

const bytesIn = (rest: string): Buffer => unescaped(/"([^"]*)"/.exec(rest)?.[1] ?? '')

function wholeWrite(rest: string, result: string | undefined): Uint8Array {
  const bytes = bytesIn(rest)
  if (bytes.length === Number(result)) return new Uint8Array(bytes)
  throw new Error(`a write of ${result} bytes, of which ${bytes.length} were seen`)
}

const numberAtEnd = (rest: string): number => Number(/, (\d+)$/.exec(rest)?.[1])
