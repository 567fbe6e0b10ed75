/**
 * Rules: what is one, what they say of a run, and that no rule over any run takes longer than its bounds.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { encodeUtf8 } from '../bytes/index.ts'
import type { Part } from '../composition/index.ts'
import { compileRule, FACTS, POLICY_ENGINE, type RuleResult, type RunFacts, requestFacts } from './index.ts'

const part = (role: Part['role'], name: string, json: unknown): Part => {
  const text = typeof json === 'string'
  const value = encodeUtf8(text ? json : JSON.stringify(json))
  return { role, name, encoding: text ? 'text' : 'json', value, at: `/${name}` }
}
const number = (name: string, token: string): Part => ({
  ...part('parameters', name, 0),
  value: encodeUtf8(token),
})

const PARTS: readonly Part[] = [
  part('model', 'model', 'tiny'),
  part('instructions', '0', 'Be brief.'),
  part('tools', 'lookup', { type: 'function', function: { name: 'lookup' } }),
  part('tools', 'search', { type: 'web_search' }),
  part('tools', 'untyped', { name: 'untyped' }),
  part('input', '0', 'What is the password?'),
  number('temperature', '0.3'),
  number('seed', '9007199254740993'),
  number('whole', '1.5e1'),
  number('beyond', '9223372036854775808'),
  number('endless', `1e1${'0'.repeat(1000)}`),
  part('parameters', 'user', 'bob'),
  part('parameters', 'stop', ['a', 'bc']),
  part('parameters', '__proto__', { polluted: true }),
  part('parameters', 'header x-beta', 'one'),
  part('parameters', 'header x-beta', 'two'),
]

const factsOf = (parts: readonly Part[], more: Partial<RunFacts> = {}): RunFacts => ({
  binding: { boundAtMs: Date.UTC(2026, 0, 31, 12), dialect: 'd/1', endpoint: 'https://api.example' },
  request: requestFacts({
    method: 'POST',
    path: '/v1/chat/completions',
    sent: { parts, unobservable: [{ role: 'history', reason: 'server-side' }] },
    model: { state: 'named', name: 'tiny' },
  }),
  findings: [{ role: 'model', name: 'model', finding: 'match' }],
  intended: ['tiny'],
  response: undefined,
  ...more,
})

const FACTS_OF_A_RUN = factsOf(PARTS)
const ANSWERED = factsOf(PARTS, {
  response: {
    status: 200,
    model: undefined,
    finishReasons: ['stop'],
    outputs: [{ choice: 0, text: () => 'Ask Anna.' }],
  },
})

describe('a rule', () => {
  test.each<[RuleResult, string]>([
    ['violated', "!tools.exists(t, t.type == 'web_search')"],
    ['kept', "tools.exists(t, t.name == 'untyped' && t.type == '')"],
    ['kept', "'lookup' in tools.map(t, t.name)"],
    ['kept', 'parameters.temperature <= 0.3'],
    ['violated', "parameters['temperature'] < 0.3"],
    ['kept', "!('top_p' in parameters) || parameters.top_p == 1"],
    ['notEvaluated', 'parameters.top_p == 1'],
    ['violated', 'has(parameters.top_p)'],
    ['kept', "parameters.user == 'bob' && parameters.user != 3"],
    ['kept', "parameters.stop == ['a', 'bc'] && parameters.stop.all(s, s.size() < 3)"],
    ['kept', "parameters['__proto__'].polluted == true"],
    ['kept', "parameters['header x-beta'] == 'one, two'"],
    ['kept', 'models.requested in models.intended'],
    ['kept', "roles.input == 'present' && roles.context == 'absent' && roles.history == 'unobservable'"],
    ['violated', 'selfContained'],
    ['kept', "findings.all(f, f.finding == 'match')"],
    ['violated', "!parts.exists(p, p.role == 'input' && p.text.contains('password'))"],
    ['kept', "parts.filter(p, p.role == 'instructions').all(p, p.bytes == 9 && size(p.text) == 9)"],
    // As sha256sum says of `Be brief.`
    ['kept', "parts.exists_one(p, p.digest == '213c22ed7234eb11116e1e88f314c73cb3a019b5c87fe224b6ce5665bd9ec50e')"],
    [
      'kept',
      "boundAt < timestamp('2027-01-01T00:00:00.000Z') && boundAt.getHours() == 12 && boundAt.getDayOfWeek() == 6",
    ],
    [
      'kept',
      "endpoint.startsWith('https://') && path.endsWith('/completions') && method == 'POST' && dialect == 'd/1'",
    ],
    ['notEvaluated', "response.outputs.all(o, o.text != '')"],
    ['notEvaluated', '1 / 0 == 1'],
  ])('is %s: %s', (result, rule) => {
    expect(compileRule(rule).evaluate(FACTS_OF_A_RUN)).toBe(result)
  })

  test('asks for the answer once there is one', () => {
    const rule = compileRule(
      "response.status == 200 && !has(response.model) && 'stop' in response.finishReasons && response.outputs.all(o, o.choice == 0 && o.text.contains('Anna'))",
    )
    expect([rule.facts, rule.evaluate(ANSWERED)]).toEqual([['response'], 'kept'])
  })

  test.each<[RuleResult, string]>([
    ['kept', 'parameters.seed == 9007199254740993'],
    ['violated', 'parameters.seed == 9007199254740992'],
    ['kept', 'parameters.whole == 15'],
    ['kept', 'parameters.beyond == 9223372036854775808.0'],
    ['kept', 'parameters.endless > 1'],
    ['kept', 'parameters.temperature == 0.3 && parameters.temperature * 2.0 == 0.6'],
  ])('counts as the specification says, %s: %s', (result, rule) => {
    expect(compileRule(rule).evaluate(FACTS_OF_A_RUN)).toBe(result)
  })

  test('knows nothing that is not disclosed', () => {
    const closed: RunFacts = { ...FACTS_OF_A_RUN, request: undefined, findings: undefined, intended: undefined }
    const needy = Object.keys(FACTS).filter((name) => compileRule(`[${name}].size() == 1`).evaluate(closed) !== 'kept')
    const fromRequest = Object.entries(FACTS).filter(([, { from }]) => from !== 'binding')
    expect(needy.sort()).toEqual(fromRequest.map(([name]) => name).sort())
  })
})

describe('what is no rule is refused with its place', () => {
  test.each<[string, string]>([
    ['tools ==', 'line 1, column 9'],
    ['\n  tools.exists(t, u)', 'line 2, column 19'],
    ['parts.exists(p, p.txt == "")', 'column 19'],
    ['size(parts)', 'true or false'],
    ['parameters', 'true or false'],
    ['int == int', 'no fact int'],
    ["parts.exists(p, p.text.matches('(a+)+b'))", 'no method matches'],
    ["parameters.user.lowerAscii() == 'bob'", 'no method lowerAscii'],
    ["boundAt.getHours('Europe/Berlin') == 1", 'no method getHours with 1'],
    ["boundAt > timestamp('2026-01-31 12:00:00.000')", 'timestamp takes'],
    ["duration('1h') == duration('1h')", 'no function duration'],
    ['parts.all(p, p.text.contains(path))', 'contains takes'],
    [`path.contains('${'x'.repeat(257)}')`, 'contains takes'],
    ["b'x' == b'x'", 'no bytes'],
    ['{"a": 1}.a == 1', 'Exceeded'],
    ['[1].map(x, [x, x]).size() == 1', 'map gives'],
    ['parts.all(parts, true)', 'a fact already'],
    ['parts.all(p, parts.all(q, parts.all(r, true)))', 'at most 2 loops'],
    ['[parts].all(l, l.all(p, true))', 'a loop runs over'],
    [`${'!'.repeat(5000)}true`, 'characters'],
    [`${'('.repeat(60)}true${')'.repeat(60)}`, 'maxDepth'],
    [`true${' && true'.repeat(240)}`, 'maxAstNodes'],
    ['', 'column 1'],
  ])('%s', (rule, place) => {
    const compile = () => compileRule(rule, { at: '/policy/rules/x/rule' })
    expect(compile).toThrowCode('DECLARATION_RULE_REFUSED')
    expect(compile).toThrow(place)
  })
})

describe('hostile rules and requests end within the bounds', () => {
  const many = factsOf(Array.from({ length: 5_000 }, (_, index) => part('input', String(index), 'a'.repeat(50))))
  const large = factsOf([part('input', '0', 'a'.repeat(8 << 20)), part('parameters', 'list', Array(50_000).fill(1))])
  const literal = `[${Array.from({ length: 60 }, (_, index) => index).join()}]`

  test.each<[string, string, RunFacts]>([
    ['a loop in a loop over many parts', 'parts.all(p, parts.all(q, p.text == q.text))', many],
    ['an exceeded bound that is overruled', 'parts.all(p, parts.exists(q, q.text == "b") || true)', many],
    ['an error in each turn', 'parts.exists(p, parameters.x == 1 || parameters.y == 1 || 1 / 0 == 1)', many],
    ['a long text in a longer one', `parts.exists(p, p.text.contains('b${'a'.repeat(255)}'))`, large],
    ['a long list read for each part', 'parameters.list.all(x, parameters.list.all(y, x == y))', large],
  ])('%s: no result', (_, rule, facts) => {
    expect(compileRule(rule).evaluate(facts)).toBe('notEvaluated')
  })

  test('what the rule itself holds is bounded when it is compiled', () => {
    const rule = compileRule(`${literal}.all(a, ${literal}.all(b, a + b >= 0))`)
    expect(rule.evaluate(FACTS_OF_A_RUN)).toBe('kept')
  })

  test('a rule over all parts of a large request is well within them', () => {
    expect(compileRule("!parts.exists(p, p.text.contains('password'))").evaluate(many)).toBe('kept')
  })

  test('one evaluation leaves nothing for the next', () => {
    const rule = compileRule('parts.all(p, parts.all(q, p.text == q.text))')
    expect(['one', 'two', 'three'].map(() => rule.evaluate(many))).toEqual(Array(3).fill('notEvaluated'))
    expect(rule.evaluate(factsOf([part('input', '0', 'a')]))).toBe('kept')
  })
})

test('the engine that records name is the one that is installed', () => {
  const entry = createRequire(import.meta.url).resolve(POLICY_ENGINE.name)
  const { version } = JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8'))
  expect(POLICY_ENGINE.version).toBe(version)
})
