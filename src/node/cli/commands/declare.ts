/**
 * `colophon declare`: signs and logs a declaration, once.
 *
 * JSON: `{id, name, privacy, isNew, file}`.
 *
 * @module
 */
import type { Command } from 'commander'
import { readDeclarationFile } from '../../declaration-file/index.ts'
import { addFolderOption, addJsonOption, runAndPrint } from '../command.ts'
import { columns, styled } from '../lines.ts'
import type { Result } from '../result.ts'

interface DeclareOptions {
  readonly dir: string
  readonly gateway?: string
}

const HELP = `
The same declaration has the same id, always and everywhere; declaring it again
changes nothing.

Examples:
  colophon declare declaration.yaml
  colophon declare declaration.yaml --gateway http://127.0.0.1:8787

With --gateway, the token comes from COLOPHON_TOKEN, or for a gateway on this
machine from the issuer's folder.

Exit codes:
  0  declared
  2  the declaration is not in order
  6  no store here, store locked, gateway not there`

export function addDeclareCommand(program: Command): void {
  const command = program
    .command('declare')
    .summary('sign and log a declaration')
    .description('Signs and logs what runs are to be composed of, before any run.')
    .argument('<file>', 'the declaration: YAML, or JSON')
    .option('--gateway <url>', 'declare at a running gateway instead of in the folder')
  addJsonOption(addFolderOption(command)).addHelpText('after', HELP).action(runAndPrint(declareFile))
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
