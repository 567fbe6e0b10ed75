/**
 * The verifier: one record, and what is given beside it, to one report (`docs/spec/verdicts.md`).
 *
 * It reads straight down, and never throws over what it is given: whatever is wrong stands in the report. It calls
 * nobody: no clock, no network. Trust comes from the policy alone.
 *
 * @module
 */
import { equalBytes } from '../bytes/index.ts'
import { type Sha256, sha256 } from '../hash/index.ts'
import { fullKeyId } from '../note/index.ts'
import { nobleVerifier, type SignatureVerifier } from '../signature/index.ts'
import { formatTrustedTime, type TrustPolicy } from '../trust/index.ts'
import { checkDisclosure, type DisclosedFacts } from './check-disclosure.ts'
import { checkOutput } from './check-output.ts'
import { checkRequirements } from './check-requirements.ts'
import { CheckSheet } from './check-sheet.ts'
import { type CheckedTrust, checkTrust } from './check-trust.ts'
import { type ReadRecord, readRecord } from './read-record.ts'
import type { RecordFacts, Report } from './report.ts'
import { judge } from './verdict.ts'

/** Foreign bytes, all of it: nothing here is trusted. */
export interface Evidence {
  /** The record: a Sigstore bundle. */
  readonly record: Uint8Array
  /** The output as it was received, for comparison with the record's subjects. */
  readonly output?: Uint8Array | undefined
  /** The disclosure file. */
  readonly disclosure?: Uint8Array | undefined
}

export interface VerifyOptions {
  /** Whom the verifier believes. Without it a record is at most `valid`. */
  readonly trust?: TrustPolicy | undefined
  /** Id of the declaration that was agreed on. */
  readonly agreedDeclarationId?: string | undefined
  /** A faster one than `nobleVerifier`, behind the strict checks of `strictVerifier`. */
  readonly verifier?: SignatureVerifier
  /** A faster SHA-256 where there is one. */
  readonly hash?: Sha256
}

/** Every check, in order, and the verdicts that follow. Time and memory are linear in the evidence. */
export async function verifyRecord(evidence: Evidence, options: VerifyOptions = {}): Promise<Report> {
  const { trust, agreedDeclarationId, verifier = nobleVerifier, hash = sha256 } = options
  const sheet = new CheckSheet()
  const crypto = { verifier, hash }
  const read = await readRecord(evidence.record, sheet, crypto)
  if (read === undefined) {
    return judge({ checks: sheet.finish('The record did not hold up to this point.'), facts: undefined, trust })
  }
  const { record } = read
  const trusted = await checkTrust({ read, trust, sheet, crypto })
  checkOutput({ output: evidence.output, record, sheet, hash })
  const disclosed = await checkDisclosure({ read, disclosure: evidence.disclosure, sheet, crypto })
  checkRequirements({ read, trust, agreedDeclarationId, sheet })
  const checks = sheet.finish('Something that this check needs did not hold.')
  return judge({ checks, facts: factsOf(read, trusted, trust, disclosed), trust })
}

function factsOf(
  read: ReadRecord,
  { signer, places }: CheckedTrust,
  trust: TrustPolicy | undefined,
  { findings, policy }: DisclosedFacts,
): RecordFacts {
  const { record, binding, bundle, declaration } = read
  const log = trust?.logs.find((key) => equalBytes({ left: fullKeyId(key), right: bundle.entry.logKeyId }))
  return {
    runId: record.runId,
    recordDigest: read.recordDigest,
    signer: { keyId: binding.issuer, name: signer?.name },
    log: { origin: log?.name, index: bundle.entry.logIndex },
    trustedTimes: trustedTimesIn(places),
    boundAt: binding.boundAt,
    endedAt: record.outcome.endedAt,
    endpoint: binding.endpoint,
    dialect: binding.request.dialect,
    capture: binding.capture.point,
    declaration:
      declaration === undefined
        ? undefined
        : { id: declaration.id, name: declaration.declaration.name, privacy: declaration.declaration.privacy },
    completion: record.outcome.completion,
    models: record.model,
    outputs: record.outputs,
    recordedResult: record.composition.result,
    policy,
    roles: record.composition.roles,
    findings: findings ?? record.composition.findings,
  }
}

const trustedTimesIn = (places: CheckedTrust['places']): RecordFacts['trustedTimes'] =>
  (['declaration', 'binding', 'record'] as const).flatMap((statement) =>
    (places[statement]?.trustedTimes ?? []).map((time) => {
      return { statement, witness: time.witness, time: formatTrustedTime(time) }
    }),
  )
