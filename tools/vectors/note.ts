/**
 * Vectors of keys of notes and of signed notes: `docs/spec/log.md`. Expectations by hand; keys and signatures by Node.
 *
 * @module
 */
import { LOG, noteKey, signatureLine, WITNESS } from './notes.ts'
import { base64Of, hexOf, type Parts } from './parts.ts'
import { type NoteInput as In, OPERATIONS, runNote } from './run/note.ts'
import type { Case, Topic, Value } from './topic.ts'

const KEYS = 'docs/spec/log.md#origin-and-key'
const NOTES = 'docs/spec/log.md#signed-notes'

const TEXT = 'A text\nof two lines\n'
const OTHER = noteKey({ name: 'other.example', seed: 8 })
const HASH = LOG.vkey.split('+')[1] as string
const KEY = LOG.vkey.split('+').slice(2).join('+')
const LINE = LOG.line(TEXT)
const NOTE = `${TEXT}\n${LINE}`

const readsKey = (name: string, key: typeof LOG, type: number): Case<In> => ({
  name: `key-${name}`,
  rule: KEYS,
  operation: 'readKey',
  key: key.vkey,
  accept: { name: key.name, type, publicKeyHex: hexOf(key.publicKey), keyIdHex: key.keyIdHex },
})
const refusesKey = (name: string, key: string): Case<In> => ({
  name: `key-${name}`,
  rule: KEYS,
  operation: 'readKey',
  key,
  reject: 'KEY_MALFORMED',
})
const named = (name: string): string => noteKey({ name, seed: 7 }).vkey

const VKEYS: readonly Case<In>[] = [
  readsKey('of-a-log', LOG, 1),
  readsKey('of-a-witness', WITNESS, 4),
  readsKey('named-with-a-path', noteKey({ name: 'log.example/2026a', seed: 7 }), 1),
  readsKey('named-beyond-ascii', noteKey({ name: 'l\u00f6g.example', seed: 7 }), 1),
  readsKey('with-a-plus-in-base64', keyWithPlus(), 1),
  refusesKey('named-by-nothing', named('')),
  refusesKey('named-with-a-space', named('a log')),
  refusesKey('named-with-a-no-break-space', named('a\u00a0log')),
  refusesKey('named-with-an-ideographic-space', named('a\u3000log')),
  refusesKey('named-with-a-tab', named('a\tlog')),
  refusesKey('named-with-a-control-character', named('a\u0001log')),
  refusesKey('longer-than-1024-characters', named('n'.repeat(1000))),
  refusesKey('hash-of-another-name', `other.example+${HASH}+${KEY}`),
  refusesKey('hash-in-capitals', `${LOG.name}+${HASH.toUpperCase()}+${KEY}`),
  refusesKey('hash-of-8-bytes', `${LOG.name}+${LOG.keyIdHex.slice(0, 16)}+${KEY}`),
  refusesKey('hash-missing', `${LOG.name}+${KEY}`),
  refusesKey('key-missing', `${LOG.name}+${HASH}`),
  refusesKey('type-2', noteKey({ name: LOG.name, seed: 7, type: 2 }).vkey),
  refusesKey('type-of-a-longer-witness-key', noteKey({ name: LOG.name, seed: 7, type: 6 }).vkey),
  refusesKey('without-a-type', `${LOG.name}+${HASH}+${base64Of(LOG.publicKey)}`),
  refusesKey('of-31-bytes', `${LOG.name}+${HASH}+${base64Of(Uint8Array.of(1, ...LOG.publicKey.slice(1)))}`),
  refusesKey('not-padded', `${LOG.name}+${HASH}+${KEY}=`),
  refusesKey('in-base64url', keyWithPlus().vkey.replace(/\+(?=[^+]*$)/, '-')),
  refusesKey('newline-behind', `${LOG.vkey}\n`),
  refusesKey('empty', ''),
]

/** The first key whose base64 has a plus. */
function keyWithPlus() {
  for (let seed = 20; ; seed += 1) {
    const key = noteKey({ name: LOG.name, seed })
    if (key.vkey.split('+').length === 4) return key
  }
}

const read = (name: string, noteText: Parts, signedText: Parts = TEXT, count = 1): Case<In> => ({
  name: `read-${name}`,
  rule: NOTES,
  operation: 'read',
  noteText,
  accept: { signedText: signedText as Value, signatures: Array(count).fill(signatureOf(LINE)) },
})
const refuses = (name: string, noteText: Parts): Case<In> => ({
  name: `read-${name}`,
  rule: NOTES,
  operation: 'read',
  noteText,
  reject: 'NOTE_MALFORMED',
})

function signatureOf(line: string): Value {
  const [, name = '', encoded = ''] = line.trimEnd().split(' ')
  const bytes = Buffer.from(encoded, 'base64')
  return { name, keyHashHex: hexOf(bytes.subarray(0, 4)), signatureHex: hexOf(bytes.subarray(4)) }
}

const SIGNATURE = LINE.split(' ')[2]?.trimEnd() as string

const READ: readonly Case<In>[] = [
  read('one-signature', NOTE),
  read('64-signatures', [`${TEXT}\n`, { repeat: LINE, times: 64 }], TEXT, 64),
  read('text-with-an-empty-line', `a\n\nb\n\n${LINE}`, 'a\n\nb\n'),
  read('text-that-ends-in-an-empty-line', `a\n\n\n${LINE}`, 'a\n\n'),
  read('text-of-one-empty-line', `\n\n${LINE}`, '\n'),
  read('text-with-a-signature-line', `${LINE}\n${LINE}`, LINE),
  read('text-beyond-ascii', `\u00e9\u007f\n\n${LINE}`, '\u00e9\u007f\n'),
  refuses('65-signatures', [`${TEXT}\n`, { repeat: LINE, times: 65 }]),
  refuses('no-empty-line', `${TEXT}${LINE}`),
  refuses('no-text', `\n${LINE}`),
  refuses('no-signature', `${TEXT}\n`),
  refuses('text-alone', TEXT),
  refuses('empty', ''),
  refuses('no-newline-behind', NOTE.slice(0, -1)),
  refuses('text-behind', `${NOTE}more\n`),
  refuses('empty-line-behind', `${NOTE}\n`),
  refuses('empty-line-between-signatures', `${NOTE}\n${LINE}x\n`),
  refuses('crlf', NOTE.replaceAll('\n', '\r\n')),
  refuses('tab-in-the-text', NOTE.replace('A text', 'A\ttext')),
  refuses('nul-in-the-text', NOTE.replace('A text', 'A\0text')),
  refuses('control-character-in-the-text', NOTE.replace('A text', 'A\u0001text')),
  refuses('hyphen-for-the-dash', NOTE.replace('\u2014', '-')),
  refuses('two-hyphens-for-the-dash', NOTE.replace('\u2014', '--')),
  refuses('en-dash', NOTE.replace('\u2014', '\u2013')),
  refuses('no-space-after-the-dash', NOTE.replace('\u2014 ', '\u2014')),
  refuses('two-spaces-after-the-dash', NOTE.replace('\u2014 ', '\u2014  ')),
  refuses('space-behind-a-line', NOTE.replace(/\n$/, ' \n')),
  refuses('name-missing', NOTE.replace(`${LOG.name} `, '')),
  refuses('name-with-a-plus', NOTE.replace(LOG.name, 'a+b')),
  refuses('name-with-a-no-break-space', NOTE.replace(LOG.name, 'a\u00a0b')),
  refuses('signature-missing', NOTE.replace(` ${SIGNATURE}`, '')),
  refuses('signature-of-4-bytes', NOTE.replace(SIGNATURE, SIGNATURE.slice(0, 5).concat('Q=='))),
  refuses('signature-without-padding', NOTE.replace(SIGNATURE, 'AAAAAAA')),
  refuses('signature-with-trailing-bits', NOTE.replace(SIGNATURE, 'AAAAAAB=')),
  refuses('signature-in-base64url', NOTE.replace(SIGNATURE, '____-A==')),
  refuses('larger-than-1000000-bytes', [{ repeat: 'x', times: 1_000_000 }, `\n\n${LINE}`]),
  refuses('larger-than-1000000-bytes-not-characters', [{ repeat: '\u20ac', times: 333_334 }, `\n\n${LINE}`]),
]

const opens = (name: string, noteText: Parts, keys: readonly (typeof LOG)[], signers: readonly string[]): Case<In> => ({
  name: `open-${name}`,
  rule: NOTES,
  operation: 'open',
  noteText,
  keys: keys.map(({ vkey }) => vkey),
  accept: { signers },
})
const refusesOpen = (
  name: string,
  noteText: Parts,
  reject: 'SIGNATURE_INVALID' | 'NOTE_MALFORMED' = 'SIGNATURE_INVALID',
  keys: readonly (typeof LOG)[] = [LOG],
): Case<In> => ({
  name: `open-${name}`,
  rule: NOTES,
  operation: 'open',
  noteText,
  keys: keys.map(({ vkey }) => vkey),
  reject,
})

const NAMESAKE = noteKey({ name: LOG.name, seed: 8 })
const KEY_HASH = Buffer.from(HASH, 'hex')
/** By the log's name and hash, with another's signature. */
const FORGED = signatureLine(
  LOG.name,
  KEY_HASH,
  Buffer.from(OTHER.line(TEXT).split(' ')[2] as string, 'base64').subarray(4),
)

const OPEN: readonly Case<In>[] = [
  opens('by-the-log', NOTE, [LOG], [LOG.name]),
  opens('by-two-in-the-order-of-the-note', `${TEXT}\n${OTHER.line(TEXT)}${LINE}`, [LOG, OTHER], [OTHER.name, LOG.name]),
  opens('by-nobody-known', NOTE, [OTHER], []),
  opens('beside-a-key-that-is-not-known', `${TEXT}\n${OTHER.line('x\n')}${LINE}`, [LOG], [LOG.name]),
  opens('beside-an-unknown-key-twice', `${TEXT}\n${OTHER.line(TEXT)}${OTHER.line('x\n')}${LINE}`, [LOG], [LOG.name]),
  opens(
    'beside-the-same-hash-under-another-name',
    `${TEXT}\n${FORGED.replace(LOG.name, 'a')}${LINE}`,
    [LOG],
    [LOG.name],
  ),
  opens('beside-the-same-name-under-another-hash', `${TEXT}\n${NAMESAKE.line(TEXT)}${LINE}`, [LOG], [LOG.name]),
  opens('beside-a-name-that-is-a-pattern', `${TEXT}\n${LINE.replace(LOG.name, '(.*)*x')}${LINE}`, [LOG], [LOG.name]),
  opens('with-the-same-key-known-twice', NOTE, [LOG, LOG], [LOG.name]),
  refusesOpen('of-another-text', NOTE.replace('A text', 'a text')),
  refusesOpen('of-a-text-without-its-newline', `${TEXT}\n${LOG.line(TEXT.slice(0, -1))}`),
  refusesOpen('of-a-text-with-the-empty-line', `${TEXT}\n${LOG.line(`${TEXT}\n`)}`),
  refusesOpen('signed-by-another-key', `${TEXT}\n${FORGED}`),
  refusesOpen('signature-of-63-bytes', `${TEXT}\n${signatureLine(LOG.name, KEY_HASH, new Uint8Array(63).fill(1))}`),
  refusesOpen('signature-with-a-byte-behind', `${TEXT}\n${signatureLine(LOG.name, KEY_HASH, withByteBehind())}`),
  refusesOpen('signature-by-the-rule-of-witnesses', `${TEXT}\n${signatureLine(LOG.name, KEY_HASH, cosignedByLog())}`),
  refusesOpen('bad-beside-a-good-one', `${TEXT}\n${OTHER.line('x\n')}${LINE}`, 'SIGNATURE_INVALID', [LOG, OTHER]),
  refusesOpen('by-a-known-key-twice', `${TEXT}\n${LINE}${LINE}`, 'NOTE_MALFORMED'),
]

function withByteBehind(): Uint8Array {
  return Buffer.concat([Buffer.from(SIGNATURE, 'base64').subarray(4), Buffer.of(0)])
}

function cosignedByLog(): Uint8Array {
  return Buffer.from(LOG.cosign(TEXT, 1_767_225_600n).split(' ')[2] as string, 'base64').subarray(12)
}

export const note: Topic<In> = {
  topic: 'note',
  spec: 'docs/spec/log.md',
  about: 'Keys of logs and witnesses as vkeys, and C2SP signed notes. `open` verifies, `read` does not.',
  operations: OPERATIONS,
  cases: [...VKEYS, ...READ, ...OPEN],
  run: runNote,
}
