/**
 * `colophon init`: a new issuer, ready to sign.
 *
 * JSON: `{folder, origin, signer: {name, keyId}, log: {origin, vkey}, trustPolicy, declaration: {file, isNew}}`.
 *
 * @module
 */
import { randomBytes } from 'node:crypto'
import { rm, stat } from 'node:fs/promises'
import type { Command } from 'commander'
import { encodeUtf8 } from '../../../core/bytes/index.ts'
import { ColophonError } from '../../../core/errors.ts'
import { formatVerifierKey } from '../../../core/note/index.ts'
import { writeFileDurably } from '../../files/index.ts'
import { addFolderOption, addJsonOption, runAndPrint } from '../command.ts'
import { columns, styled } from '../lines.ts'
import type { Result } from '../result.ts'

interface InitOptions {
  readonly dir: string
  readonly origin: string
  readonly name?: string
}

const DECLARATION_FILE = 'declaration.yaml'
const MAX_NAME = 200

const HELP = `
Makes two keys (readable by you alone), a store, a log, a token, and trust/ with
what you hand out so that others can trust what you sign; and declaration.yaml
in the current folder, to be edited. Overwrites nothing: a folder that is there
is refused, a declaration.yaml that is there is left alone.

Example:
  colophon init --origin log.example-host --name "The shop's assistant"

Exit codes:
  0  made
  2  usage
  6  there already, or could not be written; then nothing is left behind`

export function addInitCommand(program: Command): void {
  const command = program
    .command('init')
    .summary('make a new issuer')
    .description('Makes the folder of a new issuer: keys, store, log, and what verifiers need.')
  addJsonOption(addFolderOption(command))
    .option('--origin <host>', 'what the log is called: a host name of yours; it need not answer', 'log.example-host')
    .option('--name <who>', 'what verifiers will call you (default: the issuer of ORIGIN)')
    .addHelpText('after', HELP)
    .action(runAndPrint(init))
}

async function init({ dir, origin, name = `the issuer of ${origin}` }: InitOptions): Promise<Result> {
  if (name === '' || name.length > MAX_NAME) {
    throw new ColophonError('USAGE', `a name has 1 to ${MAX_NAME} characters`, { at: '--name' })
  }
  // Loads SQLite, which commands of a verifier do without.
  const { createWorkspace } = await import('../../workspace/index.ts')
  const isNew = await writeFirstDeclaration()
  try {
    const { paths, trust } = await createWorkspace({ folder: dir, origin, signer: name })
    const [signer] = trust.signers
    const [log] = trust.logs
    const vkey = log === undefined ? '' : formatVerifierKey(log)
    return {
      exitCode: 0,
      json: {
        folder: dir,
        origin,
        signer: { name, keyId: signer?.keyId },
        log: { origin, vkey },
        trustPolicy: paths.trustPolicy,
        declaration: { file: DECLARATION_FILE, isNew },
      },
      lines: [
        [styled('green', `Made the issuer in ${dir}.`)],
        ...columns(
          [
            ['signer', `${name}, key ${signer?.keyId}`],
            ['log', vkey],
            ['hand out', `${paths.trustPolicy}, and have its fingerprints compared: colophon trust show`],
            [
              'declaration',
              isNew
                ? `${DECLARATION_FILE}, yours to edit, and for your eyes: the blind in it is secret`
                : `${DECLARATION_FILE} was there, and is as it was`,
            ],
          ],
          { indent: '  ' },
        ),
        '',
        'next:',
        `  colophon run ${DECLARATION_FILE} --context "The red lamp costs 12 euros." --input "How much does the red lamp cost?"`,
      ],
    }
  } catch (error) {
    if (isNew) await rm(DECLARATION_FILE, { force: true })
    throw error
  }
}

/** @returns false where there is one already */
async function writeFirstDeclaration(): Promise<boolean> {
  const { firstDeclaration } = await import('../../workspace/index.ts')
  if ((await stat(DECLARATION_FILE).catch(() => undefined)) !== undefined) return false
  const text = firstDeclaration({ blindHex: randomBytes(32).toString('hex') })
  // The blind in it is secret.
  await writeFileDurably(DECLARATION_FILE, encodeUtf8(text), { mode: 0o600 })
  return true
}
