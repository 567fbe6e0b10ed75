/**
 * Random JSON texts for property tests, each with the value that it stands for. Strings are spelled in all the ways
 * that JSON has for them, numbers in many, white space is anywhere.
 *
 * @module
 */
import fc from 'fast-check'
import { JsonNumber, type JsonValue } from '../../src/core/json/index.ts'
import { anyText } from './any-text.ts'

export interface WrittenJson {
  readonly text: string
  readonly value: JsonValue
}

const SHORT: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  '\b': 'b',
  '\f': 'f',
  '\n': 'n',
  '\r': 'r',
  '\t': 't',
}

const unitEscapes = (character: string, upper: boolean): string =>
  Array.from({ length: character.length }, (_, at) => {
    const hex = character.charCodeAt(at).toString(16).padStart(4, '0')
    return `\\u${upper ? hex.toUpperCase() : hex}`
  }).join('')

/** One character in the spelling that `choice` picks, where JSON allows it. */
function spelled(character: string, choice: number): string {
  const short = SHORT[character]
  if (choice === 1 && short !== undefined) return `\\${short}`
  if (choice >= 2 || character < ' ' || character === '"' || character === '\\')
    return unitEscapes(character, choice === 2)
  return character
}

/** A string token in one of its spellings. */
export const writtenString = (text: fc.Arbitrary<string>): fc.Arbitrary<{ text: string; value: string }> =>
  fc
    .tuple(text, fc.array(fc.constantFrom(0, 0, 0, 1, 2, 3), { minLength: 1, maxLength: 8 }))
    .map(([value, choices]) => ({
      value,
      text: `"${[...value].map((character, at) => spelled(character, choices[at % choices.length] as number)).join('')}"`,
    }))

const digits = fc.stringMatching(/^[0-9]{1,20}$/)

/** A number token. */
export const numberToken: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(fc.constant('0'), fc.stringMatching(/^[1-9][0-9]{0,20}$/)),
    fc.option(digits, { nil: undefined }),
    fc.option(fc.tuple(fc.constantFrom('e', 'E'), fc.constantFrom('', '+', '-'), fc.stringMatching(/^[0-9]{1,3}$/)), {
      nil: undefined,
    }),
  )
  .map(([minus, whole, fraction, exponent]) => {
    return `${minus}${whole}${fraction === undefined ? '' : `.${fraction}`}${exponent?.join('') ?? ''}`
  })

const space = fc.constantFrom('', '', '', ' ', '\n', '\r\n', '\t ')

const literal = fc.constantFrom<WrittenJson[]>(
  { text: 'null', value: null },
  { text: 'true', value: true },
  { text: 'false', value: false },
)
const number = numberToken.map((token): WrittenJson => ({ text: token, value: new JsonNumber(token) }))

const key = writtenString(fc.oneof(anyText(6), fc.constantFrom('__proto__', 'constructor', 'toJSON', '', 'a', 'b')))

const { json } = fc.letrec<{ json: WrittenJson }>((tie) => {
  const item = tie('json') as fc.Arbitrary<WrittenJson>
  const array = fc.tuple(fc.array(fc.tuple(space, item, space), { maxLength: 5 }), space).map(
    ([items, inside]): WrittenJson => ({
      text: `[${items.map(([before, { text }, after]) => before + text + after).join(',') || inside}]`,
      value: items.map(([, { value }]) => value),
    }),
  )
  const members = fc.uniqueArray(fc.tuple(space, key, space, item), {
    maxLength: 12,
    selector: ([, { value }]) => value,
  })
  const object = fc.tuple(members, space).map(
    ([all, inside]): WrittenJson => ({
      text: `{${all.map(([a, name, b, { text }]) => `${a}${name.text}${b}:${b}${text}${a}`).join(',') || inside}}`,
      value: new Map(all.map(([, name, , { value }]) => [name.value, value])),
    }),
  )
  return {
    json: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      literal,
      number,
      writtenString(anyText(12)),
      array,
      object,
    ),
  }
})

/** A document. */
export const anyJson: fc.Arbitrary<WrittenJson> = fc
  .tuple(space, json, space)
  .map(([before, { text, value }, after]) => ({ text: before + text + after, value }))

/**
 * Whether JSON.parse can be believed. V8 takes an escaped key for an earlier key that has a backslash
 * (https://github.com/nodejs/node/issues/63785): after `{"a":1,"\\\\":2}`, `{"a":1,"\\n":2}` has the key `\\`.
 */
export const isForJsonParse = (text: string): boolean => !/\\\\|\\u005c/i.test(text)

/** As JSON.parse has it: numbers rounded, objects plain, `__proto__` a member like any other. */
export function plainValue(value: JsonValue): unknown {
  if (value instanceof JsonNumber) return Number(value.token)
  if (value instanceof Map) {
    return Object.fromEntries(
      [...(value as ReadonlyMap<string, JsonValue>)].map(([name, each]) => [name, plainValue(each)]),
    )
  }
  return Array.isArray(value) ? value.map(plainValue) : value
}
