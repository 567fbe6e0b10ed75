/**
 * Which headers a gateway passes on, in either direction.
 *
 * Everything goes on as it is (name, value, order, duplicates) but for what belongs to one connection (RFC 9110 section
 * 7.6.1: the hop-by-hop headers and those that `Connection` names) and what is the gateway's own. Credentials pass; they
 * are for the upstream, and no record holds them.
 *
 * @module
 */
import type { Header } from '../../core/spans/index.ts'

const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** Made anew for the connection to the upstream; `expect` has been met, since the gateway reads a body whole. */
const MADE_ANEW: ReadonlySet<string> = new Set(['host', 'content-length', 'expect'])

/** The gateway's own, in both directions. */
const OWN_PREFIX = 'colophon-'

/** @param raw names and values in turn, as they arrived */
export function forwardedRequestHeaders(raw: readonly string[]): Header[] {
  return endToEnd(raw).filter(([name]) => !MADE_ANEW.has(name.toLowerCase()))
}

/**
 * An upstream cannot speak for the gateway: its `Colophon-*` headers stay behind, and so does a link that claims to say
 * what describes the answer.
 *
 * @param raw names and values in turn, as they arrived
 */
export function forwardedResponseHeaders(raw: readonly string[]): Header[] {
  return endToEnd(raw).filter(([name, value]) => name.toLowerCase() !== 'link' || !/describedby/i.test(value))
}

/** What the gateway says of an answer: which run it came of, and where the record is. */
export const runHeaders = (runId: string): Header[] => [
  ['Colophon-Run', runId],
  ['Link', `</runs/${runId}>; rel="describedby"`],
]

/** The value of the only header of a name in lower case; several are joined with a comma, as HTTP says. */
export function headerValue(headers: readonly Header[], name: string): string | undefined {
  const values = headers.filter(([other]) => other.toLowerCase() === name).map(([, value]) => value)
  return values.length === 0 ? undefined : values.join(', ')
}

function endToEnd(raw: readonly string[]): Header[] {
  const headers: Header[] = []
  for (let i = 0; i + 1 < raw.length; i += 2) headers.push([raw[i] as string, raw[i + 1] as string])
  const named = connectionOptions(headers)
  return headers.filter(([name]) => {
    const lower = name.toLowerCase()
    return !HOP_BY_HOP.has(lower) && !named.has(lower) && !lower.startsWith(OWN_PREFIX)
  })
}

function connectionOptions(headers: readonly Header[]): ReadonlySet<string> {
  const value = headerValue(headers, 'connection')
  return new Set(value?.split(',').map((option) => option.trim().toLowerCase()))
}
