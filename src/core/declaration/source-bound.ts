/**
 * Bounds as a declaration file gives them (`docs/spec/declaration.md`, "The file"):
 *
 * - `min`, `max`, `integer: true`: a number
 * - `oneOf: [value, …]`: one of these
 * - `startsWith: text` with `then: slot` or `then: {slot: {maxBytes}}`: a text that begins so
 * - `maxBytes`: any value of at most so many bytes
 *
 * @module
 */
import { appendPointer, canonicalNumber, JsonNumber, type JsonObject, type JsonValue } from '../json/index.ts'
import type { NumberBounds } from './component.ts'
import { compareDigests, requireFits, requireNumberBounds } from './read-component.ts'
import { asMap, contentOf, malformed, type ResolvedComponent, type SourceValue, textContent } from './source-content.ts'

const FORMS = 'a bound: min, max or integer; oneOf; startsWith with then; or maxBytes'

/** @throws {ColophonError} DECLARATION_MALFORMED, JSON_NUMBER_RANGE, and whatever `readFile` throws */
export function boundedComponent(input: SourceValue): ResolvedComponent {
  const bound = asMap(input.value, input.at, FORMS)
  const resolved = resolveBound(input, bound)
  requireFits(resolved.component, input.role, input.at)
  return resolved
}

function resolveBound(input: SourceValue, bound: JsonObject): ResolvedComponent {
  const { name, at } = input
  const isWritten = (...words: readonly string[]): boolean =>
    bound.has(words[0] as string) && [...bound.keys()].every((word) => words.includes(word))
  if (isWritten('oneOf')) return choiceComponent(input, bound.get('oneOf') as JsonValue)
  if (isWritten('startsWith', 'then')) return prefixComponent(input, bound)
  if (isWritten('maxBytes')) return { component: { name, maxBytes: bytesOf(bound, at) }, contents: [] }
  const words = [...bound.keys()]
  if (words.length === 0 || words.some((word) => !['min', 'max', 'integer'].includes(word))) {
    throw malformed(`want ${FORMS}`, at)
  }
  return { component: { name, number: numberBounds(bound, at) }, contents: [] }
}

function choiceComponent(input: SourceValue, value: JsonValue): ResolvedComponent {
  const at = `${input.at}/oneOf`
  if (!Array.isArray(value) || value.length < 2) {
    throw malformed('want a list of two values or more; to say one, say fixed', at)
  }
  const contents = (value as readonly JsonValue[]).map((one, index) => {
    return contentOf({ ...input, value: one, at: `${at}/${index}` })
  })
  const oneOf = contents
    .map((content) => ({ encoding: content.encoding, digest: input.digest(content) }))
    .sort(compareDigests)
  const isUnique = oneOf.every((one, index) => index === 0 || compareDigests(oneOf[index - 1] as typeof one, one) !== 0)
  if (!isUnique) throw malformed('the same value stands in the list twice', at)
  return { component: { name: input.name, oneOf }, contents }
}

function prefixComponent(input: SourceValue, bound: JsonObject): ResolvedComponent {
  const { name, at } = input
  const content = textContent({ ...input, value: bound.get('startsWith') as JsonValue, at: `${at}/startsWith` })
  const bytes = content.value.length
  if (bytes === 0) throw malformed('every text starts with nothing; say slot', `${at}/startsWith`)
  const prefix = { bytes, digest: input.digest(content), ...readThen(bound.get('then'), `${at}/then`) }
  return { component: { name, prefix }, contents: [content] }
}

/** A slot for the rest of the text: `slot`, or `slot: {maxBytes}`. */
function readThen(value: JsonValue | undefined, at: string): object {
  if (value === 'slot') return {}
  const want = 'what comes after it: then: slot, or then: {slot: {maxBytes: N}}'
  const then = asMap(value, at, want)
  const slot = asMap(then.get('slot'), at, want)
  if (then.size !== 1 || slot.size !== 1 || !slot.has('maxBytes')) throw malformed(`want ${want}`, at)
  return { maxBytesAfter: bytesOf(slot, `${at}/slot`) }
}

/** The number itself is looked at where the document is read. */
function bytesOf(bound: JsonObject, at: string): JsonNumber {
  const value = bound.get('maxBytes')
  if (value instanceof JsonNumber) return value
  throw malformed('a bound is a whole number', appendPointer(at, 'maxBytes'))
}

function numberBounds(bound: JsonObject, at: string): NumberBounds {
  const bounds: { -readonly [K in keyof NumberBounds]: NumberBounds[K] } = {}
  for (const name of ['min', 'max'] as const) {
    const value = bound.get(name)
    if (value === undefined) continue
    if (!(value instanceof JsonNumber)) throw malformed(`${name} is a number`, `${at}/${name}`)
    bounds[name] = canonicalNumber(value.token)
  }
  if (bound.has('integer')) {
    if (bound.get('integer') !== true) throw malformed('say integer: true, or leave it out', `${at}/integer`)
    bounds.integer = true
  }
  requireNumberBounds(bounds, at)
  return bounds
}
