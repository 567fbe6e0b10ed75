import { createHash, generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { ed25519Spki, keyId, parseP256Spki } from './index.ts'

const spkiOf = (namedCurve: string): Uint8Array =>
  Uint8Array.from(generateKeyPairSync('ec', { namedCurve }).publicKey.export({ type: 'spki', format: 'der' }))

const spki = spkiOf('P-256')

describe('P-256', () => {
  test('a key of OpenSSL', () => {
    const point = parseP256Spki(spki)
    expect([point.length, point[0]]).toEqual([65, 4])
    expect(point).toEqual(spki.subarray(-65))
    expect(keyId(spki)).toBe(createHash('sha256').update(spki).digest('hex'))
  })

  test('any changed byte is refused: the prefix is fixed, and the point leaves the curve', () => {
    for (let at = 0; at < spki.length; at++) {
      const mutant = spki.with(at, (spki[at] as number) ^ 1)
      expect(() => parseP256Spki(mutant), `byte ${at}`).toThrowCode('KEY_MALFORMED')
    }
  })

  test.each([
    ['nothing', new Uint8Array(0)],
    ['one byte less', spki.subarray(0, -1)],
    ['one byte more', Uint8Array.of(...spki, 0)],
    ['another curve', spkiOf('secp256k1')],
    ['a larger curve', spkiOf('P-384')],
    ['an Ed25519 key', ed25519Spki(new Uint8Array(32))],
    ['a point of zeros', Uint8Array.of(...spki.subarray(0, 27), ...new Uint8Array(64))],
    ['coordinates that are not below p', Uint8Array.of(...spki.subarray(0, 27), ...new Uint8Array(64).fill(255))],
  ])('refuses: %s', (_, der) => {
    expect(() => parseP256Spki(der)).toThrowCode('KEY_MALFORMED')
  })
})

test('Ed25519: the key of OpenSSL', () => {
  const der = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' })
  expect(ed25519Spki(Uint8Array.from(der.subarray(-32)))).toEqual(Uint8Array.from(der))
  expect(() => ed25519Spki(new Uint8Array(31))).toThrowCode('KEY_MALFORMED')
  expect(() => ed25519Spki(Uint8Array.from(der))).toThrowCode('KEY_MALFORMED')
})
