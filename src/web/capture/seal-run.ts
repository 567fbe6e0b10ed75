/**
 * Seals a run: reads the response, compares, signs the record, and has it logged and stored.
 *
 * @module
 */

import { type Bundle, formatBundle } from '../../core/bundle/index.ts'
import { encodeHex, formatTime } from '../../core/bytes/index.ts'
import { policyFinding, recordComposition, recordModels } from '../../core/composition/index.ts'
import type { Dialect, RequestCut, ResponseCut } from '../../core/dialects/index.ts'
import { parseEnvelope } from '../../core/dsse/index.ts'
import { canonicalize, parseJson } from '../../core/json/index.ts'
import { type ResponseFacts, responseFacts } from '../../core/policy/index.ts'
import { type Completion, formatRunStatement, type Outcome, type RunRecord } from '../../core/run/index.ts'
import {
  contentTypeOf,
  isBoundedHead,
  type ResponseHead,
  recordResponseHead,
  responseHeadLeaves,
} from '../../core/spans/index.ts'
import type { Sequenced } from '../log/index.ts'
import type { OutcomeRow } from '../registry/index.ts'
import { commit } from './commit.ts'
import type { JudgedRequest } from './judge-request.ts'
import type { KnownDeclaration } from './known-declaration.ts'
import { tlogProofOf } from './logged-statement.ts'
import type { Ending, RunResponse, SealedRun } from './recorder.ts'
import type { RecorderOptions } from './recorder-options.ts'
import { type SignedStatement, signStatement } from './sign-statement.ts'

/** What a run's seal needs of its request. */
export interface BoundRequest {
  readonly runId: string
  readonly declaration: KnownDeclaration | undefined
  readonly dialect: Dialect
  readonly cut: RequestCut
  readonly secret: Uint8Array
  readonly judged: JudgedRequest
}

export interface SealInput {
  readonly options: RecorderOptions
  readonly bound: BoundRequest
  readonly binding: { readonly statement: SignedStatement; readonly sequenced: Sequenced }
  readonly ending: Ending
  readonly response?: RunResponse
}

/** Resolves when the record is signed, in the log and durable. */
export async function sealRun(input: SealInput): Promise<SealedRun> {
  const { options, bound, response } = input
  const { log, signer, hash } = options
  const read = response === undefined ? undefined : readResponse(input, response)
  const record = composeRecord(input, read)
  const payload = formatRunStatement(record)
  const recordDigest = encodeHex(hash(payload))
  const statement = signStatement({ payload, signer, hash })
  const { completion } = record.outcome
  let bundle: Uint8Array | undefined
  await log.append({
    entry: statement.entry,
    writes: (sequenced) => {
      bundle = formatBundle(bundleOf({ statement, sequenced, keyHint: signer.keyId, logKeyId: options.logKeyId }))
      const row: OutcomeRow = {
        runId: bound.runId,
        state: completion,
        recordDigest,
        bundle,
        responseHead: read === undefined ? new Uint8Array(0) : canonicalize(read.head),
        responseBody: response?.body ?? new Uint8Array(0),
        outputs: findableBy(record),
      }
      return [{ kind: 'outcome', row }]
    },
  })
  return { runId: bound.runId, recordDigest, bundle: bundle as Uint8Array, completion }
}

interface ReadResponse {
  readonly head: ResponseHead
  readonly cut: ResponseCut
  readonly commitment: string
  readonly digest: string
}

function readResponse({ options, bound }: SealInput, response: RunResponse): ReadResponse {
  const { dialect, secret } = bound
  const head = recordResponseHead(response)
  if (!isBoundedHead(head)) throw new RangeError('response.headers: got more than can be recorded')
  const cut = dialect.cutResponse({ status: response.status, contentType: contentTypeOf(head), body: response.body })
  const leaves = [...responseHeadLeaves(head), ...cut.leaves]
  const bodyLength = response.body.length
  const commitment = commit({ options, direction: 'response', dialect, leaves, secret, bodyLength })
  return { head, cut, commitment: encodeHex(commitment), digest: encodeHex(options.hash(response.body)) }
}

function composeRecord(input: SealInput, read: ReadResponse | undefined): RunRecord {
  const { options, bound, binding } = input
  const { declaration, judged } = bound
  const { sent } = judged
  const policy = judged.outcomes(answerFacts(input, read))
  const findings = policy === undefined ? judged.findings : [...judged.findings, policyFinding(policy.rules)]
  return {
    runId: bound.runId,
    outputs: (read?.cut.outputs ?? []).map(({ choice, text }) => ({ choice, sha256: encodeHex(options.hash(text)) })),
    binding: { ...binding.statement, proof: tlogProofOf(binding.sequenced) },
    declaration: embeddedDeclaration(bound),
    composition: recordComposition({ sent, declaration: declaration?.declaration, findings, policy }),
    model: recordModels({
      declaration: declaration?.declaration,
      intended: declaration?.intendedModels ?? [],
      requested: bound.cut.model,
      responded: read?.cut.model,
    }),
    outcome: outcomeOf(input, read),
  }
}

const answerFacts = ({ response }: SealInput, read: ReadResponse | undefined): ResponseFacts | undefined =>
  read === undefined || response === undefined ? undefined : responseFacts(response.status, read.cut)

function embeddedDeclaration({ declaration }: BoundRequest): RunRecord['declaration'] {
  if (declaration === undefined) return { state: 'undeclared' }
  const { envelope, publicKey } = declaration.row.statement
  return { state: 'declared', envelope: parseEnvelope(parseJson(envelope)), publicKey }
}

function outcomeOf({ options, ending, response, bound }: SealInput, read: ReadResponse | undefined): Outcome {
  const endedAt = formatTime(options.nowMs())
  if (read === undefined || response === undefined) {
    return { completion: UNANSWERED[ending], endedAt, response: { state: 'none' } }
  }
  return {
    completion: completionOf(ending, read.cut),
    endedAt,
    response: {
      state: 'received',
      commitment: read.commitment,
      dialect: bound.dialect.id,
      digest: read.digest,
      length: response.body.length,
      status: response.status,
    },
  }
}

/** Of a run that got no answer at all. */
const UNANSWERED: Readonly<Record<Ending, Completion>> = {
  ended: 'error',
  clientAborted: 'clientAborted',
  upstreamCut: 'error',
  unreachable: 'error',
  refused: 'refused',
}

/**
 * An answer whose bytes show its end is complete however the connection went; one cut short never is. Where the bytes
 * show nothing, the connection decides.
 */
function completionOf(ending: Ending, { shape }: ResponseCut): Completion {
  if (shape === 'complete' || shape === 'error') return shape
  if (ending === 'clientAborted') return 'clientAborted'
  if (ending === 'upstreamCut' || shape === 'cut') return 'upstreamCut'
  return shape === 'open' ? 'complete' : 'anomalous'
}

/** Every subject but the run id, by which the run is found anyway. */
function findableBy({ outputs, outcome }: RunRecord): string[] {
  const response = outcome.response.state === 'received' ? [outcome.response.digest] : []
  return [...new Set([...outputs.map(({ sha256 }) => sha256), ...response])]
}

function bundleOf(input: {
  readonly statement: SignedStatement
  readonly sequenced: Sequenced
  readonly keyHint: string
  readonly logKeyId: Uint8Array
}): Bundle {
  const { statement, sequenced, keyHint, logKeyId } = input
  const { rootHash, treeSize, proof, checkpoint, index } = sequenced
  return {
    envelope: statement.envelope,
    keyHint,
    entry: {
      logIndex: index,
      logKeyId,
      body: statement.entry,
      proof: { rootHash, treeSize, hashes: proof, checkpoint },
    },
  }
}
