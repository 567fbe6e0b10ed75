/**
 * What all commands share: their options, and what becomes of their result.
 *
 * @module
 */
import { type Command, InvalidArgumentError } from 'commander'
import { printResult, type Result } from './result.ts'

/** Where `init` makes the issuer's folder, and commands look for it. */
export const DEFAULT_FOLDER = '.colophon'

/** Arguments and options as commander gives them. A command that runs until it is stopped prints by itself. */
export type Run<Arguments extends readonly unknown[], Options> = (
  ...input: [...Arguments, Options & CommonOptions]
) => Promise<Result | undefined>

export interface CommonOptions {
  readonly json: boolean
}

/** Runs and prints. Errors go up to `command-line.ts`. */
export function runAndPrint<Arguments extends readonly unknown[], Options>(run: Run<Arguments, Options>) {
  return async (...input: [...Arguments, Options & CommonOptions, Command]): Promise<void> => {
    const options = input.at(-2) as CommonOptions
    const result = await run(...(input.slice(0, -1) as [...Arguments, Options & CommonOptions]))
    if (result === undefined) return
    printResult(result, { asJson: options.json })
    process.exitCode = result.exitCode
  }
}

export const addJsonOption = (command: Command): Command =>
  command.option('--json', 'print one JSON document instead of text', false)

export const addFolderOption = (command: Command): Command =>
  command.option('--dir <folder>', "the issuer's folder, as init made it", DEFAULT_FOLDER)

/** The value of an option that is a port. */
export function parsePort(text: string): number {
  const port = /^(0|[1-9][0-9]{0,4})$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65_535) return port
  throw new InvalidArgumentError('want a port from 0 to 65535')
}

/** The values of an option that may be given several times, in their order. */
export const collect = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value]
