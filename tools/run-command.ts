/**
 * Runs a script with the Node that runs this one, and keeps what it says.
 *
 * @module
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { ROOT } from './project.ts'

export async function runCommand(scriptAndArguments: readonly string[]): Promise<{ ok: boolean; output: string }> {
  const child = spawn(process.execPath, scriptAndArguments, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  const chunks: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  const [exitCode] = await once(child, 'close')
  return { ok: exitCode === 0, output: Buffer.concat(chunks).toString().trim() }
}
