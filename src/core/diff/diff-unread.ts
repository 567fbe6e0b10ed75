/**
 * What two whole requests differ in where no dialect reads one of them or both. No part of such a body can be told, so the
 * bodies are compared as they are, and beside them the query members and headers that are parameters.
 *
 * @module
 */
import { equalBytes, isUtf8 } from '../bytes/index.ts'
import type { DisclosedRequest } from '../explain/index.ts'
import { detailOf, type ReadableValue } from './detail.ts'
import { diffRequests, type RequestDiff } from './diff-requests.ts'
import { textOfBytes } from './difference.ts'
import type { WorkBudget } from './edit-script.ts'

const WHAT = { role: undefined, name: 'the request, which no dialect reads' } as const

/** Undefined where a dialect reads both, or one is not wholly disclosed. */
export function diffUnread(
  requests: { readonly left: DisclosedRequest | undefined; readonly right: DisclosedRequest | undefined },
  budget: WorkBudget,
): RequestDiff[] | undefined {
  const { left, right } = requests
  if (left === undefined || right === undefined || (left.isRead && right.isRead)) return undefined
  const headers = { left: headPartsOf(left), right: headPartsOf(right), hidden: undefined, kept: undefined }
  return [diffBodies(left.body, right.body, budget), diffRequests({ role: 'parameters', ...headers }, budget)]
}

/** Two that are the same may still lean on different things at the server. */
function diffBodies(left: Uint8Array, right: Uint8Array, budget: WorkBudget): RequestDiff {
  if (equalBytes({ left, right })) {
    const reason = 'its bytes are the same on both sides, and what they are composed of cannot be told'
    return { differences: [], untold: [{ ...WHAT, reason, needs: [] }] }
  }
  const detail = detailOf({ left: readable(left), right: readable(right) }, budget)
  const texts = { left: textOfBytes(left), right: textOfBytes(right) }
  return { differences: [{ ...WHAT, in: 'request', ...texts, detail, needs: [] }], untold: [] }
}

const readable = (bytes: Uint8Array): ReadableValue | undefined =>
  isUtf8(bytes) ? { encoding: 'text', text: textOfBytes(bytes) } : undefined

const headPartsOf = (request: DisclosedRequest): DisclosedRequest => ({
  ...request,
  parts: request.parts.filter(({ name }) => /^(?:header|query) /.test(name)),
})
