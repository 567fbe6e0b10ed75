/**
 * Random bodies by a dialect's table: right ones, and wrong ones in every way that JSON allows. Keys in any order and
 * spelling, white space, unknown members, values of other types where the table wants one.
 *
 * @module
 */
import fc from 'fast-check'
import type { Shape } from '../../src/core/spans/index.ts'
import { anyJson, writtenString } from './any-json.ts'
import { anyText } from './any-text.ts'

type Text = fc.Arbitrary<string>

const string: Text = writtenString(anyText(12)).map(({ text }) => text)
const json: Text = anyJson.map(({ text }) => text)
const space: Text = fc.constantFrom('', '', ' ', '\n\t')
const wordOf = (words: readonly string[]): Text => writtenString(fc.constantFrom(...words)).map(({ text }) => text)

/** Mostly the first; now and then any JSON at all. */
const mostly = (usual: Text): Text => fc.oneof({ arbitrary: usual, weight: 7 }, { arbitrary: json, weight: 1 })

export const anyBody = (shape: Shape): Text =>
  fc.tuple(space, usual(shape), space).map(([before, text, after]) => before + text + after)

function usual(shape: Shape): Text {
  switch (shape.kind) {
    case 'value':
      return fc.oneof(string, string, json)
    case 'discriminator':
      return mostly(wordOf([...shape.texts]))
    case 'object':
      return objectOf([...shape.members].map(([name, member]) => [name, mostly(usual(member))]))
    case 'array':
      return listOf(mostly(usual(shape.items)))
    case 'messages':
      return listOf(mostly(usual(shape.item)), 5)
    case 'textOrParts':
      return fc.oneof(string, listOf(mostly(usual(shape.part))))
    case 'texts':
      return fc.oneof(string, listOf(string), listOf(json))
    case 'oneOrMany':
      return fc.oneof(usual(shape.item), listOf(mostly(usual(shape.item)), 2))
    case 'variants':
      return fc.oneof(...[...shape.shapes.values()].map(usual), mostly(usual(shape.otherwise)))
  }
}

const listOf = (item: Text, maxLength = 3): Text =>
  fc.tuple(space, fc.array(item, { maxLength })).map(([gap, items]) => `[${gap}${items.join(`${gap},`)}${gap}]`)

/** An object with some of these members, in any order, and sometimes others. */
function objectOf(members: readonly (readonly [string, Text])[]): Text {
  const known = members.map(([name, value]) => fc.tuple(fc.constant(name), wordOf([name]), value, space))
  const unknown = fc.tuple(anyText(4), json, space).map(([name, value, gap]): [string, string, string, string] => {
    return [name, JSON.stringify(name), value, gap]
  })
  return fc
    .uniqueArray(fc.oneof(...known, ...known.slice(0, 6), unknown), { maxLength: 6, selector: ([name]) => name })
    .map((all) => `{${all.map(([, key, value, gap]) => `${gap}${key}${gap}:${value}${gap}`).join(',')}}`)
}
