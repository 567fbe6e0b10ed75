/**
 * How the head store stands to a store whose tree was verified.
 *
 * Believed are the log's own signatures, and nothing else: the tree that the head store remembers has to be one that the
 * stored tree continues, which is computed from the tiles. What is then left is how far apart the two are.
 *
 * @module
 */
import { equalBytes } from '../../core/bytes/index.ts'
import { type Checkpoint, openCheckpoint } from '../../core/checkpoint/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { TileTree } from '../../core/tiles/index.ts'
import type { LoadedLog, LoadInput } from './load-tree.ts'
import type { SignedHead } from './ports.ts'

export type HeadRelation =
  /** It remembers the stored checkpoint; or both are empty. */
  | { readonly kind: 'same' }
  /** It remembers the checkpoint that the last commit replaced: a crash came between store and head store. */
  | { readonly kind: 'oneBehind' }
  /** It remembers an older one, of `headSize` entries, which the stored tree continues. */
  | { readonly kind: 'behind'; readonly headSize: bigint }
  /** It remembers nothing, and the store has more than one commit. */
  | { readonly kind: 'missing' }

interface RelateInput extends LoadInput {
  readonly loaded: LoadedLog
  readonly signed: SignedHead | undefined
}

/**
 * @throws {ColophonError} LOG_HEAD_FOREIGN  the head's checkpoint is not one that the log's key signed
 * @throws {ColophonError} LOG_ROLLED_BACK   the store is older than the head
 * @throws {ColophonError} LOG_FORKED        the stored tree does not continue the head's
 * @throws {ColophonError} STORE_DAMAGED     the tiles do not let it be computed
 */
export const relateHead = async (input: RelateInput): Promise<HeadRelation> => {
  const { loaded, signed } = input
  const { stored } = loaded
  // The stored checkpoint was verified, and this is the very same text; or neither has one.
  if (signed?.checkpoint === stored.checkpoint) return { kind: 'same' }
  if (signed === undefined) return { kind: stored.previous === undefined ? 'oneBehind' : 'missing' }
  const head = await openHead(signed, input)
  if (head.size > stored.size) {
    const message = `the store has ${stored.size} entries, and the log has signed a checkpoint of ${head.size}`
    throw new ColophonError('LOG_ROLLED_BACK', `${message}: the store is an older copy`, { fatal: true })
  }
  await requireContinued(head, input)
  // Of the same tree, in other words: no fork, and the stored note is the one to go on from.
  if (head.size === stored.size || signed.checkpoint === stored.previous) return { kind: 'oneBehind' }
  return { kind: 'behind', headSize: head.size }
}

const openHead = async (signed: SignedHead, { logKey, verifier }: RelateInput): Promise<Checkpoint> => {
  try {
    return (await openCheckpoint({ signedNote: signed.checkpoint, logKey, verifier })).checkpoint
  } catch (cause) {
    const message = `the head store has a checkpoint that the key of ${logKey.name} did not sign`
    throw new ColophonError('LOG_HEAD_FOREIGN', message, { fatal: true, cause })
  }
}

/** Computes the root that the stored tree had at the head's size: RFC 6962 section 2.1.2. */
const requireContinued = async (head: Checkpoint, { loaded, store, hash }: RelateInput): Promise<void> => {
  const { tree } = loaded
  const second = { size: BigInt(tree.size), root: tree.root() }
  let older: Uint8Array
  try {
    const tiles = await TileTree.open({ readTile: (tile) => store.readTile(tile), head: second, sha256: hash })
    older = (await tiles.proveConsistency(head.size)).first.root
  } catch (cause) {
    const message = `the tree of ${head.size} entries cannot be made from the tiles`
    const at = ColophonError.is(cause) && cause.at !== undefined ? { at: cause.at } : {}
    throw new ColophonError('STORE_DAMAGED', message, { fatal: true, cause, ...at })
  }
  if (equalBytes({ left: older, right: head.rootHash })) return
  const message =
    head.size === second.size
      ? `store and head store have two trees of ${head.size} entries`
      : `the first ${head.size} of the store's ${second.size} entries are not those of the checkpoint that the log signed`
  throw new ColophonError('LOG_FORKED', message, { fatal: true })
}
