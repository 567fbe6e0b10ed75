/**
 * `colophon log`: the transparency log of an issuer.
 *
 * @module
 */
import type { Command } from 'commander'
import { addLogCheckpointCommand } from './log-checkpoint.ts'
import { addLogFsckCommand } from './log-fsck.ts'
import { addLogProveCommand } from './log-prove.ts'
import { addLogResumeCommand } from './log-resume.ts'

export function addLogCommand(program: Command): void {
  const log = program
    .command('log')
    .summary('checkpoint, proofs and check of the log')
    .description('The transparency log: its checkpoint, proofs from it, checking all that is stored.')
  addLogCheckpointCommand(log)
  addLogProveCommand(log)
  addLogFsckCommand(log)
  addLogResumeCommand(log)
}
