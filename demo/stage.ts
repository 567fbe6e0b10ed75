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
  /** How it has to end: anything else ends the demo, with exit code 1. */
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
  const env = environment ?? process.env
  const child = spawnSync(process.execPath, [...args], { cwd: folder, env, encoding: 'utf8', timeout: 60_000 })
  const isAsWanted = child.error === undefined && child.status === exitCode
  // There is neither where the process could not be started.
  const printed = `${child.stdout ?? ''}${child.stderr ?? ''}`
  const lines = printed.trimEnd().split('\n')
  // Where it went wrong, all of it may be of use.
  for (const line of isAsWanted && only !== undefined ? lines.filter((one) => only.test(one)) : lines) {
    console.log(INDENT + line)
  }
  if (!isAsWanted) {
    const got = child.error?.message ?? child.signal ?? `exit ${child.status}`
    console.error(`The demo stopped: want exit ${exitCode}, got ${got}.`)
    process.exit(1)
  }
  console.log(styleText('dim', `${INDENT}(exit ${exitCode})`))
  return printed
}
