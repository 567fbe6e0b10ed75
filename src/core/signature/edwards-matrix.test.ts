import { ed25519 } from '@noble/curves/ed25519.js'
import { expect, test } from 'vitest'
import { edwardsMatrix, smallOrderEncodings } from '../../../test/support/edwards-matrix.ts'
import { nodeVerifier } from '../../node/keys/index.ts'
import { nobleVerifier } from './index.ts'

const cases = edwardsMatrix()

test('fourteen encodings of small order, and each kind of answer', () => {
  const encodings = smallOrderEncodings().map(({ bytes }) => Buffer.from(bytes).toString('hex'))
  expect(new Set(encodings).size).toBe(14)
  expect(cases).toHaveLength(22 * 22 * 4 * 3)
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length)
  expect(cases.filter(({ valid }) => valid).length).toBeGreaterThan(30)
})

test.each([
  ['nobleVerifier', nobleVerifier],
  ['nodeVerifier', nodeVerifier],
])('%s: all as they were made', async (_, verifier) => {
  for (const { name, valid, input } of cases) {
    if ((await verifier.ed25519(input)) !== valid) expect.fail(`${name}: want ${valid}`)
  }
})

test('a library that multiplies by the cofactor accepts what the rule refuses', () => {
  const accepted = cases.filter(({ name, input: { publicKey, signature, message } }) => {
    return name.endsWith('S fits; message 0') && ed25519.verify(signature, message, publicKey)
  })
  expect(accepted.filter(({ valid }) => !valid).length).toBeGreaterThan(40)
})
