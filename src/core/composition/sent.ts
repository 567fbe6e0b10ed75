/**
 * All that a request sends: the parts of its body, and of the query members and headers that change what a model does.
 *
 * @module
 */
import { encodeUtf8 } from '../bytes/index.ts'
import { type Header, headerRole, queryRole, type RequestHead } from '../spans/index.ts'
import type { Sent } from './findings.ts'
import type { Part } from './parts.ts'

/** @param input.head what is recorded of it */
export function sentOf(input: { readonly head: Pick<RequestHead, 'query' | 'headers'>; readonly body: Sent }): Sent {
  const { head, body } = input
  const query = parametersOf('query', head.query, queryRole)
  const headers = parametersOf('header', head.headers, headerRole)
  return { parts: [...query, ...headers, ...body.parts], unobservable: body.unobservable, passages: body.passages }
}

/** Named by where they stand, so that no member of a body passes for one. */
function parametersOf(place: string, pairs: readonly Header[], roleOf: (name: string) => string): Part[] {
  return pairs
    .filter(([name]) => roleOf(name) === 'parameters')
    .map(([name, value]): Part => {
      const at = `${place} ${name}`
      return { role: 'parameters', name: at, encoding: 'text', value: encodeUtf8(value), at }
    })
}
