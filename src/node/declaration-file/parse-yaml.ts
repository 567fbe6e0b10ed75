/**
 * YAML 1.2 (https://yaml.org/spec/1.2.2/), core schema, as JSON values: the part of YAML that means the same to every
 * reader.
 *
 * Refused, since each has surprised somebody: duplicate keys, keys that are no strings, anchors and aliases, tags, merge
 * keys, directives, a second document, and numbers that JSON does not write (0x10, .5, +1, 012, .inf). What YAML 1.1 took
 * for numbers or booleans (1_000, yes, no) is a string in YAML 1.2 and here. Numbers keep the token they are written as.
 *
 * @module
 */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseDocument,
  type Scalar,
} from 'yaml'
import { decodeUtf8 } from '../../core/bytes/index.ts'
import { ColophonError } from '../../core/errors.ts'
import { isNumberToken, JsonNumber, type JsonValue } from '../../core/json/index.ts'

export interface ParsedYaml {
  readonly value: JsonValue
  /** Line and column (`12:3`) of what a JSON Pointer points to; of the nearest thing round it where it is not there. */
  readonly placeOf: (pointer: string) => string
}

const MAX_DEPTH = 64

/**
 * @throws {ColophonError} YAML_UNSUPPORTED      a feature that is left out, with line and column
 * @throws {ColophonError} DECLARATION_MALFORMED  not YAML at all
 */
export function parseYaml(bytes: Uint8Array): ParsedYaml {
  const lines = new LineCounter()
  const document = parseDocument(decodeUtf8(bytes), {
    version: '1.2',
    schema: 'core',
    strict: true,
    merge: false,
    // Found below, in linear time.
    uniqueKeys: false,
    prettyErrors: false,
    lineCounter: lines,
  })
  const reader = new YamlReader(lines)
  reader.refuseErrors(document)
  return { value: reader.value(document.contents, 0), placeOf: (pointer) => placeOf(document, lines, pointer) }
}

type Place = { readonly range?: readonly number[] | null | undefined } | null | undefined

const textOf = (lines: LineCounter, offset: number): string => {
  const { line, col } = lines.linePos(offset)
  return `${line}:${col}`
}

class YamlReader {
  readonly #lines: LineCounter

  constructor(lines: LineCounter) {
    this.#lines = lines
  }

  refuseErrors(document: Document.Parsed): void {
    const { errors, warnings, directives, contents } = document
    const [first] = errors
    if (first?.code === 'MULTIPLE_DOCS') throw this.#unsupported('a second document', first.pos[0])
    if (first?.code === 'RESOURCE_EXHAUSTION') throw this.#unsupported('nesting this deep', first.pos[0])
    if (first !== undefined) {
      throw new ColophonError('DECLARATION_MALFORMED', `not YAML: ${first.message}`, {
        at: textOf(this.#lines, first.pos[0]),
      })
    }
    if (directives.yaml.explicit === true || Object.keys(directives.tags).length > 1) {
      throw this.#unsupported('a % directive', 0)
    }
    const [warning] = warnings
    if (warning !== undefined) throw this.#unsupported('a tag', warning.pos[0])
    if (contents === null) throw new ColophonError('DECLARATION_MALFORMED', 'the file is empty')
  }

  value(node: unknown, depth: number): JsonValue {
    if (node === null || node === undefined) return null
    const place = node as Place
    const offset = place?.range?.[0] ?? 0
    if (depth > MAX_DEPTH) throw this.#unsupported('nesting this deep', offset)
    if (isAlias(node)) throw this.#unsupported('an alias', offset)
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) throw this.#unsupported('this', offset)
    if (node.anchor !== undefined) throw this.#unsupported('an anchor', offset)
    if (node.tag !== undefined) throw this.#unsupported('a tag', offset)
    if (isScalar(node)) return this.#scalar(node, offset)
    if (isSeq(node)) return node.items.map((item) => this.value(item, depth + 1))
    const members = new Map<string, JsonValue>()
    for (const pair of node.items) {
      const key = this.#key(pair, offset)
      if (members.has(key.text)) throw this.#unsupported('the same key twice', key.offset)
      members.set(key.text, this.value(pair.value, depth + 1))
    }
    return members
  }

  #key({ key }: Pair, mapOffset: number): { readonly text: string; readonly offset: number } {
    const offset = (key as Place)?.range?.[0] ?? mapOffset
    const text = isScalar(key) || isAlias(key) ? this.value(key, 0) : undefined
    if (typeof text !== 'string') throw this.#unsupported('a key that is no string', offset)
    if (text === '<<' && (key as Scalar).type === 'PLAIN') throw this.#unsupported('a merge key', offset)
    return { text, offset }
  }

  #scalar(scalar: Scalar, offset: number): JsonValue {
    const { value, source } = scalar
    if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value
    if (source !== undefined && isNumberToken(source)) return new JsonNumber(source)
    throw this.#unsupported('a number that JSON does not write', offset)
  }

  #unsupported(what: string, offset: number): ColophonError {
    return new ColophonError('YAML_UNSUPPORTED', `YAML: ${what} is not allowed here`, {
      at: textOf(this.#lines, offset),
    })
  }
}

function placeOf(document: Document.Parsed, lines: LineCounter, pointer: string): string {
  const segments = pointer.split('/').slice(1)
  for (let length = segments.length; length > 0; length -= 1) {
    const path = segments.slice(0, length).map((segment) => (/^\d{1,9}$/.test(segment) ? Number(segment) : segment))
    const offset = (document.getIn(path, true) as Place)?.range?.[0]
    if (offset !== undefined) return textOf(lines, offset)
  }
  return '1:1'
}
