/**
 * What fsck can find: what each finding means, and what to do (`docs/guide/log.md`).
 *
 * A problem is damage, or somebody's hand. A notice is something that a sound store can show too. Codes never change their
 * meaning.
 *
 * @module
 */

interface CodeEntry {
  readonly meaning: string
  readonly hint: string
}

const RESTORE = 'Keep the file as it is for later, and restore store.sqlite from a copy (docs/guide/log.md).'
const NOT_YOURS = 'Find out who wrote to the store. Restore store.sqlite from a copy (docs/guide/log.md).'

export const PROBLEM_CODES = {
  DATABASE_DAMAGED: { meaning: 'SQLite finds the file damaged.', hint: RESTORE },
  SCHEMA_CHANGED: { meaning: 'The tables are not those that this software makes.', hint: NOT_YOURS },
  UNREADABLE: { meaning: 'Something stored cannot be read.', hint: RESTORE },
  // The log
  CHECKPOINT_WRONG: { meaning: 'The stored checkpoint is not one that this log signed.', hint: RESTORE },
  HEAD_DIFFERS: {
    meaning: 'The head, which remembers the last checkpoint signed, does not fit the store.',
    hint: 'Open the issuer: the refusal says which is behind. Never restore head.sqlite (docs/guide/log.md).',
  },
  ENTRY_MISSING: { meaning: 'An entry of the log is not there.', hint: RESTORE },
  ENTRY_CHANGED: { meaning: 'An entry is not the one that the tree has.', hint: RESTORE },
  ENTRY_STRAY: { meaning: 'There is an entry beyond the size of the log.', hint: NOT_YOURS },
  TILE_MISSING: { meaning: 'A hash tile is not there.', hint: RESTORE },
  TILE_CHANGED: { meaning: 'A hash tile is not the one that the entries make.', hint: RESTORE },
  TILE_STRAY: { meaning: 'There is a hash tile that no tree of this size has.', hint: NOT_YOURS },
  ROOT_DIFFERS: { meaning: 'The entries do not lead to the root hash that the log signed.', hint: RESTORE },
  // The rows
  STATEMENT_WRONG: { meaning: 'A signed statement is not in order, or its signer is not trusted.', hint: RESTORE },
  ENTRY_OTHER: { meaning: 'The log has another entry at a statement’s index.', hint: RESTORE },
  PROOF_WRONG: { meaning: 'A stored proof does not prove what it should.', hint: RESTORE },
  FORK: {
    meaning: 'A proof is of another tree of that size than this log’s: the log’s key has signed two.',
    hint: 'Keep everything: it is evidence. The key was used elsewhere; start a new log with a new key.',
  },
  COLUMN_DIFFERS: { meaning: 'A column differs from what the signed bytes say.', hint: RESTORE },
  CONTENTS_DIFFER: { meaning: 'Stored contents are not those that were committed to.', hint: RESTORE },
  RECORD_WRONG: { meaning: 'A record does not verify.', hint: RESTORE },
  ROW_MISSING: { meaning: 'A row is not there.', hint: RESTORE },
  ROW_STRAY: { meaning: 'A row belongs to nothing.', hint: NOT_YOURS },
  // The check itself
  NOT_CHECKED: {
    meaning: 'Something could not be checked, because of another problem.',
    hint: 'See to that one first.',
  },
} as const satisfies Record<string, CodeEntry>

export type ProblemCode = keyof typeof PROBLEM_CODES

export const NOTICE_CODES = {
  RUN_OPEN: {
    meaning: 'A run has no record: it is under way, its process ended before it did, or the record was deleted.',
    hint: 'Nothing, where its answer never ended. Where no row speaks of a later entry, it may have been deleted.',
  },
  HEAD_ROLLS_FORWARD: {
    meaning: 'The head is one commit behind: the process ended before that commit was acknowledged.',
    hint: 'Nothing: the next command or gateway that opens the issuer rolls it forward.',
  },
  HEAD_TIME_DIFFERS: {
    meaning: 'Head store and store have two times for one checkpoint.',
    hint: 'Nothing after a log resume, or after a crash. Otherwise somebody changed one of the two.',
  },
  ENTRY_UNCLAIMED: {
    meaning: 'The log has an entry that no row speaks of: it was refused after it was logged, or its row was deleted.',
    hint: 'One or two after a refusal are as they should be. Others are rows that somebody deleted: restore a copy.',
  },
} as const satisfies Record<string, CodeEntry>

export type NoticeCode = keyof typeof NOTICE_CODES
