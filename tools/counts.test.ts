import { expect, test } from 'vitest'
import { addCounts, exitCodeOf, formatCounts, NO_COUNTS } from './counts.ts'

test('the last line names skipped tests only where there are any', () => {
  expect(formatCounts({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed')
  expect(formatCounts({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped')
})

test('a run in which nothing passed fails', () => {
  const passed = { passed: 1, failed: 0, skipped: 0 }
  expect(exitCodeOf(NO_COUNTS)).toBe(1)
  expect(exitCodeOf({ ...NO_COUNTS, skipped: 5 })).toBe(1)
  expect(exitCodeOf(passed)).toBe(0)
  expect(exitCodeOf(addCounts(passed, { passed: 0, failed: 1, skipped: 0 }))).toBe(1)
})
