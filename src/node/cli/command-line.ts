/**
 * The command line: commands, usage errors, exit codes.
 *
 * @module
 */
import { Command, CommanderError } from 'commander'
import { ColophonError, ERROR_CODES } from '../../core/errors.ts'
import { describeFileError } from '../files/index.ts'
import { VERSION } from '../software/index.ts'
import { addDeclareCommand } from './commands/declare.ts'
import { addDiffCommand } from './commands/diff.ts'
import { addDiscloseCommand } from './commands/disclose.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import { addEraseCommand } from './commands/erase.ts'
import { addExplainCommand } from './commands/explain.ts'
import { addFindCommand } from './commands/find.ts'
import { addHostCommand } from './commands/host.ts'
import { addInitCommand } from './commands/init.ts'
import { addKeysCommand } from './commands/keys.ts'
import { addLogCommand } from './commands/log.ts'
import { addRunCommand } from './commands/run.ts'
import { addTrustCommand } from './commands/trust.ts'
import { addUpCommand } from './commands/up.ts'
import { addVerifyCommand } from './commands/verify.ts'
import { printError } from './result.ts'

const HELP = `
The first five minutes:
  colophon init
  colophon run declaration.yaml \\
    --context "The red lamp costs 12 euros." \\
    --input "How much does the red lamp cost?"
  colophon verify answer.txt --trust .colophon/trust/trust-policy.json
  colophon explain answer.txt --trust .colophon/trust/trust-policy.json

Exit codes of every command:
  0  done; for verify: trusted, and the composition kept (or claimed, where
     your trust policy accepts that)
  1  invalid; for diff: different, or not shown to be the same
  2  the command or a file given to it was not understood
  3  valid, but its signer is not one that you trust for it
  4  nothing found
  5  the composition, or a check that you required, was not met
  6  could not be done: upstream, disk, lock, port; nothing is left half-written

COLOPHON_DEBUG=1 adds where an error happened. NO_COLOR=1 takes the colours
away.`

/** Sets the exit code of the process and resolves when there is nothing left to do. */
export async function runCommandLine(words: readonly string[]): Promise<void> {
  process.stdout.on('error', reportUnwritten)
  // There is nowhere left to say anything.
  process.stderr.on('error', () => {})
  const program = createProgram()
  try {
    await program.parseAsync(words, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return
    const command = program.commands.find((one) => one.name() === words[0])
    // Options may not be parsed yet.
    process.exitCode = printError(asUsage(error, command), { asJson: words.includes('--json') })
  }
}

/** A reader such as `head` may stop early, which is no error. Anything else, a full disk say, has lost the result. */
function reportUnwritten(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return
  const message = describeFileError(error, 'writing')
  const exitCode = printError(new ColophonError('FILE_UNWRITABLE', message, { at: 'standard output', cause: error }), {
    asJson: false,
  })
  // Of several, 2 comes before 6.
  if (process.exitCode !== ERROR_CODES.USAGE.exit) process.exitCode = exitCode
}

function createProgram(): Command {
  const program = new Command('colophon')
    .description('Gives every AI run an identity: a signed record that any stranger verifies offline.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .addHelpText('after', HELP)
    .exitOverride()
    // Usage errors are printed as all others are.
    .configureOutput({ writeErr: () => {}, outputError: () => {} })
  addInitCommand(program)
  addDeclareCommand(program)
  addRunCommand(program)
  addUpCommand(program)
  addHostCommand(program)
  addVerifyCommand(program)
  addExplainCommand(program)
  addDiffCommand(program)
  addFindCommand(program)
  addDiscloseCommand(program)
  addEraseCommand(program)
  addTrustCommand(program)
  addDoctorCommand(program)
  addKeysCommand(program)
  addLogCommand(program)
  return program
}

function asUsage(error: unknown, command: Command | undefined): unknown {
  if (!(error instanceof CommanderError)) return error
  const message = error.code === 'commander.help' ? 'a command is missing' : error.message
  return new ColophonError('USAGE', message.replace(/^error: /, '').replaceAll('\n', ' '), {
    hint: `See colophon ${command === undefined ? '' : `${command.name()} `}--help.`,
    cause: error,
  })
}
