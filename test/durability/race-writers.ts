/**
 * Processes that want one log at the same moment: at most one has it, who has not is told so and writes nothing. Where
 * both are half-way in, each may find the other there, and nobody has it.
 *
 * @module
 */
import { copyFileSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { startWriter } from '../support/killed-writer.ts'
import { WrittenLog } from './written-log.ts'

/** @returns figures */
export async function raceWriters({ trials }: { readonly trials: number }): Promise<string> {
  const log = new WrittenLog()
  let entries = 0
  let won = 0
  for (let trial = 0; trial < trials; trial++) {
    // Every second time the rival comes with a copy of the store, and only the head store is the same.
    const copy = `${log.path}.copy`
    const isCopy = trial % 2 === 1
    if (isCopy) makeCopy(log.path, copy)
    const writers = [startWriter(log.path), startWriter(isCopy ? copy : log.path, { head: log.head })] as const
    const open = await Promise.all(writers.map(({ isOpen }) => isOpen))
    const winners = writers.filter((_, at) => open[at])
    expect(winners.length).toBeLessThanOrEqual(1)
    won += winners.length
    for (const loser of writers) if (!winners.includes(loser)) expect(loser.said()).toContain('STORE_LOCKED')
    await sleep(20)
    for (const winner of winners) {
      log.acknowledged.push(...(await winner.kill()))
      // A copy that was first is the newest store from then on.
      if (isCopy && winner === writers[1]) takeOver(copy, log.path)
    }
    ;({ entries } = await log.check())
  }
  expect(won).toBeGreaterThan(0)
  const winners = `one winner in ${won}, both refused in ${trials - won}`
  return `${trials} trials, ${winners}, ${log.acknowledged.length} acknowledged, ${entries} in the log, 0 forks`
}

/** Of a store that is closed, so that it has no write-ahead log; one of an earlier copy would make this one an old one. */
const makeCopy = (from: string, to: string): void => {
  rmSync(`${to}-wal`, { force: true })
  copyFileSync(from, to)
}

const takeOver = (from: string, to: string): void => {
  for (const part of ['', '-wal']) copyFileSync(from + part, to + part)
}
