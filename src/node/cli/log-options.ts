/**
 * Which log the commands that read one are pointed at, and printing what is to be piped.
 *
 * @module
 */
import type { Command } from 'commander'
import { InvalidArgumentError } from 'commander'
import { ColophonError } from '../../core/errors.ts'
import type { ReadableLog } from '../log-access/index.ts'
import { readTrustPolicy } from '../trust-file/index.ts'
import { addFolderOption } from './command.ts'
import { renderLines, screenOf } from './lines.ts'

export interface LogOptions {
  readonly dir: string
  readonly gateway?: string
  readonly trust?: string
}

export const addLogOptions = (command: Command): Command =>
  addFolderOption(command)
    .option('--gateway <url>', 'the log of a running gateway instead of the one in the folder')
    .option('--trust <file>', 'your trust policy, which names the log that is behind --gateway')

/** @throws {ColophonError} as `openLocalLog` and `openGatewayLog`; USAGE */
export async function openLogOf({ dir, gateway, trust }: LogOptions): Promise<ReadableLog> {
  const { openGatewayLog, openLocalLog } = await import('../log-access/index.ts')
  if (gateway === undefined) {
    if (trust === undefined) return openLocalLog(dir)
    throw new ColophonError('USAGE', '--trust is for the log of a gateway; the folder has the key of its own', {
      hint: 'Add --gateway URL, or leave --trust out.',
    })
  }
  const log = await openGatewayLog({
    url: gateway,
    trust: trust === undefined ? undefined : await readTrustPolicy(trust),
  })
  if (log.current.logKey === undefined) warn(UNCHECKED)
  return log
}

const UNCHECKED =
  'not checked: who signed the checkpoint. Name the log that you expect: --trust POLICY (and compare the policy with its owner)'

const warn = (line: string): void => void process.stderr.write(renderLines([line], screenOf(process.stderr)))

/** A text byte for byte, for the next program; a terminal gets it escaped. */
export function printExactly(text: string): void {
  const { stdout } = process
  stdout.write(stdout.isTTY === true ? renderLines(text.replace(/\n$/, '').split('\n'), screenOf(stdout)) : text)
}

const DECIMAL = /^(?:0|[1-9][0-9]{0,18})$/

/** A number of entries, or an index; undefined for any other text. */
export const parseEntryNumber = (text: string): bigint | undefined => (DECIMAL.test(text) ? BigInt(text) : undefined)

/** The value of an option that is a number of entries. */
export function parseSize(text: string): bigint {
  const size = parseEntryNumber(text)
  if (size !== undefined) return size
  throw new InvalidArgumentError('want a number of entries: decimal, without leading zeros')
}
