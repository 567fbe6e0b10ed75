/**
 * Vectors of witnesses' cosignatures: `docs/spec/log.md`. Expectations by hand; signatures by Node.
 *
 * @module
 */
import type { ErrorCode } from '../../src/core/errors.ts'
import { LOG, noteKey, OTHER_WITNESS, signatureLine, WITNESS } from './notes.ts'
import { type CosignatureInput as In, runCosignature } from './run/cosignature.ts'
import type { Case, Topic } from './topic.ts'

const RULE = 'docs/spec/log.md#cosignatures'

const TEXT = `${LOG.name}\n4\n${Buffer.alloc(32, 1).toString('base64')}\n`
const TIME = 1_767_225_600n
const NOTE = `${TEXT}\n${LOG.line(TEXT)}`

interface Names {
  readonly keys?: readonly { readonly vkey: string }[]
}

const opens = (
  name: string,
  noteText: string,
  cosigned: readonly { readonly name: string; readonly time: bigint }[],
  { keys = [WITNESS] }: Names = {},
): Case<In> => ({
  name,
  rule: RULE,
  logKey: LOG.vkey,
  witnessKeys: keys.map(({ vkey }) => vkey),
  noteText,
  accept: { cosignatures: cosigned.map((one) => ({ name: one.name, timeSeconds: String(one.time) })) },
})
const refuses = (
  name: string,
  noteText: string,
  { keys = [WITNESS], reject = 'SIGNATURE_INVALID' }: Names & { readonly reject?: ErrorCode } = {},
): Case<In> => ({
  name,
  rule: RULE,
  logKey: LOG.vkey,
  witnessKeys: keys.map(({ vkey }) => vkey),
  noteText,
  reject,
})

const HASH = Buffer.from(WITNESS.keyIdHex.slice(0, 8), 'hex')
/** A line by the witness's name and hash, whatever the bytes. */
const lineOf = (bytes: Uint8Array): string => signatureLine(WITNESS.name, HASH, bytes)
const bytesOf = (line: string): Buffer => Buffer.from(line.split(' ')[2] as string, 'base64').subarray(4)

const GOOD = WITNESS.cosign(TEXT, TIME)
const SAME = { name: WITNESS.name, time: TIME }

/** The cosignature of a time, offered as that of another. */
function withTime(time: bigint): string {
  const bytes = Buffer.from(bytesOf(GOOD))
  bytes.writeBigUInt64BE(time)
  return lineOf(bytes)
}

/** The witness's key pair under its name, as the key of a log. */
const AS_LOG = noteKey({ name: WITNESS.name, seed: 9, type: 1 })
const EXTENDED = `${TEXT}one\n`

export const cosignature: Topic<In> = {
  topic: 'cosignature',
  spec: 'docs/spec/log.md',
  about:
    'The checkpoint `noteText`, opened with the log key `logKey` and the witness keys `witnessKeys` (vkeys). What comes ' +
    'out: `cosignatures`, a list of the known witnesses that cosigned, in the order of the note, each with its `name` and ' +
    '`timeSeconds`, the POSIX time that it signed, as a decimal string.',
  cases: [
    opens('cosigned', `${NOTE}${GOOD}`, [SAME]),
    opens(
      'cosigned-by-two',
      `${NOTE}${OTHER_WITNESS.cosign(TEXT, TIME + 1n)}${GOOD}`,
      [{ name: OTHER_WITNESS.name, time: TIME + 1n }, SAME],
      { keys: [WITNESS, OTHER_WITNESS] },
    ),
    opens('cosigned-before-the-log-in-the-note', `${TEXT}\n${GOOD}${LOG.line(TEXT)}`, [SAME]),
    opens('cosigned-with-extension-lines', `${EXTENDED}\n${LOG.line(EXTENDED)}${WITNESS.cosign(EXTENDED, TIME)}`, [
      SAME,
    ]),
    opens('time-zero', `${NOTE}${WITNESS.cosign(TEXT, 0n)}`, [{ name: WITNESS.name, time: 0n }]),
    opens('time-largest', `${NOTE}${WITNESS.cosign(TEXT, 2n ** 63n - 1n)}`, [
      { name: WITNESS.name, time: 2n ** 63n - 1n },
    ]),
    opens('by-a-witness-that-is-not-known', `${NOTE}${GOOD}`, [], { keys: [OTHER_WITNESS] }),
    opens('by-the-same-key-as-a-log', `${NOTE}${AS_LOG.line(TEXT)}`, []),
    opens('by-an-unknown-namesake-that-signs-nothing', `${NOTE}${AS_LOG.line('x\n')}${GOOD}`, [SAME]),
    refuses('plain-signature', `${NOTE}${lineOf(bytesOf(AS_LOG.line(TEXT)))}`),
    refuses(
      'plain-signature-with-a-time-before',
      `${NOTE}${lineOf(Buffer.concat([bytesOf(GOOD).subarray(0, 8), bytesOf(AS_LOG.line(TEXT))]))}`,
    ),
    refuses('time-one-later', `${NOTE}${withTime(TIME + 1n)}`),
    refuses('time-zero-put-in', `${NOTE}${withTime(0n)}`),
    refuses(
      'time-little-endian',
      `${NOTE}${lineOf(Buffer.concat([Buffer.from(bytesOf(GOOD).subarray(0, 8)).reverse(), bytesOf(GOOD).subarray(8)]))}`,
    ),
    refuses('time-2-to-the-63', `${NOTE}${WITNESS.cosign(TEXT, 2n ** 63n)}`),
    refuses(
      'time-behind-the-signature',
      `${NOTE}${lineOf(Buffer.concat([bytesOf(GOOD).subarray(8), bytesOf(GOOD).subarray(0, 8)]))}`,
    ),
    refuses('byte-behind', `${NOTE}${lineOf(Buffer.concat([bytesOf(GOOD), Buffer.of(0)]))}`),
    refuses('cut', `${NOTE}${lineOf(bytesOf(GOOD).subarray(0, -1))}`),
    refuses('time-alone', `${NOTE}${lineOf(bytesOf(GOOD).subarray(0, 8))}`),
    refuses('of-another-checkpoint', `${NOTE}${WITNESS.cosign(TEXT.replace('4', '5'), TIME)}`),
    refuses(
      'of-a-checkpoint-without-its-extension-line',
      `${EXTENDED}\n${LOG.line(EXTENDED)}${WITNESS.cosign(TEXT, TIME)}`,
    ),
    refuses('of-the-whole-note', `${NOTE}${WITNESS.cosign(NOTE, TIME)}`),
    refuses('by-another-key-under-the-name', `${NOTE}${lineOf(bytesOf(OTHER_WITNESS.cosign(TEXT, TIME)))}`),
    refuses('bad-one-beside-a-good-one', `${NOTE}${GOOD}${OTHER_WITNESS.cosign('x\n', TIME)}`, {
      keys: [WITNESS, OTHER_WITNESS],
    }),
    refuses('same-witness-twice', `${NOTE}${GOOD}${GOOD}`, { reject: 'NOTE_MALFORMED' }),
    refuses('same-witness-at-two-times', `${NOTE}${GOOD}${WITNESS.cosign(TEXT, TIME + 1n)}`, {
      reject: 'NOTE_MALFORMED',
    }),
    refuses('without-the-log', `${TEXT}\n${GOOD}`, { reject: 'SIGNATURE_MISSING' }),
  ],
  run: runCosignature,
}
