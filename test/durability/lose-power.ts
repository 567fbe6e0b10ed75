/**
 * G2: power lost at every moment while a process opens a store, records runs and closes it, the same moments many times
 * over with other sectors on the disk. Whatever was told before is there, with no step of recovery.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { Disk, type Luck } from '../support/lost-power.ts'
import { randomNumbers } from '../support/random-numbers.ts'
import { recordDisk } from '../support/recorded-disk.ts'
import { copyRuns, makeTwoRuns, type StoredRuns } from '../support/stored-runs.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { ISSUER_CHILD, readTold } from '../support/told-by-issuer.ts'
import { requireClean, requireTold } from './require-told.ts'

export interface PowerLosses {
  readonly runs: number
  /** Bytes more in each question: many make the write-ahead log so long that it is begun again. */
  readonly bytes?: number
  readonly losses: number
  /** One loss in so many is looked at by fsck, before the log is opened or after it in turn. */
  readonly fsckEvery: number
  readonly seed: number
}

/** @returns figures */
export async function losePower({ runs, bytes = 0, losses, fsckEvery, seed }: PowerLosses): Promise<string> {
  const made = await makeTwoRuns({ folder: temporaryFolder() })
  const { folder } = copyRuns(made, temporaryFolder())
  const before = filesIn(folder)
  const steps = recordDisk([ISSUER_CHILD, folder, String(runs), String(bytes)], folder, [...before.keys()])
  const after = filesIn(folder)

  const random = randomNumbers(seed)
  const disk = new Disk(before)
  const files = copyRuns(made, temporaryFolder())
  let output = ''
  let lost = 0
  for (const [at, step] of steps.entries()) {
    disk.do(step)
    if (step.kind === 'told') output += step.text
    // The same number after each step, give or take one.
    const until = Math.round((losses * (at + 1)) / steps.length)
    for (; lost < until; lost++) {
      const luck: Luck = lost % 16 === 0 ? 'none' : random
      put(disk.afterLoss(luck), files)
      const fsck = lost % fsckEvery !== 0 ? 'not' : (lost / fsckEvery) % 2 === 0 ? 'first' : 'last'
      try {
        if (fsck === 'first') await requireClean(files)
        await requireTold(files, readTold(output))
        if (fsck === 'last') await requireClean(files)
      } catch (cause) {
        throw new Error(`loss ${lost} of seed ${seed}, after step ${at} (${describe(step)})`, { cause })
      }
    }
  }
  // Nothing of what the process did was missed: all of it together makes the very files that it left.
  expect(digestsOf(disk.afterLoss('all'))).toEqual(digestsOf(after))
  const told = readTold(output).filter(({ kind }) => kind === 'bound' || kind === 'sealed').length
  expect(told).toBe(2 * runs)
  const begun = steps.filter(
    (step) => step.kind === 'write' && step.name === 'store.sqlite-wal' && step.at === 0,
  ).length
  const log = `write-ahead log begun ${begun} times`
  return `${lost} losses in ${steps.length} steps, ${log}, seed ${seed}: 0 of ${told} told were lost, fsck clean`
}

const describe = (step: { readonly kind: string; readonly name?: string }): string => `${step.kind} ${step.name ?? ''}`

const isKey = (name: string): boolean => name.endsWith('.pem')

/** All but the keys, which nobody writes here. */
const filesIn = (folder: string): ReadonlyMap<string, Uint8Array> =>
  new Map(
    readdirSync(folder)
      .filter((name) => !isKey(name))
      .map((name) => [name, new Uint8Array(readFileSync(join(folder, name)))]),
  )

const digestsOf = (files: ReadonlyMap<string, Uint8Array>): Readonly<Record<string, string>> =>
  Object.fromEntries([...files].map(([name, contents]) => [name, createHash('sha256').update(contents).digest('hex')]))

function put(found: ReadonlyMap<string, Uint8Array>, { folder }: StoredRuns): void {
  for (const name of readdirSync(folder)) if (!isKey(name)) rmSync(join(folder, name))
  for (const [name, contents] of found) writeFileSync(join(folder, name), contents, { mode: 0o600 })
}
