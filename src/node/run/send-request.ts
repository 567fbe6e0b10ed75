/**
 * Sends a request that is bound, and collects the answer as far as it comes.
 *
 * @module
 */
import { ColophonError } from '../../core/errors.ts'
import type { Header } from '../../core/spans/index.ts'
import type { Ending, RunResponse } from '../../web/capture/index.ts'
import { BodyCollector, contentCodingOf, decodeBody, receivedHeaders, type Upstream } from '../http/index.ts'

export interface Answer {
  readonly ending: Ending
  /** As far as it came. */
  readonly response?: RunResponse
  /** Why there is no whole answer. */
  readonly failure?: ColophonError
}

const MAX_ANSWER_BYTES = 64 << 20
const TIMEOUTS: ReadonlySet<string> = new Set([
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** Never rejects. @param input.body the very buffer that the binding is over */
export async function sendRequest(input: {
  readonly upstream: Upstream
  readonly path: string
  readonly headers: readonly Header[]
  readonly body: Uint8Array
}): Promise<Answer> {
  const { upstream, path, headers, body } = input
  try {
    const answer = await upstream.pool.request({ method: 'POST', path, headers: headers.flat(), body })
    const coding = contentCodingOf(headerText(answer.headers['content-encoding']))
    const head = { status: answer.statusCode, headers: receivedHeaders(answer.headers) }
    const collected = await collect(answer.body)
    const isWhole = collected.failure === undefined
    const decoded =
      coding === undefined
        ? undefined
        : await decodeBody({ coding, body: collected.body, isWhole, maxBytes: MAX_ANSWER_BYTES })
    if (decoded === undefined) {
      const failure = new ColophonError('UPSTREAM_UNREADABLE', 'the answer cannot be decoded')
      return { ending: 'upstreamCut', response: { ...head, body: collected.body }, failure }
    }
    const response = { ...head, body: decoded }
    if (collected.failure === undefined) return { ending: 'ended', response }
    return { ending: 'upstreamCut', response, failure: collected.failure }
  } catch (error) {
    return { ending: 'unreachable', failure: failureOf(error, 'UPSTREAM_UNREACHABLE', upstream.endpoint) }
  }
}

async function collect(
  pieces: AsyncIterable<Buffer>,
): Promise<{ readonly body: Buffer; readonly failure?: ColophonError }> {
  const body = new BodyCollector()
  try {
    for await (const piece of pieces) {
      if (body.sizeBytes + piece.length > MAX_ANSWER_BYTES) {
        throw new ColophonError('UPSTREAM_CUT', `the answer has more than ${MAX_ANSWER_BYTES} bytes`)
      }
      body.add(piece)
    }
    return { body: body.bytes() }
  } catch (error) {
    return { body: body.bytes(), failure: failureOf(error, 'UPSTREAM_CUT') }
  }
}

/** The error's own text is left out: it may quote what was sent. */
function failureOf(error: unknown, code: 'UPSTREAM_UNREACHABLE' | 'UPSTREAM_CUT', at?: string): ColophonError {
  if (ColophonError.is(error)) return error
  const reason = (error as NodeJS.ErrnoException | null)?.code ?? 'an unknown error'
  const place = at === undefined ? {} : { at }
  if (TIMEOUTS.has(reason))
    return new ColophonError('UPSTREAM_TIMEOUT', `waiting for the upstream ended with ${reason}`, place)
  const what = code === 'UPSTREAM_CUT' ? 'the answer ended with' : 'there is no answer:'
  return new ColophonError(code, `${what} ${reason}`, place)
}

const headerText = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join(', ') : value
