import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nodeHmacSha256, nodeSha256 } from '../../node/keys/index.ts'
import { hmacSha256, sha256 } from './index.ts'

const bytes = fc.uint8Array({ maxLength: 200 })

test('SHA-256: FIPS 180-4 and what OpenSSL says, in the core and in its native stand-in', () => {
  expect(Buffer.from(sha256(Buffer.from('abc'))).toString('hex')).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
  fc.assert(
    fc.property(bytes, (message) => {
      const expected = Uint8Array.from(createHash('sha256').update(message).digest())
      expect(sha256(message)).toEqual(expected)
      expect(nodeSha256(message)).toEqual(expected)
    }),
  )
})

test('HMAC-SHA-256: RFC 4231 case 2 and what OpenSSL says, in the core and in its native stand-in', () => {
  const message = Buffer.from('what do ya want for nothing?')
  expect(Buffer.from(hmacSha256({ key: Buffer.from('Jefe'), message })).toString('hex')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  )
  fc.assert(
    fc.property(bytes, bytes, (key, text) => {
      const expected = Uint8Array.from(createHmac('sha256', key).update(text).digest())
      expect(hmacSha256({ key, message: text })).toEqual(expected)
      expect(Uint8Array.from(nodeHmacSha256({ key, message: text }))).toEqual(expected)
    }),
  )
})
