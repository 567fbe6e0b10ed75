/**
 * `colophon run`: a declared run, start to finish.
 *
 * JSON: `{declaration: {id, name, isNew}, runId, recordDigest, model, answer, files: {answer, record, disclosure}, next}`.
 * `recordDigest` is null through a gateway, `answer` and a file where there is none of it.
 *
 * @module
 */
import { basename } from 'node:path'
import type { Command } from 'commander'
import { decodeUtf8, encodeUtf8 } from '../../../core/bytes/index.ts'
import { ColophonError } from '../../../core/errors.ts'
import { type JsonValue, parseJson } from '../../../core/json/index.ts'
import { readDeclarationFile } from '../../declaration-file/index.ts'
import { readFileBounded } from '../../files/index.ts'
import type { FinishedRun, Passage, RunFiles, RunPlan, SlotValues } from '../../run/index.ts'
import { addFolderOption, addJsonOption, collect, runAndPrint } from '../command.ts'
import { columns, type Line, quote, styled } from '../lines.ts'
import type { Result } from '../result.ts'
import { shellWord } from '../shell-word.ts'

interface RunOptions {
  readonly dir: string
  readonly input?: string
  readonly inputFile?: string
  readonly context: readonly string[]
  readonly contextFile: readonly string[]
  readonly model?: string
  readonly parameter: readonly string[]
  readonly stream: boolean
  readonly upstream?: string
  readonly gateway?: string
  readonly out: string
  readonly force: boolean
}

const MAX_TEXT_SIZE = 4 << 20

const HELP = `
Declares the file if that is still to be done, composes the request from it and
from what you give, binds it, signs, and only then asks. Writes three files, all
or none:
  answer.txt                   the answer
  answer.txt.sigstore.json     its record: give it away with the answer
  answer.txt.disclosure.json   opens everything that was sent: give it only to
                               those who may read that

Passages (--context) stand in the user's message as "Context: PASSAGE", the
input as "Question: INPUT"; their places are recorded, so that each passage
counts as context and not as input. Files are taken without their final line
end.

A parameter's value is JSON where it is some (--parameter temperature=0.2), else
a text.

Without --upstream the model that ships with colophon answers, in this process.
With --gateway, the gateway binds and signs with its own key; it is not told of
passages, so they count as input there. COLOPHON_API_KEY goes to the upstream,
or to the gateway for its own, as "Authorization: Bearer", and nowhere else.

Examples:
  colophon run declaration.yaml --context-file prices.txt \\
    --input "How much does the red lamp cost?"
  colophon run declaration.yaml --input-file question.txt \\
    --upstream https://api.example.com/v1 --out reply.txt
  colophon run declaration.yaml --input "Who is there?" \\
    --gateway http://127.0.0.1:8787

Exit codes:
  0  answered, recorded, written
  2  something is missing or does not fit the declaration; nothing was sent
  6  no store here, store locked, upstream not there or refusing, file not
     writable; no file is left behind`

export function addRunCommand(program: Command): void {
  const command = program
    .command('run')
    .summary('run once, as declared, with a record')
    .description('Runs once, as declared: composes, binds, asks, and writes answer, record and disclosure.')
    .argument('<declaration>', 'the declaration file')
    .option('--input <text>', 'what is asked')
    .option('--input-file <file>', 'the same from a file')
    .option('--context <text>', 'a retrieved passage; may be repeated', collect, [])
    .option('--context-file <file>', 'the same from a file; may be repeated', collect, [])
    .option('--model <name>', 'the model, where the declaration leaves it open')
    .option(
      '--parameter <name=value>',
      'a parameter that the declaration bounds or allows; may be repeated',
      collect,
      [],
    )
    .option('--stream', 'ask for a stream', false)
    .option('--upstream <url>', 'who answers (default: the model that ships with colophon)')
    .option('--gateway <url>', 'run through a running gateway')
    .option('--out <file>', 'the answer; the other files stand beside it', 'answer.txt')
    .option('--force', 'overwrite the files of an earlier run', false)
  addJsonOption(addFolderOption(command)).addHelpText('after', HELP).action(runAndPrint(run))
}

async function run(file: string, options: RunOptions): Promise<Result> {
  const { dir, out, force, gateway } = options
  if (gateway !== undefined && options.upstream !== undefined) {
    throw new ColophonError('USAGE', 'a gateway has its own upstream', { hint: 'Give --gateway or --upstream.' })
  }
  await requireAddresses(options)
  const source = await readDeclarationFile(file)
  const values = await readValues(options)
  const { planRun, requireWritable, runFilesOf, writeTogether } = await import('../../run/index.ts')
  const plan = planRun(source, values, { tellsPassages: gateway === undefined })
  const files = runFilesOf(out)
  await requireWritable([files.answer, files.record, files.disclosure], { overwrite: force })
  const finished = gateway === undefined ? await runHere(plan, options) : await runAtGateway(plan, options)
  const { answer, record, disclosure } = finished
  await writeTogether(
    [
      { path: files.answer, bytes: answer },
      { path: files.record, bytes: record },
      { path: files.disclosure, bytes: disclosure, mode: 0o600 },
    ],
    { overwrite: force },
  )
  return runResult(finished, files, gateway === undefined ? `${dir}/trust/trust-policy.json` : 'TRUST-POLICY')
}

/** Before anything is opened or bound. */
async function requireAddresses({ upstream, gateway }: RunOptions): Promise<void> {
  const { requirePlainAddress } = await import('../../http/index.ts')
  if (upstream !== undefined)
    requirePlainAddress(upstream, { of: 'the upstream', example: 'https://api.example.com/v1' })
  if (gateway !== undefined) requirePlainAddress(gateway, { of: 'the gateway', example: 'http://127.0.0.1:8787' })
}

async function readValues(options: RunOptions): Promise<SlotValues> {
  const { input, inputFile, model, stream } = options
  if (input !== undefined && inputFile !== undefined) {
    throw new ColophonError('USAGE', 'there are two inputs', { hint: 'Give --input or --input-file.' })
  }
  const passages: Passage[] = options.context.map((text, index) => ({ label: `context-${index + 1}`, text }))
  for (const path of options.contextFile) passages.push({ label: basename(path), text: await readText(path) })
  const parameters = new Map(options.parameter.map(readParameter))
  return { input: inputFile === undefined ? input : await readText(inputFile), passages, model, stream, parameters }
}

/** JSON where it is some, else a text. */
function readParameter(text: string): readonly [name: string, value: JsonValue] {
  const equals = text.indexOf('=')
  if (equals < 1) {
    throw new ColophonError('USAGE', 'a parameter has a name and a value', {
      at: '--parameter',
      hint: 'Write it so: --parameter temperature=0.2',
    })
  }
  const value = text.slice(equals + 1)
  try {
    return [text.slice(0, equals), parseJson(encodeUtf8(value))]
  } catch {
    return [text.slice(0, equals), value]
  }
}

async function readText(path: string): Promise<string> {
  const bytes = await readFileBounded(path, { maxBytes: MAX_TEXT_SIZE })
  try {
    return decodeUtf8(bytes).replace(/\r?\n$/, '')
  } catch (cause) {
    throw new ColophonError('USAGE', 'the file is not UTF-8', { at: path, cause, hint: 'Save it as UTF-8.' })
  }
}

async function runHere(plan: RunPlan, options: RunOptions): Promise<FinishedRun> {
  const { runOnce } = await import('../../run/index.ts')
  const { openWorkspace, openWorkspaceIssuer } = await import('../../workspace/index.ts')
  const { IN_PROCESS } = await import('../../issuer/index.ts')
  const issuer = await openWorkspaceIssuer(await openWorkspace(options.dir), IN_PROCESS)
  try {
    const asked = { issuer, plan }
    if (options.upstream !== undefined) return await runOnce({ ...asked, upstream: options.upstream, apiKey: apiKey() })
    const { loadShippedModel, startHost } = await import('../../host/index.ts')
    const host = await startHost({ ...(await loadShippedModel()), port: 0 })
    try {
      return await runOnce({ ...asked, upstream: host.url, apiKey: undefined })
    } finally {
      await host.close()
    }
  } finally {
    await issuer.close()
  }
}

async function runAtGateway(plan: RunPlan, options: RunOptions): Promise<FinishedRun> {
  const { runThroughGateway } = await import('../../run/index.ts')
  const { gatewayAddress } = await import('../gateway-address.ts')
  const gateway = await gatewayAddress(options.gateway ?? '', { folder: options.dir })
  return await runThroughGateway({ gateway, plan, apiKey: apiKey() })
}

const apiKey = (): string | undefined => process.env['COLOPHON_API_KEY'] || undefined

function runResult(finished: FinishedRun, files: RunFiles, trust: string): Result {
  const { declaration, runId, recordDigest, model } = finished
  const answer = finished.answer === undefined ? undefined : decodeUtf8(finished.answer)
  const written = {
    answer: answer === undefined ? null : files.answer,
    record: files.record,
    disclosure: finished.disclosure === undefined ? null : files.disclosure,
  }
  const named = answer === undefined ? `--record ${shellWord(files.record)}` : shellWord(files.answer)
  const next = `colophon verify ${named} --trust ${shellWord(trust)}`
  return {
    exitCode: 0,
    json: {
      declaration,
      runId,
      recordDigest: recordDigest ?? null,
      model: model ?? null,
      answer: answer ?? null,
      files: written,
      next,
    },
    lines: [
      ...columns(
        [
          ['declaration', `${declaration.name} ${declaration.id}${declaration.isNew ? ' (new)' : ''}`],
          ['run', runId],
          ['answered by', `${model ?? 'a model that does not say its name'}, by its own word`],
        ],
        { indent: '' },
      ),
      ...(answer === undefined ? ['The answer has no text.'] : quote(answer, { indent: '' })),
      '',
      ...fileLines(written),
      '',
      'next:',
      `  ${next}`,
    ],
  }
}

function fileLines({ answer, record, disclosure }: Record<'answer' | 'record' | 'disclosure', string | null>): Line[] {
  return [
    ...(answer === null ? [] : [[styled('green', 'wrote '), answer]]),
    [styled('green', 'wrote '), record ?? '', styled('dim', '  the record: give it away with the answer')],
    disclosure === null
      ? 'no disclosure: the gateway gives it only for its token (COLOPHON_TOKEN)'
      : [styled('green', 'wrote '), disclosure, styled('dim', '  opens what was sent: only for those who may read it')],
  ]
}
