/**
 * How this implementation runs a case of `records`. It reads the files that the case names, so it needs a disk; in a
 * browser the conformance suite hands them in.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseTrustPolicy, verifyRecord } from '../../src/core/verify/index.ts'
import { nodeSha256, nodeVerifier } from '../../src/node/keys/index.ts'
import { ROOT } from '../project.ts'
import type { Value } from './topic.ts'

export type RecordsInput = {
  readonly recordFile: string
  readonly outputFile?: string
  readonly disclosureFile?: string
  readonly trustPolicyFile?: string
  readonly agreedDeclaration?: string
  /** Whether it takes an implementation that evaluates rules. */
  readonly takesRules?: boolean
}

const read = (path: string): Uint8Array => readFileSync(join(ROOT, 'test/vectors', path))
const readIf = (path: string | undefined): Uint8Array | undefined => (path === undefined ? undefined : read(path))

export async function runRecords(input: RecordsInput): Promise<Value> {
  const { recordFile, outputFile, disclosureFile, trustPolicyFile, agreedDeclaration } = input
  const evidence = { record: read(recordFile), output: readIf(outputFile), disclosure: readIf(disclosureFile) }
  const trust = trustPolicyFile === undefined ? undefined : parseTrustPolicy(read(trustPolicyFile))
  const options = { trust, agreedDeclarationId: agreedDeclaration, verifier: nodeVerifier, hash: nodeSha256 }
  const { authenticity, composition, exitCode, facts, checks } = await verifyRecord(evidence, options)
  return {
    authenticity,
    composition,
    exitCode,
    runId: facts?.runId ?? null,
    recordDigest: facts?.recordDigest ?? null,
    checks: Object.fromEntries(checks.map(({ id, status, code }) => [id, code ?? status])),
  }
}
