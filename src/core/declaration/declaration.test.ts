import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readSpoiled } from '../../../test/support/spoiled-json.ts'
import { decodeUtf8, encodeUtf8 } from '../bytes/index.ts'
import { ColophonError } from '../errors.ts'
import { formatStatement } from '../intoto/index.ts'
import { canonicalize, parseJson } from '../json/index.ts'
import { PREDICATE } from '../predicate-types.ts'
import { ROLES } from '../roles/index.ts'
import {
  componentDigester,
  type Declaration,
  declarationId,
  formatDeclarationStatement,
  parseDeclaration,
  parseDeclarationStatement,
  parsePublishedDeclaration,
  publishedDeclaration,
  type ReadFile,
  resolveDeclaration,
} from './index.ts'

const BLIND = '5a'.repeat(32)

const FILE = {
  name: 'shop',
  privacy: 'private',
  blind: BLIND,
  model: { fixed: 'tiny' },
  instructions: { fixed: ['Answer politely.', { file: 'rules.txt' }] },
  tools: { fixed: { x: { type: 'function', function: { name: 'x' } } }, allow: ['z', 'y'] },
  context: { slot: { maxBytes: 1000 } },
  history: 'absent',
  input: 'slot',
  parameters: { fixed: { temperature: 0, stop: 'z' } },
  outputFormat: 'any',
  policy: 'strict',
}
const PUBLIC = Object.fromEntries(Object.entries({ ...FILE, privacy: 'public' }).filter(([name]) => name !== 'blind'))

const FILES: Readonly<Record<string, string>> = {
  'rules.txt': 'Rule 1\r\n',
  'schema.json': '{"b":1.0,"a":2}',
  'text.json': ' "a\\"b"\n',
}
const readFile: ReadFile = (path) => {
  const text = FILES[path]
  if (text === undefined) throw new ColophonError('FILE_UNREADABLE', 'no such file', { at: path })
  return encodeUtf8(text)
}

const resolve = (file: object | string) => {
  return resolveDeclaration(parseJson(encodeUtf8(typeof file === 'string' ? file : JSON.stringify(file))), readFile)
}
const isCoded = (error: unknown): boolean => ColophonError.is(error)

describe('the file', () => {
  test('has contents and digests that stand in any other tool’s words', () => {
    const { declaration, contents } = resolve(PUBLIC)
    expect(
      contents.map(({ role, name, encoding, value }) => [role, name, encoding, decodeUtf8(value)].join(' | ')),
    ).toEqual([
      'model | model | text | tiny',
      'instructions | 0 | text | Answer politely.',
      'instructions | 1 | text | Rule 1\r\n',
      'tools | x | json | {"function":{"name":"x"},"type":"function"}',
      'parameters | stop | text | z',
      'parameters | temperature | json | 0',
      'policy | strict | text | strict',
    ])
    const { roles } = declaration
    expect(roles.model).toEqual({
      state: 'fixed',
      components: [{ name: 'model', encoding: 'text', digest: createHash('sha256').update('tiny').digest('hex') }],
    })
    expect(roles.tools).toMatchObject({ state: 'fixed', allow: ['y', 'z'] })
    expect(roles.context).toEqual({ state: 'slot', maxBytes: 1000 })
    expect([roles.input, roles.history, roles.outputFormat]).toEqual([
      { state: 'slot' },
      { state: 'absent' },
      { state: 'any' },
    ])
  })

  test('gives the same id in any order and spelling, and another one for any other content', () => {
    const shuffled = fc.shuffledSubarray(Object.entries(PUBLIC), { minLength: Object.keys(PUBLIC).length })
    const id = declarationId(resolve(PUBLIC).declaration)
    fc.assert(
      fc.property(shuffled, fc.constantFrom(undefined, 1, '\t'), (members, space) => {
        const text = JSON.stringify(Object.fromEntries(members), undefined, space)
        expect(declarationId(resolve(text).declaration)).toBe(id)
      }),
      { numRuns: 20 },
    )
    const same = JSON.stringify(PUBLIC).replace('"temperature":0', '"temperature":-0.0e5').replace('tiny', '\\u0074iny')
    expect(declarationId(resolve(same).declaration)).toBe(id)
    for (const change of [
      { name: 'shops' },
      { model: 'any' },
      { input: { slot: { maxBytes: 1 } } },
      { history: 'any' },
    ]) {
      expect(declarationId(resolve({ ...PUBLIC, ...change }).declaration)).not.toBe(id)
    }
  })

  test('the id is what the specification says', () => {
    const { declaration } = resolve(FILE)
    const text = Buffer.concat([Buffer.from('colophon/declaration/v1\n'), canonicalize(declaration)])
    expect(declarationId(declaration)).toBe(createHash('sha256').update(text).digest('hex'))
  })

  test('no text is trimmed or normalized', () => {
    const ids = ['\u00e9', 'e\u0301', 'e\u0301 ', '\ufeffe\u0301'].map((text) => {
      return declarationId(resolve({ ...PUBLIC, instructions: { fixed: text } }).declaration)
    })
    expect(new Set(ids).size).toBe(4)
  })

  test('a value in a file is the value', () => {
    const inline = { ...PUBLIC, outputFormat: { fixed: { a: 2, b: 1 } } }
    const inFile = { ...PUBLIC, outputFormat: { fixed: { file: 'schema.json' } } }
    expect(resolve(inFile)).toEqual(resolve(inline))
  })

  test.each(['tools', 'parameters', 'outputFormat'])('a text in a file of JSON is the text: %s', (role) => {
    const fixed = (value: unknown) => ({ ...PUBLIC, [role]: { fixed: role === 'outputFormat' ? value : { x: value } } })
    const inFile = resolve(fixed({ file: 'text.json' }))
    expect(inFile).toEqual(resolve(fixed('a"b')))
    expect(inFile.contents.find((content) => content.role === role)?.encoding).toBe('text')
  })

  test.each(ROLES)('says something about %s, or is refused', (role) => {
    const { [role]: _, ...rest } = FILE
    expect(() => resolve(rest)).toThrowCode('DECLARATION_ROLE_MISSING')
  })

  test.each<[string, object, ColophonError['code']]>([
    ['rules', { policy: { rules: ['x'] } }, 'DECLARATION_POLICY_MALFORMED'],
    ['no policy', { policy: 'absent' }, 'DECLARATION_POLICY_MALFORMED'],
    ['no blind', { blind: undefined }, 'DECLARATION_MALFORMED'],
    ['a short blind', { blind: '5a' }, 'DECLARATION_MALFORMED'],
    ['a blind in the open', { privacy: 'public' }, 'SCHEMA_MISMATCH'],
    ['no name', { name: '' }, 'DECLARATION_MALFORMED'],
    ['a long name', { name: 'x'.repeat(201) }, 'SCHEMA_MISMATCH'],
    ['an unknown member', { models: 'any' }, 'SCHEMA_MISMATCH'],
    ['a role fixed to nothing', { instructions: { fixed: [] } }, 'DECLARATION_MALFORMED'],
    ['a map of nothing', { tools: { fixed: {} } }, 'DECLARATION_MALFORMED'],
    ['fixed and slot', { input: { fixed: 'x', slot: {} } }, 'DECLARATION_MALFORMED'],
    ['a slot with allow', { input: { slot: {}, allow: [] } }, 'DECLARATION_MALFORMED'],
    ['only allow', { input: { allow: [] } }, 'DECLARATION_MALFORMED'],
    ['another state', { input: 'fixed' }, 'DECLARATION_MALFORMED'],
    ['null', { input: null }, 'DECLARATION_MALFORMED'],
    ['a bound that is no number', { input: { slot: { maxBytes: '1' } } }, 'DECLARATION_MALFORMED'],
    ['a bound that is no whole number', { input: { slot: { maxBytes: 1.5 } } }, 'SCHEMA_MISMATCH'],
    ['an unknown bound', { input: { slot: { maxTokens: 1 } } }, 'SCHEMA_MISMATCH'],
    ['a bound that would be a state', { input: { slot: { state: 1 } } }, 'SCHEMA_MISMATCH'],
    ['a text that is none', { model: { fixed: 1 } }, 'DECLARATION_MALFORMED'],
    ['fixed and allowed at once', { parameters: { fixed: { n: 1 }, allow: ['n'] } }, 'DECLARATION_MALFORMED'],
    ['allow without a name', { parameters: { fixed: { n: 1 }, allow: [] } }, 'DECLARATION_MALFORMED'],
    ['names that are no texts', { parameters: { fixed: { n: 1 }, allow: [1] } }, 'DECLARATION_MALFORMED'],
  ])('refuses %s', (_, change, code) => {
    expect(() => resolve({ ...FILE, ...change })).toThrowCode(code)
  })

  test('refuses a file that is no UTF-8, and a number without canonical text', () => {
    const read: ReadFile = () => Uint8Array.of(0xff)
    expect(() => resolveDeclaration(parseJson(encodeUtf8(JSON.stringify(FILE))), read)).toThrowCode('UTF8_MALFORMED')
    const huge = JSON.stringify(FILE).replace('"temperature":0', `"temperature":1e1${'0'.repeat(1000)}`)
    expect(() => resolve(huge)).toThrowCode('JSON_NUMBER_RANGE')
  })

  test('every spoiled place is accepted as another declaration, or a coded error', () => {
    const { uncoded, count } = readSpoiled({ document: FILE, read: (file) => resolve(file as object), isCoded })
    expect(uncoded).toEqual([])
    expect(count).toBeGreaterThan(300)
  })

  test('a member named __proto__ is data', () => {
    const text = JSON.stringify(PUBLIC).replace('"temperature":0', '"__proto__":{"x":1}')
    const { contents } = resolve(text)
    expect(contents.find(({ name }) => name === '__proto__')?.encoding).toBe('json')
    expect(({} as { x?: number }).x).toBeUndefined()
  })
})

describe('component digests', () => {
  const content = { role: 'parameters', name: 'temperature', encoding: 'json', value: encodeUtf8('0') } as const

  test('of a private declaration are the HMAC that the specification says', () => {
    const lp = (text: string): Buffer => {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(Buffer.byteLength(text))
      return Buffer.concat([length, Buffer.from(text)])
    }
    const message = [Buffer.from('colophon/component/v1\n'), ...['parameters', 'temperature', 'json', '0'].map(lp)]
    const want = createHmac('sha256', Buffer.from(BLIND, 'hex')).update(Buffer.concat(message)).digest('hex')
    expect(componentDigester(Buffer.from(BLIND, 'hex'))(content)).toBe(want)
  })

  test('differ by blind, role, name, encoding and value', () => {
    const digest = componentDigester(new Uint8Array(32))
    const digests = [
      digest(content),
      digest({ ...content, role: 'tools' }),
      digest({ ...content, name: 'temperatur', value: encodeUtf8('e0') }),
      digest({ ...content, encoding: 'text' }),
      digest({ ...content, value: encodeUtf8('0.1') }),
      componentDigester(new Uint8Array(32).fill(1))(content),
      componentDigester(undefined)(content),
    ]
    expect(new Set(digests).size).toBe(digests.length)
  })
})

describe('the document', () => {
  const whole = resolve(FILE).declaration
  const open = resolve(PUBLIC).declaration
  const parse = (value: unknown): Declaration => parseDeclaration(parseJson(canonicalize(value as object)), '')

  test('parse gives back what was written', () => {
    for (const declaration of [whole, open]) expect(parse(declaration)).toEqual(declaration)
  })

  test('every spoiled place is another declaration, or a coded error', () => {
    for (const declaration of [whole, open]) {
      const id = declarationId(declaration)
      const { uncoded } = readSpoiled({
        document: declaration,
        read: (document) => expect(declarationId(parse(document))).not.toBe(id),
        isCoded,
      })
      expect(uncoded).toEqual([])
    }
  })

  test('a role or a member that is missing is never a default', () => {
    for (const role of ROLES) {
      const { [role]: _, ...roles } = whole.roles
      expect(() => parse({ ...whole, roles })).toThrowCode('DECLARATION_ROLE_MISSING')
    }
    for (const name of ['name', 'privacy', 'blind', 'roles'] as const) {
      const { [name]: _, ...rest } = whole
      expect(() => parse(rest)).toThrowCode('SCHEMA_MISMATCH')
    }
  })

  test('has one order for names', () => {
    const { parameters, instructions } = whole.roles
    for (const [role, fixed] of Object.entries({ parameters, instructions })) {
      const components = fixed.state === 'fixed' ? fixed.components.toReversed() : []
      const roles = { ...whole.roles, [role]: { ...fixed, components } }
      expect(() => parse({ ...whole, roles })).toThrowCode('DECLARATION_MALFORMED')
    }
  })

  test('has one way to allow nothing', () => {
    const tools = { ...whole.roles.tools, allow: [] }
    expect(() => parse({ ...whole, roles: { ...whole.roles, tools } })).toThrowCode('DECLARATION_MALFORMED')
  })

  test('nothing else goes by the name of the strict policy', () => {
    const [strict] = open.roles.policy.state === 'fixed' ? open.roles.policy.components : []
    for (const declaration of [whole, open]) {
      for (const change of [{ digest: '00'.repeat(32) }, { encoding: 'json' }]) {
        const policy = { state: 'fixed', components: [{ ...strict, ...change }] }
        expect(() => parse({ ...declaration, roles: { ...declaration.roles, policy } })).toThrowCode(
          'DECLARATION_POLICY_MALFORMED',
        )
      }
    }
  })

  test('is published without its blind, and with one it is refused', () => {
    const published = publishedDeclaration(whole)
    const text = decodeUtf8(canonicalize(published))
    expect(text).not.toContain(BLIND)
    expect(parsePublishedDeclaration(parseJson(canonicalize(published)), '')).toEqual(published)
    expect(() => parsePublishedDeclaration(parseJson(canonicalize(whole)), '')).toThrowCode('SCHEMA_MISMATCH')
    expect(() => declarationId(published)).toThrow(TypeError)
  })
})

describe('the statement', () => {
  const whole = resolve(FILE).declaration
  const statement = { id: declarationId(whole), declaration: publishedDeclaration(whole), nonce: '01'.repeat(32) }
  const payload = formatDeclarationStatement(statement)

  test('parse gives back what format was given', () => {
    expect(parseDeclarationStatement(payload)).toEqual(statement)
    expect(formatDeclarationStatement(parseDeclarationStatement(payload))).toEqual(payload)
  })

  test('confirms no guess: no value, and no plain digest of one', () => {
    const text = decodeUtf8(payload)
    for (const guess of ['tiny', 'Answer politely.', '0', 'z', 'strict']) {
      expect(text).not.toContain(createHash('sha256').update(guess).digest('hex'))
    }
    expect(text).not.toMatch(/tiny|politely/)
  })

  test('every spoiled place is a coded error, or another statement', () => {
    const { uncoded, accepted } = readSpoiled({
      document: JSON.parse(decodeUtf8(payload)),
      read: (document) => expect(parseDeclarationStatement(canonicalize(document as object))).not.toEqual(statement),
      isCoded,
    })
    expect(uncoded).toEqual([])
    expect(accepted.filter((how) => !how.startsWith('/predicate/declaration/'))).toEqual([])
  })

  test('has one subject', () => {
    const other = formatStatement({
      predicateType: PREDICATE.declaration,
      subjects: [{ name: 'other', sha256: statement.id }],
      predicate: { declaration: statement.declaration, nonce: statement.nonce },
    })
    expect(() => parseDeclarationStatement(other)).toThrowCode('STATEMENT_MALFORMED')
  })

  test('stays small enough for every record to hold it', () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`${index}`.padEnd(256, 'x'), index]))
    const { declaration } = resolve({ ...PUBLIC, parameters: { fixed: many } })
    const id = declarationId(declaration)
    expect(() => formatDeclarationStatement({ id, declaration, nonce: statement.nonce })).toThrowCode(
      'DECLARATION_MALFORMED',
    )
  })
})
