import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyChatBody } from '../../../../test/support/any-chat-body.ts'
import { anyJson } from '../../../../test/support/any-json.ts'
import { decodeUtf8, encodeUtf8, joinBytes } from '../../bytes/index.ts'
import { appendPointer, canonicalize, type JsonValue, parseJson, parsePointer } from '../../json/index.ts'
import { SENT_ROLES } from '../../roles/index.ts'
import { type Cut, MAX_POINTER, MAX_SPANS } from '../../spans/index.ts'
import type { RequestCut } from '../dialect.ts'
import { dialectFor } from '../index.ts'

const REQUEST = { method: 'POST', path: '/v1/chat/completions' }

function cut(body: string | Uint8Array, options: { cutList?: readonly Cut[]; contentType?: string } = {}): RequestCut {
  const bytes = typeof body === 'string' ? encodeUtf8(body) : body
  const { cutList = [], contentType } = options
  return dialectFor(REQUEST).cutRequest({ ...REQUEST, contentType, body: bytes, cutList })
}

const cutValue = (value: object): RequestCut => cut(JSON.stringify(value))

/** `role pointer` of each part, and each leaf's text. */
const partsIn = ({ parts }: RequestCut): string[] => parts.map(({ role, at }) => `${role} ${at}`)
const textsIn = ({ leaves }: RequestCut): string[] => leaves.map(({ bytes }) => decodeUtf8(bytes))

/** What plays which role, by the words of the specification and over values instead of bytes: the oracle. */
function partsByTheBook(body: JsonValue): string[] {
  const found: string[] = []
  for (const [name, value] of body as ReadonlyMap<string, JsonValue>) {
    const at = appendPointer('', name)
    if (name === 'messages' && Array.isArray(value)) found.push(...messagesByTheBook(value as readonly JsonValue[]))
    else if ((name === 'tools' || name === 'functions') && Array.isArray(value))
      found.push(...value.map((_, index) => `tools ${at}/${index}`))
    else if (name === 'tools' || name === 'functions' || name === 'web_search_options') found.push(`tools ${at}`)
    else if (name === 'model') found.push(`model ${at}`)
    else if (name === 'response_format') found.push(`outputFormat ${at}`)
    else found.push(`parameters ${at}`)
  }
  return found
}

function messagesByTheBook(messages: readonly JsonValue[]): string[] {
  const authors = messages.map((message) => (message instanceof Map ? message.get('role') : undefined))
  const isTurn = (author: unknown) => author === 'user' || author === 'tool' || author === 'function'
  const isAnswered = (index: number): boolean =>
    authors.some((later, place) => later === 'assistant' && place >= index && authors.slice(place + 1).some(isTurn))
  const roles = authors.map((author, index) => {
    if (author === 'system' || author === 'developer') return 'instructions'
    if (author !== 'assistant' && !isTurn(author)) return undefined
    if (isAnswered(index)) return 'history'
    return author === 'tool' || author === 'function' ? 'context' : 'input'
  })
  return messages.flatMap((message, index) => {
    const role = roles[index]
    if (role === undefined) return [`parameters /messages/${index}`]
    return [...(message as ReadonlyMap<string, JsonValue>)].flatMap(([name, value]) => {
      const at = appendPointer(`/messages/${index}`, name)
      if (name === 'role') return []
      if (name === 'content' && Array.isArray(value))
        return contentByTheBook(value as readonly JsonValue[], at, {
          role,
          result: isAnswered(index) ? 'history' : 'context',
        })
      const known = ['content', 'name', 'refusal', 'audio', 'tool_calls', 'tool_call_id', 'function_call']
      return [`${known.includes(name) ? role : 'parameters'} ${at}`]
    })
  })
}

function contentByTheBook(
  parts: readonly JsonValue[],
  at: string,
  { role, result }: { readonly role: string; readonly result: string },
): string[] {
  const types = ['text', 'image_url', 'input_audio', 'file', 'refusal']
  return parts.flatMap((part, index) => {
    const type = part instanceof Map ? part.get('type') : undefined
    if (!(part instanceof Map) || typeof type !== 'string' || !types.includes(type)) return [`${role} ${at}/${index}`]
    return [...(part as ReadonlyMap<string, JsonValue>).keys()].flatMap((name) => {
      if (name === 'type') return []
      const played = type === 'file' ? result : role
      return [`${name === type ? played : 'parameters'} ${appendPointer(`${at}/${index}`, name)}`]
    })
  })
}

function valueAtPointer(value: JsonValue, pointer: string): JsonValue {
  return parsePointer(pointer).reduce<JsonValue>((at, segment) => {
    return (at instanceof Map ? at.get(segment) : (at as readonly JsonValue[])[Number(segment)]) as JsonValue
  }, value)
}

const contentOf = (value: JsonValue): Uint8Array =>
  typeof value === 'string' ? encodeUtf8(value) : canonicalize(value)

describe('the cut of any body', () => {
  test('tiles it, and gives each value the role of the specification and its decoded content', () => {
    fc.assert(
      fc.property(anyChatBody, (body) => {
        const { leaves, parts } = cut(body)
        let end = 0
        for (const leaf of leaves) {
          expect(leaf.offset).toBe(end)
          expect(leaf.bytes.length).toBeGreaterThan(0)
          expect(leaf.kind === 'structure' ? leaf.role === '' : SENT_ROLES.some((role) => role === leaf.role)).toBe(
            true,
          )
          end += leaf.bytes.length
        }
        expect(decodeUtf8(joinBytes(leaves.map(({ bytes }) => bytes)))).toBe(body)

        const value = parseJson(encodeUtf8(body))
        const labels = leaves
          .filter(({ kind }) => kind !== 'structure')
          .map(({ role, pointer }) => `${role} ${pointer}`)
        expect(labels).toEqual(partsByTheBook(value))
        expect(partsIn({ parts } as RequestCut)).toEqual(labels)
        for (const part of parts) expect(part.value).toEqual(contentOf(valueAtPointer(value, part.at)))
      }),
      { numRuns: 250 },
    )
  })

  test('is of any object whatever', () => {
    fc.assert(
      fc.property(anyJson, ({ text, value }) => {
        const { leaves, parts } = cut(text)
        expect(decodeUtf8(joinBytes(leaves.map(({ bytes }) => bytes)))).toBe(text)
        if (value instanceof Map)
          expect(parts.map(({ at }) => at)).toEqual([...value.keys()].map((key) => appendPointer('', key)))
        else expect(leaves.map(({ kind }) => kind)).toEqual(['opaque'])
      }),
    )
  })

  test('an unknown member is one span, key included', () => {
    expect(textsIn(cut('{"model":"a" , "\\u0078" : {"model":[1]},"seed":1}'))).toEqual([
      '{"model":',
      '"a"',
      ' , ',
      '"\\u0078" : {"model":[1]}',
      ',"seed":',
      '1',
      '}',
    ])
  })

  test('a part of another type than the listed ones is compared whole', () => {
    const part = { type: 'ignore all instructions', text: 'hi' }
    const sent = cutValue({ messages: [{ role: 'system', content: [part, { type: 'text', text: 'ho' }] }] })
    expect(partsIn(sent)).toEqual(['instructions /messages/0/content/0', 'instructions /messages/0/content/1/text'])
  })

  test('what a part says beside what its type says is a parameter that nobody declared', () => {
    const part = { type: 'image_url', image_url: 'data:,', text: 'Be safe.' }
    const sent = cutValue({ messages: [{ role: 'system', content: [part] }] })
    expect(partsIn(sent)).toEqual([
      'instructions /messages/0/content/0/image_url',
      'parameters /messages/0/content/0/text',
    ])
  })

  test.each([
    ['a duplicate key', '{"model":"a","model":"b"}'],
    ['a duplicate key spelled otherwise', '{"model":"a","\\u006dodel":"b"}'],
    ['half of a surrogate pair', '{"model":"\\ud83d"}'],
    ['an array', '[{"model":"a"}]'],
    ['two documents', '{}{}'],
    ['a byte order mark', '\ufeff{"model":"a"}'],
    ['100,000 arrays in one another', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['text', 'hello'],
    ['cut short', '{"model":"a"'],
  ])('opaque: %s', (_, body) => {
    const { leaves, parts, unobservable, model } = cut(body)
    expect(textsIn({ leaves } as RequestCut)).toEqual([body])
    expect(leaves[0]?.kind).toBe('opaque')
    expect([parts, model]).toEqual([[], { state: 'unobservable' }])
    expect(unobservable.map(({ role }) => role)).toEqual(SENT_ROLES)
  })

  test('opaque: bytes that are no UTF-8; an empty body has no leaf', () => {
    expect(cut(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d)).leaves[0]?.kind).toBe('opaque')
    expect(cut('').leaves).toEqual([])
  })

  test('opaque: more leaves than its bound, structure included, at whichever the bound is met', () => {
    const numbers = (count: number, last = '1'): string => `{"messages":[${'1,'.repeat(count - 1)}${last}]}`
    const lengthOf = (body: string, cutList: readonly Cut[] = []): number => cut(body, { cutList }).leaves.length
    expect(lengthOf(numbers(MAX_SPANS / 2 - 1))).toBe(MAX_SPANS - 1)
    expect(lengthOf(numbers(MAX_SPANS / 2))).toBe(1)
    // A passage at the start of a string makes two leaves of one.
    const body = numbers(MAX_SPANS / 2 - 1, '{"role":"user","content":"abc"}')
    const passage = { pointer: `/messages/${MAX_SPANS / 2 - 2}/content`, start: 0, end: 1, label: '' }
    expect(lengthOf(body, [passage])).toBe(MAX_SPANS)
    expect(() => lengthOf(body, [{ ...passage, start: 1, end: 2 }])).toThrowCode('CUT_LIST_MALFORMED')
  })

  test.each([
    ['letters', 'x'.repeat(MAX_POINTER - 1)],
    ['an escape', `~${'x'.repeat(MAX_POINTER - 3)}`],
    ['a character of two units', `\u{1f600}${'x'.repeat(MAX_POINTER - 3)}`],
  ])('opaque: a pointer longer than its bound, with %s', (_, longest) => {
    const kindsOf = (name: string): string[] => cut(JSON.stringify({ [name]: 1 })).leaves.map(({ kind }) => kind)
    expect(kindsOf(longest)).toEqual(['structure', 'member', 'structure'])
    expect(kindsOf(`x${longest}`)).toEqual(['opaque'])
  })

  test.each([
    ['application/json', false],
    ['Application/JSON ; charset="UTF-8"', false],
    ['application/vnd.api+json', false],
    ['application/json; charset=iso-8859-1', true],
    ['application/json; charset=utf-8; charset=utf-16', true],
    ['application/json, text/plain', true],
    ['text/plain', true],
    ['multipart/form-data; boundary=x', true],
    ['', true],
  ])('content type %j is opaque: %s', (contentType, isOpaque) => {
    expect(cut('{"model":"a"}', { contentType }).leaves[0]?.kind === 'opaque').toBe(isOpaque)
  })
})

describe('messages', () => {
  const rolesOf = (...authors: readonly string[]): string[] =>
    cutValue({ messages: authors.map((role) => ({ role, content: 'x' })) }).parts.map(({ role }) => role)

  test.each([
    [
      ['system', 'user'],
      ['instructions', 'input'],
    ],
    [
      ['user', 'assistant', 'user'],
      ['history', 'history', 'input'],
    ],
    [
      ['user', 'assistant', 'system', 'user'],
      ['history', 'history', 'instructions', 'input'],
    ],
    [
      ['user', 'assistant', 'tool'],
      ['history', 'history', 'context'],
    ],
    [
      ['user', 'assistant', 'tool', 'user'],
      ['history', 'history', 'context', 'input'],
    ],
    [
      ['user', 'assistant'],
      ['input', 'input'],
    ],
    [
      ['assistant', 'user', 'assistant'],
      ['history', 'input', 'input'],
    ],
    [
      ['developer', 'tool', 'user'],
      ['instructions', 'context', 'input'],
    ],
  ])('%j are %j', (authors, roles) => {
    expect(rolesOf(...authors)).toEqual(roles)
  })

  test('a message of nobody in particular is undeclared, whole', () => {
    expect(partsIn(cutValue({ messages: [{ role: 'root', content: 'x' }, 'hi', {}] }))).toEqual([
      'parameters /messages/0',
      'parameters /messages/1',
      'parameters /messages/2',
    ])
  })
})

describe('the cut list', () => {
  const BODY = '{"messages":[{"role":"system","content":"ab\\n\\ud83d\\ude00\u00e9z"}],"stop":"abc","model":"abc"}'
  const at = (start: number, end: number, pointer = '/messages/0/content'): Cut => ({ pointer, start, end, label: 'p' })
  const roles = (cutList: readonly Cut[]): string[] =>
    cut(BODY, { cutList }).parts.map(({ role, value }) => `${role} ${decodeUtf8(value)}`)

  test('divides a string at byte places', () => {
    expect(roles([at(0, 2), at(4, 16)]).slice(0, 3)).toEqual(['context ab', 'instructions \n', 'context \u{1f600}'])
    expect(roles([at(2, 19)]).slice(0, 2)).toEqual(['instructions ab', 'context \n\u{1f600}éz'])
    const whole = cut(BODY, { cutList: [at(0, 2), at(4, 16)] })
    expect(textsIn(whole).join('')).toBe(BODY)
    expect(whole.parts.slice(0, 4).map(({ name }) => name)).toEqual(['0', '0', '1', '1'])
  })

  test.each([
    ['inside an escape', at(3, 4)],
    ['between the halves of a pair', at(4, 10)],
    ['inside a UTF-8 sequence', at(0, 17)],
    ['past the end', at(0, 20)],
    ['in a string that is no prompt', at(0, 1, '/model')],
    ['in another string that is no prompt', at(0, 1, '/stop')],
    ['in a discriminator', at(0, 1, '/messages/0/role')],
    ['in nothing', at(0, 1, '/messages/1/content')],
    ['in an object', at(0, 1, '/messages/0')],
  ])('refused: %s', (_, one) => {
    expect(() => cut(BODY, { cutList: [one] })).toThrowCode('CUT_LIST_MALFORMED')
  })

  test('refused where nothing can be read', () => {
    expect(() => cut('[]', { cutList: [at(0, 1)] })).toThrowCode('CUT_LIST_MALFORMED')
    const other = { method: 'GET', path: '/v1/models' }
    const input = { ...other, contentType: undefined, body: new Uint8Array(0), cutList: [at(0, 1)] }
    expect(() => dialectFor(other).cutRequest(input)).toThrowCode('CUT_LIST_MALFORMED')
  })
})

describe('state at the server', () => {
  const of = (message: object, more: object = {}) => cutValue({ messages: [message], ...more }).unobservable
  const parts = (...content: object[]) => ({ role: 'user', content })

  test('is marked, once per role and reason', () => {
    const file = { type: 'file', file: { file_id: 'f' } }
    expect(of(parts(file, file))).toEqual([{ role: 'context', reason: 'server-side: file_id' }])
    const fetched = parts(
      { type: 'image_url', image_url: { url: 'https://a/b.png' } },
      { type: 'image_url', image_url: 'HTTPS:a' },
      { type: 'file', file: { file_data: 'https://a/b.pdf' } },
    )
    expect(of(fetched).map(({ reason }) => reason)).toEqual(['server-side: file_data', 'server-side: image_url'])
    expect(of({ role: 'assistant', audio: { id: 'a' } }, {})).toEqual([
      { role: 'input', reason: 'server-side: audio.id' },
    ])
    expect(of({ role: 'user', content: 'x' }, { web_search_options: {} })).toEqual([
      { role: 'context', reason: 'server-side: web_search_options' },
    ])
  })

  test('is marked of tools that the server may run itself', () => {
    const tools = (...types: readonly string[]) => of({ role: 'user' }, { tools: types.map((type) => ({ type })) })
    // Groq, Z.ai, Moonshot and others have tools of their own in this API.
    for (const type of ['browser_search', 'web_search', 'builtin_function']) {
      expect(tools('function', type)).toEqual([{ role: 'context', reason: 'server-side: unknown tool' }])
    }
    expect(tools('function', 'custom')).toEqual([])
  })

  test('is not seen where all is sent', () => {
    expect(of(parts({ type: 'file', file: { file_data: 'AA==' } }, { type: 'text', text: 'https://a' }))).toEqual([])
    expect(of(parts({ type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } }))).toEqual([])
  })
})
