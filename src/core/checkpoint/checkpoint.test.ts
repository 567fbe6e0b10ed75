import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeLogSigner } from '../../../test/support/ed25519-log-key.ts'
import { makeWitness } from '../../../test/support/witness.ts'
import { ColophonError } from '../errors.ts'
import { formatNote, keyHash, type NoteSignature, type VerifierKey } from '../note/index.ts'
import { nobleVerifier } from '../signature/index.ts'
import { formatCheckpoint, openCheckpoint, parseCheckpoint } from './index.ts'

const ROOT = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I='
const ORIGIN = '2026a.log.example'
const TEXT = `${ORIGIN}\n20852163\n${ROOT}\n`

describe('parseCheckpoint', () => {
  test('reads the three lines and the extensions', () => {
    const rootHash = Uint8Array.from(Buffer.from(ROOT, 'base64'))
    expect(parseCheckpoint(TEXT)).toEqual({ origin: ORIGIN, size: 20852163n, rootHash, extensions: [] })
    expect(parseCheckpoint(`${TEXT}one\n two\n`).extensions).toEqual(['one', ' two'])
    expect(parseCheckpoint(`a\n0\n${ROOT}\n`).size).toBe(0n)
    expect(parseCheckpoint(`a\n9223372036854775807\n${ROOT}\n`).size).toBe((1n << 63n) - 1n)
  })

  test.each(['', ' 12', '12 ', '0x10', '012', '+5', '-1', '1e3', '1_000', '١٢', '9223372036854775808', '9'.repeat(40)])(
    'refuses the tree size "%s"',
    (size) => {
      expect(() => parseCheckpoint(`${ORIGIN}\n${size}\n${ROOT}\n`)).toThrowCode('CHECKPOINT_MALFORMED')
    },
  )

  test.each([
    ['empty origin', `\n5\n${ROOT}\n`],
    ['two lines', `${ORIGIN}\n5\n`],
    ['no final newline', TEXT.slice(0, -1)],
    ['empty extension line', `${TEXT}\n`],
    ['empty line before an extension', `${TEXT}\nx\n`],
    ['root hash of 31 bytes', `${ORIGIN}\n5\n${Buffer.alloc(31).toString('base64')}\n`],
    ['root hash of 33 bytes', `${ORIGIN}\n5\n${Buffer.alloc(33).toString('base64')}\n`],
    ['URL alphabet', TEXT.replace('/', '_')],
    ['unpadded', TEXT.replace('=', '')],
    ['bits after the end', TEXT.replace('2I=', '2J=')],
    ['carriage return', TEXT.replaceAll('\n', '\r\n')],
    ['half of a surrogate pair', `\udfff${TEXT}`],
    ['nothing', ''],
  ])('refuses: %s', (_, text) => {
    expect(() => parseCheckpoint(text)).toThrowCode('CHECKPOINT_MALFORMED')
  })

  test('any mutation either formats back to itself or throws a ColophonError', () => {
    fc.assert(
      fc.property(fc.nat(TEXT.length), fc.nat(2), fc.string({ unit: 'binary', maxLength: 2 }), (at, cut, insert) => {
        const mutant = TEXT.slice(0, at) + insert + TEXT.slice(at + cut)
        try {
          expect(formatCheckpoint(parseCheckpoint(mutant))).toBe(mutant)
        } catch (error) {
          if (!ColophonError.is(error)) throw error
        }
      }),
      { numRuns: 1000 },
    )
  })
})

test('formatCheckpoint refuses what parseCheckpoint would not give', () => {
  const good = parseCheckpoint(TEXT)
  for (const bad of [
    { origin: '' },
    { origin: 'a\nb' },
    { size: -1n },
    { size: 1n << 63n },
    { rootHash: new Uint8Array(31) },
    { extensions: [''] },
  ]) {
    expect(() => formatCheckpoint({ ...good, ...bad })).toThrow(RangeError)
  }
  expect(() => formatCheckpoint({ ...good, origin: 'a\u0007' })).toThrowCode('CHECKPOINT_MALFORMED')
})

describe('openCheckpoint', () => {
  const log = makeLogSigner(ORIGIN)
  const logKey = log.key
  const verifier = nobleVerifier
  /** Signs under any name with the one key. */
  const lineOf = ({ name }: VerifierKey, text: string): NoteSignature => ({
    ...log.sign(text),
    name,
    keyHash: keyOf(name).keyHash,
  })
  const keyOf = (name: string): VerifierKey => ({ ...logKey, name, keyHash: keyHash({ ...logKey, name }) })
  const open = (text: string, key: VerifierKey, trusted = logKey) =>
    openCheckpoint({ signedNote: formatNote({ text, signatures: [lineOf(key, text)] }), logKey: trusted, verifier })

  test("gives the checkpoint that the log's key signed", async () => {
    expect((await open(TEXT, logKey)).checkpoint).toEqual(parseCheckpoint(TEXT))
  })

  test('another origin under the same key', async () => {
    await expect(open(TEXT, keyOf('2026b.log.example'), keyOf('2026b.log.example'))).rejects.toThrowCode(
      'CHECKPOINT_ORIGIN',
    )
    await expect(open(`x${TEXT}`, logKey)).rejects.toThrowCode('CHECKPOINT_ORIGIN')
  })

  test("no line by the log's key, a line that does not verify, two lines", async () => {
    await expect(open(TEXT, keyOf('other.example'))).rejects.toThrowCode('SIGNATURE_MISSING')
    const line = lineOf(logKey, TEXT)
    const signedNote = formatNote({ text: TEXT.replace('20852163', '20852164'), signatures: [line] })
    await expect(openCheckpoint({ signedNote, logKey, verifier })).rejects.toThrowCode('SIGNATURE_INVALID')
    const twice = formatNote({ text: TEXT, signatures: [line, line] })
    await expect(openCheckpoint({ signedNote: twice, logKey, verifier })).rejects.toThrowCode('NOTE_MALFORMED')
  })

  test('gives the known witnesses with their times, and refuses a line of theirs that does not verify', async () => {
    const [witness, stranger] = [makeWitness('w.example'), makeWitness('s.example')]
    const signedNote = formatNote({ text: TEXT, signatures: [lineOf(logKey, TEXT)] })
    const cosigned = stranger.cosign(witness.cosign(signedNote, 1_767_225_600n), 7n)
    const openWith = (note: string, witnesses: readonly VerifierKey[]) =>
      openCheckpoint({ signedNote: note, logKey, witnesses, verifier })
    expect((await openWith(cosigned, [witness.key])).cosignatures).toEqual([
      { ...witness.key, timeSeconds: 1_767_225_600n },
    ])
    expect((await openWith(cosigned, [])).cosignatures).toEqual([])
    const moved = witness.cosign(signedNote.replace('20852163', '20852164'), 1n).split('\n').at(-2)
    await expect(openWith(`${signedNote}${moved}\n`, [witness.key])).rejects.toThrowCode('SIGNATURE_INVALID')
    await expect(openWith(witness.cosign(cosigned, 1n), [witness.key])).rejects.toThrowCode('NOTE_MALFORMED')
    await expect(openWith(cosigned, [{ ...witness.key, type: 1 }])).rejects.toThrow(RangeError)
  })

  test('a note that is no checkpoint, and a key that is no log key', async () => {
    await expect(open('text\n', logKey)).rejects.toThrowCode('CHECKPOINT_MALFORMED')
    await expect(open(TEXT, logKey, { ...logKey, type: 4 })).rejects.toThrow(RangeError)
  })
})
