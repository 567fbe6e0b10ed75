import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyChatBody } from '../../../test/support/any-chat-body.ts'
import { decodeHex, decodeUtf8, encodeUtf8 } from '../../core/bytes/index.ts'
import { compareComposition, sentOf } from '../../core/composition/index.ts'
import { componentDigester, resolveDeclaration } from '../../core/declaration/index.ts'
import { dialectFor } from '../../core/dialects/index.ts'
import { recordRequestHead } from '../../core/spans/index.ts'
import { parseYaml } from '../declaration-file/index.ts'
import { type Draft, draftDeclaration } from './index.ts'

const BLIND = '5a'.repeat(32)

interface Asked {
  readonly path?: string
  readonly query?: string
  readonly headers?: readonly (readonly [string, string])[]
  readonly body: object | string
  readonly cutList?: Parameters<ReturnType<typeof dialectFor>['cutRequest']>[0]['cutList']
}

function sentBy({ path = '/v1/chat/completions', query = '', headers = [], body, cutList = [] }: Asked) {
  const head = recordRequestHead({ method: 'POST', path, query, headers })
  const bytes = encodeUtf8(typeof body === 'string' ? body : JSON.stringify(body))
  const request = { method: 'POST', path, contentType: 'application/json', body: bytes, cutList }
  return sentOf({ head, body: dialectFor(request).cutRequest(request) })
}

const draft = (asked: Asked): Draft =>
  draftDeclaration({ sent: sentBy(asked), runId: 'ab'.repeat(32), baseName: 'seen', blindHex: BLIND })

/** What the file says of another request, when it is read again by itself. */
function findings({ yaml, files }: Draft, asked: Asked): string[] {
  const { declaration } = resolveDeclaration(parseYaml(yaml).value, (path) => files.get(path) as Uint8Array)
  const digest = componentDigester(decodeHex(BLIND, {}))
  return compareComposition({ declaration, digest, sent: sentBy(asked) })
    .filter(({ finding, role }) => finding !== 'match' && role !== 'policy')
    .map(({ role, finding, name }) => `${role} ${finding} ${name ?? ''}`.trim())
}

const states = ({ source }: Draft) =>
  Object.fromEntries(Object.entries(source.declaration.roles).map(([role, { state }]) => [role, state]))

const TOOL = {
  type: 'function',
  function: { name: 'lookup', parameters: { type: 'object', properties: {} }, strict: true },
}
const CHAT = {
  model: 'gpt-mock',
  messages: [
    { role: 'system', content: 'You are terse.\n\nCONTEXT:\n[doc1] Café naïve 😀 costs 1.0 EUR\n' },
    { role: 'user', content: 'What is in doc1?' },
  ],
  tools: [TOOL],
  temperature: 0,
  top_p: 1,
  seed: 7,
  max_completion_tokens: 16,
  stop: ['yes', 'null', '~', '- a', '# b'],
  user: 'a: b\n',
}

const SHAPES: readonly (readonly [string, Asked])[] = [
  ['OpenAI Chat Completions', { body: CHAT }],
  ['with a stream and a format', { body: { ...CHAT, stream: true, response_format: { type: 'json_object' } } }],
  [
    'with a passage in the question',
    { body: CHAT, cutList: [{ pointer: '/messages/1/content', start: 0, end: 4, label: 'a' }] },
  ],
  [
    'with a passage that is all of the prompt',
    {
      body: {
        messages: [
          { role: 'system', content: 'abc' },
          { role: 'user', content: 'q' },
        ],
      },
      cutList: [{ pointer: '/messages/0/content', start: 0, end: 3, label: 'a' }],
    },
  ],
  [
    'with earlier turns, a call and its result',
    {
      body: {
        ...CHAT,
        messages: [
          ...CHAT.messages,
          {
            role: 'assistant',
            content: null,
            tool_calls: [{ id: 'c', type: 'function', function: { name: 'lookup', arguments: '{}' } }],
          },
          { role: 'tool', tool_call_id: 'c', content: 'found' },
          { role: 'user', name: 'Ann', content: 'And now?' },
        ],
      },
    },
  ],
  [
    'OpenAI Responses',
    {
      path: '/v1/responses',
      body: {
        model: 'gpt-mock',
        instructions: 'You are terse.',
        input: 'What?',
        tools: [{ type: 'function', name: 'lookup', strict: true }],
        temperature: 0,
        store: false,
      },
    },
  ],
  [
    'Anthropic Messages, with a header',
    {
      path: '/v1/messages',
      query: 'beta=true',
      headers: [
        ['anthropic-version', '2026-10-21'],
        ['anthropic-beta', 'b'],
      ],
      body: {
        model: 'claude-mock',
        max_tokens: 16,
        system: [
          { type: 'text', text: 'You are terse.' },
          { type: 'text', text: 'Today is Monday.' },
        ],
        messages: [{ role: 'user', content: [{ type: 'text', text: 'What?' }] }],
        tool_choice: { type: 'auto' },
      },
    },
  ],
  [
    'Gemini, with its model in the path',
    {
      path: '/v1beta/models/gemini-mock:streamGenerateContent',
      query: 'alt=sse',
      body: {
        contents: [{ parts: [{ text: 'What?' }], role: 'user' }],
        systemInstruction: { parts: [{ text: 'x' }] },
        generationConfig: { temperature: 0, seed: 7 },
      },
    },
  ],
  [
    'Ollama',
    {
      path: '/api/chat',
      body: { model: 'llama-mock', messages: CHAT.messages, options: { temperature: 0 }, stream: false },
    },
  ],
  ['what leans on state at the server', { body: { ...CHAT, web_search_options: {} } }],
  ['no JSON at all', { body: 'hello' }],
  ['nothing', { body: {} }],
  [
    'names and values that a file could take for others',
    {
      body: {
        model: 'm',
        messages: [],
        'a: b': { file: 'x' },
        '- c': '|',
        true: 'true',
        'header x': 1,
        '#': '#',
        '': null,
        __proto__: 1,
        [`long ${'x'.repeat(300)}`]: 1,
        deep: { [`key ${'x'.repeat(1100)}`]: 1 },
        text: `  indented\n\n  text  \n\n`,
        crlf: 'a\r\nb',
        tabs: '\ta\n\tb',
        bom: '\ufeffa\nb',
        nel: 'a\u0085b\nc\u2028d',
      },
    },
  ],
  [
    'numbers that no machine number is',
    {
      body: '{"model":"m","a":1e400,"b":0.1000000000000000055511151231257827,"c":9007199254740993,"d":-0.0,"e":[1E+2]}',
    },
  ],
  ['a number beyond all measure', { body: `{"n":1e1${'0'.repeat(1001)},"m":1}` }],
  ['two tools of one name', { body: { tools: [TOOL, TOOL] } }],
  [
    'long texts and tools',
    {
      body: {
        ...CHAT,
        messages: [{ role: 'system', content: 'Long. '.repeat(2000) }],
        user: 'u'.repeat(2000),
        tools: [{ ...TOOL, more: 'x'.repeat(2000) }],
      },
    },
  ],
]

describe('a declaration made from what was sent', () => {
  test.each(SHAPES)('is kept by the same request: %s', (_, asked) => {
    const made = draft(asked)
    expect(findings(made, asked)).toEqual([])
    expect(decodeUtf8(made.yaml)).not.toContain('cannot be written down')
  })

  test('fixes what an application decides, and leaves a slot for what its users do', () => {
    const made = draft({ body: CHAT })
    expect(states(made)).toEqual({
      model: 'fixed',
      instructions: 'fixed',
      tools: 'fixed',
      context: 'absent',
      history: 'absent',
      input: 'slot',
      parameters: 'fixed',
      outputFormat: 'absent',
      policy: 'fixed',
    })
    const other = {
      ...CHAT,
      model: 'gpt-other',
      temperature: 1,
      messages: [CHAT.messages[0], { role: 'user', content: 'Else?' }],
    }
    expect(findings(made, { body: { ...other, tool_choice: 'auto' } })).toEqual([
      'model mismatch model',
      'parameters mismatch temperature',
      'parameters undeclared tool_choice',
    ])
  })

  test('is private, with the blind that was given, and says what to look at', () => {
    const { yaml, source } = draft({ body: CHAT })
    const text = decodeUtf8(yaml)
    expect([source.declaration.privacy, source.declaration.blind]).toEqual(['private', BLIND])
    expect(text).toMatch(/^# Made from what run abab/)
    expect(text).toContain('  fixed: |\n    You are terse.\n\n    CONTEXT:\n    [doc1] Café naïve 😀 costs 1.0 EUR\n')
    expect(text).toContain('    # Or within: {temperature: {max: 0}}\n    temperature: 0\n')
    expect(text.split('\n').filter((line) => line.length > 120)).toEqual([])
  })

  test('puts long contents beside it', () => {
    const { files, yaml } = draft((SHAPES.at(-1) as (typeof SHAPES)[number])[1])
    expect([...files.keys()]).toEqual(['seen.instructions.txt', 'seen.tools.json', 'seen.parameters.json'])
    expect(decodeUtf8(files.get('seen.instructions.txt') as Uint8Array)).toBe('Long. '.repeat(2000))
    expect(decodeUtf8(yaml)).toContain('fixed: {file: seen.instructions.txt}')
  })

  test('leaves open what the request does not tell, and says why', () => {
    const made = draft({ body: { ...CHAT, web_search_options: {} } })
    expect(states(made)['context']).toBe('any')
    expect(decodeUtf8(made.yaml)).toContain('# The request does not tell all of it (server-side: web_search_options).')
    expect(new Set(Object.values(states(draft({ body: 'hello' }))))).toEqual(new Set(['any', 'fixed']))
  })

  test('is kept by any request that it is made from', () => {
    fc.assert(
      fc.property(anyChatBody, (body) => {
        const made = draft({ body })
        expect(findings(made, { body })).toEqual([])
        expect(decodeUtf8(made.yaml)).not.toContain('cannot be written down')
      }),
      { numRuns: 150 },
    )
  })
})
