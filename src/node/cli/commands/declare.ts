/**
 * `colophon declare`: signs and logs a declaration, once; or, with `--from-run`, makes a declaration file of what a run
 * sent, for a person to edit.
 *
 * JSON: `{id, name, privacy, isNew, file}`; with `--from-run` `{runId, file, contents: [file, ...], roles: {ROLE: state},
 * next}`.
 *
 * @module
 */
import { randomBytes } from 'node:crypto'
import { basename, dirname, extname, join } from 'node:path'
import type { Command } from 'commander'
import { ColophonError } from '../../../core/errors.ts'
import { readDeclarationFile } from '../../declaration-file/index.ts'
import { addFolderOption, addJsonOption, runAndPrint } from '../command.ts'
import { columns, type Line, styled } from '../lines.ts'
import type { Result } from '../result.ts'
import { shellWord } from '../shell-word.ts'

interface DeclareOptions {
  readonly dir: string
  readonly gateway?: string
  readonly fromRun?: string
  readonly to?: string
}

const HELP = `
The same declaration has the same id, always and everywhere; declaring it again
changes nothing.

With --from-run nothing is signed: what the run sent becomes a declaration file,
private and with a new blind, that this very request keeps. What the application
decides is fixed, what its users do is a slot; comments say what to look at. Long
texts stand in files beside it. Edit it, then declare it. RUN is a run id, a
record (NAME.sigstore.json), or the answer that its record lies beside. It shows
what was sent: the files are readable by you alone.

Examples:
  colophon declare declaration.yaml
  colophon declare declaration.yaml --gateway http://127.0.0.1:8787
  colophon declare --from-run answer.txt --to declaration.yaml

With --gateway, the token comes from COLOPHON_TOKEN, or for a gateway on this
machine from the issuer's folder.

Exit codes:
  0  declared, or written
  2  usage; the declaration is not in order
  4  no such run here, or erased
  6  no store here, store locked, gateway not there; a file of the name is there
     already, or cannot be written: then none is left behind`

export function addDeclareCommand(program: Command): void {
  const command = program
    .command('declare')
    .summary('sign and log a declaration, or make one from a run')
    .description('Signs and logs what runs are to be composed of, before any run.')
    .argument('[file]', 'the declaration: YAML, or JSON')
    .option('--gateway <url>', 'use a running gateway instead of the folder')
    .option('--from-run <run>', 'make a declaration file of what this run sent')
    .option('--to <file>', 'with --from-run: the file to write, YAML')
  addJsonOption(addFolderOption(command)).addHelpText('after', HELP).action(runAndPrint(declare))
}

async function declare(file: string | undefined, options: DeclareOptions): Promise<Result> {
  const { fromRun, to } = options
  if (fromRun === undefined) {
    if (file !== undefined && to === undefined) return declareFile(file, options)
    throw usage('a declaration file is missing', 'Name it: colophon declare FILE.')
  }
  if (file !== undefined)
    throw usage('--from-run declares nothing yet', 'Leave the file out; --to names the one to write.')
  if (to === undefined) throw usage('the file to write is missing', 'Name it: --to declaration.yaml.')
  if (!['.yaml', '.yml'].includes(extname(to)))
    throw usage('the file to write is YAML', 'Name it so: --to NAME.yaml.', '--to')
  return draftFile(fromRun, to, options)
}

const usage = (message: string, hint: string, at?: string): ColophonError =>
  new ColophonError('USAGE', message, { hint, ...(at === undefined ? {} : { at }) })

async function draftFile(run: string, to: string, { dir, gateway }: DeclareOptions): Promise<Result> {
  const { requireWritable, writeTogether } = await import('../../run/index.ts')
  await requireWritable([to], { overwrite: false, option: '--to' })
  const { readRunAtGateway, readRunInFolder, runIdFor } = await import('../../disclose/index.ts')
  const { gatewayAddress } = await import('../gateway-address.ts')
  const { draftDeclaration } = await import('../../declaration-draft/index.ts')
  const { recutRequest } = await import('../../../core/verify/index.ts')
  const runId = await runIdFor(run)
  const { disclosure, dialect } =
    gateway === undefined
      ? await readRunInFolder(dir, runId)
      : await readRunAtGateway(await gatewayAddress(gateway, { folder: dir }), runId)
  const leaves = (disclosure.request ?? []).filter((leaf) => leaf.state === 'open')
  const { yaml, files, source } = draftDeclaration({
    sent: recutRequest(leaves, dialect.id).sent,
    runId,
    baseName: basename(to, extname(to)),
    blindHex: randomBytes(32).toString('hex'),
  })
  const beside = [...files].map(([name, bytes]) => ({ path: join(dirname(to), name), bytes }))
  const all = [{ path: to, bytes: yaml }, ...beside]
  await requireWritable([to, ...beside.map(({ path }) => path)], { overwrite: false, option: '--to' })
  // They hold what was sent, and the blind.
  await writeTogether(
    all.map((file) => ({ ...file, mode: 0o600 })),
    { overwrite: false },
  )
  const { roles } = source.declaration
  const states = Object.entries(roles).map(([role, { state }]): [string, string] => [role, state])
  const next = `colophon declare ${shellWord(to)}`
  return {
    exitCode: 0,
    json: { runId, file: to, contents: beside.map(({ path }) => path), roles: Object.fromEntries(states), next },
    lines: [
      ...all.map(({ path }): Line => [styled('green', 'wrote '), path]),
      ...columns(states, { indent: '  ' }),
      '',
      'It says what was seen once. Edit it; then, next:',
      `  ${next}`,
    ],
  }
}

async function declareFile(file: string, { dir, gateway }: DeclareOptions): Promise<Result> {
  const source = await readDeclarationFile(file)
  const { declareAt } = await import('../../gateway-client/index.ts')
  const { declareIn } = await import('../../run/index.ts')
  const { gatewayAddress } = await import('../gateway-address.ts')
  const { id, name, isNew } =
    gateway === undefined
      ? await declareIn(dir, source)
      : await declareAt(await gatewayAddress(gateway, { folder: dir }), source)
  const { privacy } = source.declaration
  return {
    exitCode: 0,
    json: { id, name, privacy, isNew, file },
    lines: [
      [styled('green', isNew ? 'Declared.' : 'Declared already; nothing changed.')],
      ...columns(
        [
          ['id', id],
          ['name', name],
          ['privacy', privacy],
        ],
        { indent: '  ' },
      ),
    ],
  }
}
