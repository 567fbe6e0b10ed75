/**
 * All that a request sends: the parts of its body and of the headers that change what a model does.
 *
 * @module
 */
import { encodeUtf8 } from '../bytes/index.ts'
import { type Header, headerRole } from '../spans/index.ts'
import type { Sent } from './findings.ts'
import type { Part } from './parts.ts'

/** @param input.headers the recorded ones, names in lower case */
export function sentOf(input: { readonly headers: readonly Header[]; readonly body: Sent }): Sent {
  const headers = input.headers
    .filter(([name]) => headerRole(name) === 'parameters')
    .map(([name, value]): Part => {
      const at = `header ${name}`
      return { role: 'parameters', name: at, encoding: 'text', value: encodeUtf8(value), at }
    })
  return { parts: [...headers, ...input.body.parts], unobservable: input.body.unobservable }
}
