/**
 * Vectors of checkpoints: `docs/spec/log.md`. Expectations by hand; signatures by Node.
 *
 * @module
 */
import type { ErrorCode } from '../../src/core/errors.ts'
import { LOG, noteKey, WITNESS } from './notes.ts'
import type { Parts } from './parts.ts'
import { type CheckpointInput as In, OPERATIONS, runCheckpoint } from './run/checkpoint.ts'
import type { Case, Topic, Value } from './topic.ts'

const RULE = 'docs/spec/log.md#checkpoints'

const ROOT_HEX = '01'.repeat(32)
const ROOT = Buffer.from(ROOT_HEX, 'hex').toString('base64')
const TEXT = `${LOG.name}\n4\n${ROOT}\n`
const HEAD = { origin: LOG.name, size: '4', rootHashHex: ROOT_HEX, extensions: [] }

const reads = (name: string, checkpointText: string, changed: Readonly<Record<string, Value>>): Case<In> => ({
  name: `read-${name}`,
  rule: RULE,
  operation: 'read',
  checkpointText,
  accept: { ...HEAD, ...changed },
})
const refuses = (name: string, checkpointText: Parts): Case<In> => ({
  name: `read-${name}`,
  rule: RULE,
  operation: 'read',
  checkpointText,
  reject: 'CHECKPOINT_MALFORMED',
})
const withSize = (size: string): string => `${LOG.name}\n${size}\n${ROOT}\n`
const withRoot = (root: string): string => `${LOG.name}\n4\n${root}\n`

const READ: readonly Case<In>[] = [
  reads('three-lines', TEXT, {}),
  reads('size-zero', withSize('0'), { size: '0' }),
  reads('size-largest', withSize('9223372036854775807'), { size: '9223372036854775807' }),
  reads('extension-lines', `${TEXT}one\ntwo words\n`, { extensions: ['one', 'two words'] }),
  reads('origin-with-a-space', `Go sum\n4\n${ROOT}\n`, { origin: 'Go sum' }),
  refuses('empty', ''),
  refuses('two-lines', `${LOG.name}\n4\n`),
  refuses('no-newline-behind', TEXT.slice(0, -1)),
  refuses('origin-empty', `\n4\n${ROOT}\n`),
  refuses('size-first', `4\n${LOG.name}\n${ROOT}\n`),
  refuses('size-empty', withSize('')),
  refuses('size-with-a-leading-zero', withSize('04')),
  refuses('size-with-a-plus', withSize('+4')),
  refuses('size-negative', withSize('-1')),
  refuses('size-in-hexadecimal', withSize('0x4')),
  refuses('size-with-an-exponent', withSize('1e3')),
  refuses('size-with-spaces', withSize(' 4 ')),
  refuses('size-with-other-digits', withSize('\u0664')),
  refuses('size-2-to-the-63', withSize('9223372036854775808')),
  refuses('size-2-to-the-64', withSize('18446744073709551616')),
  refuses('root-of-31-bytes', withRoot(Buffer.alloc(31).toString('base64'))),
  refuses('root-of-33-bytes', withRoot(Buffer.alloc(33).toString('base64'))),
  refuses('root-of-7-bytes', withRoot('AAAAAAAAAA==')),
  refuses('root-without-padding', withRoot(ROOT.slice(0, -1))),
  refuses('root-with-trailing-bits', withRoot(`${'A'.repeat(42)}B=`)),
  refuses('root-in-hexadecimal', withRoot(ROOT_HEX)),
  refuses('root-empty', withRoot('')),
  refuses('extension-line-empty', `${TEXT}\none\n`),
  refuses('empty-line-behind', `${TEXT}\n`),
  refuses('crlf', TEXT.replaceAll('\n', '\r\n')),
  refuses('control-character', `${TEXT}a\u0001b\n`),
]

const noteOf = (text: string, signed = text): string => `${text}\n${LOG.line(signed)}`

const opens = (name: string, noteText: string, changed: Readonly<Record<string, Value>> = {}): Case<In> => ({
  name: `open-${name}`,
  rule: RULE,
  operation: 'open',
  noteText,
  logKey: LOG.vkey,
  accept: { ...HEAD, ...changed },
})
const refusesOpen = (name: string, noteText: string, reject: ErrorCode, logKey = LOG.vkey): Case<In> => ({
  name: `open-${name}`,
  rule: RULE,
  operation: 'open',
  noteText,
  logKey,
  reject,
})

const NAMESAKE = noteKey({ name: LOG.name, seed: 8 })
/** Another log with the very same key pair. */
const SAME_KEY = noteKey({ name: '2026b.log.example', seed: 7 })
const OTHER_TEXT = TEXT.replace(LOG.name, SAME_KEY.name)

const OPEN: readonly Case<In>[] = [
  opens('by-the-log', noteOf(TEXT)),
  opens('with-extension-lines-signed', noteOf(`${TEXT}one\n`), { extensions: ['one'] }),
  opens('with-a-line-by-an-unknown-witness', `${noteOf(TEXT)}${WITNESS.cosign(TEXT, 1_767_225_600n)}`),
  opens('with-an-unknown-line-that-signs-nothing', `${TEXT}\n${NAMESAKE.line('x\n')}${LOG.line(TEXT)}`),
  refusesOpen('note-without-a-signature', `${TEXT}\n`, 'NOTE_MALFORMED'),
  refusesOpen('signed-twice', `${noteOf(TEXT)}${LOG.line(TEXT)}`, 'NOTE_MALFORMED'),
  refusesOpen('checkpoint-of-two-lines', noteOf(`${LOG.name}\n4\n`), 'CHECKPOINT_MALFORMED'),
  refusesOpen('with-an-empty-extension-line', noteOf(`${TEXT}\none\n`), 'CHECKPOINT_MALFORMED'),
  refusesOpen('of-another-log-under-the-same-key', `${OTHER_TEXT}\n${SAME_KEY.line(OTHER_TEXT)}`, 'CHECKPOINT_ORIGIN'),
  refusesOpen('another-origin-signed-by-the-log', noteOf(OTHER_TEXT), 'CHECKPOINT_ORIGIN'),
  refusesOpen('origin-in-capitals', noteOf(TEXT.toUpperCase().replace(ROOT.toUpperCase(), ROOT)), 'CHECKPOINT_ORIGIN'),
  refusesOpen('origin-that-begins-with-the-name', noteOf(TEXT.replace('\n', '.evil\n')), 'CHECKPOINT_ORIGIN'),
  refusesOpen('signed-by-a-namesake-only', `${TEXT}\n${NAMESAKE.line(TEXT)}`, 'SIGNATURE_MISSING'),
  refusesOpen('signed-under-another-name', `${TEXT}\n${SAME_KEY.line(TEXT)}`, 'SIGNATURE_MISSING'),
  refusesOpen('signed-by-a-witness-only', `${TEXT}\n${WITNESS.cosign(TEXT, 1_767_225_600n)}`, 'SIGNATURE_MISSING'),
  refusesOpen('another-size', noteOf(TEXT.replace('4', '5'), TEXT), 'SIGNATURE_INVALID'),
  refusesOpen('another-root', noteOf(withRoot(Buffer.alloc(32).toString('base64')), TEXT), 'SIGNATURE_INVALID'),
  refusesOpen('extension-line-added', noteOf(`${TEXT}one\n`, TEXT), 'SIGNATURE_INVALID'),
  refusesOpen('extension-line-taken-away', noteOf(TEXT, `${TEXT}one\n`), 'SIGNATURE_INVALID'),
]

export const checkpoint: Topic<In> = {
  topic: 'checkpoint',
  spec: 'docs/spec/log.md',
  about: 'Checkpoints: as texts, and opened with the key of the log that the verifier trusts.',
  operations: OPERATIONS,
  cases: [...READ, ...OPEN],
  run: runCheckpoint,
}
