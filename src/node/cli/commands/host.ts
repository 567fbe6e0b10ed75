/**
 * `colophon host`: serves the tiny model.
 *
 * JSON, once it listens: `{url, port, model, sha256}`.
 *
 * @module
 */
import type { Command } from 'commander'
import { addJsonOption, type CommonOptions, parsePort, runAndPrint } from '../command.ts'
import { columns, styled } from '../lines.ts'
import { printResult } from '../result.ts'
import { untilStopped } from '../until-stopped.ts'

interface HostOptions extends CommonOptions {
  readonly host: string
  readonly port: number
  readonly model?: string
}

const HELP = `
A genuine language model of the smallest kind, for trying things without
account, key and network. It answers questions about a passage, in the manner
that the system prompt asks for. Beyond this machine it takes a token:
COLOPHON_TOKEN, sent as "Authorization: Bearer".

Examples:
  colophon host --port 8788
  colophon up --upstream http://127.0.0.1:8788

Exit codes:
  0  stopped    2  usage, or not a model that this engine runs    6  port taken`

export function addHostCommand(program: Command): void {
  const command = program
    .command('host')
    .summary('serve the tiny model')
    .description('Serves the language model that ships with colophon, over an API like OpenAI’s.')
    .option('--port <port>', 'where to listen', parsePort, 8788)
    .option('--host <address>', 'on which address', '127.0.0.1')
    .option('--model <file>', 'another GGUF file of the same kind')
  addJsonOption(command).addHelpText('after', HELP).action(runAndPrint(serve))
}

async function serve({ host: address, port, model: file, json: asJson }: HostOptions): Promise<undefined> {
  const { loadModelFile, loadShippedModel, startHost } = await import('../../host/index.ts')
  const { model, sha256Hex } = file === undefined ? await loadShippedModel() : await loadModelFile(file)
  const token = process.env['COLOPHON_TOKEN'] || undefined
  const host = await startHost({ model, sha256Hex, host: address, port, ...(token === undefined ? {} : { token }) })
  const json = { url: host.url, port: host.port, model: model.name, sha256: sha256Hex }
  const lines = [
    [styled('green', `The model host listens at ${host.url}`)],
    ...columns(
      [
        ['model', model.name],
        ['sha256', sha256Hex],
      ],
      { indent: '  ' },
    ),
    'Stop it with Ctrl-C.',
  ]
  printResult({ exitCode: 0, json, lines }, { asJson })
  await untilStopped()
  await host.close()
}
