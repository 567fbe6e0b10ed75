import { describe, expect, test } from 'vitest'
import { openCheckpoint } from '../../src/core/checkpoint/index.ts'
import { leafHash } from '../../src/core/merkle/index.ts'
import { parseVerifierKey } from '../../src/core/note/index.ts'
import {
  entryBundlePath,
  formatEntryBundle,
  parseEntryBundle,
  parseEntryBundlePath,
  parseTilePath,
  TileTree,
  tilePath,
  tileWidth,
} from '../../src/core/tiles/index.ts'
import { nodeVerifier } from '../../src/node/keys/index.ts'
import { NaiveTree } from '../support/naive-tree.ts'
import { differencesIn } from '../support/published-vectors.ts'
import { describeVectors, readVectorJson } from '../support/shared-vectors.ts'

const FOLDER = 'tlog-tiles-tessera'

interface PublishedLog {
  readonly vkey: string
  readonly leaves: readonly string[]
  readonly files_b64: Readonly<Record<string, string>>
}

interface PublishedPaths {
  readonly entries_path_for_index: readonly { readonly seq: number; readonly logSize: number; readonly path: string }[]
  /** `partial` is the width of a partial tile, 0 of a full one; here that is 256. */
  readonly tile_path: readonly {
    readonly level: number
    readonly index: number
    readonly partial: number
    readonly path: string
  }[]
  readonly parse: readonly {
    readonly pathLevel: string
    readonly pathIndex: string
    readonly expect: 'ok' | 'reject'
    readonly level: number
    readonly index: string
    readonly partial: number
  }[]
}

describeVectors(FOLDER, () => {
  // A key name with a path in it: not one of our origins, but a key name of C2SP, so its notes open like others.
  describe('a log of 15 entries', () => {
    const { vkey, leaves, files_b64 } = readVectorJson<PublishedLog>(`${FOLDER}/log.json`)
    const file = (path: string): Buffer => Buffer.from(files_b64[path] as string, 'base64')
    const entries = leaves.map((leaf) => new Uint8Array(Buffer.from(leaf)))
    const tree = new NaiveTree()
    for (const entry of entries) tree.add(entry)
    const open = async (path: string) => {
      const opened = await openCheckpoint({
        signedNote: file(path).toString(),
        logKey: parseVerifierKey(vkey),
        verifier: nodeVerifier,
      })
      return opened.checkpoint
    }

    test('every checkpoint verifies and has the root of its entries', async () => {
      for (let size = 0; size <= entries.length; size++) {
        expect(await open(`checkpoint.${size}`)).toMatchObject({ size: BigInt(size), rootHash: tree.root(0, size) })
      }
      expect(await open('checkpoint')).toEqual(await open('checkpoint.15'))
    })

    test('every tile and bundle is made of the entries, to the byte', () => {
      const made: Record<string, Uint8Array> = {}
      for (let width = 1; width <= entries.length; width++) {
        const first = entries.slice(0, width)
        made[tilePath({ level: 0, index: 0n, width })] = Buffer.concat(first.map((entry) => leafHash(entry)))
        made[entryBundlePath({ index: 0n, width })] = formatEntryBundle(first)
        expect(parseEntryBundle({ bytes: file(entryBundlePath({ index: 0n, width })), width })).toEqual(
          first.map((entry) => Buffer.from(entry)),
        )
      }
      const published = Object.keys(files_b64).filter((path) => path.startsWith('tile/'))
      expect(Object.keys(made).sort()).toEqual(published.sort())
      for (const path of published) expect([path, Buffer.from(made[path] as Uint8Array)]).toEqual([path, file(path)])
    })

    test('proofs from its tiles, for all its sizes', async () => {
      for (let size = 1; size <= entries.length; size++) {
        const { rootHash } = await open(`checkpoint.${size}`)
        const tiles = await TileTree.open({
          readTile: async (tile) => file(tilePath(tile)),
          head: { size: BigInt(size), root: rootHash },
        })
        for (let index = 0; index < size; index++) {
          expect((await tiles.proveInclusion(BigInt(index))).proof).toEqual(tree.path(index, 0, size))
        }
        for (let first = 0; first <= size; first++) {
          expect((await tiles.proveConsistency(BigInt(first))).proof).toEqual(tree.consistency(first, size))
        }
      }
    })
  })

  describe('paths', () => {
    const paths = readVectorJson<PublishedPaths>(`${FOLDER}/paths.json`)

    test('of the bundle that an entry is in', () => {
      for (const { seq, logSize, path } of paths.entries_path_for_index) {
        const index = BigInt(seq) >> 8n
        const bundle = { index, width: tileWidth({ level: 0, index, size: BigInt(logSize) }) }
        expect(entryBundlePath(bundle)).toBe(path)
        expect(parseEntryBundlePath(path)).toEqual(bundle)
      }
    })

    test('of tiles', () => {
      for (const { level, index, partial, path } of paths.tile_path) {
        const tile = { level, index: BigInt(index), width: partial || 256 }
        expect(tilePath(tile)).toBe(path)
        expect(parseTilePath(path)).toEqual(tile)
      }
    })

    test.each(paths.parse)(
      '$pathLevel, $pathIndex: $expect',
      ({ pathLevel, pathIndex, level, index, partial, ...want }) => {
        const tile = `tile/${pathLevel}/${pathIndex}`
        const bundle = `tile/entries/${pathIndex}`
        if (want.expect === 'ok') {
          expect(parseTilePath(tile)).toEqual({ level, index: BigInt(index), width: partial || 256 })
          expect(parseEntryBundlePath(bundle)).toEqual({ index: BigInt(index), width: partial || 256 })
        } else {
          expect(() => parseTilePath(tile)).toThrowCode('TILE_PATH_MALFORMED')
          // A bundle has no level to be wrong.
          const isLevel = /^-1|64|abc$/.test(pathLevel)
          if (!isLevel) expect(() => parseEntryBundlePath(bundle)).toThrowCode('TILE_PATH_MALFORMED')
        }
      },
    )

    test('nothing differs', () => {
      expect(differencesIn(FOLDER)).toEqual([])
    })
  })
})
