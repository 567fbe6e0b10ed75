/**
 * Who has a database open, found without opening it: SQLite's own way to ask would leave files beside it.
 *
 * @module
 */
import { readFileSync, statSync } from 'node:fs'
import { readOwner } from './owner-file.ts'

/** First and last byte of the range that SQLite locks (https://www.sqlite.org/fileformat2.html, "The Lock-Byte Page"). */
const LOCK_BYTES = ['1073741824', '1073742335'] as const

/**
 * The process that has the database open, as far as this machine tells: by the file beside it if that process lives, and
 * on Linux by the lock itself. A process on another machine, or one that hides, is not seen.
 */
export const databaseUser = (path: string): number | undefined => {
  const owner = readOwner(path)
  return owner !== undefined && isAlive(owner) ? owner : lockHolder(path)
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It is there, and not ours to signal.
    return (error as NodeJS.ErrnoException | null)?.code === 'EPERM'
  }
}

/** proc_locks(5): `1: POSIX  ADVISORY  WRITE 4711 fe:00:2352094 1073741824 1073742335`. */
const lockHolder = (path: string): number | undefined => {
  try {
    const { ino } = statSync(path)
    for (const line of readFileSync('/proc/locks', 'latin1').split('\n')) {
      const [, , , mode, pid, file = '', first = '', last = ''] = line.split(/ +/)
      const isWriter = mode === 'WRITE' && file.endsWith(`:${ino}`)
      if (isWriter && first >= LOCK_BYTES[0] && last <= LOCK_BYTES[1]) return Number(pid)
    }
  } catch {
    // Another system than Linux, or no such file.
  }
  return undefined
}
