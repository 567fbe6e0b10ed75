/**
 * How this implementation runs a case of `tiles`.
 *
 * @module
 */
import {
  parseEntryBundle,
  parseEntryBundlePath,
  parseTilePath,
  partialTiles,
  tilePath,
} from '../../../src/core/tiles/index.ts'
import { bytesOfHex, hexOf, type Parts } from '../parts.ts'
import type { Value } from '../topic.ts'

export type TilesInput = {
  readonly operation: keyof typeof OPERATIONS
  readonly path?: string
  readonly bundleHex?: Parts
  readonly width?: number
  readonly size?: string
}

export const OPERATIONS = {
  readTilePath: 'The path of a hash tile: `level`, `index` and `width`, the number of its hashes.',
  readEntryBundlePath: 'The path of an entry bundle: `index` and `width`, the number of its entries.',
  readEntryBundle: 'The bundle `bundleHex` of `width` entries: `entries`, each in hexadecimal.',
  partialTiles: 'The partial hash tiles of a tree of `size` leaves, from level 0 on: `paths`.',
}

export const runTiles = ({ operation, path = '', bundleHex = '', width = 0, size = '0' }: TilesInput): Value => {
  switch (operation) {
    case 'readTilePath': {
      const { level, index, width: hashes } = parseTilePath(path)
      return { level, index: String(index), width: hashes }
    }
    case 'readEntryBundlePath': {
      const { index, width: entries } = parseEntryBundlePath(path)
      return { index: String(index), width: entries }
    }
    case 'readEntryBundle':
      return { entries: parseEntryBundle({ bytes: bytesOfHex(bundleHex), width }).map(hexOf) }
    case 'partialTiles':
      return { paths: partialTiles(BigInt(size)).map(tilePath) }
  }
}
