/**
 * How this implementation runs the cases of each topic, by the topic's name. Pure: of the core and web standards alone, so
 * that a browser runs them too.
 *
 * @module
 */

import type { Value } from '../topic.ts'
import { runAnswer } from './answer.ts'
import { runBinding } from './binding.ts'
import { runCheckpoint } from './checkpoint.ts'
import { runCommitment } from './commitment.ts'
import { runComposition } from './composition.ts'
import { runContainer } from './container.ts'
import { runCosignature } from './cosignature.ts'
import { runCut } from './cut.ts'
import { runCutList } from './cut-list.ts'
import { runDeclaration } from './declaration.ts'
import { runDeclarationFile } from './declaration-file.ts'
import { runDisclosure } from './disclosure.ts'
import { runDocumentRules } from './document-rules.ts'
import { runEncoding } from './encoding.ts'
import { runEnvelope } from './envelope.ts'
import { runJson } from './json.ts'
import { runLogEntry } from './log-entry.ts'
import { runMerkle } from './merkle.ts'
import { runNote } from './note.ts'
import { runPassages } from './passages.ts'
import { runPointer } from './pointer.ts'
import { runPolicy } from './policy.ts'
import { runRecord } from './record.ts'
import { runSignature } from './signature.ts'
import { runStatement } from './statement.ts'
import { runTiles } from './tiles.ts'
import { runTlogProof } from './tlog-proof.ts'
import { runTrustPolicy } from './trust-policy.ts'

/** The input is what a file of vectors holds, of the form that the topic says. */
// biome-ignore lint/suspicious/noExplicitAny: each topic has an input of its own, and files are read, not typed
export type Run = (input: any) => Value | Promise<Value>

export const RUNS: Readonly<Record<string, Run>> = {
  answer: runAnswer,
  binding: runBinding,
  checkpoint: runCheckpoint,
  commitment: runCommitment,
  composition: runComposition,
  container: runContainer,
  cosignature: runCosignature,
  'cut-list': runCutList,
  cut: runCut,
  declaration: runDeclaration,
  'declaration-file': runDeclarationFile,
  disclosure: runDisclosure,
  'document-rules': runDocumentRules,
  encoding: runEncoding,
  envelope: runEnvelope,
  json: runJson,
  'log-entry': runLogEntry,
  merkle: runMerkle,
  note: runNote,
  passages: runPassages,
  pointer: runPointer,
  policy: runPolicy,
  record: runRecord,
  signature: runSignature,
  statement: runStatement,
  tiles: runTiles,
  'tlog-proof': runTlogProof,
  'trust-policy': runTrustPolicy,
}
