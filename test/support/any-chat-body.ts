/**
 * Random Chat Completions request bodies: right ones, and wrong ones in every way that JSON allows. Keys in any order
 * and spelling, white space, unknown members, values of other types where the API wants one.
 *
 * @module
 */
import fc from 'fast-check'
import { anyJson, writtenString } from './any-json.ts'
import { anyText } from './any-text.ts'

type Text = fc.Arbitrary<string>

const word = (...choices: readonly string[]): Text => writtenString(fc.constantFrom(...choices)).map(({ text }) => text)
const string: Text = writtenString(anyText(20)).map(({ text }) => text)
const json: Text = anyJson.map(({ text }) => text)
const space: Text = fc.constantFrom('', '', ' ', '\n\t')

/** Mostly the first; now and then any JSON at all. */
const mostly = (usual: Text): Text => fc.oneof({ arbitrary: usual, weight: 5 }, { arbitrary: json, weight: 1 })

const array = (item: Text, maxLength = 4): Text =>
  fc.tuple(space, fc.array(item, { maxLength })).map(([gap, items]) => `[${gap}${items.join(`${gap},`)}${gap}]`)

/** An object with some of these members, in any order, and sometimes others. */
function object(members: Readonly<Record<string, Text>>): Text {
  const known = Object.entries(members).map(([name, value]) => fc.tuple(fc.constant(name), word(name), value, space))
  const unknown = fc.tuple(anyText(4), json, space).map(([name, value, gap]): [string, string, string, string] => {
    return [name, JSON.stringify(name), value, gap]
  })
  return fc
    .uniqueArray(fc.oneof(...known, ...known, unknown), { maxLength: 8, selector: ([name]) => name })
    .map((all) => `{${all.map(([, key, value, gap]) => `${gap}${key}${gap}:${value}${gap}`).join(',')}}`)
}

const part = object({
  type: mostly(word('text', 'image_url', 'input_audio', 'file', 'refusal', 'other')),
  text: mostly(string),
  image_url: mostly(object({ url: mostly(word('data:image/png;base64,AA==', 'https://example.com/a.png')) })),
  file: mostly(object({ file_id: string, file_data: string })),
})

const message = object({
  role: mostly(word('system', 'developer', 'user', 'assistant', 'tool', 'function', 'other')),
  content: mostly(fc.oneof(string, array(mostly(part)))),
  name: mostly(string),
  tool_calls: json,
  audio: mostly(object({ id: string })),
})

const tool = object({
  type: mostly(word('function', 'custom')),
  function: mostly(object({ name: mostly(word('a', 'b')), parameters: json })),
  name: mostly(word('a', 'b')),
})

/** The text of an object. */
export const anyChatBody: Text = fc
  .tuple(
    space,
    object({
      model: mostly(string),
      messages: mostly(array(mostly(message), 6)),
      tools: mostly(array(mostly(tool))),
      functions: mostly(array(mostly(tool))),
      temperature: json,
      stop: mostly(string),
      stream: json,
      seed: json,
      response_format: json,
      web_search_options: json,
      tool_choice: json,
    }),
  )
  .map(([gap, text]) => gap + text + gap)
