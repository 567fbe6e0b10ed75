/**
 * The file beside a store that says which process has it open. Information for people only: the lock is SQLite's own,
 * which goes with the process that held it.
 *
 * @module
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'

const ownerPath = (storePath: string): string => `${storePath}.owner`

/** Says that this process has the store. Where the file cannot be written, there is none. */
export const writeOwner = (storePath: string): void => {
  try {
    writeFileSync(ownerPath(storePath), `${process.pid}\n`, { mode: 0o600 })
  } catch {
    // Only the message of a refusal is poorer for it.
  }
}

/** Process id of the owner as its file says; undefined where it does not. */
export const readOwner = (storePath: string): number | undefined => {
  try {
    const text = readFileSync(ownerPath(storePath), 'latin1')
    return /^[1-9][0-9]{0,9}\n$/.test(text) ? Number(text) : undefined
  } catch {
    return undefined
  }
}

/** Takes the file away. Where it cannot be removed, it names a process that no longer has the store: harmless. */
export const removeOwner = (storePath: string): void => {
  try {
    rmSync(ownerPath(storePath), { force: true })
  } catch {
    // The lock has to be freed all the same.
  }
}
