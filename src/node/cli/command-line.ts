/**
 * The command line: commands, usage errors, exit codes.
 *
 * @module
 */
import { Command, CommanderError } from 'commander'
import { ColophonError } from '../../core/errors.ts'
import { VERSION } from '../software/index.ts'
import { addDeclareCommand } from './commands/declare.ts'
import { addDiffCommand } from './commands/diff.ts'
import { addExplainCommand } from './commands/explain.ts'
import { addHostCommand } from './commands/host.ts'
import { addInitCommand } from './commands/init.ts'
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
  3  valid, but you have not said that you trust its signer
  4  nothing found
  5  the composition, or a check that you required, was not met
  6  could not be done: upstream, disk, lock, port; nothing is left half-written

COLOPHON_DEBUG=1 adds where an error happened. NO_COLOR=1 takes the colours
away.`

/** Sets the exit code of the process and resolves when there is nothing left to do. */
export async function runCommandLine(words: readonly string[]): Promise<void> {
  // A reader such as `head` may stop early; that is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
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
  addTrustCommand(program)
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
