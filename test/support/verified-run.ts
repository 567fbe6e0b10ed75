/**
 * An issued run with the report that a verifier who trusts its signer makes of it.
 */
import { parseBundle } from '../../src/core/bundle/index.ts'
import { type PublishedDeclaration, parseDeclarationStatement } from '../../src/core/declaration/index.ts'
import { type Disclosure, formatDisclosure } from '../../src/core/disclosure/index.ts'
import { parseRunStatement } from '../../src/core/run/index.ts'
import { type Report, verifyRecord } from '../../src/core/verify/index.ts'
import { nodeSha256, nodeVerifier } from '../../src/node/keys/index.ts'
import { type IssuedRun, type IssueOptions, issueRun } from './issued-run.ts'

export interface VerifiedRun {
  readonly run: IssuedRun
  readonly report: Report
  readonly disclosure: Disclosure | undefined
  readonly declaration: PublishedDeclaration | undefined
}

export interface VerifiedOptions extends IssueOptions {
  /** What is handed to the verifier of the whole disclosure; all of it unless told. */
  readonly disclose?: (disclosure: Disclosure) => Disclosure | undefined
  /** Do without a trust policy. */
  readonly untrusted?: boolean
  readonly output?: Uint8Array
}

export async function verifiedRun(options: VerifiedOptions = {}): Promise<VerifiedRun> {
  const { disclose = (whole) => whole, untrusted = false, output, ...issue } = options
  const run = await issueRun(issue)
  const disclosure = disclose(run.disclosure)
  const report = await verifyRecord(
    {
      record: run.record,
      ...(output === undefined ? {} : { output }),
      ...(disclosure === undefined ? {} : { disclosure: formatDisclosure(disclosure) }),
    },
    { ...(untrusted ? {} : { trust: run.trust }), verifier: nodeVerifier, hash: nodeSha256 },
  )
  return { run, report, disclosure, declaration: publishedIn(run.record) }
}

function publishedIn(record: Uint8Array): PublishedDeclaration | undefined {
  const { declaration } = parseRunStatement(parseBundle(record).envelope.payload)
  if (declaration.state === 'undeclared') return undefined
  return parseDeclarationStatement(declaration.envelope.payload).declaration
}
