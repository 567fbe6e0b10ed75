/**
 * A disk that may lose power: which files it can have afterwards.
 *
 * What was synced is there. Of all that was done to a file since, each write and each change of size may be there or not,
 * in any combination, and of a write each sector of 512 bytes by itself. A name that was made or removed is so for sure
 * once its folder was synced, and not by a sync of the file; until then it may be as it was at any moment since.
 *
 * What this does not have: sectors that are neither old nor new, and disks that say that they have synced and have not.
 *
 * @module
 */
import type { DiskStep } from './recorded-disk.ts'

const SECTOR_SIZE = 512

type Change =
  | { readonly kind: 'write'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'resize'; readonly size: number }

interface DiskFile {
  synced: Uint8Array
  readonly since: Change[]
}

/** What a name stands for; undefined: there is none. */
interface DiskName {
  synced: DiskFile | undefined
  readonly since: (DiskFile | undefined)[]
}

/** How much of what was not synced is there: nothing, everything, or what chance has it. */
export type Luck = 'none' | 'all' | (() => number)

export class Disk {
  readonly #names = new Map<string, DiskName>()

  constructor(files: ReadonlyMap<string, Uint8Array>) {
    for (const [name, synced] of files) this.#names.set(name, { synced: { synced, since: [] }, since: [] })
  }

  do(step: DiskStep): void {
    switch (step.kind) {
      case 'told':
        return
      case 'create':
        this.#name(step.name).since.push({ synced: new Uint8Array(0), since: [] })
        return
      case 'remove':
        this.#name(step.name).since.push(undefined)
        return
      case 'write':
      case 'resize':
        this.#file(step.name).since.push(step)
        return
      case 'sync': {
        const file = this.#file(step.name)
        file.synced = contentsOf(file, 'all')
        file.since.length = 0
        return
      }
      case 'syncFolder':
        for (const name of this.#names.values()) {
          name.synced = currentOf(name)
          name.since.length = 0
        }
    }
  }

  /** Files after a loss of power, by name. */
  afterLoss(luck: Luck): ReadonlyMap<string, Uint8Array> {
    const files = new Map<string, Uint8Array>()
    for (const [name, states] of this.#names) {
      const { length } = states.since
      const at = luck === 'none' ? 0 : luck === 'all' ? length : Math.floor(luck() * (length + 1))
      const file = at === 0 ? states.synced : states.since[at - 1]
      if (file !== undefined) files.set(name, contentsOf(file, luck))
    }
    return files
  }

  #name(name: string): DiskName {
    const states = this.#names.get(name) ?? { synced: undefined, since: [] }
    this.#names.set(name, states)
    return states
  }

  #file(name: string): DiskFile {
    const file = currentOf(this.#name(name))
    if (file === undefined) throw new Error(`there is no file ${name}`)
    return file
  }
}

const currentOf = ({ synced, since }: DiskName): DiskFile | undefined => (since.length === 0 ? synced : since.at(-1))

function contentsOf({ synced, since }: DiskFile, luck: Luck): Uint8Array {
  if (luck === 'none') return synced
  const ends = since.map((change) => (change.kind === 'resize' ? change.size : change.at + change.bytes.length))
  const contents = new Uint8Array(Math.max(synced.length, ...ends))
  contents.set(synced)
  let size = synced.length
  const write = ({ at, bytes }: { readonly at: number; readonly bytes: Uint8Array }): void => {
    contents.set(bytes, at)
    size = Math.max(size, at + bytes.length)
  }
  // So that nearly all and nearly none come up as well.
  const share = luck === 'all' ? 1 : luck()
  const isThere = (): boolean => luck === 'all' || luck() < share
  for (const change of since) {
    if (change.kind === 'resize') {
      if (!isThere()) continue
      contents.fill(0, change.size)
      size = change.size
    } else if (luck === 'all' || luck() < 0.5) {
      if (isThere()) write(change)
    } else {
      for (const sector of sectorsOf(change)) if (isThere()) write(sector)
    }
  }
  return contents.subarray(0, size)
}

/** The parts of a write by the sectors that they lie in. */
function sectorsOf({ at, bytes }: { readonly at: number; readonly bytes: Uint8Array }) {
  const sectors: { readonly at: number; readonly bytes: Uint8Array }[] = []
  for (let from = 0; from < bytes.length; ) {
    const to = Math.min(bytes.length, from + SECTOR_SIZE - ((at + from) % SECTOR_SIZE))
    sectors.push({ at: at + from, bytes: bytes.subarray(from, to) })
    from = to
  }
  return sectors
}
