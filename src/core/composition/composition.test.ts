import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { numberToken } from '../../../test/support/any-json.ts'
import { decodeUtf8, encodeUtf8 } from '../bytes/index.ts'
import { componentDigester, type Declaration, resolveDeclaration } from '../declaration/index.ts'
import { dialectFor } from '../dialects/index.ts'
import { canonicalize, canonicalNumber, parseJson } from '../json/index.ts'
import { ROLES } from '../roles/index.ts'
import {
  compareComposition,
  type Finding,
  namedModel,
  type Part,
  recordComposition,
  recordModels,
  sentOf,
} from './index.ts'

const ANY = {
  model: 'any',
  instructions: 'any',
  tools: 'any',
  context: 'any',
  history: 'any',
  input: 'any',
  parameters: 'any',
  outputFormat: 'any',
}

/** A public declaration in which all is `any` but what is given; JSON text where numbers matter. */
function declare(roles: object | string): Declaration {
  const text = typeof roles === 'string' ? roles : JSON.stringify(roles)
  const rest = Object.entries(ANY).filter(([role]) => !text.includes(`"${role}":`))
  const body = [...rest.map(([role, state]) => `"${role}":"${state}"`), text.slice(1, -1)].filter((one) => one !== '')
  const file = `{"name":"t","privacy":"public","policy":"strict",${body.join(',')}}`
  const noFile = () => {
    throw new Error('no file is expected')
  }
  return resolveDeclaration(parseJson(encodeUtf8(file)), noFile).declaration
}

const REQUEST = { method: 'POST', path: '/v1/chat/completions', contentType: undefined, cutList: [] }

function sentBy(body: object | string, headers: readonly (readonly [string, string])[] = []) {
  const bytes = encodeUtf8(typeof body === 'string' ? body : JSON.stringify(body))
  return sentOf({ head: { query: [], headers }, body: dialectFor(REQUEST).cutRequest({ ...REQUEST, body: bytes }) })
}

function compare(roles: object | string, body: object | string, headers: [string, string][] = []): Finding[] {
  return compareComposition({
    declaration: declare(roles),
    digest: componentDigester(undefined),
    sent: sentBy(body, headers),
  })
}

/** The findings that are not of roles where all goes: `role finding name`. */
const findings = (roles: object | string, body: object | string, headers: [string, string][] = []): string[] =>
  compare(roles, body, headers)
    .filter(({ role }) => JSON.stringify(roles).includes(role))
    .map(({ role, finding, name }) => [role, finding, ...(name === undefined ? [] : [name])].join(' '))

const tool = (name: string, more: object = {}) => ({ type: 'function', function: { name, ...more } })

describe('findings', () => {
  test('fixed: what is sent as declared matches, by name and in any order', () => {
    const roles = {
      model: { fixed: 'tiny' },
      instructions: { fixed: ['a', 'b'] },
      tools: { fixed: { x: tool('x'), y: { type: 'custom', custom: { name: 'y' } } } },
      parameters: { fixed: { temperature: 0, stop: ['z'], user: 'u' } },
      outputFormat: { fixed: { type: 'json_object' } },
    }
    const body = {
      user: 'u',
      response_format: { type: 'json_object' },
      stop: ['z'],
      temperature: 0,
      tools: [{ custom: { name: 'y' }, type: 'custom' }, tool('x')],
      messages: [
        { role: 'system', content: 'a' },
        { role: 'developer', content: [{ type: 'text', text: 'b' }] },
      ],
      model: 'tiny',
    }
    const all = compare(roles, body)
    expect(all.filter(({ finding }) => finding !== 'match')).toEqual([])
    expect([...new Set(all.map(({ role }) => role))]).toEqual(ROLES)
  })

  test.each<[string, object, object | string, string[]]>([
    ['another value', { parameters: { fixed: { seed: 1 } } }, { seed: 2 }, ['parameters mismatch seed']],
    ['another type', { parameters: { fixed: { seed: 1 } } }, { seed: '1' }, ['parameters mismatch seed']],
    ['null is a value', { parameters: { fixed: { seed: 1 } } }, { seed: null }, ['parameters mismatch seed']],
    ['not sent', { parameters: { fixed: { seed: 1 } } }, {}, ['parameters missing seed']],
    [
      'not declared',
      { parameters: { fixed: { seed: 1 } } },
      { n: 1, seed: 1, x: 1 },
      ['parameters match seed', 'parameters undeclared n', 'parameters undeclared x'],
    ],
    [
      'allowed beside it',
      { parameters: { fixed: { seed: 1 }, allow: ['n'] } },
      { n: 1, seed: 1, x: 1 },
      ['parameters match seed', 'parameters undeclared x'],
    ],
    ['absent and not sent', { tools: 'absent' }, {}, ['tools match']],
    ['absent and empty', { tools: 'absent' }, { tools: [] }, ['tools match']],
    ['absent and sent', { tools: 'absent' }, { tools: [tool('x')] }, ['tools undeclared x']],
    ['absent and null', { tools: 'absent' }, { tools: null }, ['tools undeclared tools']],
    ['any', { tools: 'any' }, { tools: [tool('x')] }, ['tools match']],
    ['slot', { parameters: 'slot' }, { x: 1 }, ['parameters match']],
    ['slot, too long', { model: { slot: { maxBytes: 2 } } }, { model: 'äb' }, ['model mismatch']],
    ['slot, just right', { model: { slot: { maxBytes: 3 } } }, { model: 'äb' }, ['model match']],
    ['slot, too many', { parameters: { slot: { maxCount: 1 } } }, { a: 1, b: 2 }, ['parameters mismatch']],
    ['slot, too few', { parameters: { slot: { minCount: 1 } } }, {}, ['parameters mismatch']],
    [
      'a tool under two names',
      { tools: { fixed: { x: tool('x') } } },
      { tools: [tool('x'), tool('x')] },
      ['tools match x', 'tools undeclared x'],
    ],
    [
      'the wrong one of two first',
      { tools: { fixed: { x: tool('x') } } },
      { tools: [tool('x', { description: 'other' }), tool('x')] },
      ['tools mismatch x', 'tools undeclared x'],
    ],
    [
      'instructions in another order',
      { instructions: { fixed: ['a', 'b'] } },
      {
        messages: [
          { role: 'system', content: 'b' },
          { role: 'system', content: 'a' },
        ],
      },
      ['instructions mismatch 0', 'instructions mismatch 1'],
    ],
    [
      'more instructions',
      { instructions: { fixed: 'a' } },
      {
        messages: [
          { role: 'system', content: 'a' },
          { role: 'system', content: 'b' },
        ],
      },
      ['instructions match 0', 'instructions undeclared 1'],
    ],
    [
      'a file at the server',
      { context: 'slot' },
      { messages: [{ role: 'user', content: [{ type: 'file', file: { file_id: 'f' } }] }] },
      ['context unobservable'],
    ],
    [
      'a file at the server where all goes',
      { context: 'any' },
      { messages: [{ role: 'user', content: [{ type: 'file', file: { file_id: 'f' } }] }] },
      ['context match'],
    ],
    ['what cannot be read', { model: 'absent' }, '[]', ['model unobservable']],
  ])('%s', (_, roles, body, want) => {
    expect(findings(roles, body)).toEqual(want)
  })

  test('policy matches only where all others do', () => {
    const policy = (body: object) => compare({ parameters: { fixed: { seed: 1 } } }, body).at(-1)
    expect(policy({ seed: 1 })).toEqual({ role: 'policy', name: 'strict', finding: 'match' })
    expect(policy({ seed: 2 })).toEqual({ role: 'policy', name: 'strict', finding: 'mismatch' })
  })

  test('headers that change what a model does are parameters; no member of a body passes for one', () => {
    const roles = { parameters: { fixed: { 'header openai-beta': 'x' } } }
    expect(
      findings(roles, {}, [
        ['openai-beta', 'x'],
        ['user-agent', 'y'],
      ]),
    ).toEqual(['parameters match header openai-beta'])
    expect(findings(roles, { 'header openai-beta': 'x' })).toEqual([
      'parameters missing header openai-beta',
      'parameters undeclared /header openai-beta',
    ])
  })

  test('a name that looks like a pointer passes for no place', () => {
    expect(sentBy({ '/messages/0': 1, '': 2, 'a/b': 3 }).parts.map(({ name }) => name)).toEqual([
      '/~1messages~10',
      '',
      'a/b',
    ])
  })
})

describe('numbers', () => {
  const sameTo = (declared: string, sent: string): boolean =>
    findings(`{"parameters":{"fixed":{"p":${declared}}}}`, `{"p":${sent}}`)[0] === 'parameters match p'

  test.each([
    ['0', ['0.0', '-0', '0e9', '0.000']],
    ['1', ['1.0', '1e0', '10e-1', '0.1E+1']],
    ['0.7', ['0.70', '7e-1']],
    ['9007199254740993', ['9007199254740993.0', '9007199254740993e0']],
    ['1e400', ['10e399', '1E+400']],
    ['1e-400', ['0.1e-399']],
  ])('%s is %j', (declared, others) => {
    expect(others.filter((sent) => !sameTo(declared, sent))).toEqual([])
  })

  test.each([
    ['9007199254740993', '9007199254740992'],
    ['1e400', '1e401'],
    ['1e-400', '0'],
    ['0.1', '0.1000000000000000055511151231257827'],
    ['1', '"1"'],
    ['0', 'false'],
  ])('%s is not %s', (declared, sent) => {
    expect(sameTo(declared, sent)).toBe(false)
  })

  test('match exactly where their decimal values are the same', () => {
    const pair = fc.tuple(numberToken, numberToken).chain(([a, b]) => fc.constantFrom([a, b], [a, a]))
    fc.assert(
      fc.property(pair, ([declared = '0', sent = '0']) => {
        expect(sameTo(declared, sent)).toBe(canonicalNumber(declared) === canonicalNumber(sent))
      }),
      { numRuns: 60 },
    )
  })

  test('one without any canonical text is a part all the same, and equal to no other', () => {
    const huge = `1e1${'0'.repeat(1000)}`
    expect(() => canonicalize(parseJson(encodeUtf8(huge)))).toThrowCode('JSON_NUMBER_RANGE')
    const [part] = sentBy(`{"p":${huge}}`).parts
    expect([part?.encoding, decodeUtf8(part?.value as Uint8Array)]).toEqual(['json', huge])
    expect(findings({ parameters: { fixed: { p: 1 } } }, `{"p":[${huge}]}`)).toEqual(['parameters mismatch p'])
    expect(findings({ parameters: 'absent' }, `{"p":${huge}}`)).toEqual(['parameters undeclared p'])
  })
})

describe('in the record', () => {
  const record = (declaration: Declaration | undefined, body: object) => {
    const sent = sentBy(body)
    const digest = componentDigester(undefined)
    return recordComposition({
      sent,
      declaration,
      findings: declaration === undefined ? [] : compareComposition({ declaration, digest, sent }),
    })
  }

  test('every role is in exactly one state, and undeclared parts are counted, not named', () => {
    const body = {
      model: 'tiny',
      messages: [{ role: 'user', content: 'x' }],
      secret_a: 'canary',
      secret_b: 1,
      seed: 1,
      web_search_options: {},
    }
    const { roles, findings: recorded, result } = record(declare({ parameters: { fixed: { seed: 1 } } }), body)
    expect(Object.entries(roles).map(([role, { state }]) => `${role} ${state}`)).toEqual([
      'model present',
      'instructions absent',
      'tools withheld',
      'context unobservable',
      'history absent',
      'input withheld',
      'parameters withheld',
      'outputFormat absent',
      'policy present',
    ])
    expect(recorded.filter(({ role }) => role === 'parameters')).toEqual([
      { role: 'parameters', finding: 'match', name: 'seed' },
      { role: 'parameters', finding: 'undeclared', count: 2 },
    ])
    expect(JSON.stringify([roles, recorded])).not.toMatch(/secret|canary|detail/)
    expect(result).toBe('broken')
  })

  test('kept, broken, undeclared', () => {
    expect(record(declare({}), { model: 'm' }).result).toBe('kept')
    expect(record(declare({ model: 'absent' }), { model: 'm' }).result).toBe('broken')
    const { findings: none, result, roles } = record(undefined, { model: 'm' })
    expect([none, result, roles.model, roles.policy]).toEqual([
      [],
      'undeclared',
      { state: 'withheld' },
      { state: 'absent' },
    ])
  })

  test('the model is shown where it is a name and the declaration public', () => {
    const isPrivate: Declaration = { ...declare({}), privacy: 'private' }
    const states = (declaration: Declaration | undefined, model: unknown) => {
      const requested = namedModel(typeof model === 'string' ? model : undefined)
      const models = recordModels({ declaration, intended: [], requested, responded: undefined })
      return [record(declaration, { model }).roles.model.state, models.requested.state]
    }
    expect(states(declare({}), 'tiny')).toEqual(['present', 'present'])
    expect(states(isPrivate, 'tiny')).toEqual(['withheld', 'withheld'])
    expect(states(declare({}), 'x'.repeat(1_025))).toEqual(['withheld', 'withheld'])
    expect(states(declare({}), 5)).toEqual(['withheld', 'absent'])
    expect(states(declare({}), undefined)).toEqual(['absent', 'absent'])
  })
})

test('a piece of a prompt is decoded by itself', () => {
  const content = '"content":"a\\u00e9\\n\\ud83d\\ude00"'
  const body = encodeUtf8(`{"messages":[{"role":"system",${content}}]}`)
  const cutList = [{ pointer: '/messages/0/content', start: 7, end: 21, label: '' }]
  const { parts } = dialectFor(REQUEST).cutRequest({ ...REQUEST, body, cutList })
  expect(parts.map(({ role, value }: Part) => `${role} ${decodeUtf8(value)}`)).toEqual([
    'instructions aé',
    'context \n\u{1f600}',
  ])
})
