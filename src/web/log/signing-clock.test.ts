/** D9: a clock that is behind, stands still or was ahead. */
import { expect, test } from 'vitest'
import { logSigner } from '../../../test/support/log-signer.ts'
import { MemoryLogStore } from '../../../test/support/memory-log-store.ts'
import { nodeVerifier } from '../../node/keys/node-verifier.ts'
import { verifierKeyOf } from './checkpoint-signer.ts'
import { type Log, openLog, resumeLog } from './index.ts'

const NOON = Date.parse('2026-01-31T12:00:00Z')
const HOUR = 3_600_000
const signer = logSigner()

const clock = { wallMs: NOON, monotonicMs: 0 }
const open = (store: MemoryLogStore<string>): Promise<Log<string>> =>
  openLog<string>({
    store,
    head: store.head,
    origin: signer.name,
    signer,
    verifier: nodeVerifier,
    nowMs: () => clock.wallMs,
    monotonicMs: () => clock.monotonicMs,
  })

const appendTo = (log: Log<string>) => log.append({ entry: Uint8Array.of(1), writes: () => ['row'] })

async function newLog(): Promise<{ store: MemoryLogStore<string>; log: Log<string> }> {
  Object.assign(clock, { wallMs: NOON, monotonicMs: 0 })
  const store = new MemoryLogStore<string>()
  const log = await open(store)
  await appendTo(log)
  return { store, log }
}

test('a clock that goes back: nothing is signed or written until it has caught up', async () => {
  const { store, log } = await newLog()
  clock.wallMs = NOON - HOUR
  const refused = {
    code: 'CLOCK_BEHIND',
    fatal: false,
    message: 'the clock says 2026-01-31T11:00:00.000Z, and the log last signed at 2026-01-31T12:00:00.000Z',
    details: { behindMs: HOUR },
  }
  await expect(appendTo(log)).rejects.toMatchObject(refused)
  await expect(open(store)).rejects.toMatchObject(refused)
  clock.wallMs = NOON - 1
  await expect(appendTo(log)).rejects.toThrowCode('CLOCK_BEHIND')
  expect([store.entries.length, store.writes.length, log.size]).toEqual([1, 1, 1n])
  clock.wallMs = NOON
  expect((await appendTo(log)).index).toBe(1n)
  expect((await appendTo(await open(store))).index).toBe(2n)
})

test('rows without an entry are written whatever the clock says: nothing is signed', async () => {
  const { store, log } = await newLog()
  clock.wallMs = NOON - HOUR
  await log.write(['alone'])
  expect(store.writes).toEqual(['row', 'alone'])
})

test('a clock that stands still: refused after a second by the other clock, not while that is in doubt', async () => {
  const { store, log } = await newLog()
  for (clock.monotonicMs of [0, 500, 1_000]) await appendTo(log)
  clock.monotonicMs = 1_001
  await expect(appendTo(log)).rejects.toMatchObject({
    code: 'CLOCK_STOPPED',
    fatal: false,
    message: 'the clock has said 2026-01-31T12:00:00.000Z for 1001 ms, want at most 1000',
  })
  expect(store.entries.length).toBe(4)
  clock.wallMs += 1
  await appendTo(log)
  clock.monotonicMs = 2_001
  await appendTo(log)
  clock.monotonicMs = 2_002
  await expect(appendTo(log)).rejects.toThrowCode('CLOCK_STOPPED')
})

test('a clock that stood still since the log was opened', async () => {
  const { store } = await newLog()
  const log = await open(store)
  clock.monotonicMs = 5_000
  await expect(appendTo(log)).rejects.toThrowCode('CLOCK_STOPPED')
})

test('a clock that jumps ahead is believed; once it is back, the log waits, or is told which time is right', async () => {
  const { store, log } = await newLog()
  clock.wallMs = NOON + 10 * 365 * 24 * HOUR
  await appendTo(log)
  clock.wallMs = NOON + 1
  await expect(appendTo(log)).rejects.toThrowCode('CLOCK_BEHIND')
  await expect(open(store)).rejects.toThrowCode('CLOCK_BEHIND')
  const { found, before, after } = await resumeLog({
    store,
    head: store.head,
    logKey: verifierKeyOf(signer),
    size: 2n,
    nowMs: clock.wallMs,
  })
  expect(found).toEqual({ kind: 'same' })
  expect([before?.checkpoint, after?.signedAtMs]).toEqual([after?.checkpoint, NOON + 1])
  expect((await appendTo(await open(store))).index).toBe(2n)
})

test('after a crash between store and head store, the last signature is the one in the store', async () => {
  const { store, log } = await newLog()
  clock.wallMs = NOON + HOUR
  store.head.failNext = 'refused'
  await expect(appendTo(log)).rejects.toMatchObject({ code: 'STORE_FAILED', fatal: true })
  clock.wallMs = NOON + 1
  await expect(open(store)).rejects.toThrowCode('CLOCK_BEHIND')
  expect(store.head.signed?.signedAtMs).toBe(NOON)
  clock.wallMs = NOON + HOUR + 5
  await open(store)
  expect(store.head.signed?.signedAtMs).toBe(NOON + HOUR)
})

test('without a second clock, one that stands still is not noticed', async () => {
  Object.assign(clock, { wallMs: NOON, monotonicMs: 0 })
  const store = new MemoryLogStore<string>()
  const log = await openLog<string>({ store, head: store.head, origin: signer.name, signer, nowMs: () => NOON })
  await appendTo(log)
  await appendTo(log)
})
