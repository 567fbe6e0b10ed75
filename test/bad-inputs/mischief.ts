/**
 * What can be done to a file, and to the folder round it.
 *
 * @module
 */
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'

/** Stands in every file that is spoiled; no message may quote it. */
export const FILE_CANARY = 'canary-file-9312'

/** Stands in addresses, tokens and what servers say. */
export const PASSWORD_CANARY = 'canary-password'

export type Plant = (folder: string) => void

const at =
  (change: (path: string) => void) =>
  (path: string): Plant =>
  (folder) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    change(join(folder, path))
  }

export const remove = at((path) => rmSync(path))
export const empty = at((path) => writeFileSync(path, '', { mode: 0o600 }))
export const folder = at((path) => {
  rmSync(path, { force: true })
  mkdirSync(path)
})
export const linkLoop = at((path) => {
  rmSync(path, { force: true })
  symlinkSync(path, path)
})
/** A pipe that nobody writes to: whoever opens it as a file waits for ever. */
export const pipe = at((path) => {
  rmSync(path, { force: true })
  execFileSync('mkfifo', ['-m', '600', path])
})
export const unreadable = at((path) => chmodSync(path, 0o000))
/** All 256 bytes, more than once. */
export const binary = at((path) =>
  writeFileSync(path, Buffer.from(Array.from({ length: 1024 }, (_, n) => n & 0xff)), { mode: 0o600 }),
)
export const byteOrderMark = at((path) => writeFileSync(path, `\ufeff${readFileSync(path, 'utf8')}`))
export const utf16 = at((path) => writeFileSync(path, Buffer.from(`\ufeff${readFileSync(path, 'utf8')}`, 'utf16le')))
export const carriageReturns = at((path) =>
  writeFileSync(path, `${readFileSync(path, 'latin1').replaceAll('\n', '\r\n')}\r\n`, 'latin1'),
)
export const prose = at((path) => writeFileSync(path, `Dear reader, ${FILE_CANARY}.\n`, { mode: 0o600 }))
export const otherPermissions = at((path) => chmodSync(path, 0o644))

/** A file of zeros that takes no room on the disk. */
export const huge = (path: string, sizeBytes: number): Plant =>
  at((full) => {
    writeFileSync(full, '', { mode: 0o600 })
    truncateSync(full, sizeBytes)
  })(path)

export const write = (path: string, contents: string | Uint8Array): Plant =>
  at((full) => writeFileSync(full, contents, { mode: 0o600 }))(path)

/** Fails where there is nothing to replace: a row that plants nothing shows nothing. */
export const replace = (path: string, what: string | RegExp, by: string): Plant =>
  at((full) => {
    const text = readFileSync(full, 'utf8')
    const changed = text.replace(what, by)
    if (changed === text) throw new Error(`${path} has no ${what}`)
    writeFileSync(full, changed)
  })(path)

export const all =
  (...plants: readonly Plant[]): Plant =>
  (root) => {
    for (const plant of plants) plant(root)
  }

export const copy =
  (from: string, to: string): Plant =>
  (root) =>
    copyFileSync(join(root, from), join(root, to))
