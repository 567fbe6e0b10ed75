/**
 * `colophon disclose`: opens parts of a run for whoever may see them.
 *
 * JSON: `{runId, file, sealed, parts: [{part, count}], request: {open, closed}, response: {open, closed},
 * declaration: {contents, blind}, next}`; a message or a declaration that is left out is null. `count` is the number of
 * spans, or contents, that a part stands for.
 *
 * @module
 */
import type { Command } from 'commander'
import type { Disclosure } from '../../../core/disclosure/index.ts'
import { ColophonError } from '../../../core/errors.ts'
import { findExcerpt } from '../../../core/excerpt/index.ts'
import { EVERYTHING, type PartSelector, parsePartSelector } from '../../../web/capture/index.ts'
import type { MadeDisclosure, WholeRun } from '../../disclose/index.ts'
import { addFolderOption, addJsonOption, collect, runAndPrint } from '../command.ts'
import { type Line, prose, quote, styled } from '../lines.ts'
import type { Result } from '../result.ts'
import { shellWord } from '../shell-word.ts'

interface DiscloseOptions {
  readonly dir: string
  readonly gateway?: string
  readonly open: readonly string[]
  readonly excerpt: readonly string[]
  readonly all: boolean
  readonly sealFor: readonly string[]
  readonly to: string
  readonly force: boolean
}

const HELP = `
RUN is a run id, a record (NAME.sigstore.json), or the answer that its record
lies beside. The issuer's own store, or its gateway, has what the run held.

Parts, separated by commas, or in several --open:
  model, instructions, tools, context, history, input, parameters, outputFormat
                      the spans of a role of the request
  /messages/0/content that place of the request, and all below it; a value that
                      begins with / is one pointer, commas included
  structure           brackets, names and white space of the request
  head                method, path, recorded headers
  cutList             places and names of retrieved passages
  request, response   all of it, which proves that there is nothing else in it
  output              the text of the answer
  response:PART       the same of the response: model, output, metadata,
                      structure, head, or a pointer
  declaration         the declaration's document and its contents
  declaration:ROLE    the document, and the contents of one role

Everything else stays closed. Of a message of which something is opened, each
closed span shows its kind, role, place and length, and a hash that confirms no
guess; a message of which nothing is opened is left out. --excerpt opens those
spans of the answer that hold a text, whole sentences mostly; in a stream, all
events from the first to the last, and those that begin its message and block.

The document of a private declaration has its blind in it: whoever has the file
can confirm guesses of everything that the declaration fixes, also of what the
file does not show. So it is there only with "declaration", or with --all.

With one part closed, whoever verifies sees what is open proven at its place,
and all else claimed. --seal-for encrypts the file with age, so that it can
travel beside the record and only the holders of the keys open it; alone, it
seals everything.

Examples:
  colophon disclose answer.txt --open model,instructions --to shown.json
  colophon disclose answer.txt --excerpt "It costs 12 euros." --to quote.json
  colophon disclose answer.txt --seal-for age1... \\
    --to answer.txt.disclosure.json.age

Exit codes:
  0  written
  2  usage: a part that there is not, a key that is none
  4  no such run here, erased, or without such a place, text or response
  6  no store here, store locked, file there already, not writable`

export function addDiscloseCommand(program: Command): void {
  const command = program
    .command('disclose')
    .summary('open parts of a run for whoever may see them')
    .description('Writes a disclosure that opens some parts of a run, and keeps everything else closed.')
    .argument('<run>', 'a run id, a record, or an answer with its record beside it')
    .requiredOption('--to <file>', 'the disclosure to write')
    .option('--open <parts>', 'what to open; may be repeated', collect, [])
    .option('--excerpt <text>', 'open what holds this text of the answer; may be repeated', collect, [])
    .option('--all', 'open everything, the declaration included', false)
    .option('--seal-for <recipient>', 'encrypt for this age recipient; may be repeated', collect, [])
    .option('--gateway <url>', 'ask a running gateway instead of the store in the folder')
    .option('--force', 'overwrite the file', false)
  addJsonOption(addFolderOption(command)).addHelpText('after', HELP).action(runAndPrint(disclose))
}

async function disclose(run: string, options: DiscloseOptions): Promise<Result> {
  const { to, force, sealFor } = options
  const asked = askedParts(options)
  const { requireWritable, writeTogether } = await import('../../run/index.ts')
  const { makeDisclosure, runIdFor } = await import('../../disclose/index.ts')
  const seal = sealFor.length === 0 ? undefined : await (await import('../../../web/age/index.ts')).sealerFor(sealFor)
  await requireWritable([to], { overwrite: force, option: '--to' })
  const runId = await runIdFor(run)
  const whole = await readRun(runId, options)
  const made = await makeDisclosure(
    whole,
    asked.map(({ selector }) => selector),
  )
  const bytes = seal === undefined ? made.bytes : await seal(made.bytes)
  await writeTogether([{ path: to, bytes, mode: 0o600 }], { overwrite: force })
  return discloseResult({ run, asked, made, opened: excerptsOf(options, whole, made), options })
}

/** What excerpts open, which is more than they say: whole sentences. */
function excerptsOf(
  { excerpt }: DiscloseOptions,
  { dialect }: WholeRun,
  { disclosure }: MadeDisclosure,
): readonly string[] {
  const leaves = disclosure.response ?? []
  return excerpt.flatMap((text) => findExcerpt({ leaves, dialect, excerpt: text }).slice(0, 1)).map(({ text }) => text)
}

interface AskedPart {
  /** As it was asked for. */
  readonly part: string
  readonly selector: PartSelector
}

function askedParts({ open, excerpt, all, sealFor }: DiscloseOptions): readonly AskedPart[] {
  const parts = [
    ...open.flatMap(splitParts).map((part) => ({ part, selector: parsePartSelector(part) })),
    ...excerpt.map((text): AskedPart => ({ part: 'excerpt', selector: { kind: 'excerpt', text } })),
  ]
  if (excerpt.includes('')) throw new ColophonError('USAGE', 'the excerpt is empty', { at: '--excerpt' })
  if (all && parts.length > 0) {
    throw new ColophonError('USAGE', '--all opens everything', { hint: 'Leave --open and --excerpt out, or --all.' })
  }
  if (parts.length > 0) return parts
  if (!all && sealFor.length === 0) {
    throw new ColophonError('USAGE', 'nothing is to be opened', { hint: 'Give --open PARTS, --excerpt TEXT or --all.' })
  }
  return EVERYTHING.map((selector) => ({ part: selector.kind === 'declaration' ? 'declaration' : 'all', selector }))
}

/** A pointer may have commas in it. */
const splitParts = (value: string): readonly string[] => (value.startsWith('/') ? [value] : value.split(','))

async function readRun(runId: string, { dir, gateway }: DiscloseOptions) {
  const { readRunAtGateway, readRunInFolder } = await import('../../disclose/index.ts')
  if (gateway === undefined) return readRunInFolder(dir, runId)
  const { gatewayAddress } = await import('../gateway-address.ts')
  return readRunAtGateway(await gatewayAddress(gateway, { folder: dir }), runId)
}

interface Disclosed {
  readonly run: string
  readonly asked: readonly AskedPart[]
  readonly made: MadeDisclosure
  readonly opened: readonly string[]
  readonly options: DiscloseOptions
}

function discloseResult({ run, asked, made, opened, options }: Disclosed): Result {
  const { disclosure, counts } = made
  const isSealed = options.sealFor.length > 0
  const record = /^[0-9a-f]{64}$/.test(run) ? 'RECORD' : run.endsWith('.sigstore.json') ? run : `${run}.sigstore.json`
  const identity = isSealed ? ' --identity KEYFILE' : ''
  const next = `colophon explain --record ${shellWord(record)} --disclosure ${shellWord(options.to)}${identity} --map`
  const parts = asked.map(({ part }, index) => ({ part, count: counts[index] ?? 0 }))
  const { declaration } = disclosure
  const hasBlind = declaration?.document.blind !== undefined
  return {
    exitCode: 0,
    json: {
      runId: disclosure.runId,
      file: options.to,
      sealed: isSealed,
      parts,
      request: countsOf(disclosure, 'request'),
      response: countsOf(disclosure, 'response'),
      declaration: declaration === undefined ? null : { contents: declaration.contents.length, blind: hasBlind },
      next,
    },
    lines: [
      [
        styled('green', 'wrote '),
        options.to,
        styled('dim', isSealed ? '  sealed' : '  only for those who may read it'),
      ],
      messageLine('request', disclosure),
      messageLine('response', disclosure),
      declaration === undefined
        ? prose(['  declaration  '], 'left out')
        : prose(['  declaration  '], `${declaration.contents.length} contents${hasBlind ? '; with its blind' : ''}`),
      ...(opened.length === 0 ? [] : ['  of the answer it shows']),
      ...opened.flatMap((text) => quote(text, { indent: '  ' })),
      ...parts.filter(({ count }) => count === 0).map(({ part }) => nothingLine(part)),
      '',
      'next, for whoever gets it:',
      `  ${next}`,
    ],
  }
}

/** A role that is not there opens nothing. To show that it is not there takes everything. */
const nothingLine = (part: string): Line =>
  prose(['  '], `Of ${part} there is nothing to open. That there is none, only the whole message shows.`)

function countsOf(disclosure: Disclosure, of: 'request' | 'response'): { open: number; closed: number } | null {
  const leaves = disclosure[of]
  if (leaves === undefined) return null
  const open = leaves.filter(({ state }) => state === 'open').length
  return { open, closed: leaves.length - open }
}

function messageLine(of: 'request' | 'response', disclosure: Disclosure): Line {
  const counts = countsOf(disclosure, of)
  const text = counts === null ? 'left out' : `${counts.open} of ${counts.open + counts.closed} spans open`
  return prose([`  ${of.padEnd(11)}  `], text)
}
