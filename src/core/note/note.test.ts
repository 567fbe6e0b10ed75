import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ColophonError } from '../errors.ts'
import { nobleVerifier } from '../signature/index.ts'
import {
  cosignedMessage,
  formatNote,
  formatVerifierKey,
  fullKeyId,
  keyHash,
  MAX_SIGNATURES,
  type NoteKey,
  openNote,
  parseNote,
  parseVerifierKey,
  type VerifierKey,
} from './index.ts'

const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

const bytes = (buffer: Buffer) => Uint8Array.from(buffer)

function makeKey(name: string, seed: number, type: NoteKey['type'] = 1) {
  const privateKey = createPrivateKey({
    key: Buffer.concat([PKCS8, Buffer.alloc(32, seed)]),
    format: 'der',
    type: 'pkcs8',
  })
  const publicKey = bytes(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32))
  const key: VerifierKey = { name, type, publicKey, keyHash: keyHash({ name, type, publicKey }) }
  return { key, sign: (message: Uint8Array) => bytes(sign(null, message, privateKey)) }
}

const verifier = nobleVerifier
const TEXT = 'Ognuno sta solo\n\ned è subito sera.\n'
const one = makeKey('one.example/a', 1)
const two = makeKey('two.example', 2)
const witness = makeKey('witness.example', 3, 4)

const lineOf = ({ key, sign: signMessage }: typeof one, text = TEXT) => ({
  name: key.name,
  keyHash: key.keyHash,
  signature: signMessage(Buffer.from(text)),
})

function cosignatureOf(text: string, timeSeconds: bigint) {
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(timeSeconds)
  const signature = Buffer.concat([time, witness.sign(cosignedMessage({ text, timeSeconds }))])
  return { name: witness.key.name, keyHash: witness.key.keyHash, signature: bytes(signature) }
}

const signed = { text: TEXT, signatures: [lineOf(one), lineOf(two)] }
const note = formatNote(signed)

describe('parseNote', () => {
  test('splits at the last empty line and formats back', () => {
    expect(parseNote(note)).toEqual(signed)
    expect(formatNote(parseNote(note))).toBe(note)
    expect(parseNote(`\n${note}`).text).toBe(`\n${TEXT}`)
  })

  test.each([
    ['no empty line', 'text\n— a AAAAAAA=\n'],
    ['no signature line', 'text\n\n'],
    ['no final newline', note.slice(0, -1)],
    ['trailing line', `${note}more\n`],
    ['trailing empty line', `${note}\n`],
    ['carriage return', note.replaceAll('\n', '\r\n')],
    ['control character', note.replace('sera', 'se\u0001ra')],
    ['tab', note.replace('sera', 'se\tra')],
    ['half of a surrogate pair', note.replace('sera', 'se\ud800ra')],
    ['hyphen for the dash', note.replace('—', '-')],
    ['two spaces', note.replace('— one', '—  one')],
    ['fourth part', note.replace('=\n', '= \n')],
    ['space in the name', note.replace('one.example', 'one example')],
    ['no-break space in the name', note.replace('one.example', 'one\u00a0example')],
    ['plus in the name', note.replace('one.example', 'one+example')],
    ['empty name', note.replace('— one.example/a', '— ')],
    ['unpadded base64', note.replace('=\n', '\n')],
    ['4 bytes only', 'text\n\n— a AAAAAA==\n'],
    ['bits after the end of base64', 'text\n\n— a AAAAAAB=\n'],
    ['65 signature lines', `text\n\n${'— a AAAAAAA=\n'.repeat(MAX_SIGNATURES + 1)}`],
    ['more than a megabyte', `${'x'.repeat(1_000_000)}\n\n— a AAAAAAA=\n`],
    ['nothing', ''],
  ])('refuses: %s', (_, text) => {
    expect(() => parseNote(text)).toThrowCode('NOTE_MALFORMED')
  })

  test('accepts 64 signature lines', () => {
    expect(parseNote(`text\n\n${'— a AAAAAAA=\n'.repeat(MAX_SIGNATURES)}`).signatures).toHaveLength(MAX_SIGNATURES)
  })

  test('any mutation either formats back to itself or throws a ColophonError', () => {
    fc.assert(
      fc.property(fc.nat(note.length), fc.nat(3), fc.string({ unit: 'binary', maxLength: 3 }), (at, cut, insert) => {
        const mutant = note.slice(0, at) + insert + note.slice(at + cut)
        try {
          expect(formatNote(parseNote(mutant))).toBe(mutant)
        } catch (error) {
          if (!ColophonError.is(error)) throw error
        }
      }),
      { numRuns: 1000 },
    )
  })
})

test('formatNote refuses what parseNote would not give', () => {
  expect(() => formatNote({ ...signed, text: 'text' })).toThrow(RangeError)
  expect(() => formatNote({ ...signed, text: 'a\u0000\n' })).toThrowCode('NOTE_MALFORMED')
  expect(() => formatNote({ ...signed, signatures: [] })).toThrow(RangeError)
  const line = lineOf(one)
  for (const bad of [
    { name: 'a b' },
    { name: 'a\n— b' },
    { keyHash: new Uint8Array(5) },
    { signature: new Uint8Array(0) },
  ]) {
    expect(() => formatNote({ ...signed, signatures: [{ ...line, ...bad }] })).toThrow(RangeError)
  }
})

describe('verifier keys', () => {
  const vkey = formatVerifierKey(one.key)

  test('format and parse are inverse', () => {
    expect(parseVerifierKey(vkey)).toEqual(one.key)
    expect(parseVerifierKey(formatVerifierKey(witness.key))).toEqual(witness.key)
    expect(fullKeyId(one.key).subarray(0, 4)).toEqual(one.key.keyHash)
    expect(fullKeyId(one.key)).toHaveLength(32)
  })

  test("the specification's own example", () => {
    const key = parseVerifierKey('example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k')
    expect(key).toMatchObject({ name: 'example.com/foo', type: 1 })
  })

  test('base64 with plus signs', () => {
    for (let seed = 0; seed < 40; seed += 1) {
      const text = formatVerifierKey(makeKey('a', seed).key)
      expect(formatVerifierKey(parseVerifierKey(text))).toBe(text)
    }
  })

  test.each([
    ['two parts', vkey.split('+').slice(0, 2).join('+')],
    ['empty name', vkey.slice(vkey.indexOf('+'))],
    ['another name', `x${vkey}`],
    ['uppercase hash', vkey.replace(/\+[0-9a-f]{8}\+/, (hash) => hash.toUpperCase())],
    ['another hash', vkey.replace(/\+[0-9a-f]{8}\+/, '+00000000+')],
    ['another type', vkey.replace(/[^+]+$/, formatVerifierKey({ ...one.key, type: 4 }).replace(/^.*?\+.*?\+/, ''))],
    ['unknown type', 'a+00000000+Aw=='],
    ['no key', 'a+00000000+'],
    ['short key', 'a+00000000+AQE='],
    ['not base64', 'a+00000000+!!!!'],
    ['space in the name', vkey.replace('one', 'o e')],
  ])('refuses: %s', (_, text) => {
    expect(() => parseVerifierKey(text)).toThrowCode('KEY_MALFORMED')
  })
})

describe('openNote', () => {
  const open = (keys: VerifierKey[], text = note) => openNote({ note: parseNote(text), keys, verifier })

  test('lists the known keys whose signatures verify, in order', async () => {
    const { text, verified } = await open([two.key, one.key])
    expect(text).toBe(TEXT)
    expect(verified.map(({ name }) => name)).toEqual([one.key.name, two.key.name])
  })

  test('a note by nobody known verifies nothing', async () => {
    expect((await open([])).verified).toEqual([])
    expect((await open([makeKey('three.example', 9).key])).verified).toEqual([])
    expect((await open([makeKey(one.key.name, 9).key])).verified).toEqual([])
  })

  test('the same key given twice counts once', async () => {
    expect((await open([one.key, { ...one.key }])).verified).toHaveLength(1)
  })

  test('two known keys of one name and hash are refused', async () => {
    await expect(open([one.key, { ...two.key, name: one.key.name, keyHash: one.key.keyHash }])).rejects.toThrowCode(
      'KEY_MALFORMED',
    )
  })

  test('a known key whose signature does not verify', async () => {
    await expect(open([one.key], note.replace('sera', 'Sera'))).rejects.toThrowCode('SIGNATURE_INVALID')
    const short = { ...lineOf(one), signature: lineOf(one).signature.subarray(1) }
    await expect(open([one.key], formatNote({ text: TEXT, signatures: [short] }))).rejects.toThrowCode(
      'SIGNATURE_INVALID',
    )
    expect((await open([two.key], formatNote({ text: TEXT, signatures: [short, lineOf(two)] }))).verified).toHaveLength(
      1,
    )
  })

  test('two lines by one known key are refused, by an unknown one ignored', async () => {
    const twice = formatNote({ text: TEXT, signatures: [lineOf(one), lineOf(two), lineOf(one)] })
    await expect(open([one.key], twice)).rejects.toThrowCode('NOTE_MALFORMED')
    expect((await open([two.key], twice)).verified).toHaveLength(1)
  })

  test('a cosignature tells its time, and a plain signature is none', async () => {
    const cosigned = formatNote({ text: TEXT, signatures: [lineOf(one), cosignatureOf(TEXT, 1_679_315_147n)] })
    expect((await open([witness.key], cosigned)).verified).toMatchObject([{ timeSeconds: 1_679_315_147n }])
    const plain = { ...lineOf(witness), name: witness.key.name, keyHash: witness.key.keyHash }
    await expect(open([witness.key], formatNote({ text: TEXT, signatures: [plain] }))).rejects.toThrowCode(
      'SIGNATURE_INVALID',
    )
    const later = cosignatureOf(TEXT, 5n)
    later.signature[7] = 6
    await expect(open([witness.key], formatNote({ text: TEXT, signatures: [later] }))).rejects.toThrowCode(
      'SIGNATURE_INVALID',
    )
    const beyond = cosignatureOf(TEXT, 1n << 63n)
    await expect(open([witness.key], formatNote({ text: TEXT, signatures: [beyond] }))).rejects.toThrowCode(
      'SIGNATURE_INVALID',
    )
  })
})
