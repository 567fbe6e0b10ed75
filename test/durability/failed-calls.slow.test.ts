import { test } from 'vitest'
import { whyNotTraced } from '../support/traced.ts'
import { failCalls } from './fail-calls.ts'

const why = whyNotTraced()

test('a store whose system calls fail, each of them once', { timeout: 600_000 }, async ({ annotate, skip }) => {
  if (why !== undefined) skip(why)
  await annotate(await failCalls({ isTried: () => true }))
})
