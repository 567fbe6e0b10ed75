/**
 * What the commands of a verifier have in common: whom it trusts, which declaration it expects, what it looks at.
 *
 * @module
 */
import type { Command } from 'commander'
import { declarationId } from '../../core/declaration/index.ts'
import { type Report, verifyRecord } from '../../core/verify/index.ts'
import { readDeclarationFile } from '../declaration-file/index.ts'
import { nodeSha256, nodeVerifier } from '../keys/index.ts'
import { readTrustPolicy } from '../trust-file/index.ts'
import { type EvidenceFiles, type EvidenceOptions, readEvidence } from './evidence-files.ts'

export interface VerifierOptions extends EvidenceOptions {
  readonly trust?: string
  readonly declaration?: string
}

export interface Verified {
  readonly evidence: EvidenceFiles
  readonly report: Report
}

const SHA256_HEX = /^[0-9a-f]{64}$/

export const addVerifierOptions = (command: Command): Command =>
  command
    .option('--record <file>', 'the record (default: ANSWER.sigstore.json)')
    .option('--disclosure <file>', 'the disclosure (default: ANSWER.disclosure.json, if it is there)')
    .option('--no-disclosure', 'leave the disclosure aside')
    .option('--identity <file>', 'your age identity, for a disclosure that is sealed for you')
    .option('--trust <file>', 'your trust policy: whom you believe')
    .option('--declaration <file|id>', 'the declaration that was agreed on')

/** @throws {ColophonError} whatever keeps the files from being read; a bad record is in the report instead */
export async function verifyFiles(answer: string | undefined, options: VerifierOptions): Promise<Verified> {
  const trust = options.trust === undefined ? undefined : await readTrustPolicy(options.trust)
  const agreedDeclarationId = await agreedId(options.declaration)
  const evidence = await readEvidence(answer, options)
  const report = await verifyRecord(evidence, { trust, agreedDeclarationId, verifier: nodeVerifier, hash: nodeSha256 })
  return { evidence, report }
}

async function agreedId(declaration: string | undefined): Promise<string | undefined> {
  if (declaration === undefined || SHA256_HEX.test(declaration)) return declaration
  return declarationId((await readDeclarationFile(declaration)).declaration)
}
