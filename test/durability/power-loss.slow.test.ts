import { expect, test } from 'vitest'
import { whyNotTraced } from '../support/traced.ts'
import { losePower } from './lose-power.ts'

const why = whyNotTraced()

test('2,000 losses of power while runs are recorded', { timeout: 600_000 }, async ({ annotate, skip }) => {
  if (why !== undefined) skip(why)
  await annotate(await losePower({ runs: 3, losses: 2_000, fsckEvery: 1, seed: 2 }))
})

test('300 losses of power while the write-ahead log is begun again', { timeout: 600_000 }, async ({
  annotate,
  skip,
}) => {
  if (why !== undefined) skip(why)
  const figures = await losePower({ runs: 4, bytes: 1_500_000, losses: 300, fsckEvery: 4, seed: 3 })
  expect(figures).toMatch(/begun [2-9] times/)
  await annotate(figures)
})
