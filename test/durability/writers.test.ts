/**
 * D10: two processes on one log. The slow form runs 100 trials.
 */
import { expect, test } from 'vitest'
import { raceWriters } from './race-writers.ts'

test('two processes that start on one log at the same moment: at most one has it, and history stays one line', async () => {
  expect(await raceWriters({ trials: 4 })).toContain('0 forks')
})
