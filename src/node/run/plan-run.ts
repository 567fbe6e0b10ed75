/**
 * A run as it will be: its request, composed, and looked at before anything is opened, signed or sent. The look is the
 * very comparison that the record will hold.
 *
 * @module
 */
import { decodeHex } from '../../core/bytes/index.ts'
import { compareComposition, sentOf } from '../../core/composition/index.ts'
import { componentDigester, type DeclarationSource } from '../../core/declaration/index.ts'
import { dialectFor } from '../../core/dialects/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { type CutList, contentTypeOf, type Header, recordRequestHead } from '../../core/spans/index.ts'
import { CAPTURED_PATH } from '../../web/gateway/index.ts'
import { SOFTWARE } from '../software/index.ts'
import { composeRequest, type SlotValues } from './compose-request.ts'

export interface RunPlan {
  readonly source: DeclarationSource
  /** The very buffer that will be bound and sent. */
  readonly body: Uint8Array
  /** Empty where whoever captures is not told of passages. */
  readonly cutList: CutList
  /** Without credentials. What HTTP itself adds (host, length, connection) is not ours to say. */
  readonly headers: readonly Header[]
}

/**
 * @param options.tellsPassages whether whoever captures can be told where passages stand; a gateway cannot
 * @throws {ColophonError} USAGE  with the role that is not filled, or that would break the declaration
 */
export function planRun(
  source: DeclarationSource,
  values: SlotValues,
  options: { readonly tellsPassages: boolean },
): RunPlan {
  const composed = composeRequest(source, values)
  const headers: readonly Header[] = [
    ['content-type', 'application/json'],
    ['accept', values.stream ? 'text/event-stream' : 'application/json'],
    ['accept-encoding', 'identity'],
    ['user-agent', SOFTWARE],
    ...composed.headers,
  ]
  const plan = { source, body: composed.body, cutList: options.tellsPassages ? composed.cutList : [], headers }
  requireKept(plan)
  return plan
}

function requireKept({ source, body, cutList, headers }: RunPlan): void {
  const { declaration } = source
  const target = { method: 'POST', path: CAPTURED_PATH }
  const head = recordRequestHead({ ...target, query: '', headers })
  const cut = dialectFor(target).cutRequest({ ...target, contentType: contentTypeOf(head), body, cutList })
  const { blind } = declaration
  const findings = compareComposition({
    declaration,
    digest: componentDigester(blind === undefined ? undefined : decodeHex(blind, {})),
    sent: sentOf({ head, body: cut }),
  })
  const broken = findings.find(({ finding }) => finding !== 'match')
  if (broken === undefined) return
  const { role, name, finding, detail } = broken
  const part = name === undefined ? role : `${role} ${name}`
  const message = `the run would break its declaration: ${finding} ${part}${detail === undefined ? '' : ` (${detail})`}`
  throw new ColophonError('USAGE', message, {
    at: role,
    hint: 'Give what the declaration asks for, or declare otherwise.',
  })
}
