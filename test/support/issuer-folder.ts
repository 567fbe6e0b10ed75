/**
 * Folders with an issuer and a finished run in them, made once by the real commands and copied for each test.
 *
 * @module
 */

import { createHash } from 'node:crypto'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import type { CommandBatch } from './command-batch.ts'

/** In every prompt of the folder; no output may have it. */
export const PROMPT_CANARY = 'canary-prompt-7041'

export interface IssuerFolder {
  /** Path of a new copy, with everything in it: `.colophon`, declaration.yaml, answer.txt and what belongs to it. */
  copy(): string
  remove(): void
}

export async function makeIssuerFolder(commands: CommandBatch): Promise<IssuerFolder> {
  const root = mkdtempSync(join(tmpdir(), 'colophon-issuer-'))
  // For commands that are run as another user.
  chmodSync(root, 0o755)
  const made = join(root, 'made')
  mkdirSync(made)
  await requireDone(commands, made, ['init', '--name', 'The issuer'])
  const question = ['--input', 'How much does the red lamp cost?']
  const context = ['--context', `The red lamp costs 12 euros. ${PROMPT_CANARY}`]
  await requireDone(commands, made, ['run', 'declaration.yaml', ...context, ...question])
  let copies = 0
  return {
    copy: () => {
      copies += 1
      const folder = join(root, `copy-${copies}`)
      cpSync(made, folder, { recursive: true })
      // Of folders the permissions are not copied.
      for (const path of ['.colophon', '.colophon/keys']) chmodSync(join(folder, path), 0o700)
      return folder
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

async function requireDone(commands: CommandBatch, folder: string, words: readonly string[]): Promise<void> {
  const { exitCode, stdout, stderr } = await commands.run(words, { folder })
  if (exitCode !== 0) throw new Error(`${words[0]} ended with ${exitCode}: ${stdout}${stderr}`)
}

/** Every file below a folder with its kind, its permissions and a digest of its contents. */
export function listingOf(folder: string): Readonly<Record<string, string>> {
  const listing: Record<string, string> = {}
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    listing[relative(folder, path)] = entry.isSymbolicLink() ? 'a link' : describe(path)
  }
  return listing
}

/** Larger files by size and time alone. */
const MAX_HASHED_SIZE = 1 << 20

function describe(path: string): string {
  const status = statSync(path)
  const permissions = (status.mode & 0o7777).toString(8)
  if (status.isDirectory()) return `${permissions} folder`
  if (!status.isFile()) return `${permissions} neither file nor folder`
  if (status.size > MAX_HASHED_SIZE) return `${permissions} ${status.size} ${status.mtimeMs}`
  return `${permissions} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`
}
