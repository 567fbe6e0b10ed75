/** Exhaustive up to 256 leaves, and a sample of large trees; `exhaustive-proofs.slow.test.ts` goes further. */
import { test } from 'vitest'
import { checkAllProofs, checkRandomProofs } from '../support/check-proofs.ts'

test('every proof of every tree of up to 256 leaves is the naive one and verifies', () => {
  checkAllProofs({ from: 0, to: 256 })
})

test('10,000 pairs of sizes below 2^40', () => {
  checkRandomProofs({ pairs: 10_000, seed: 6962 })
})
