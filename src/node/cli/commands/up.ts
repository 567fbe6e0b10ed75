/**
 * `colophon up`: the gateway.
 *
 * JSON, once it listens: `{url, port, upstream, origin, declaration: {id, name} | null}`. What happens then goes to
 * standard error, a line at a time.
 *
 * @module
 */
import type { Command } from 'commander'
import { ColophonError } from '../../../core/errors.ts'
import type { Issuer } from '../../issuer/index.ts'
import { addFolderOption, addJsonOption, type CommonOptions, parsePort, runAndPrint } from '../command.ts'
import { columns, type Line, renderLines, styled } from '../lines.ts'
import { printResult } from '../result.ts'
import { untilStopped } from '../until-stopped.ts'

interface UpOptions extends CommonOptions {
  readonly dir: string
  readonly upstream: string
  readonly host: string
  readonly port: number
  readonly declaration?: string
}

const HELP = `
Clients use it in place of their provider; each run gets a record, before its
answer ends. What is posted to an API of models passes (OpenAI, Anthropic,
Gemini, Ollama; anything else as one body that no dialect reads), and lists of
models do; nothing else. A run that breaks its declaration passes too, and its
record says so, unless the declaration has rules that are enforced.

Records and the log are for everybody who can reach it; disclosures and lists
take the token (COLOPHON_TOKEN, or else the file "token" in the issuer's folder)
in the header Colophon-Token. Beyond this machine (--host) everything does but
records and the log.

Examples:
  colophon up --upstream https://api.example.com/v1
  colophon up --upstream http://127.0.0.1:8788 --declaration declaration.yaml
  OPENAI_BASE_URL=http://127.0.0.1:8787/v1 node app.js

SIGINT and SIGTERM let the runs in flight come to their end. Exit codes:
  0  stopped
  2  usage
  4  the declaration is not in the store
  6  no store here, store locked, port taken`

export function addUpCommand(program: Command): void {
  const command = program
    .command('up')
    .summary('start the gateway')
    .description('Starts the gateway: an API like OpenAI’s that gives every run through it a record.')
    .requiredOption('--upstream <url>', 'the provider, or a server of your own')
    .option('--port <port>', 'where to listen', parsePort, 8787)
    .option('--host <address>', 'on which address', '127.0.0.1')
    .option('--declaration <file|id>', 'what runs are bound to whose callers name no declaration')
  addJsonOption(addFolderOption(command)).addHelpText('after', HELP).action(runAndPrint(up))
}

async function up(options: UpOptions): Promise<undefined> {
  const { dir, upstream, host, port } = options
  const { startGateway } = await import('../../gateway/index.ts')
  const { isLoopback, requirePlainAddress } = await import('../../http/index.ts')
  requirePlainAddress(upstream, { of: 'the upstream', example: 'https://api.example.com/v1' })
  const { openWorkspace, openWorkspaceIssuer, readToken } = await import('../../workspace/index.ts')
  const workspace = await openWorkspace(dir)
  const token = process.env['COLOPHON_TOKEN'] || (await readToken(workspace))
  const { AT_GATEWAY } = await import('../../issuer/index.ts')
  const issuer = await openWorkspaceIssuer(workspace, AT_GATEWAY)
  try {
    const declaration = await defaultDeclaration(options.declaration, issuer)
    const gateway = await startGateway({
      issuer,
      upstream,
      host,
      port,
      token,
      ...(declaration === undefined ? {} : { defaultDeclarationId: declaration.id }),
      log,
    })
    const { origin } = workspace.config
    const json = { url: gateway.url, port: gateway.port, upstream, origin, declaration: declaration ?? null }
    const lines = upLines(json, { isLocal: isLoopback(host) })
    printResult({ exitCode: 0, json, lines }, { asJson: options.json })
    await untilStopped()
    log('stopping: runs in flight come to their end; Ctrl-C again cuts them')
    await gateway.close()
  } finally {
    await issuer.close()
  }
}

const log = (line: string): void => void process.stderr.write(renderLines([line], { colours: false }))

async function defaultDeclaration(
  fileOrId: string | undefined,
  issuer: Issuer,
): Promise<{ readonly id: string; readonly name: string } | undefined> {
  if (fileOrId === undefined) return undefined
  if (/^[0-9a-f]{64}$/.test(fileOrId)) {
    const row = await issuer.registry.declaration(fileOrId)
    if (row !== undefined) return { id: row.id, name: row.name }
    throw new ColophonError('DECLARATION_UNKNOWN', 'the declaration is not in this store', { at: fileOrId })
  }
  const { readDeclarationFile } = await import('../../declaration-file/index.ts')
  const { declare } = await import('../../../web/capture/index.ts')
  const { row } = await declare({ ...issuer, source: await readDeclarationFile(fileOrId) })
  return { id: row.id, name: row.name }
}

interface UpJson {
  readonly url: string
  readonly upstream: string
  readonly origin: string
  readonly declaration: { readonly id: string; readonly name: string } | null
}

function upLines(gateway: UpJson, { isLocal }: { readonly isLocal: boolean }): Line[] {
  const { url, upstream, origin, declaration } = gateway
  return [
    [styled('green', `The gateway listens at ${url}`)],
    ...columns(
      [
        ['upstream', upstream],
        ['log', origin],
        [
          'declaration',
          declaration === null
            ? 'none: runs of callers that name none are undeclared'
            : `${declaration.name} ${declaration.id}`,
        ],
      ],
      { indent: '  ' },
    ),
    '',
    'Point a client at it:',
    `  OPENAI_BASE_URL=${url}/v1`,
    ...(declaration === null
      ? ['  and send the header  Colophon-Declaration: ID  (colophon declare FILE --gateway URL gives it)']
      : []),
    'Each answer names its run in the header Colophon-Run; its record is at',
    `  ${url}/runs/ID`,
    '',
    ...(isLocal ? [] : ['From other machines, clients send the token in the header Colophon-Token.', '']),
    'Stop it with Ctrl-C.',
  ]
}
