/**
 * The stage: runs commands the way a reader would type them, shows them and what they print, and insists on how they end.
 *
 * @module
 */
import { spawnSync } from 'node:child_process'
import { styleText } from 'node:util'

const INDENT = '    '

export interface Command {
  /** As a reader would type it. */
  readonly shown: string
  /** Arguments of `node`. */
  readonly args: readonly string[]
  readonly folder: string
  /** How it has to end: anything else ends the demo with an error. */
  readonly exitCode: number
  /** Only these lines of what it prints; all of them where it is absent. */
  readonly only?: RegExp
  /** The environment of the process; that of the demo where it is absent. */
  readonly environment?: NodeJS.ProcessEnv
}

export function title(text: string): void {
  console.log(`\n${styleText('bold', text)}`)
}

export function say(text: string): void {
  console.log(text)
}

/** @returns what the command printed */
export function perform({ shown, args, folder, exitCode, only, environment }: Command): string {
  console.log(styleText('cyan', `  $ ${shown}`))
  const env = { ...(environment ?? process.env), ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}) }
  const child = spawnSync(process.execPath, [...args], { cwd: folder, env, encoding: 'utf8', timeout: 60_000 })
  if (child.error !== undefined) throw child.error
  const printed = child.stdout + child.stderr
  const lines = printed.trimEnd().split('\n')
  for (const line of only === undefined ? lines : lines.filter((one) => only.test(one))) console.log(INDENT + line)
  if (child.status !== exitCode) {
    throw new Error(`${shown}: ended with ${child.status}, want ${exitCode}\n${only === undefined ? '' : printed}`)
  }
  console.log(styleText('dim', `${INDENT}(exit ${exitCode})`))
  return printed
}
