import { test, vi } from 'vitest'
import { checkAllProofs, checkRandomProofs } from '../support/check-proofs.ts'

vi.setConfig({ testTimeout: 600_000 })

test('every proof of every tree of 257 to 1,024 leaves is the naive one and verifies', () => {
  checkAllProofs({ from: 257, to: 1_024 })
})

test('100,000 pairs of sizes below 2^40', () => {
  checkRandomProofs({ pairs: 100_000, seed: 9162 })
})
