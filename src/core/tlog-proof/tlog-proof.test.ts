import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ColophonError } from '../errors.ts'
import { formatTlogProof, MAX_PROOF_HASHES, parseTlogProof } from './index.ts'

const HASH = 'rzFuy5Go7nrpkhBwKy1HWPMM3eO/YePY54fXRoH5Cm4='
const CHECKPOINT = `2026a.log.example\n9\n${HASH}\n\n— 2026a.log.example AAAAAAA=\n`
const PROOF = `c2sp.org/tlog-proof@v1\nextra ZXh0cmE=\nindex 5\n${HASH}\n${HASH}\n\n${CHECKPOINT}`

describe('parseTlogProof', () => {
  test('reads and formats back', () => {
    const hash = Uint8Array.from(Buffer.from(HASH, 'base64'))
    const proof = parseTlogProof(PROOF)
    expect(proof).toEqual({
      extra: Uint8Array.from(Buffer.from('extra')),
      index: 5n,
      hashes: [hash, hash],
      checkpoint: CHECKPOINT,
    })
    expect(formatTlogProof(proof)).toBe(PROOF)
  })

  test('a tree of one leaf has no hashes', () => {
    const proof = `c2sp.org/tlog-proof@v1\nindex 0\n\n${CHECKPOINT}`
    expect(parseTlogProof(proof)).toEqual({ index: 0n, hashes: [], checkpoint: CHECKPOINT })
    expect(formatTlogProof(parseTlogProof(proof))).toBe(proof)
  })

  test.each([
    ['another header', PROOF.replace('@v1', '@v2')],
    ['no index', PROOF.replace('index 5\n', '')],
    ['leading zero', PROOF.replace('index 5', 'index 05')],
    ['negative index', PROOF.replace('index 5', 'index -5')],
    ['index of 2^63', PROOF.replace('index 5', 'index 9223372036854775808')],
    ['two index lines', PROOF.replace('index 5', 'index 5\nindex 5')],
    ['extra after the index', PROOF.replace('extra ZXh0cmE=\nindex 5', 'index 5\nextra ZXh0cmE=')],
    ['extra twice', PROOF.replace('extra', 'extra ZXh0cmE=\nextra')],
    ['empty extra', PROOF.replace('ZXh0cmE=', '')],
    ['extra not canonical', PROOF.replace('ZXh0cmE=', 'ZXh0cmF=')],
    ['short hash', PROOF.replace(HASH, 'AAAA')],
    ['64 hashes', PROOF.replace(HASH, Array(MAX_PROOF_HASHES).fill(HASH).join('\n'))],
    ['no checkpoint', PROOF.slice(0, PROOF.indexOf('\n\n') + 2)],
    ['no empty line', PROOF.replaceAll('\n\n', '\n')],
    ['no final newline', PROOF.slice(0, -1)],
    ['carriage return', PROOF.replaceAll('\n', '\r\n')],
    ['too large', PROOF + 'x'.repeat(1_000_000)],
    ['nothing', ''],
  ])('refuses: %s', (_, text) => {
    expect(() => parseTlogProof(text)).toThrowCode('PROOF_MALFORMED')
  })

  test('any mutation either formats back to itself or throws a ColophonError', () => {
    fc.assert(
      fc.property(fc.nat(PROOF.length), fc.nat(2), fc.string({ unit: 'binary', maxLength: 2 }), (at, cut, insert) => {
        const mutant = PROOF.slice(0, at) + insert + PROOF.slice(at + cut)
        try {
          expect(formatTlogProof(parseTlogProof(mutant))).toBe(mutant)
        } catch (error) {
          if (!ColophonError.is(error)) throw error
        }
      }),
      { numRuns: 1000 },
    )
  })
})

test('formatTlogProof refuses what parseTlogProof would not give', () => {
  const good = parseTlogProof(PROOF)
  for (const bad of [
    { index: -1n },
    { index: 1n << 63n },
    { extra: new Uint8Array(0) },
    { hashes: [new Uint8Array(31)] },
    { hashes: Array(64).fill(new Uint8Array(32)) },
    { checkpoint: 'x' },
  ]) {
    expect(() => formatTlogProof({ ...good, ...bad })).toThrow(RangeError)
  }
})
