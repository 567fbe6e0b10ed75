/**
 * A store whose system calls fail, one at a time: a share of the syncs, and of all others. The slow form tries every one.
 */
import { expect, test } from 'vitest'
import { whyNotTraced } from '../support/traced.ts'
import { failCalls } from './fail-calls.ts'

const why = whyNotTraced()

test('what is told stays, and a sync that failed is never acknowledged', async ({ skip }) => {
  if (why !== undefined && process.env['CI'] === 'true') throw new Error(`${why}; and the CI needs it`)
  if (why !== undefined) skip(why)
  const figures = await failCalls({
    isTried: ({ call, number, how }, place) =>
      call === 'fsync' && how === 'EIO' ? number % 2 === 0 : place % 100 === 50,
  })
  expect(figures).toContain('fsck clean')
})
