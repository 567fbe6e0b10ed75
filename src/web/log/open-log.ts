/**
 * Opening a log: nothing is signed on a store before it, the head store and the clock have been held against one another.
 *
 *     head store                        store                what is done
 *     its checkpoint is                 has
 *     ------------------------------    -----------------    -------------------------------------------
 *     the stored one                    any size             the log opens
 *     the one before the stored one     one commit more      the head store is moved on, the log opens
 *     an older one of the same tree     more                 LOG_HEAD_BEHIND
 *     of more entries                   fewer                LOG_ROLLED_BACK
 *     of another tree                   any size             LOG_FORKED
 *     of another key                    any size             LOG_HEAD_FOREIGN
 *     none                              one commit           as after a crash in the very first commit
 *     none                              more                 LOG_HEAD_MISSING
 *
 * What this does not notice: a store and a head store that were brought back together, both from one older moment.
 *
 * @module
 */
import { ColophonError } from '../../core/errors.ts'
import { sha256 } from '../../core/hash/index.ts'
import { nobleVerifier } from '../../core/signature/index.ts'
import { verifierKeyOf } from './checkpoint-signer.ts'
import { type LoadedLog, loadTree } from './load-tree.ts'
import type { Log, OpenLogOptions } from './log.ts'
import type { SignedHead, StoredLog } from './ports.ts'
import { type HeadRelation, relateHead } from './relate-head.ts'
import { Sequencer } from './sequencer.ts'
import { requireNotBehind } from './signing-clock.ts'

/**
 * Opens the log in a store. An empty store begins an empty log.
 *
 * @throws {ColophonError} STORE_DAMAGED  (fatal) the store, its checkpoint and the log's key do not agree in everything
 * @throws {ColophonError} LOG_ROLLED_BACK, LOG_HEAD_BEHIND, LOG_HEAD_MISSING, LOG_HEAD_FOREIGN, LOG_FORKED  (fatal) the
 *   store and the head store are not of one moment
 * @throws {ColophonError} CLOCK_BEHIND   the wall clock is behind the last signature
 * @throws {ColophonError} STORE_FAILED   one of the two cannot be read, or the head store not be written
 * @throws {RangeError} the signer's name is not the origin
 */
export const openLog = async <Write>(options: OpenLogOptions<Write>): Promise<Log<Write>> => {
  const { store, origin, signer, verifier = nobleVerifier, hash = sha256 } = options
  if (signer.name !== origin) throw new RangeError(`signer: got a key named ${signer.name}, want ${origin}`)
  const input = { store, logKey: verifierKeyOf(signer), verifier, hash }
  const loaded = await loadTree(input)
  const signed = await options.head.load()
  const relation = await relateHead({ ...input, loaded, signed })
  requireNear(relation, loaded.stored)
  const head = relation.kind === 'same' ? signed : newestHead(loaded, signed)
  requireNotBehind({ nowMs: options.nowMs(), signedAtMs: head?.signedAtMs })
  // If the process dies here, the next opening finds what this one found, or the head store at the stored checkpoint.
  if (relation.kind === 'oneBehind') await options.head.swap({ from: signed?.checkpoint, to: head as SignedHead })
  return new Sequencer(options, { tree: loaded.tree, head })
}

/** Only one commit may lie between store and head store: more is no crash, but a copy, and only the operator knows which. */
const requireNear = (relation: HeadRelation, { size }: StoredLog): void => {
  if (relation.kind === 'same' || relation.kind === 'oneBehind') return
  const resume = `if it is lost and the store is the newest: colophon log resume --size ${size}`
  if (relation.kind === 'missing') {
    const message = `the store has ${size} entries, and the head store remembers no checkpoint`
    throw new ColophonError('LOG_HEAD_MISSING', message, { fatal: true, hint: `Bring the head store back; ${resume}.` })
  }
  const message = `the store has ${size} entries, and the head store remembers a checkpoint of ${relation.headSize}`
  throw new ColophonError('LOG_HEAD_BEHIND', `${message}: the head store is an older copy`, {
    fatal: true,
    hint: `Bring the newest head store back; ${resume}.`,
  })
}

/** The stored checkpoint, which its commit signed at a time of its own. */
const newestHead = ({ stored }: LoadedLog, signed: SignedHead | undefined): SignedHead => ({
  checkpoint: stored.checkpoint as string,
  signedAtMs: Math.max(stored.signedAtMs ?? 0, signed?.signedAtMs ?? 0),
})
