import { describe, expect, test } from 'vitest'
import { decodeUtf8, encodeUtf8 } from '../../core/bytes/index.ts'
import { type DeclarationSource, resolveDeclaration } from '../../core/declaration/index.ts'
import { type CanonicalInput, canonicalize, parseJson } from '../../core/json/index.ts'
import { renderQuestion } from '../host/model/index.ts'
import { composeRequest, placePassages, type SlotValues } from './compose-request.ts'

const BASE = {
  name: 'test',
  privacy: 'public',
  model: { fixed: 'tiny' },
  instructions: 'absent',
  tools: 'absent',
  context: 'slot',
  history: 'absent',
  input: 'slot',
  parameters: 'absent',
  outputFormat: 'absent',
  policy: 'strict',
}

const source = (changes: object = {}): DeclarationSource =>
  resolveDeclaration(parseJson(canonicalize({ ...BASE, ...changes } as CanonicalInput)), () => new Uint8Array(0))

const VALUES: SlotValues = { input: 'How much?', passages: [], model: undefined, stream: false }

const bodyOf = (changes: object = {}, values: Partial<SlotValues> = {}): unknown =>
  JSON.parse(decodeUtf8(composeRequest(source(changes), { ...VALUES, ...values }).body))

describe('composeRequest', () => {
  test('puts every fixed content where it belongs', () => {
    const tool = { type: 'function', function: { name: 'refund', parameters: {} } }
    const body = bodyOf({
      instructions: { fixed: ['One.', 'Two.'] },
      history: { fixed: ['Hello', 'Hi'] },
      tools: { fixed: { refund: tool } },
      parameters: { fixed: { temperature: 0, stop: 'x' } },
      outputFormat: { fixed: { type: 'text' } },
    })
    expect(body).toEqual({
      model: 'tiny',
      messages: [
        { role: 'system', content: 'One.' },
        { role: 'system', content: 'Two.' },
        { role: 'user', content: 'Hello' },
        { role: 'assistant', content: 'Hi' },
        { role: 'user', content: 'How much?' },
      ],
      tools: [tool],
      temperature: 0,
      stop: 'x',
      response_format: { type: 'text' },
    })
  })

  test('ends an odd history with the assistant too', () => {
    const { messages } = bodyOf({ history: { fixed: ['A', 'B', 'C'] } }) as { messages: { role: string }[] }
    expect(messages.map(({ role }) => role)).toEqual(['assistant', 'user', 'assistant', 'user'])
  })

  test('sends a parameter that is a header as one', () => {
    const { body, headers } = composeRequest(
      source({ parameters: { fixed: { 'header openai-beta': 'x=1', seed: 7 } } }),
      VALUES,
    )
    expect(headers).toEqual([['openai-beta', 'x=1']])
    expect(decodeUtf8(body)).not.toContain('beta')
  })

  test('keeps the exact token of a number', () => {
    const json = parseJson(encodeUtf8('{"fixed":{"seed":9007199254740993}}'))
    const exact = new Map([...(parseJson(canonicalize(BASE)) as Map<string, never>), ['parameters', json]])
    const { body } = composeRequest(
      resolveDeclaration(exact, () => new Uint8Array(0)),
      VALUES,
    )
    expect(decodeUtf8(body)).toContain('9007199254740993')
  })

  test('asks for a stream, and takes the model where it is open', () => {
    expect(bodyOf({ model: 'slot' }, { model: 'big', stream: true })).toMatchObject({ model: 'big', stream: true })
  })

  test('puts passages and input into one message', () => {
    const passages = [{ label: 'a', text: 'The lamp costs 5 euros.' }]
    expect(bodyOf({}, { passages })).toMatchObject({
      messages: [{ role: 'user', content: renderQuestion('The lamp costs 5 euros.', 'How much?') }],
    })
  })

  test('takes passages and input from the declaration where it fixes them', () => {
    const { cutList } = composeRequest(source({ context: { fixed: ['P', 'Q'] } }), VALUES)
    expect(cutList.map(({ label }) => label)).toEqual(['0', '1'])
    const none = { input: undefined }
    expect(bodyOf({ input: { fixed: 'Who?' } }, none)).toMatchObject({ messages: [{ role: 'user', content: 'Who?' }] })
  })

  test.each<[string, object, Partial<SlotValues>, string]>([
    ['no input', {}, { input: undefined }, 'input'],
    ['an input where it is fixed', { input: { fixed: 'x' } }, {}, 'input'],
    ['an input where there is none', { input: 'absent' }, {}, 'input'],
    ['no model', { model: 'any' }, {}, 'model'],
    ['a model where it is fixed', {}, { model: 'other' }, 'model'],
    ['a passage where there is none', { context: 'absent' }, { passages: [{ label: 'a', text: 'x' }] }, 'context'],
    ['an empty passage', {}, { passages: [{ label: 'a', text: '' }] }, 'context'],
    [
      'a passage beside a fixed input',
      { input: { fixed: 'x' } },
      { input: undefined, passages: [{ label: 'a', text: 'x' }] },
      'context',
    ],
    ['a parameter called messages', { parameters: { fixed: { messages: 1 } } }, {}, 'parameters'],
  ])('refuses %s', (_, changes, values, at) => {
    expect(() => composeRequest(source(changes), { ...VALUES, ...values })).toThrowCode('USAGE')
    expect(() => composeRequest(source(changes), { ...VALUES, ...values })).toThrow(expect.objectContaining({ at }))
  })
})

describe('placePassages', () => {
  test.each([
    ['plain', ['The lamp.', 'The chair.']],
    ['characters that JSON escapes', ['say "hi"\\\n', '\u0001\t\u007f']],
    ['other scripts', ['é日本😀', '\u2028x']],
    ['what stands around them', ['Context: ', '\nQuestion: ']],
  ])('counts the bytes between the quotes: %s', (_, texts) => {
    const passages = texts.map((text, index) => ({ label: String(index), text }))
    const { text, cutList } = placePassages({ passages, question: 'Why "now"?', pointer: '/p' })
    const written = encodeUtf8(JSON.stringify(text).slice(1, -1))
    const cut = cutList.map(({ start, end }) => JSON.parse(`"${decodeUtf8(written.slice(start, end))}"`) as string)
    expect(cut).toEqual(texts)
    expect(text).toBe(renderQuestion(texts.join('\n'), 'Why "now"?'))
  })
})
