import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { numberToken } from '../../../test/support/any-json.ts'
import { anyText } from '../../../test/support/any-text.ts'
import { decodeHex, encodeUtf8 } from '../bytes/index.ts'
import { componentDigester, type DeclarationSource, resolveDeclaration } from '../declaration/index.ts'
import { dialectFor } from '../dialects/index.ts'
import { parseJson } from '../json/index.ts'
import { compareComposition, type Finding, recordedFindings, sentOf, showSides } from './index.ts'

const ANY = ['model', 'instructions', 'tools', 'context', 'history', 'input', 'parameters', 'outputFormat']
const BLIND = '5a'.repeat(32)
const PRIVATE = `"privacy":"private","blind":"${BLIND}"`

/** Roles in JSON text, since numbers matter; what is not named may be anything. */
function declare(roles: string, privacy = PRIVATE): DeclarationSource {
  const rest = ANY.filter((role) => !roles.startsWith(`{"${role}":`)).map((role) => `"${role}":"any"`)
  const file = `{"name":"t",${privacy},"policy":"strict",${[...rest, roles.slice(1, -1)].join(',')}}`
  return resolveDeclaration(parseJson(encodeUtf8(file)), () => new Uint8Array(0))
}

const REQUEST = { method: 'POST', path: '/v1/chat/completions', contentType: undefined }
type CutList = Parameters<ReturnType<typeof dialectFor>['cutRequest']>[0]['cutList']

function compare(source: DeclarationSource, body: string, cutList: CutList = [], query: [string, string][] = []) {
  const { declaration, contents } = source
  const cut = dialectFor(REQUEST).cutRequest({ ...REQUEST, body: encodeUtf8(body), cutList })
  const sent = sentOf({ head: { query, headers: [] }, body: cut })
  const blind = declaration.blind === undefined ? undefined : decodeHex(declaration.blind, {})
  const findings = compareComposition({ declaration, digest: componentDigester(blind), sent })
  return { findings, shown: showSides(findings, { declaration, contents, sent }) }
}

const wordsOf = ({ role, finding, name }: Finding): string =>
  [role, finding, ...(name === undefined ? [] : [name])].join(' ')

/** The findings of the roles that were named. */
function findings(roles: string, body: string, privacy = PRIVATE): string[] {
  return compare(declare(roles, privacy), body)
    .findings.filter(({ role }) => roles.includes(`"${role}"`))
    .map(wordsOf)
}

const parameter = (bound: string): string => `{"parameters":{"within":{"p":${bound}}}}`

describe('a bound', () => {
  test.each<[bound: string, kept: string[], broken: string[]]>([
    [
      '{"max":0.3,"min":0}',
      ['0', '0.3', '3e-1', '0.30', '-0', '1e-400'],
      ['0.30000000000000001', '-1e-9', '"0.2"', 'null', '[0]', '1e400'],
    ],
    ['{"max":0.3}', ['-1e400', '0.3'], ['0.31']],
    ['{"integer":true}', ['7', '7.0', '-70e-1', '1e30'], ['7.5', '"7"', '1e-1']],
    ['{"integer":true,"min":1,"max":4}', ['1', '4.0'], ['0', '5', '2.5']],
    ['{"oneOf":["a",1,null,{"b":[1]}]}', ['"a"', '1.0', 'null', '{"b":[1e0]}'], ['"1"', '"null"', '"A"', '{}']],
    ['{"startsWith":"é","then":"slot"}', ['"é"', '"\\u00e9x"'], ['"e"', '"É"', '"\\u00c3"', '""', '["é"]']],
    ['{"startsWith":"a","then":{"slot":{"maxBytes":2}}}', ['"a"', '"abc"', '"aé"'], ['"abcd"', '"aéé"', '"ba"']],
    ['{"maxBytes":4}', ['null', '"abcd"', '"éé"', '[1]', '1000'], ['"abcde"', 'false', '[1,2]', '10000']],
  ])('%s', (bound, kept, broken) => {
    for (const privacy of [PRIVATE, '"privacy":"public"']) {
      const found = (value: string) => findings(parameter(bound), `{"p":${value}}`, privacy)
      expect(kept.map(found)).toEqual(kept.map(() => ['parameters match p']))
      expect(broken.map(found)).toEqual(broken.map(() => ['parameters mismatch p']))
      expect(found(`1e1${'0'.repeat(1001)}`)).toEqual(['parameters mismatch p'])
      expect(findings(parameter(bound), '{}', privacy)).toEqual(['parameters missing p'])
    }
  })

  test('that is optional is kept by what is not sent, and not by what is out of it', () => {
    const roles = '{"parameters":{"within":{"p":{"max":1}},"optional":["p"]}}'
    expect(findings(roles, '{}')).toEqual(['parameters match'])
    expect(findings(roles, '{"p":1}')).toEqual(['parameters match p'])
    expect(findings(roles, '{"p":2}')).toEqual(['parameters mismatch p'])
    expect(findings(roles, '{"q":2}')).toEqual(['parameters undeclared q'])
  })

  test('of tools: any of them may be sent, each as it is declared', () => {
    const tool = (name: string) => `{"type":"function","function":{"name":"${name}"}}`
    const roles = `{"tools":{"fixed":{"a":${tool('a')},"b":${tool('b')}},"optional":["a","b"]}}`
    const sent = (...tools: string[]) => findings(roles, `{"tools":[${tools.join()}]}`)
    expect(sent(tool('b'))).toEqual(['tools match b'])
    expect(sent()).toEqual(['tools match'])
    expect(sent(tool('c'), tool('a'))).toEqual(['tools match a', 'tools undeclared c'])
    expect(sent(tool('a').replace('"name"', '"description":"","name"'))).toEqual(['tools mismatch a'])
  })

  test('of models, prompts and formats', () => {
    expect(findings('{"model":{"oneOf":["m","n"]}}', '{"model":"n"}')).toEqual(['model match model'])
    expect(findings('{"model":{"oneOf":["m","n"]}}', '{"model":"n-2026"}')).toEqual(['model mismatch model'])
    expect(findings('{"outputFormat":{"oneOf":[{"a":1},"b"]}}', '{"response_format":"b"}')).toEqual([
      'outputFormat match response_format',
    ])
    const said = (...texts: string[]) =>
      `{"messages":[${texts.map((text) => `{"role":"system","content":"${text}"}`).join()}]}`
    const prompt = '{"instructions":{"startsWith":"Be kind. ","then":{"slot":{"maxBytes":5}}}}'
    expect(findings(prompt, said('Be kind. Now.'))).toEqual(['instructions match 0'])
    expect(findings(prompt, said('Be kind. Today.'))).toEqual(['instructions mismatch 0'])
    expect(findings(prompt, said('Be kind. ', 'Now.'))).toEqual(['instructions match 0', 'instructions undeclared 1'])
    expect(findings(prompt, said())).toEqual(['instructions missing 0'])
  })

  test('of sources: every passage by its label, and what has none is from nowhere', () => {
    const roles = '{"context":{"slot":{"maxCount":3,"sources":["handbook/*","faq.md"]}}}'
    const cut = (label: string, start: number) => ({ pointer: '/messages/0/content', start, end: start + 1, label })
    const found = (labels: string[], role = 'user') => {
      const cutList = labels.map((label, index) => cut(label, index))
      const { findings: all } = compare(declare(roles), `{"messages":[{"role":"${role}","content":"abcdef"}]}`, cutList)
      return all.filter((one) => one.role === 'context').map(wordsOf)
    }
    expect(found([])).toEqual(['context match'])
    expect(found(['faq.md', 'handbook/a/b.md', 'handbook/'])).toEqual(['context match'])
    expect(found(['faq.md', 'handbook'])).toEqual(['context mismatch'])
    expect(found(['faq.md', 'a/faq.md'])).toEqual(['context mismatch'])
    expect(found(['faq.md', 'faq.md', 'faq.md', 'faq.md'])).toEqual(['context mismatch'])
    expect(found([], 'tool')).toEqual(['context mismatch'])
  })

  test('only of names that are allowed: nothing else may be sent', () => {
    const roles = '{"parameters":{"allow":["n"]}}'
    expect(findings(roles, '{}')).toEqual(['parameters match'])
    expect(findings(roles, '{"n":[1]}')).toEqual(['parameters match'])
    expect(findings(roles, '{"n":1,"m":1}')).toEqual(['parameters undeclared m'])
  })

  test('of query members: parameters of names that no body has', () => {
    const roles = '{"parameters":{"within":{"query api-version":{"oneOf":["2024-10-21","2025-01-01"]}}}}'
    const found = (value: string, name = 'api-version') => {
      const { findings: all } = compare(declare(roles), '{}', [], [[name, value]])
      return all.filter(({ role }) => role === 'parameters').map(wordsOf)
    }
    expect(found('2024-10-21')).toEqual(['parameters match query api-version'])
    expect(found('2024-10-22')).toEqual(['parameters mismatch query api-version'])
    expect(found('sse', 'alt')).toEqual(['parameters missing query api-version'])
    expect(findings(roles, '{"query api-version":"2024-10-21"}')).toEqual([
      'parameters missing query api-version',
      'parameters undeclared /query api-version',
    ])
  })
})

/** The value times 10^2000, exactly, for exponents of at most three digits. */
function scaled(token: string): bigint {
  const [, minus, whole = '', fraction = '', exponent = '0'] =
    /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE](.+))?$/.exec(token) ?? []
  const power = 2000n + BigInt(Number(exponent)) - BigInt(fraction.length)
  return BigInt(whole + fraction) * 10n ** power * (minus === '-' ? -1n : 1n)
}

interface Case {
  readonly bound: string
  readonly value: string
  /** By the words of the bound, and by other means than those of the code. */
  readonly kept: boolean
}

const pairs = fc.uniqueArray(numberToken, { minLength: 2, maxLength: 2, selector: scaled })
const numberCase = fc
  .tuple(pairs, numberToken, fc.constantFrom(-1, 0, 1), fc.boolean())
  .map(([pair, other, edge, both]): Case => {
    const [min, max] = [...pair].sort((left, right) => (scaled(left) < scaled(right) ? -1 : 1)) as [string, string]
    const value = edge === 0 ? other : edge < 0 ? min : max
    const kept = scaled(value) >= scaled(min) && (!both || scaled(value) <= scaled(max))
    return { bound: both ? `{"min":${min},"max":${max}}` : `{"min":${min}}`, value, kept }
  })
const integerCase = numberToken.map((value): Case => {
  return { bound: '{"integer":true}', value, kept: scaled(value) % 10n ** 2000n === 0n }
})
const few = fc.constantFrom('a', 'b', '0', 'null')
const choiceCase = fc
  .tuple(fc.uniqueArray(few, { minLength: 2 }), few, fc.boolean())
  .map(([set, value, asText]): Case => {
    const texts = `{"oneOf":${JSON.stringify(set)}}`
    if (asText || (value.length === 1 && value > '9'))
      return { bound: texts, value: JSON.stringify(value), kept: set.includes(value) }
    return { bound: texts, value, kept: false }
  })
const start = anyText(4).filter((text) => text !== '')
const prefixCase = fc
  .tuple(start, anyText(6), fc.nat(8), fc.boolean())
  .map(([prefix, text, maxBytes, isStart]): Case => {
    const value = isStart ? prefix + text : text
    const kept = value.startsWith(prefix) && Buffer.byteLength(value.slice(prefix.length)) <= maxBytes
    return {
      bound: `{"startsWith":${JSON.stringify(prefix)},"then":{"slot":{"maxBytes":${maxBytes}}}}`,
      value: JSON.stringify(value),
      kept,
    }
  })
const sizeCase = fc.tuple(anyText(6), fc.nat(12)).map(([text, maxBytes]): Case => {
  return { bound: JSON.stringify({ maxBytes }), value: JSON.stringify(text), kept: Buffer.byteLength(text) <= maxBytes }
})

test('any bound is kept by exactly the values that its words say, in a private declaration as in a public one', () => {
  fc.assert(
    fc.property(
      fc.oneof(numberCase, integerCase, choiceCase, prefixCase, sizeCase),
      fc.boolean(),
      fc.option(fc.constant('"optional":["p"]')),
      ({ bound, value, kept }, isPublic, optional) => {
        const roles = `{"parameters":{"within":{"p":${bound}}${optional === null ? '' : `,${optional}`}}}`
        const found = (body: string) => findings(roles, body, isPublic ? '"privacy":"public"' : PRIVATE)
        expect(found(`{"p":${value}}`)).toEqual([kept ? 'parameters match p' : 'parameters mismatch p'])
        expect(found('{}')).toEqual([optional === null ? 'parameters missing p' : 'parameters match'])
      },
    ),
    { numRuns: 400 },
  )
})

describe('both sides', () => {
  const sides = (roles: string, body: string, contents = true) => {
    const source = declare(roles)
    const { shown } = compare(contents ? source : { ...source, contents: [] }, body)
    return shown
      .filter(({ finding, role }) => finding !== 'match' && role !== 'policy')
      .map(({ name, detail, declared, sent }) => [name, detail, declared, sent])
  }

  test('are shown of what differs, as far as contents are', () => {
    expect(sides(parameter('{"max":0.3}'), '{"p":0.9}')).toEqual([
      ['p', '/p: above the declared max of 0.3', 'a number, at most 0.3', '0.9'],
    ])
    const fixed = '{"parameters":{"fixed":{"user":"a"}}}'
    expect(sides(fixed, '{"user":"b"}')).toEqual([['user', '/user: another value than the declared one', '"a"', '"b"']])
    expect(sides(fixed, '{"user":"b"}', false)).toEqual([
      ['user', '/user: another value than the declared one', undefined, '"b"'],
    ])
    expect(sides(fixed, '{}')).toEqual([['user', undefined, '"a"', undefined]])
    expect(sides('{"parameters":"absent"}', '{"tool_choice":"auto"}')).toEqual([
      ['tool_choice', '/tool_choice', undefined, '"auto"'],
    ])
    expect(sides('{"model":{"oneOf":["m","n"]}}', '{"model":"o"}')).toEqual([
      ['model', '/model: none of the 2 declared values', 'one of "m", "n"', '"o"'],
    ])
  })

  test('of long values are shown where they begin to differ', () => {
    const [before, after] = ['a'.repeat(500), 'z'.repeat(500)]
    const prompt = (middle: string) => `${before}${middle}${after}`
    const body = `{"messages":[{"role":"system","content":"${prompt('Y')}"}]}`
    const [[, , declared, sent] = []] = sides(`{"instructions":{"fixed":"${prompt('X')}"}}`, body)
    expect(declared).toMatch(/^…a{40}Xz+… \(1003 characters\)$/)
    expect(sent).toMatch(/^…a{40}Yz+… \(1003 characters\)$/)
  })

  test('never stand in a record, nor does a detail that holds a value', () => {
    const { findings: plain, shown } = compare(
      declare(parameter('{"oneOf":["canary-a","canary-b"]}')),
      '{"p":"canary-c"}',
    )
    expect(JSON.stringify([plain, recordedFindings(shown)])).not.toContain('canary')
    expect(JSON.stringify(shown)).toContain('canary-c')
  })
})
