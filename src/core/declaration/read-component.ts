/**
 * Reads a component of a declaration document: fixed to a value, or bounded (`docs/spec/declaration.md`, "Components").
 *
 * @module
 */
import { ColophonError } from '../errors.ts'
import {
  canonicalNumber,
  compareNumbers,
  isNumberToken,
  isWholeNumber,
  type Located,
  type ObjectReader,
  readObject,
} from '../json/index.ts'
import { type Role, SEQUENCE_ROLES } from '../roles/index.ts'
import type { Component, NumberBounds, Prefix, ValueDigest } from './component.ts'

/** @throws {ColophonError} SCHEMA_MISMATCH, DECLARATION_MALFORMED */
export function readComponent({ value, at }: Located, role: Role): Component {
  const reader = readObject(value, at)
  const name = reader.string('name', { max: 256 })
  const bound = readBound(reader)
  const component: Component = { name, ...bound, ...readOptional(reader) }
  reader.end()
  requireFits(component, role, at)
  return component
}

type Bound = Component extends infer T ? (T extends Component ? Omit<T, 'name' | 'optional'> : never) : never

function readBound(reader: ObjectReader): Bound {
  if (reader.has('oneOf')) return { oneOf: readChoices(reader) }
  if (reader.has('number')) return { number: readNumberBounds(reader.object('number')) }
  if (reader.has('prefix')) return { prefix: readPrefix(reader.object('prefix')) }
  if (reader.has('maxBytes')) return { maxBytes: reader.integer('maxBytes') }
  return readDigest(reader)
}

function readDigest(reader: ObjectReader): ValueDigest {
  return { encoding: reader.oneOf('encoding', ['text', 'json'] as const), digest: reader.hex('digest', 32) }
}

const MAX_CHOICES = 1_000

function readChoices(reader: ObjectReader): readonly ValueDigest[] {
  const at = `${reader.at}/oneOf`
  const choices = reader.array('oneOf', { max: MAX_CHOICES }).map((item) => {
    const choice = readObject(item.value, item.at)
    const read = readDigest(choice)
    choice.end()
    return read
  })
  if (choices.length < 2) throw malformed('a choice has two values or more; fix the component to one', at)
  const isSorted = choices.every((choice, index) => {
    const previous = choices[index - 1]
    return previous === undefined || compareDigests(previous, choice) < 0
  })
  if (!isSorted) throw malformed('the values of a choice are not unique and sorted by digest', at)
  return choices
}

/** By digest, and where a text and a JSON value have the same, by encoding. */
export function compareDigests(left: ValueDigest, right: ValueDigest): number {
  if (left.digest !== right.digest) return left.digest < right.digest ? -1 : 1
  return left.encoding === right.encoding ? 0 : left.encoding < right.encoding ? -1 : 1
}

/** Characters of a bound: many more than any number needs. */
const MAX_NUMBER = 100

function readNumberBounds(reader: ObjectReader): NumberBounds {
  const { at } = reader
  const bounds: { -readonly [K in keyof NumberBounds]: NumberBounds[K] } = {}
  for (const name of ['min', 'max'] as const) {
    if (!reader.has(name)) continue
    const token = reader.string(name, { max: MAX_NUMBER })
    if (!isNumberToken(token) || canonicalNumber(token) !== token) {
      throw malformed('a bound is not the canonical text of a number', `${at}/${name}`)
    }
    bounds[name] = token
  }
  if (reader.has('integer')) bounds.integer = readTrue(reader, 'integer')
  reader.end()
  requireNumberBounds(bounds, at)
  return bounds
}

/** One way to say it, and none that no number keeps. @throws {ColophonError} DECLARATION_MALFORMED */
export function requireNumberBounds({ min, max, integer }: NumberBounds, at: string): void {
  if (min === undefined && max === undefined && integer === undefined) {
    throw malformed('a number has a min, a max or is an integer', at)
  }
  if (integer && [min, max].some((token) => token !== undefined && !isWholeNumber(token))) {
    throw malformed('the bounds of an integer are whole numbers', at)
  }
  if (min !== undefined && max !== undefined && compareNumbers(min, max) >= 0) {
    throw malformed('min is not below max; to say one number, fix the component to it', at)
  }
}

function readPrefix(reader: ObjectReader): Prefix {
  const prefix = {
    bytes: reader.integer('bytes', { min: 1 }),
    digest: reader.hex('digest', 32),
    ...(reader.has('maxBytesAfter') ? { maxBytesAfter: reader.integer('maxBytesAfter') } : {}),
  }
  reader.end()
  return prefix
}

const readOptional = (reader: ObjectReader): { readonly optional?: true } =>
  reader.has('optional') ? { optional: readTrue(reader, 'optional') } : {}

/** One way to say that something is not so: not to say it. */
function readTrue(reader: ObjectReader, name: string): true {
  if (reader.boolean(name)) return true
  throw malformed(`what is not ${name} does not say so`, `${reader.at}/${name}`)
}

/** Where a bound would mean nothing, or something that nobody meant. */
export function requireFits(component: object, role: Role, at: string): void {
  const isParameter = role === 'parameters'
  if ('optional' in component && !isParameter && role !== 'tools') {
    throw malformed('only tools and parameters are optional', at)
  }
  if ('number' in component && !isParameter) throw malformed('only parameters are bounded by numbers', at)
  if ('maxBytes' in component && !isParameter)
    throw malformed('only parameters are bounded by their size; say slot', at)
  if ('prefix' in component && !isParameter && !SEQUENCE_ROLES.has(role)) {
    throw malformed('only parameters and what messages say are bounded by how they start', at)
  }
}

const malformed = (message: string, at: string): ColophonError =>
  new ColophonError('DECLARATION_MALFORMED', message, { at })
