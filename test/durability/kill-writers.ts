/**
 * Kills processes at random points while they append, and demands after each that nothing was lost.
 *
 * @module
 */
import { appendUntilKilled } from '../support/killed-writer.ts'
import { WrittenLog } from './written-log.ts'

/** @returns figures */
export async function killWriters({ kills }: { readonly kills: number }): Promise<string> {
  const log = new WrittenLog()
  let entries = 0
  for (let kill = 0; kill < kills; kill++) {
    // Anything from the first acknowledgement to past a boundary of tiles.
    const enough = 1 + Math.floor(Math.random() * 300)
    log.acknowledged.push(...(await appendUntilKilled(log.path, enough)))
    ;({ entries } = await log.check())
  }
  const slowest = `slowest opening after a kill ${Math.ceil(log.slowestOpenMs)} ms`
  return `${kills} kills, ${log.acknowledged.length} acknowledged, ${entries} in the log, 0 lost, 0 changed; ${slowest}`
}
