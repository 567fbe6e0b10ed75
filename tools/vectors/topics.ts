/**
 * Every topic, in the order of the specification's pages: formats first, then what a run is made of.
 *
 * @module
 */
import { answer } from './answer.ts'
import { binding } from './binding.ts'
import { checkpoint } from './checkpoint.ts'
import { commitment } from './commitment.ts'
import { composition } from './composition.ts'
import { container } from './container.ts'
import { cosignature } from './cosignature.ts'
import { cut } from './cut.ts'
import { cutList } from './cut-list.ts'
import { declaration } from './declaration.ts'
import { declarationFile } from './declaration-file.ts'
import { disclosure } from './disclosure.ts'
import { documentRules } from './document-rules.ts'
import { encoding } from './encoding.ts'
import { envelope } from './envelope.ts'
import { json } from './json.ts'
import { logEntry } from './log-entry.ts'
import { merkle } from './merkle.ts'
import { note } from './note.ts'
import { passages } from './passages.ts'
import { pointer } from './pointer.ts'
import { policy } from './policy.ts'
import { record } from './record.ts'
import { records } from './records.ts'
import { signature } from './signature.ts'
import { statement } from './statement.ts'
import { tiles } from './tiles.ts'
import { tlogProof } from './tlog-proof.ts'
import type { Topic } from './topic.ts'
import { trustPolicy } from './trust-policy.ts'

export const TOPICS: readonly Topic[] = [
  encoding,
  json,
  documentRules,
  pointer,
  signature,
  statement,
  envelope,
  container,
  logEntry,
  merkle,
  note,
  checkpoint,
  cosignature,
  tlogProof,
  tiles,
  trustPolicy,
  declaration,
  declarationFile,
  cut,
  cutList,
  passages,
  answer,
  commitment,
  binding,
  composition,
  policy,
  record,
  disclosure,
  records,
]
