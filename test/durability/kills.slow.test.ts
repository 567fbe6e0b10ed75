import { test } from 'vitest'
import { killGateways } from './kill-gateways.ts'
import { killWriters } from './kill-writers.ts'

test('a process that appends, killed at 100 random points', { timeout: 600_000 }, async ({ annotate }) => {
  await annotate(await killWriters({ kills: 100 }))
})

test('a gateway under load, killed at 40 random points', { timeout: 600_000 }, async ({ annotate }) => {
  await annotate(await killGateways({ kills: 40 }))
})
