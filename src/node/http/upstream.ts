/**
 * The upstream: one origin, its connections, and where requests go there.
 *
 * Every connection is to this origin, whatever a request says; redirects are not followed. Trusted with the bodies and
 * credentials that pass through; not trusted in what it sends.
 *
 * @module
 */
import { Pool } from 'undici'
import { requirePlainAddress } from './plain-address.ts'

export interface UpstreamTimeouts {
  /** To set up a connection; 10 s unless told. */
  readonly connectMs?: number
  /** From the request to the head of the answer; 10 min unless told: models think before they speak. */
  readonly headersMs?: number
  /** Between two pieces of an answer, and for a caller that has stopped reading; 5 min unless told. */
  readonly bodyMs?: number
}

export interface Upstream {
  /** Scheme and authority: what a binding names. */
  readonly endpoint: string
  readonly pool: Pool
  readonly bodyMs: number
  /** The path there of a path here. */
  readonly pathOf: (path: string) => string
}

/**
 * @param base  such as `http://127.0.0.1:8080` or `https://api.example.com/v1`
 * @throws {ColophonError} USAGE
 */
export function openUpstream(base: string, timeouts: UpstreamTimeouts = {}): Upstream {
  const url = requirePlainAddress(base, { of: 'the upstream', example: 'http://127.0.0.1:8080' })
  const { connectMs = 10_000, headersMs = 600_000, bodyMs = 300_000 } = timeouts
  const prefix = url.pathname.replace(/\/+$/, '')
  return {
    endpoint: url.origin,
    pool: new Pool(url.origin, {
      connect: { timeout: connectMs },
      headersTimeout: headersMs,
      bodyTimeout: bodyMs,
    }),
    bodyMs,
    pathOf: (path) => upstreamPath(prefix, path),
  }
}

/**
 * The base's path, then the request's. A base that ends in `/v1` already has what clients put in front:
 *
 *     http://127.0.0.1:8080        /v1/chat/completions → /v1/chat/completions
 *     https://api.example.com/v1   /v1/chat/completions → /v1/chat/completions
 *     https://example.com/api/v4   /chat/completions    → /api/v4/chat/completions
 */
function upstreamPath(prefix: string, path: string): string {
  return prefix + (prefix.endsWith('/v1') ? path.replace(/^\/v1(?=\/)/, '') : path)
}
