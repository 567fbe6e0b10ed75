/**
 * What two whole requests differ in where no dialect reads one of them or both. No part of such a body can be told, so the
 * bodies are compared as they are, and beside them the headers that are parameters.
 *
 * @module
 */
import { equalBytes } from '../bytes/index.ts'
import type { DisclosedRequest } from '../explain/index.ts'
import { diffRequests, type RequestDiff } from './diff-requests.ts'
import { textOfBytes } from './difference.ts'

const WHAT = { role: undefined, name: 'the request, which no dialect reads' } as const

/** Undefined where a dialect reads both, or one is not wholly disclosed. */
export function diffUnread(requests: {
  readonly left: DisclosedRequest | undefined
  readonly right: DisclosedRequest | undefined
}): RequestDiff[] | undefined {
  const { left, right } = requests
  if (left === undefined || right === undefined || (left.isRead && right.isRead)) return undefined
  const headers = { left: headersOf(left), right: headersOf(right), hidden: undefined, kept: undefined }
  return [diffBodies(left.body, right.body), diffRequests({ role: 'parameters', ...headers })]
}

/** Two that are the same may still lean on different things at the server. */
function diffBodies(left: Uint8Array, right: Uint8Array): RequestDiff {
  if (equalBytes({ left, right })) {
    const reason = 'its bytes are the same on both sides, and what they are composed of cannot be told'
    return { differences: [], untold: [{ ...WHAT, reason }] }
  }
  return { differences: [{ ...WHAT, in: 'request', left: textOfBytes(left), right: textOfBytes(right) }], untold: [] }
}

const headersOf = (request: DisclosedRequest): DisclosedRequest => ({
  ...request,
  parts: request.parts.filter(({ name }) => name.startsWith('header ')),
})
