/**
 * Where the store lies: how much room is left, and whether the file system is one that SQLite can be trusted to.
 *
 * @module
 */
import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { WorkspacePaths } from '../workspace/index.ts'
import { type Finding, notChecked, ok, problem, warning } from './finding.ts'

/** What is asked of a file system; of `fs.StatFs`. */
export interface FileSystem {
  readonly type: number
  readonly bsize: number
  readonly bavail: number
}

export type StatFileSystem = (path: string) => Promise<FileSystem>

const MIB = 2 ** 20
/** Below, writes are about to fail; a run takes some 100 KiB, and SQLite needs as much again for its journal. */
const MIN_FREE = 64 * MIB
/** Below, it is time to look. */
const LOW_FREE = 1024 * MIB

/** Of Linux (statfs(2), linux/magic.h). */
const NETWORK_FILE_SYSTEMS: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x517b, 'SMB'],
  [0x65735546, 'FUSE'],
  [0x01021997, '9P'],
  [0x00c36400, 'Ceph'],
  [0x5346414f, 'AFS'],
  [0x47504653, 'GPFS'],
  [0x0bd00bd0, 'Lustre'],
])

export async function checkDisk(
  paths: Pick<WorkspacePaths, 'store' | 'head'>,
  { stat = statfs }: { readonly stat?: StatFileSystem } = {},
): Promise<readonly Finding[]> {
  const found: { readonly folder: string; readonly system: FileSystem }[] = []
  for (const folder of new Set([paths.store, paths.head].map((path) => dirname(path)))) {
    const system = await stat(folder).catch(() => undefined)
    if (system !== undefined) found.push({ folder, system })
  }
  if (found.length === 0) {
    const why = 'The file system of the store does not say.'
    return [notChecked('diskSpace', why), notChecked('fileSystem', why)]
  }
  return [checkSpace(found), checkKind(found)]
}

type Found = readonly { readonly folder: string; readonly system: FileSystem }[]

function checkSpace(found: Found): Finding {
  const rooms = found.map(({ folder, system }) => ({ folder, bytes: system.bavail * system.bsize }))
  const least = rooms.reduce((a, b) => (b.bytes < a.bytes ? b : a))
  const free = `${Math.floor(least.bytes / MIB)} MiB are free`
  const fault = { code: 'DISK_SPACE_LOW', at: least.folder } as const
  if (least.bytes < MIN_FREE) return problem('diskSpace', `${free}, want ${MIN_FREE / MIB} at least.`, fault)
  if (least.bytes < LOW_FREE) return warning('diskSpace', `${free}, want ${LOW_FREE / MIB} to be at ease.`, fault)
  return ok('diskSpace', `${free} where the store lies, want ${LOW_FREE / MIB} to be at ease.`)
}

function checkKind(found: Found): Finding {
  if (process.platform !== 'linux') return notChecked('fileSystem', 'Only Linux tells of which kind it is.')
  for (const { folder, system } of found) {
    const kind = NETWORK_FILE_SYSTEMS.get(system.type)
    if (kind === undefined) continue
    return warning('fileSystem', `The store lies on ${kind}, where locks and syncs may not hold.`, {
      code: 'NETWORK_FILE_SYSTEM',
      at: folder,
    })
  }
  return ok('fileSystem', 'The store lies on no network file system that is known here.')
}
