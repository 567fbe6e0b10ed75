import { test } from 'vitest'
import { raceWriters } from './race-writers.ts'

test('two processes that start on one log at the same moment, 100 times', { timeout: 600_000 }, async ({
  annotate,
}) => {
  await annotate(await raceWriters({ trials: 100 }))
})
