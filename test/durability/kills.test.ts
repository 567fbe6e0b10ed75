/**
 * Acknowledged is durable: whatever a process told before a SIGKILL is there after it. The slow form kills more often.
 */
import { expect, test } from 'vitest'
import { killGateways } from './kill-gateways.ts'
import { killWriters } from './kill-writers.ts'

test('a process that appends, killed at random points', async () => {
  expect(await killWriters({ kills: 4 })).toContain('4 kills')
})

test('a gateway under load, killed at random points', async () => {
  expect(await killGateways({ kills: 2 })).toContain('fsck clean')
})
