/**
 * Running a row of the catalogue: in a folder of its own, for people and for programs.
 *
 * @module
 */
import { chownSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type BatchAnswer, type CommandBatch, startCommandBatch } from '../support/command-batch.ts'
import { type IssuerFolder, listingOf, makeIssuerFolder } from '../support/issuer-folder.ts'
import type { BadInput } from './bad-input.ts'
import { PASSWORD_CANARY } from './mischief.ts'
import { startServerProcess } from './server-process.ts'
import { type Servers, startServers } from './servers.ts'

export interface RanRow {
  /** With `--json`. */
  readonly inJson: BatchAnswer
  readonly inText: BatchAnswer
  /** What differs from how the folder was before: names of files. */
  readonly changed: readonly string[]
}

export interface Runner {
  readonly run: (row: BadInput, look?: (folder: string) => void) => Promise<RanRow>
  readonly close: () => void
}

export async function startRunner(): Promise<Runner> {
  const commands = await startCommandBatch()
  const issuers = await makeIssuerFolder(commands)
  const gatewayFolder = await otherIssuer(commands, issuers)
  const gateway = await startServerProcess([...UP, '--dir', 'other'], gatewayFolder)
  const servers = await startServers({ gateway: gateway.url, heldFolder: join(gatewayFolder, 'other') })
  return {
    run: (row, look) => runRow(row, { commands, issuers, servers, look }),
    close: () => {
      for (const one of [commands, gateway, servers]) one.close()
      issuers.remove()
    },
  }
}

const UP = ['up', '--upstream', 'http://127.0.0.1:9', '--port', '0']

async function otherIssuer(commands: CommandBatch, issuers: IssuerFolder): Promise<string> {
  const folder = issuers.copy()
  await commands.run(['init', '--dir', 'other', '--origin', 'log.other-host'], { folder })
  await commands.run(['declare', 'declaration.yaml', '--dir', 'other'], { folder })
  return folder
}

interface Around {
  readonly commands: CommandBatch
  readonly issuers: IssuerFolder
  readonly servers: Servers
  readonly look: ((folder: string) => void) | undefined
}

async function runRow(row: BadInput, { commands, issuers, servers, look }: Around): Promise<RanRow> {
  const { plant, environment, asNobody = false } = row
  const folder = issuers.copy()
  look?.(folder)
  plant?.(folder)
  if (asNobody) giveAway(folder)
  const before = listingOf(folder)
  const words = servers.insert(row.words)
  const options = { folder, environment: { COLOPHON_API_KEY: PASSWORD_CANARY, ...environment }, asNobody }
  const inJson = await commands.run(withJson(words), options)
  const inText = await commands.run(words, options)
  const after = listingOf(folder)
  const names = Object.keys({ ...before, ...after })
  return { inJson, inText, changed: names.filter((name) => before[name] !== after[name]) }
}

const GROUPS = ['trust', 'keys', 'log']

/** Before what could be an option without its value. */
function withJson(words: readonly string[]): string[] {
  const at = GROUPS.includes(words[0] ?? '') ? 2 : 1
  return [...words.slice(0, at), '--json', ...words.slice(at)]
}

const NOBODY = 65_534

/** To a user who may not read what is closed to others. */
function giveAway(folder: string): void {
  if (process.geteuid?.() !== 0) return
  for (const name of ['', ...(readdirSync(folder, { recursive: true }) as string[])]) {
    chownSync(join(folder, name), NOBODY, NOBODY)
  }
}
