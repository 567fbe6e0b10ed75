/**
 * Saves and restores a training in progress, so that a stop loses little.
 *
 * One line of JSON, then the parameters and both moments as floats. A
 * checkpoint of another plan or another vocabulary is not taken.
 *
 * @module
 */

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { Trainer } from './trainer.ts'

interface Header {
  readonly plan: string
  readonly step: number
  readonly random: readonly number[]
  readonly seconds: number
}

/** Writes the checkpoint whole or not at all. @param seconds the training time so far. */
export function saveCheckpoint(path: string, trainer: Trainer, seconds: number): void {
  const header: Header = {
    plan: describePlan(trainer),
    step: trainer.step,
    random: trainer.random.saveState(),
    seconds,
  }
  const arrays = [trainer.network.parameters, trainer.adam.first, trainer.adam.second]
  const parts = arrays.map((array) => new Uint8Array(array.slice().buffer))
  writeFileSync(`${path}.new`, Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), ...parts]))
  renameSync(`${path}.new`, path)
}

/** Continues from a checkpoint of the same plan; returns its training time in seconds, or 0 without one. */
export function restoreCheckpoint(path: string, trainer: Trainer): number {
  if (!existsSync(path)) return 0
  const bytes = readFileSync(path)
  const lineEnd = bytes.indexOf(10)
  const header = JSON.parse(bytes.toString('utf8', 0, lineEnd)) as Header
  if (header.plan !== describePlan(trainer)) return 0
  const floats = new Float32Array(Uint8Array.from(bytes.subarray(lineEnd + 1)).buffer)
  const count = trainer.network.parameters.length
  trainer.network.parameters.set(floats.subarray(0, count))
  trainer.adam.first.set(floats.subarray(count, 2 * count))
  trainer.adam.second.set(floats.subarray(2 * count, 3 * count))
  trainer.adam.restoreSteps(header.step)
  trainer.random.restoreState(header.random)
  trainer.step = header.step
  return header.seconds
}

function describePlan(trainer: Trainer): string {
  return JSON.stringify([trainer.plan, trainer.network.shape, trainer.vocabulary.words])
}
