/**
 * Our own texts of the published sequence of doubles, as the hashes of its beginnings.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { canonicalText } from '../../src/core/json/index.ts'
import { numberSequence } from './number-sequence.ts'
import { readVectorJson, readVectorText } from './shared-vectors.ts'

export interface NumberHash {
  readonly lines: number
  readonly sha256: string
}

/** As published, of at most so many lines. */
export const publishedNumberHashes = ({ maxLines }: { readonly maxLines: number }): readonly NumberHash[] =>
  readVectorJson<{ readonly table: readonly NumberHash[] }>('jcs-cyberphone/es6-number-hashes.json')
    .table.filter(({ lines }) => lines <= maxLines)
    .map(({ lines, sha256 }) => ({ lines, sha256 }))

/** How many numbers at the beginning of the sequence are fixed. */
const FIXED = 168

/** Hashes of the first so many lines each; the counts ascend. */
export function ownNumberHashes(counts: readonly number[]): readonly NumberHash[] {
  const fixed = readVectorText('jcs-cyberphone/es6-numbers-10000.txt').split('\n', FIXED)
  const bits = fixed.map((line) => BigInt(`0x${line.split(',', 1)[0]}`))
  const hash = createHash('sha256')
  const hashes: NumberHash[] = []
  let lines = 0
  let text = ''
  for (const { bits: number, value } of numberSequence(bits)) {
    text += `${number.toString(16)},${canonicalText(value)}\n`
    lines += 1
    const isWanted = lines === counts[hashes.length]
    if (isWanted || lines % 1_000 === 0) {
      hash.update(text)
      text = ''
    }
    if (isWanted) hashes.push({ lines, sha256: hash.copy().digest('hex') })
    if (hashes.length === counts.length) break
  }
  return hashes
}
