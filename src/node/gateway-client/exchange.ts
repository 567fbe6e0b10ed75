/**
 * A gateway of somebody's, from outside: one request to it, and its answer (`docs/spec/gateway-api.md`).
 *
 * @module
 */
import { type Dispatcher, request } from 'undici'
import { ColophonError } from '../../core/errors.ts'
import type { RunResponse } from '../../web/capture/index.ts'
import { BodyCollector, receivedHeaders, requirePlainAddress } from '../http/index.ts'

export interface GatewayAddress {
  /** An http or https address without user, query and fragment. */
  readonly url: string
  /** Opens what is not for everybody; sent to this gateway only. */
  readonly token: string | undefined
}

export interface GatewayRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
}

export interface GatewayAnswer extends RunResponse {
  /** Undefined where nothing was captured. */
  readonly runId: string | undefined
}

const MAX_BYTES = 128 << 20
const SHA256_HEX = /^[0-9a-f]{64}$/

/** The answer, whatever its status. @throws {ColophonError} UPSTREAM_UNREACHABLE, UPSTREAM_CUT, USAGE */
export async function exchange(gateway: GatewayAddress, asked: GatewayRequest): Promise<GatewayAnswer> {
  const { method, path, headers = {}, body } = asked
  const token: Record<string, string> = gateway.token === undefined ? {} : { 'colophon-token': gateway.token }
  const { origin, pathname } = requirePlainAddress(gateway.url, { of: 'the gateway', example: 'http://127.0.0.1:8787' })
  const base = origin + pathname.replace(/\/+$/, '')
  let answer: Dispatcher.ResponseData
  try {
    answer = await request(base + path, {
      method,
      headers: { 'accept-encoding': 'identity', ...headers, ...token },
      ...(body === undefined ? {} : { body }),
    })
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException | null)?.code ?? 'an unknown error'
    throw new ColophonError('UPSTREAM_UNREACHABLE', `the gateway gives no answer: ${reason}`, {
      at: base,
      hint: 'Start it with colophon up, or check --gateway.',
    })
  }
  const runId = answer.headers['colophon-run']
  return {
    status: answer.statusCode,
    headers: receivedHeaders(answer.headers),
    body: await readBounded(answer.body, base),
    runId: typeof runId === 'string' && SHA256_HEX.test(runId) ? runId : undefined,
  }
}

async function readBounded(pieces: AsyncIterable<Buffer>, at: string): Promise<Buffer> {
  const body = new BodyCollector()
  try {
    for await (const piece of pieces) {
      if (body.sizeBytes + piece.length > MAX_BYTES) {
        throw new ColophonError('UPSTREAM_CUT', 'the gateway sends too much', { at })
      }
      body.add(piece)
    }
    return body.bytes()
  } catch (cause) {
    if (ColophonError.is(cause)) throw cause
    throw new ColophonError('UPSTREAM_CUT', 'the gateway ended its answer early', { at })
  }
}
