/**
 * Makes the names in a folder durable.
 *
 * @module
 */
import { closeSync, fsyncSync, openSync } from 'node:fs'

/**
 * Synchronous, since keys and store are made that way; no server calls it while it serves. Windows cannot open folders
 * and needs no such thing.
 */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
