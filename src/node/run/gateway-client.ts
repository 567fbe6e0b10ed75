/**
 * A gateway of somebody's, from outside: declaring there, running through it, fetching what it recorded
 * (`docs/spec/gateway-api.md`).
 *
 * @module
 */
import { type Dispatcher, request } from 'undici'
import { asFormat } from '../../core/as-format.ts'
import { decodeUtf8, isUtf8 } from '../../core/bytes/index.ts'
import type { DeclarationSource } from '../../core/declaration/index.ts'
import { ColophonError, ERROR_CODES, type ErrorCode } from '../../core/errors.ts'
import { canonicalize, type JsonObject, type JsonValue, parseJson, readObject } from '../../core/json/index.ts'
import type { RunResponse } from '../../web/capture/index.ts'
import type { Declared } from './declare-in.ts'

export interface GatewayAddress {
  /** An http or https address without user, query and fragment. */
  readonly url: string
  /** Opens what is not for everybody; sent to this gateway only. */
  readonly token: string | undefined
}

export interface GatewayAnswer extends RunResponse {
  /** Undefined where nothing was captured. */
  readonly runId: string | undefined
}

const MAX_BYTES = 128 << 20
const SHA256_HEX = /^[0-9a-f]{64}$/

/** @throws {ColophonError} UNAUTHORIZED, UPSTREAM_UNREACHABLE, and whatever the gateway answers */
export async function declareAt(
  gateway: GatewayAddress,
  { declaration, contents }: DeclarationSource,
): Promise<Declared> {
  const posted = {
    declaration,
    contents: contents.map(({ role, name, encoding, value }) => ({ role, name, encoding, value: decodeUtf8(value) })),
  }
  const { body } = await ask(gateway, {
    method: 'POST',
    path: '/declarations',
    headers: { 'content-type': 'application/json' },
    body: canonicalize(posted),
  })
  return asFormat({ code: 'UPSTREAM_REFUSED' }, () => {
    const reader = readObject(parseJson(body), '')
    return { id: reader.hex('id', 32), name: reader.string('name'), isNew: reader.boolean('isNew') }
  })
}

/** @throws {ColophonError} RUN_UNKNOWN, UPSTREAM_UNREACHABLE */
export async function fetchRecord(gateway: GatewayAddress, runId: string): Promise<Uint8Array> {
  return (await ask(gateway, { method: 'GET', path: `/runs/${runId}` })).body
}

/** @throws {ColophonError} RUN_UNKNOWN, UNAUTHORIZED, UPSTREAM_UNREACHABLE */
export async function fetchDisclosure(gateway: GatewayAddress, runId: string): Promise<Uint8Array> {
  return (await ask(gateway, { method: 'GET', path: `/runs/${runId}/disclosure` })).body
}

export interface GatewayRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
}

/** The answer, whatever its status. @throws {ColophonError} UPSTREAM_UNREACHABLE, UPSTREAM_CUT, USAGE */
export async function exchange(gateway: GatewayAddress, asked: GatewayRequest): Promise<GatewayAnswer> {
  const { method, path, headers = {}, body } = asked
  const token: Record<string, string> = gateway.token === undefined ? {} : { 'colophon-token': gateway.token }
  const base = requirePlain(gateway.url)
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
    headers: Object.entries(answer.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [value].flat().map((one) => [name, one] as const),
    ),
    body: await readBounded(answer.body, base),
    runId: typeof runId === 'string' && SHA256_HEX.test(runId) ? runId : undefined,
  }
}

async function ask(gateway: GatewayAddress, asked: GatewayRequest): Promise<GatewayAnswer> {
  const answer = await exchange(gateway, asked)
  if (answer.status < 300) return answer
  throw refusalOf(answer, gateway.url)
}

async function readBounded(pieces: AsyncIterable<Buffer>, at: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  let sizeBytes = 0
  try {
    for await (const piece of pieces) {
      sizeBytes += piece.length
      if (sizeBytes > MAX_BYTES) throw new ColophonError('UPSTREAM_CUT', 'the gateway sends too much', { at })
      chunks.push(piece)
    }
  } catch (cause) {
    if (ColophonError.is(cause)) throw cause
    throw new ColophonError('UPSTREAM_CUT', 'the gateway ended its answer early', { at })
  }
  return Buffer.concat(chunks)
}

/** The gateway's own error, by its code: of a problem document, or of an error in OpenAI's shape. */
export function refusalOf({ status, body }: GatewayAnswer, at: string): ColophonError {
  const root = isUtf8(body) ? parseOrNothing(body) : undefined
  const error = root?.get('error')
  const code = (error instanceof Map ? (error as JsonObject) : root)?.get('code')
  if (code === 'UNAUTHORIZED') {
    const hint = 'Set COLOPHON_TOKEN to the token of that gateway.'
    return new ColophonError(code, 'the gateway wants its token', { at, hint })
  }
  if (typeof code === 'string' && Object.hasOwn(ERROR_CODES, code)) {
    return new ColophonError(code as ErrorCode, `the gateway refuses: ${ERROR_CODES[code as ErrorCode].meaning}`, {
      at,
    })
  }
  return new ColophonError('UPSTREAM_REFUSED', `the answer has status ${status}`, { at })
}

function parseOrNothing(body: Uint8Array): JsonObject | undefined {
  try {
    const value: JsonValue = parseJson(body)
    return value instanceof Map ? value : undefined
  } catch {
    return undefined
  }
}

/** Not quoted where it is refused: it may have a password in it. */
function requirePlain(url: string): string {
  const parsed = URL.parse(url)
  const isPlain =
    parsed !== null &&
    /^https?:$/.test(parsed.protocol) &&
    `${parsed.username}${parsed.password}${parsed.search}${parsed.hash}` === ''
  if (!isPlain) throw new ColophonError('USAGE', 'the gateway is not a plain http or https address')
  return parsed.origin + parsed.pathname.replace(/\/+$/, '')
}
