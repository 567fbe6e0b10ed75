/**
 * A gateway that is said to be somewhere: does one answer there, does something else, or nothing? No token is sent.
 *
 * @module
 */
import { request } from 'undici'
import { isLoopback, requirePlainAddress } from '../http/index.ts'
import { type Finding, notChecked, ok, problem, warning } from './finding.ts'

/** Milliseconds until a gateway that does not answer counts as none. */
const TIMEOUT_MS = 5_000
/** `{"status":"ok"}`, or a problem document. */
const MAX_ANSWER_SIZE = 65_536

/** @throws {ColophonError} USAGE  not a plain address */
export async function checkGateway(address: string | undefined): Promise<Finding> {
  if (address === undefined) return notChecked('gateway', 'No gateway was named.', 'Name one: --gateway URL.')
  const url = requirePlainAddress(address, { of: 'the gateway', example: 'http://127.0.0.1:8787' })
  const at = url.origin + url.pathname.replace(/\/+$/, '')
  try {
    const { statusCode, body } = await request(`${at}/healthz`, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    return ofAnswer({ at, status: statusCode, text: await readStart(body) })
  } catch (error) {
    return ofSilence({ at, url, error })
  }
}

async function readStart(body: AsyncIterable<Buffer>): Promise<string> {
  let text = ''
  for await (const piece of body) {
    text += piece.toString('latin1')
    if (text.length > MAX_ANSWER_SIZE) break
  }
  return text
}

function ofAnswer({
  at,
  status,
  text,
}: {
  readonly at: string
  readonly status: number
  readonly text: string
}): Finding {
  const said = parseAnswer(text)
  if (status === 200 && said['status'] === 'ok')
    return ok('gateway', `The gateway at ${at} answers, and can read its store.`)
  if (typeof said['code'] === 'string') {
    return problem('gateway', `The gateway answers with status ${status}: it cannot read its store.`, {
      code: 'STORE_FAILED',
      at,
      todo: 'See its log, then stop it and start it again.',
    })
  }
  return problem('gateway', 'Something answers there that is no gateway of colophon.', { code: 'PORT_IN_USE', at })
}

function parseAnswer(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function ofSilence({ at, url, error }: { readonly at: string; readonly url: URL; readonly error: unknown }): Finding {
  const reason = (error as NodeJS.ErrnoException | null)?.code ?? 'no answer in time'
  const todo = 'Start it with colophon up, or check --gateway.'
  if (reason === 'ECONNREFUSED' && isLoopback(url.hostname.replace(/^\[|\]$/g, ''))) {
    return warning('gateway', 'No gateway runs there; the port is free.', { code: 'UPSTREAM_UNREACHABLE', at, todo })
  }
  return problem('gateway', `The gateway gives no answer: ${reason}.`, { code: 'UPSTREAM_UNREACHABLE', at, todo })
}
