/**
 * Declaration documents for vectors, put together by hand: digests and ids by Node's own means.
 *
 * @module
 */
import { canonical } from './document.ts'
import { hmac, lp, sha256, tag } from './layout.ts'
import type { Value } from './topic.ts'

export type Members = { readonly [name: string]: Value | undefined }

export interface Content {
  readonly role: string
  readonly name: string
  readonly encoding: 'text' | 'json'
  readonly valueText: string
}

/** The blind of every private declaration here. */
export const BLIND = 'b1'.repeat(32)

/** `docs/spec/declaration.md`, "Component digests". @param blind in hexadecimal; none in public declarations */
export function componentDigest({ role, name, encoding, valueText }: Content, blind?: string): string {
  const value = Buffer.from(valueText)
  if (blind === undefined) return sha256(value).toString('hex')
  const message = [tag('colophon/component/v1'), lp(role), lp(name), lp(encoding), lp(value)]
  return hmac(Buffer.from(blind, 'hex'), ...message).toString('hex')
}

/** `docs/spec/declaration.md`, "The id". */
export const idOf = (document: Members): string =>
  sha256(tag('colophon/declaration/v1'), Buffer.from(canonical(document as Value))).toString('hex')

/** A role that is fixed to texts and JSON values, in the order in which they stand here. */
export function fixed(role: string, values: Readonly<Record<string, Value>>, blind?: string): Members {
  const components = Object.entries(values).map(([name, value]) => ({ ...digestOf(role, name, value, blind), name }))
  return { components, state: 'fixed' }
}

/** A value as a component holds it. */
export function digestOf(role: string, name: string, value: Value, blind?: string) {
  const content: Content =
    typeof value === 'string'
      ? { role, name, encoding: 'text', valueText: value }
      : { role, name, encoding: 'json', valueText: canonical(value) }
  return { digest: componentDigest(content, blind), encoding: content.encoding }
}

/** A component that is one of these values. */
export function oneOf(role: string, name: string, values: readonly Value[], blind?: string): Members {
  const digests = values.map((value) => digestOf(role, name, value, blind))
  return { name, oneOf: digests.sort((left, right) => (left.digest < right.digest ? -1 : 1)) }
}

/** A component that begins with a text. */
export function startsWith(role: string, name: string, start: string, after?: number, blind?: string): Members {
  const { digest } = digestOf(role, name, start, blind)
  const bytes = Buffer.byteLength(start)
  return { name, prefix: { bytes, digest, ...(after === undefined ? {} : { maxBytesAfter: after }) } }
}

/** A role of these components. */
export const made = (...components: readonly Members[]): Members => ({
  state: 'fixed',
  components: components as Value,
})

/** The declaration of the example run; `roles` in place of its own. */
export function documentOf(roles: Members = {}, members: Members = {}): Members & { readonly roles: Members } {
  const blind = members['privacy'] === 'private' ? BLIND : undefined
  return {
    name: 'shop-assistant',
    privacy: 'public',
    ...(blind === undefined ? {} : { blind }),
    ...members,
    roles: {
      model: fixed('model', { model: 'tiny' }, blind),
      instructions: fixed('instructions', { 0: 'Answer politely.' }, blind),
      tools: { state: 'absent' },
      context: { state: 'slot', maxBytes: 1000 },
      history: { state: 'absent' },
      input: { state: 'slot', maxBytes: 1000 },
      parameters: fixed('parameters', { temperature: 0 }, blind),
      outputFormat: { state: 'absent' },
      policy: fixed('policy', { strict: 'strict' }, blind),
      ...roles,
    },
  }
}
