/**
 * `colophon find`: which runs used this system prompt, this tool, this passage.
 *
 * JSON: `{runs: [{runId, boundAt, declarationId, declarationName, state, found: [{role, name, at}]}], isComplete, sha256}`,
 * newest first. `found` is what met the question, `sha256` the digests that the content was looked for by; what is not there
 * is null. `isComplete`: false where there may be more.
 *
 * @module
 */
import { type Command, InvalidArgumentError } from 'commander'
import { encodeUtf8 } from '../../../core/bytes/index.ts'
import { ColophonError } from '../../../core/errors.ts'
import type { AskedQuery, FoundRun, FoundRuns } from '../../../web/registry/index.ts'
import { readFileBounded } from '../../files/index.ts'
import { addFolderOption, addJsonOption, runAndPrint } from '../command.ts'
import { type Line, prose, styled } from '../lines.ts'
import type { Result } from '../result.ts'

interface FindOptions {
  readonly dir: string
  readonly gateway?: string
  readonly text?: string
  readonly file?: string
  readonly sha256?: string
  readonly role?: string
  readonly tool?: string
  readonly model?: string
  readonly output?: string
  readonly limit: number
}

const HELP = `
A content is found where it was sent as a part by itself, byte for byte: a message
or a block of one, a tool's definition, a passage that the application named, the
model, the output format. A tool or a schema is found in whatever order and with
whatever white space its JSON is written; of a file, the end of its last line does
not count. A text that is only a piece of a longer one is not found, nor is
history, which clients send again with every turn, nor parameters.

Several conditions have to be met by one run. Only the issuer can look: contents
are in its store and in no record.

Examples:
  colophon find --file prompt.txt --role instructions
  colophon find --text "The red lamp costs 12 euros." --role context
  colophon find --tool get_weather --model gpt-5-mini --limit 5
  colophon find --output answer.txt
  colophon find --sha256 $(sha256sum < prompt.txt | cut -c1-64)

Exit codes:
  0  found
  2  usage, file not readable
  4  nothing found, no store here
  6  store locked, gateway not there`

const MAX_FILE_SIZE = 64 << 20
const DEFAULT_LIMIT = 20

export function addFindCommand(program: Command): void {
  const command = program
    .command('find')
    .summary('find runs by what they sent or answered')
    .description('Says which runs used a system prompt, a tool, a passage, a model, or gave an answer.')
    .option('--text <text>', 'a content')
    .option('--file <file>', 'a content, from a file')
    .option('--sha256 <hex>', 'a content, by its SHA-256: that which a public declaration has for it')
    .option('--role <role>', 'where the content has to stand: instructions, tools, context, input, …')
    .option('--tool <name>', 'a tool, by its name')
    .option('--model <name>', 'the model that was asked for')
    .option('--output <file>', 'an answer')
    .option('--limit <n>', 'how many runs to show, newest first', parseLimit, DEFAULT_LIMIT)
    .option('--gateway <url>', 'ask a running gateway instead of the store in the folder')
  addJsonOption(addFolderOption(command)).addHelpText('after', HELP).action(runAndPrint(find))
}

function parseLimit(text: string): number {
  if (/^[1-9][0-9]{0,3}$/.test(text) && Number(text) <= 1_000) return Number(text)
  throw new InvalidArgumentError('want a number from 1 to 1000')
}

async function find(options: FindOptions): Promise<Result> {
  const { dir, gateway } = options
  const { findAtGateway, findInFolder } = await import('../../find/index.ts')
  const asked = await askedQuery(options)
  if (gateway === undefined) return findResult(asked, await findInFolder(dir, asked))
  const { gatewayAddress } = await import('../gateway-address.ts')
  return findResult(asked, await findAtGateway(await gatewayAddress(gateway, { folder: dir }), asked))
}

async function askedQuery(options: FindOptions): Promise<AskedQuery> {
  const { role, tool, model, output, limit } = options
  const { contentDigests } = await import('../../find/index.ts')
  const answer = output === undefined ? [] : contentDigests(await readContent(output))
  return { sha256: await askedDigests(options), role, tool, model, output: answer, limit }
}

async function askedDigests({ text, file, sha256 }: FindOptions): Promise<readonly string[]> {
  const { contentDigests } = await import('../../find/index.ts')
  if ([text, file, sha256].filter((one) => one !== undefined).length > 1) {
    const hint = 'Give one of them: --text, --file or --sha256.'
    throw new ColophonError('USAGE', 'there is more than one content to look for', { hint })
  }
  if (text !== undefined) return contentDigests(encodeUtf8(text))
  if (file !== undefined) return contentDigests(await readContent(file))
  if (sha256 === undefined) return []
  if (/^[0-9a-f]{64}$/.test(sha256)) return [sha256]
  const hint = 'Make one with: sha256sum prompt.txt'
  throw new ColophonError('USAGE', 'want 64 digits of lowercase hexadecimal', { at: '--sha256', hint })
}

const readContent = (path: string): Promise<Uint8Array> => readFileBounded(path, { maxBytes: MAX_FILE_SIZE })

function findResult({ sha256 }: AskedQuery, { runs, isComplete }: FoundRuns): Result {
  return {
    exitCode: runs.length === 0 ? 4 : 0,
    json: { runs: runs.map(withNulls), isComplete, sha256 },
    lines: runs.length === 0 ? nothingLines(isComplete) : foundLines({ runs, isComplete }),
  }
}

const withNulls = (run: FoundRun): object => ({
  ...run,
  declarationId: run.declarationId ?? null,
  declarationName: run.declarationName ?? null,
  state: run.state ?? null,
})

function foundLines({ runs, isComplete }: FoundRuns): Line[] {
  return [
    [
      styled(
        'green',
        `${runs.length === 1 ? 'One run' : `${runs.length} runs`}${runs.length > 1 ? ', newest first' : ''}.`,
      ),
    ],
    ...runs.flatMap(runLines),
    ...(isComplete ? [] : ['', prose([], 'There may be more, and older ones: see --limit, or ask more closely.')]),
  ]
}

function runLines({ runId, boundAt, declarationName, state, found }: FoundRun): Line[] {
  return [
    '',
    [styled('bold', runId)],
    `  ${boundAt}  ${state ?? 'open'}  ${declarationName ?? '(no declaration)'}`,
    ...found.map(({ role, name, at }) => `  ${role} ${name} at ${at}`),
  ]
}

function nothingLines(isComplete: boolean): Line[] {
  const which = isComplete ? 'No run that is kept here' : 'None of the newest runs that come into question'
  return [
    [styled('yellow', 'Nothing found.')],
    prose(
      [],
      `${which} has it as a part by itself, byte for byte. A piece of a longer text is not found, nor are history, parameters and runs whose contents were erased.`,
    ),
  ]
}
