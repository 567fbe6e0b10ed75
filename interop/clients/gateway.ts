/**
 * A gateway in front of the stand-in, with an issuer of its own in a temporary folder: the real command line, as child
 * processes.
 *
 * @module
 */
import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { parseBundle } from '../../src/core/bundle/index.ts'
import { parseRunStatement, type RunRecord } from '../../src/core/run/index.ts'
import { PASSAGE } from './call.ts'

const MAIN = fileURLToPath(new URL('../../src/node/cli/main.ts', import.meta.url))

export interface Gateway {
  readonly address: string
  /** The reference by which requests name the passage. */
  readonly context: string
  readonly recordOf: (runId: string) => Promise<RunRecord>
  /** Makes a declaration of what a run sent, and declares it as it is. @returns its id */
  readonly declareFromRun: (runId: string) => Promise<string>
  readonly close: () => Promise<void>
}

export async function startGateway(upstream: string): Promise<Gateway> {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-clients-'))
  const colophon = async (...words: readonly string[]): Promise<Readonly<Record<string, unknown>>> => {
    // It is started many times over.
    const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') }
    const { stdout } = await promisify(execFile)(process.execPath, [MAIN, ...words, '--json'], { cwd: folder, env })
    return JSON.parse(stdout)
  }
  await colophon('init')
  const { url, stop } = await startUp(folder, upstream)
  const token = readFileSync(join(folder, '.colophon', 'token'), 'utf8').trim()
  return {
    address: url,
    context: await putPassage(url, token),
    recordOf: async (runId) => {
      const response = await fetch(`${url}/runs/${runId}`)
      const { envelope } = parseBundle(new Uint8Array(await response.arrayBuffer()))
      return parseRunStatement(envelope.payload)
    },
    declareFromRun: async (runId) => {
      const file = `${runId}.yaml`
      await colophon('declare', '--from-run', runId, '--to', file, '--gateway', url)
      return String((await colophon('declare', file, '--gateway', url))['id'])
    },
    close: async () => {
      await stop()
      rmSync(folder, { recursive: true })
    },
  }
}

/** @throws {Error} with what it said, where it ends instead of listening */
async function startUp(folder: string, upstream: string): Promise<{ url: string; stop: () => Promise<unknown> }> {
  const words = [MAIN, 'up', '--upstream', upstream, '--port', '0', '--json']
  const child = spawn(process.execPath, words, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  process.once('exit', () => child.kill())
  const errors = text(child.stderr)
  const ended = new Promise((resolve) => child.once('close', resolve))
  const ready = new Promise<string>((resolve) => child.stdout.once('data', (piece) => resolve(String(piece))))
  const first = await Promise.race([ready, ended.then(() => undefined)])
  if (first === undefined) throw new Error(`the gateway ended: ${await errors}`)
  const stop = (): Promise<unknown> => {
    child.kill('SIGTERM')
    return ended
  }
  return { url: JSON.parse(first).url, stop }
}

async function putPassage(url: string, token: string): Promise<string> {
  const response = await fetch(`${url}/passages`, {
    method: 'PUT',
    headers: { 'colophon-token': token, 'content-type': 'application/json' },
    body: JSON.stringify({ passages: [{ ...PASSAGE, rank: 0 }] }),
  })
  return ((await response.json()) as { readonly reference: string }).reference
}
