/**
 * The recorder: binds and seals runs on a log (`recorder.ts` says what that promises).
 *
 * @module
 */
import { decodeHex, encodeHex, formatTime } from '../../core/bytes/index.ts'
import { type Dialect, dialectFor, type RequestCut } from '../../core/dialects/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { canonicalize } from '../../core/json/index.ts'
import { locatePassages } from '../../core/passages/index.ts'
import { type Binding, formatBindingStatement, runIdOf } from '../../core/run/index.ts'
import {
  type CutList,
  contentTypeOf,
  formatCutList,
  isBoundedHead,
  type RequestHead,
  recordRequestHead,
  requestHeadLeaves,
  SECRET_BYTES,
} from '../../core/spans/index.ts'
import type { BindingRow, PartRow } from '../registry/index.ts'
import { commit } from './commit.ts'
import { indexParts } from './index-parts.ts'
import { judgeRequest } from './judge-request.ts'
import { declarationLookup, type KnownDeclaration } from './known-declaration.ts'
import { loggedStatement } from './logged-statement.ts'
import type { BoundRun, Recorder, RunRequest } from './recorder.ts'
import type { RecorderOptions } from './recorder-options.ts'
import { type RunNumber, runNumbers } from './run-numbers.ts'
import { sealRun } from './seal-run.ts'
import { signStatement } from './sign-statement.ts'

export function createRecorder(options: RecorderOptions): Recorder {
  const declarationOf = declarationLookup(options.registry)
  const nextNumber = runNumbers(options.randomBytes)

  const bind = async (request: RunRequest): Promise<BoundRun> => {
    const { declarationId, requesterNonce } = request
    if (requesterNonce !== undefined) decodeHex(requesterNonce, { sizeBytes: 32, at: 'requesterNonce' })
    const declaration = declarationId === undefined ? undefined : await declarationOf(declarationId)
    const prepared = prepareRequest(options, request)
    // From here to the log nothing is awaited, so that numbers reach it in their order.
    const number = nextNumber()
    try {
      return await bindRun({ options, request, declaration, prepared, number })
    } catch (error) {
      number.lose()
      throw error
    }
  }

  return { bind }
}

interface BindInput {
  readonly options: RecorderOptions
  readonly request: RunRequest
  readonly declaration: KnownDeclaration | undefined
  readonly prepared: PreparedRequest
  readonly number: RunNumber
}

async function bindRun(input: BindInput): Promise<BoundRun> {
  const { options, request, declaration, prepared, number } = input
  const { dialect, head, cut, cutList, secret } = prepared
  const binding = composeBinding(input)
  const runId = runIdOf(binding)
  const payload = formatBindingStatement(binding)
  const statement = signStatement({ payload, signer: options.signer, hash: options.hash })
  const sequenced = await options.log.append({
    entry: statement.entry,
    writes: (place) => {
      number.requireNoGap()
      const row: BindingRow = {
        runId,
        stream: number.stream,
        number: number.number,
        boundAt: binding.boundAt,
        declarationId: declaration?.row.id,
        statement: loggedStatement(statement, place),
        secret,
        requestHead: canonicalize(head),
        requestBody: request.body,
        cutList,
        parts: prepared.parts,
      }
      return [{ kind: 'binding', row }]
    },
  })
  const judged = judgeRequest({ binding, declaration, head, cut })
  const bound = { runId, declaration, dialect, cut, secret, judged }
  let sealed = false
  return {
    runId,
    refusal: judged.refusal,
    seal: async (ending) => {
      if (sealed) throw new TypeError('seal: this run is sealed already')
      sealed = true
      return sealRun({ options, bound, binding: { statement, sequenced }, ...ending })
    },
  }
}

function composeBinding({ options, request, declaration, prepared, number }: BindInput): Binding {
  return {
    boundAt: formatTime(options.nowMs()),
    capture: options.capture,
    declaration:
      declaration === undefined
        ? { state: 'undeclared' }
        : { state: 'declared', id: declaration.row.id, proof: declaration.row.statement.proof },
    endpoint: request.endpoint,
    issuer: options.signer.keyId,
    nonce: encodeHex(options.randomBytes(32)),
    ...(request.requesterNonce === undefined ? {} : { requesterNonce: request.requesterNonce }),
    request: { commitment: prepared.commitment, dialect: prepared.dialect.id },
    sequence: { state: 'numbered', stream: number.stream, number: number.number },
  }
}

interface PreparedRequest {
  readonly dialect: Dialect
  readonly head: RequestHead
  readonly cut: RequestCut
  readonly cutList: Uint8Array
  /** By which the run will be found. */
  readonly parts: readonly PartRow[]
  /** 32 bytes, of this run only. */
  readonly secret: Uint8Array
  /** Hex. */
  readonly commitment: string
}

/** The whole request as leaves (its head, its cut list, its body), and the commitment to them. */
function prepareRequest(options: RecorderOptions, request: RunRequest): PreparedRequest {
  const { method, path, body } = request
  const dialect = dialectFor(request)
  const head = recordRequestHead(request)
  if (!isBoundedHead(head)) {
    throw new ColophonError('REQUEST_TOO_LARGE', 'the request has more query members or headers than can be recorded')
  }
  const read = (cutList: CutList): RequestCut =>
    dialect.cutRequest({ method, path, contentType: contentTypeOf(head), body, cutList })
  const { passages = [] } = request
  const places =
    passages.length === 0 ? request.cutList : locatePassages({ leaves: read([]).leaves, passages, hash: options.hash })
  const cutList = formatCutList(places)
  const cut = read(places)
  const leaves = [...requestHeadLeaves(head, cutList), ...cut.leaves]
  const secret = options.randomBytes(SECRET_BYTES)
  const commitment = commit({ options, direction: 'request', dialect, leaves, secret, bodyLength: body.length })
  const parts = indexParts({ parts: cut.parts, hash: options.hash })
  return { dialect, head, cut, cutList, parts, secret, commitment: encodeHex(commitment) }
}
