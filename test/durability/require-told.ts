/**
 * What an issuer told before something happened to it, demanded of the files that it left.
 *
 * @module
 */
import { expect } from 'vitest'
import { parseCheckpoint } from '../../src/core/checkpoint/index.ts'
import { parseNote } from '../../src/core/note/index.ts'
import { TileTree } from '../../src/core/tiles/index.ts'
import { checkFiles } from '../../src/node/fsck/index.ts'
import { type Issuer, openIssuer } from '../../src/node/issuer/index.ts'
import { issuerFilesIn, RUNS_CAPTURE, RUNS_ORIGIN, type StoredRuns } from '../support/stored-runs.ts'
import { recordHash, type ToldByIssuer } from '../support/told-by-issuer.ts'

/**
 * Opens the log as a new process would, with no step of recovery: every run and record that was told is there, byte for
 * byte; every checkpoint that was told is of the tree that the log has now, so that no two are of one size; and it goes on.
 */
export async function requireTold({ folder }: StoredRuns, told: readonly ToldByIssuer[]): Promise<void> {
  const files = issuerFilesIn(folder)
  const issuer = await openIssuer({ files, origin: RUNS_ORIGIN, capture: RUNS_CAPTURE })
  try {
    await requireOneTree(issuer, told)
    for (const one of told) {
      if (one.kind !== 'bound' && one.kind !== 'sealed') continue
      const run = await issuer.registry.run(one.runId)
      expect(run, `run ${one.runId} is lost`).toBeDefined()
      if (one.kind === 'bound') continue
      expect(recordHash(run?.outcome?.bundle ?? new Uint8Array(0)), 'a record is lost, or another').toBe(one.recordHash)
    }
    const request = { method: 'POST', path: '/', query: '', headers: [], body: new Uint8Array(0) }
    await issuer.recorder.bind({ ...request, endpoint: 'http://127.0.0.1:9', declarationId: undefined, cutList: [] })
  } finally {
    await issuer.close()
  }
}

async function requireOneTree({ log, logReads }: Issuer, told: readonly ToldByIssuer[]): Promise<void> {
  const { size, rootHash } = checkpointOf(log.checkpoint() as string)
  const tiles = await TileTree.open({ readTile: (tile) => logReads.readTile(tile), head: { size, root: rootHash } })
  for (const one of told) {
    if (!('checkpoint' in one)) continue
    const older = checkpointOf(one.checkpoint)
    expect(older.size, 'a checkpoint that was told is of more entries than there are').toBeLessThanOrEqual(size)
    expect(await tiles.rootHash(older.size)).toEqual(older.rootHash)
  }
}

const checkpointOf = (note: string) => parseCheckpoint(parseNote(note).text)

/** Every record that is there verifies among all else, and nothing has to be repaired. */
export async function requireClean(files: StoredRuns): Promise<void> {
  expect((await checkFiles(files)).problems).toEqual([])
}
