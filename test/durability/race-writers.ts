/**
 * Processes that want one log at the same moment: one has it, the other is told so and writes nothing.
 *
 * @module
 */
import { copyFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { startWriter, type Writer } from '../support/killed-writer.ts'
import { WrittenLog } from './written-log.ts'

/** @returns figures */
export async function raceWriters({ trials }: { readonly trials: number }): Promise<string> {
  const log = new WrittenLog()
  let entries = 0
  for (let trial = 0; trial < trials; trial++) {
    // Every second time the rival comes with a copy of the store, and only the head store is the same.
    const copy = `${log.path}.copy`
    const isCopy = trial % 2 === 1
    if (isCopy) copyFileSync(log.path, copy)
    const writers = [startWriter(log.path), startWriter(isCopy ? copy : log.path, { head: log.head })] as const
    const open = await Promise.all(writers.map(({ isOpen }) => isOpen))
    expect(open.filter(Boolean)).toHaveLength(1)
    const [winner, loser] = (open[0] === true ? writers : writers.toReversed()) as [Writer, Writer]
    expect(loser.said()).toContain('STORE_LOCKED')
    await sleep(20)
    const acknowledged = await winner.kill()
    // A copy that was first is the newest store from then on.
    if (isCopy && winner === writers[1]) takeOver(copy, log.path)
    log.acknowledged.push(...acknowledged)
    ;({ entries } = await log.check())
  }
  return `${trials} trials, one winner each, ${log.acknowledged.length} acknowledged, ${entries} in the log, 0 forks`
}

const takeOver = (from: string, to: string): void => {
  for (const part of ['', '-wal']) copyFileSync(from + part, to + part)
}
