/**
 * Salts and commits to the leaves of a message.
 *
 * @module
 */
import type { Dialect } from '../../core/dialects/index.ts'
import { commitmentOf, type Direction, hashLeaves, type Leaf } from '../../core/spans/index.ts'
import type { RecorderOptions } from './recorder-options.ts'

/** @returns 32 bytes */
export function commit(input: {
  readonly options: Pick<RecorderOptions, 'hash' | 'salts'>
  readonly direction: Direction
  readonly dialect: Dialect
  readonly leaves: readonly Leaf[]
  readonly secret: Uint8Array
  readonly bodyLength: number
}): Uint8Array {
  const { options, direction, dialect, leaves, secret, bodyLength } = input
  const { hash } = options
  const salts = options.salts({ secret, direction, count: leaves.length })
  return commitmentOf({
    direction,
    dialect: dialect.id,
    leafHashes: hashLeaves({ leaves, salts, hash }),
    bodyLength,
    hash,
  })
}
