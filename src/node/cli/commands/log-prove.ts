/**
 * `colophon log prove`: proofs from the log under its current checkpoint.
 *
 * JSON: `{origin, size, root, vkey, verified, checkpoint, inclusion, consistency}`; hashes are base64.
 *
 *     inclusion      {index, leafHash, hashes, proof} | null       proof: the C2SP tlog-proof
 *     consistency    {since, root, hashes} | null                  root: what the tree of `since` entries had
 *
 * @module
 */
import type { Command } from 'commander'
import { parseBundle } from '../../../core/bundle/index.ts'
import { encodeBase64, encodeHex } from '../../../core/bytes/index.ts'
import { ColophonError } from '../../../core/errors.ts'
import { fullKeyId } from '../../../core/note/index.ts'
import { inFile, readFileBounded } from '../../files/index.ts'
import { formatConsistencyProof, type ReadableLog } from '../../log-access/index.ts'
import { addJsonOption, type CommonOptions, runAndPrint } from '../command.ts'
import { addLogOptions, type LogOptions, openLogOf, parseEntryNumber, parseSize, printExactly } from '../log-options.ts'
import type { Result } from '../result.ts'
import { checkpointJson } from './log-checkpoint.ts'

interface ProveOptions extends LogOptions, CommonOptions {
  readonly since?: bigint
}

const HELP = `
Of an entry, by its index or by a record: a C2SP tlog-proof under the current
checkpoint. With --since alone: that the log begins with its first SIZE entries,
in the form that a C2SP witness takes ("old SIZE", one hash a line, an empty
line, the checkpoint). Both at once only fit into --json. Whether the log once
showed you another tree of SIZE entries is told by comparing the root in --json
with your older checkpoint.

Every proof is verified before it is printed: it leads to the checkpoint's root
hash. Over --gateway, who signed that is checked only with --trust.

Examples:
  colophon log prove answer.txt.sigstore.json > answer.txt.tlog-proof
  colophon log prove 17
  colophon log prove --since 1000 --gateway http://127.0.0.1:8787 --json

Exit codes:
  0  proven
  1  the log has another entry there, or its tiles are not of the signed tree
  2  usage, or not a record
  3  the trust policy does not name the log
  4  no such entry
  6  no store here, store locked, log not opened, gateway not there`

const MAX_RECORD_SIZE = 64 << 20

export function addLogProveCommand(log: Command): void {
  const command = log
    .command('prove')
    .summary('prove an entry, or that the log continues an older state')
    .description('Proves that an entry is in the log, or that the log continues an older state of it.')
    .argument('[entry]', 'the index of an entry, or a record (./17 for a file of such a name)')
    .option('--since <size>', 'prove that the log continues the one of that many entries', parseSize)
  addJsonOption(addLogOptions(command)).addHelpText('after', HELP).action(runAndPrint(prove))
}

async function prove(what: string | undefined, options: ProveOptions): Promise<Result | undefined> {
  const { since, json } = options
  if (what === undefined && since === undefined) {
    throw new ColophonError('USAGE', 'neither an entry nor --since is given', {
      hint: 'See colophon log prove --help.',
    })
  }
  if (what !== undefined && since !== undefined && !json) {
    throw new ColophonError('USAGE', 'two proofs at once only fit into --json', {
      hint: 'Add --json, or leave one out.',
    })
  }
  const entry = what === undefined ? undefined : await readEntry(what)
  const log = await openLogOf(options)
  try {
    const { proveEntry, proveSince } = await import('../../log-access/index.ts')
    if (entry?.logKeyId !== undefined) requireLogOf(entry.logKeyId, log)
    const inclusion = entry === undefined ? undefined : await proveEntry(log, entry)
    const consistency = since === undefined ? undefined : await proveSince(log, since)
    const { signedNote } = log.current
    if (!json) {
      if (inclusion !== undefined) printExactly(inclusion.text)
      if (consistency !== undefined) printExactly(formatConsistencyProof(consistency, signedNote))
      return undefined
    }
    const document = {
      ...checkpointJson(log.current),
      checkpoint: signedNote,
      inclusion:
        inclusion === undefined
          ? null
          : {
              index: inclusion.leafIndex,
              leafHash: encodeBase64(inclusion.leafHash),
              hashes: inclusion.proof.map(encodeBase64),
              proof: inclusion.text,
            },
      consistency:
        consistency === undefined
          ? null
          : {
              since: consistency.first.size,
              root: encodeBase64(consistency.first.root),
              hashes: consistency.proof.map(encodeBase64),
            },
    }
    return { exitCode: 0, json: document, lines: [] }
  } finally {
    await log.close()
  }
}

interface NamedEntry {
  readonly index: bigint
  /** Undefined where only the index is known. */
  readonly entry: Uint8Array | undefined
  readonly logKeyId: Uint8Array | undefined
}

async function readEntry(what: string): Promise<NamedEntry> {
  const index = parseEntryNumber(what)
  if (index !== undefined) return { index, entry: undefined, logKeyId: undefined }
  if (/^[-+]?[0-9.]+$/.test(what)) {
    throw new ColophonError('USAGE', 'want the index of an entry: decimal, without leading zeros', {
      at: what,
      hint: 'For a file of such a name: ./NAME.',
    })
  }
  const bytes = await readFileBounded(what, { maxBytes: MAX_RECORD_SIZE })
  const { entry } = inFile(what, () => parseBundle(bytes))
  return { index: entry.logIndex, entry: entry.body, logKeyId: entry.logKeyId }
}

function requireLogOf(logKeyId: Uint8Array, { current }: ReadableLog): void {
  const { logKey } = current
  if (logKey === undefined || encodeHex(fullKeyId(logKey)) === encodeHex(logKeyId)) return
  throw new ColophonError('ENTRY_MISMATCH', 'the record is in another log', {
    at: logKey.name,
    hint: 'Ask the log that the record names: --gateway URL, or --dir FOLDER.',
  })
}
