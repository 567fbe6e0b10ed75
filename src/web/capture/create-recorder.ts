/**
 * The recorder: binds and seals runs on a log (`recorder.ts` says what that promises).
 *
 * @module
 */
import { encodeHex, formatTime } from '../../core/bytes/index.ts'
import { type Dialect, dialectFor, type RequestCut } from '../../core/dialects/index.ts'
import { canonicalize } from '../../core/json/index.ts'
import { type Binding, formatBindingStatement, runIdOf } from '../../core/run/index.ts'
import {
  formatCutList,
  type Leaf,
  type RequestHead,
  recordRequestHead,
  requestHeadLeaves,
} from '../../core/spans/index.ts'
import { commit } from './commit.ts'
import { declarationLookup } from './known-declaration.ts'
import { loggedStatement } from './logged-statement.ts'
import type { BoundRun, Recorder, RunRequest } from './recorder.ts'
import type { RecorderOptions } from './recorder-options.ts'
import { sealRun } from './seal-run.ts'
import { signStatement } from './sign-statement.ts'

export function createRecorder(options: RecorderOptions): Recorder {
  const { log, registry, signer, randomBytes } = options
  const stream = encodeHex(randomBytes(16))
  const declarationOf = declarationLookup(registry)
  let nextNumber = 0

  const bind = async (request: RunRequest): Promise<BoundRun> => {
    const { declarationId } = request
    const declaration = declarationId === undefined ? undefined : await declarationOf(declarationId)
    const { dialect, head, cut, leaves, cutList } = cutRequest(request)
    const secret = randomBytes(32)
    const commitment = commit({
      options,
      direction: 'request',
      dialect,
      leaves,
      secret,
      bodyLength: request.body.length,
    })
    const number = nextNumber
    nextNumber += 1
    const boundAt = formatTime(options.nowMs())
    const binding: Binding = {
      boundAt,
      capture: options.capture,
      declaration:
        declaration === undefined
          ? { state: 'undeclared' }
          : { state: 'declared', id: declaration.row.id, proof: declaration.row.statement.proof },
      endpoint: request.endpoint,
      issuer: signer.keyId,
      nonce: encodeHex(randomBytes(32)),
      ...(request.requesterNonce === undefined ? {} : { requesterNonce: request.requesterNonce }),
      request: { commitment: encodeHex(commitment), dialect: dialect.id },
      sequence: { state: 'numbered', stream, number },
    }
    const runId = runIdOf(binding)
    const statement = signStatement({ payload: formatBindingStatement(binding), signer, hash: options.hash })
    const sequenced = await log.append({
      entry: statement.entry,
      writes: (place) => [
        {
          kind: 'binding',
          row: {
            runId,
            stream,
            number,
            boundAt,
            declarationId: declaration?.row.id,
            statement: loggedStatement(statement, place),
            secret,
            requestHead: canonicalize(head),
            requestBody: request.body,
            cutList,
          },
        },
      ],
    })
    const bound = { runId, declaration, dialect, head, cut, secret }
    let sealed = false
    return {
      runId,
      seal: (ending) => {
        if (sealed) throw new TypeError('seal: this run is sealed already')
        sealed = true
        return sealRun({ options, bound, binding: { statement, sequenced }, ...ending })
      },
    }
  }

  return { bind }
}

/** The whole request as leaves: its head, its cut list, its body. */
function cutRequest(request: RunRequest): {
  dialect: Dialect
  head: RequestHead
  cut: RequestCut
  leaves: Leaf[]
  cutList: Uint8Array
} {
  const dialect = dialectFor(request)
  const head = recordRequestHead(request)
  const contentType = head.headers.find(([name]) => name === 'content-type')?.[1]
  const { method, path, body } = request
  const cut = dialect.cutRequest({ method, path, contentType, body, cutList: request.cutList })
  const cutList = formatCutList(request.cutList)
  return { dialect, head, cut, cutList, leaves: [...requestHeadLeaves(head, cutList), ...cut.leaves] }
}
