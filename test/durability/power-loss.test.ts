/**
 * Power lost while runs are recorded: 200 losses. The slow form has 2,000, all looked at by fsck, and a longer log.
 */
import { expect, test } from 'vitest'
import { whyNotTraced } from '../support/traced.ts'
import { losePower } from './lose-power.ts'

const why = whyNotTraced()

test('what was told before the power was lost is there after it', async ({ skip }) => {
  if (why !== undefined && process.env['CI'] === 'true') throw new Error(`${why}; and the CI needs it`)
  if (why !== undefined) skip(why)
  expect(await losePower({ runs: 1, losses: 200, fsckEvery: 25, seed: 1 })).toContain('200 losses')
})
